// Everything that changes anything goes through the outbox in `own`, under the login: it is kept before it is sent, waits without
// network, and goes out by itself. What was refused stays with its reason until the person has seen to it.
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { nextOrder, opOf } from "#phone/op.ts";
import { caughtUp, discard as drop, enqueue, epochSeen, mayCarry, retry, send } from "#phone/outbox.ts";
import type { Around, KeptOp, OutboxPort } from "#phone/port.ts";
import type { Result } from "#phone/wire.gen.ts";
import { around } from "../../store/around.ts";
import { type Beat, startBeat } from "../../store/beat.ts";
import { drafts, dropDraft, keepDraft, readDrafts } from "../../store/drafts.ts";
import { StorageTrouble } from "../../store/handle.ts";
import { outboxOnDisk, readOps } from "../../store/outbox.ts";
import { OutboxInMemory } from "../../store/outbox-memory.ts";
import { getSetting, putSetting } from "../../store/own.ts";
import { listen, tell } from "../../store/tabs.ts";
import * as copy from "./copy.ts";
import { newId } from "./id.ts";
import { net } from "./net.ts";
import type { Subject } from "./things.ts";

export { newId } from "./id.ts";

export type Outcome =
  | { readonly is: "waiting" }
  | { readonly is: "applied"; readonly result: Readonly<Record<string, unknown>> }
  /** `extra`: what the code carries besides: at, limit, missing, conflicts, place_ids, name, on. */
  | {
      readonly is: "refused";
      readonly code: string;
      readonly detail: string;
      readonly extra: Readonly<Record<string, unknown>>;
    };

export interface Unsent {
  readonly id: string;
  readonly verb: string;
  readonly subject: Subject;
  readonly args: Readonly<Record<string, unknown>>;
  /** UTC. */
  readonly at: string;
  readonly state: "waiting" | "sent" | "refused";
  readonly code?: string;
  readonly detail?: string;
}

const writing: Around = { ...around, id: newId };
let memory: OutboxInMemory | null = null;
const inMemory = signal(false);
/** The outbox could not be kept on this computer: it is gone when the window is closed. */
export const outboxUnkept: ReadonlySignal<boolean> = inMemory;

const box: OutboxPort = {
  async tx(work) {
    try {
      return await (memory ?? outboxOnDisk).tx(work);
    } catch (error) {
      if (!(error instanceof StorageTrouble) || memory) throw error;
      memory = new OutboxInMemory(copy.ops.peek());
      inMemory.value = true;
      return memory.tx(work);
    }
  },
};

/** The outbox without what citizens report from this browser: a report goes its own way and its own time, beside no name. */
const ours: OutboxPort = {
  tx: (work) =>
    box.tx((tx) =>
      work({ ...tx, all: async () => (await tx.all()).filter(({ credential }) => credential === "session") }),
    ),
};

export const unsent: ReadonlySignal<readonly Unsent[]> = computed(() =>
  copy.ops.value.flatMap((op): Unsent[] => {
    if (op.state === "applied") return [];
    const { verb, subject, at, args } = opOf(op);
    const why = op.reply && op.reply.status !== "applied" ? op.reply : null;
    const detail = why?.status === "refused" ? why.detail : undefined;
    const told = why ? { code: why.code, ...(detail ? { detail } : {}) } : {};
    return [{ id: op.id, verb, subject, at, args, state: op.state, ...told }];
  }),
);

/** Puts an op into the outbox, and sends it when it can be. Resolves once it is kept, with its id. */
export async function act(
  verb: string,
  subject: Subject,
  args: Readonly<Record<string, unknown>>,
  base: string | null = null,
): Promise<string> {
  const { id } = await enqueue({ verb, subject, args, base, credential: "session" }, box, writing);
  await lookAtOps();
  void pullNow();
  return id;
}

/** What became of an op. One that is not here any more was seen to already. */
export function outcomeOf(op: KeptOp | undefined): Outcome {
  const reply = op?.reply;
  if (!op || op.state === "waiting" || op.state === "sent" || !reply) return { is: "waiting" };
  if (reply.status === "applied") return { is: "applied", result: (reply.result ?? {}) as Record<string, unknown> };
  return refusal(reply);
}

function refusal(reply: Result): Outcome {
  const { status: _, id: _id, again: _again, code, detail, ...extra } = reply as unknown as Record<string, unknown>;
  return { is: "refused", code: String(code ?? ""), detail: String(detail ?? "Det gik ikke."), extra };
}

export const outcome = (id: string): ReadonlySignal<Outcome> =>
  computed(() => outcomeOf(copy.ops.value.find((op) => op.id === id)));

/** Resolves as soon as the op is answered for good, or with "waiting" once two rounds of sending have gone by without. */
export function settled(id: string): Promise<Outcome> {
  const known = outcome(id);
  return new Promise((done) => {
    const stop = effect(() => {
      const now = known.value;
      if (now.is === "waiting") return;
      done(now);
      queueMicrotask(() => stop());
    });
    // The round that is under way may have begun before the op was there.
    void (after ?? running ?? pullNow())
      .then(() => (known.peek().is === "waiting" ? pullNow() : undefined))
      .then(() => {
        stop();
        done(known.peek());
      });
  });
}

/** Sends a refused op anew, or one that waits at once. */
export async function again(id: string): Promise<void> {
  await retry(id, box, writing);
  await lookAtOps();
  await pullNow();
}

/** The person throws it away. */
export async function discard(id: string): Promise<void> {
  await drop(id, box);
  await lookAtOps();
}

/** Called with the ops that are answered, after each round that read all there was (draft.ts sees to conflicts). */
type Seer = (answered: readonly KeptOp[], whole: boolean) => Promise<void>;
let see: Seer = async () => undefined;
export const onAnswered = (seer: Seer): void => {
  see = seer;
};

let beat: Beat | null = null;
let running: Promise<void> | null = null;
let after: Promise<void> | null = null;

/** Who wrote what lies in the outbox under the login. */
const WRITER = "desk.person";

/** As whom the copy on this computer was read: nobody who may not read it opens it. */
const READER = "desk.reader";
let reader: copy.Reader = "staff";

/** Opens what lies here for this person, and reads and sends from then on. */
export async function start(person: string, as: copy.Reader = "staff"): Promise<void> {
  reader = as;
  const before = await getSetting<string>(WRITER).catch(() => undefined);
  const read = (await getSetting<copy.Reader>(READER).catch(() => undefined)) ?? "staff";
  // What another read is gone before anything is shown.
  if (read !== as || (as === "organiser" && before !== person)) await copy.forgetStaff();
  await putSetting(READER, as).catch(() => undefined);
  if (!beat) await copy.open();
  await lookAtOps();
  if (before !== undefined && before !== person) await leave(before);
  await putSetting(WRITER, person).catch(() => undefined);
  await comeBack(person);
  if (beat) return pullNow();
  beat = startBeat(() => void pullNow());
  listen((word) => {
    if (word.of === "outbox" && !memory) void lookAtOps();
  });
  effect(() => {
    const open = copy.ops.value.some(({ state }) => state === "waiting" || state === "sent");
    beat?.again(open && !copy.reading.value.reached);
  });
  await pullNow();
}

/** Sends what waits and reads what is new; resolves when a round begun after this call is over. Never rejects. */
export function pullNow(): Promise<void> {
  if (running) {
    after ??= running.then(() => {
      after = null;
      return pullNow();
    });
    return after;
  }
  running = round()
    .catch((error: unknown) => console.error(error))
    .finally(() => {
      running = null;
    });
  return running;
}

async function round(): Promise<void> {
  const open = copy.ops.peek().some(({ state }) => state === "waiting" || state === "sent");
  if (open) {
    await send(ours, net, writing, { looking: true, changed: () => void lookAtOps() });
    await lookAtOps();
  }
  // A read under the login is noted beside what anonymous reports wait for.
  await mayCarry(box, writing, true);
  const unread = copy.ops.peek().flatMap((op) => (op.unread ? [op.id] : []));
  const whole = await copy.read(async (epoch) => {
    await epochSeen(epoch, ours, writing.now());
    await lookAtOps();
  }, reader);
  if (whole && unread.length > 0) await caughtUp(unread, box);
  await lookAtOps();
  const answered = copy.ops.peek().filter(({ state }) => state === "applied" || state === "refused");
  await see(answered, whole);
}

async function lookAtOps(): Promise<void> {
  const all = memory ? await memory.tx((tx) => tx.all()) : await readOps().catch(() => copy.ops.peek());
  const mine = all.filter(({ credential }) => credential === "session");
  const same = mine.length === copy.ops.peek().length && JSON.stringify(mine) === JSON.stringify(copy.ops.peek());
  if (same) return;
  copy.ops.value = mine;
  if (!memory) tell({ of: "outbox" });
}

/** The key among the drafts of what somebody left unsent. */
const leftBy = (person: string): string => `desk/left/${person}`;

/** Whoever goes leaves what was not sent behind, out of the outbox: it goes out under nobody else's name. */
export async function leave(person: string): Promise<void> {
  const open = copy.ops.peek().filter(({ state }) => state !== "applied");
  if (open.length === 0) return;
  await readDrafts();
  const before = (drafts.peek().get(leftBy(person)) as readonly KeptOp[] | undefined) ?? [];
  await keepDraft(leftBy(person), [...before.filter(({ id }) => !open.some((one) => one.id === id)), ...open]);
  for (const { id } of open) await drop(id, box);
  await lookAtOps();
}

/** The same person is back: what was left goes on. */
export async function comeBack(person: string): Promise<void> {
  await readDrafts();
  const left = drafts.peek().get(leftBy(person)) as readonly KeptOp[] | undefined;
  if (!left) return;
  await box.tx(async (tx) => {
    const all = await tx.all();
    const first = nextOrder(all);
    for (const [at, op] of left.entries())
      if (!all.some(({ id }) => id === op.id)) await tx.put({ ...op, order: first + at, not_before: 0 });
  });
  await dropDraft(leftBy(person), left);
  await lookAtOps();
}

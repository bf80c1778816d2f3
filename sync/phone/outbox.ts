// Writing: an op is kept as the line that is sent, until the server has answered it for good (PROTOCOL.md, B).
import { heldUntil, knownUntil, type Looking, sentNow } from "./apart.ts";
import { isOpen, keyOf, type Limits, nextDue, pick, wait } from "./batch.ts";
import { folded, foldsInto } from "./fold.ts";
import { type Doing, type Drawn, drawn, made, nextOrder, opOf } from "./op.ts";
import type { Answer, Around, Credential, KeptOp, Net, OutboxPort } from "./port.ts";
import { epochSeen, isApplied, isPast, reopened, says } from "./settled.ts";
import { MAX_BYTES, MAX_OPS, type Result, type Results } from "./wire.gen.ts";

export { caughtUp, epochSeen, inOverlay, KEPT_MS } from "./settled.ts";

/**
 * Puts an op into the outbox: from here on nothing loses it. An edit takes one of its thing that was never sent with it, under a new id.
 * `instead`: the op that this one mends leaves in the same step, unless it has landed: the server has it.
 */
export function enqueue(doing: Doing, port: OutboxPort, around: Around, instead?: string): Promise<KeptOp> {
  const mine = drawn(around);
  return port.tx(async (tx) => {
    const all = await tx.all();
    // A port may run this again after a write whose end it did not hear of.
    const there = all.find((op) => op.id === mine.id);
    if (there) return there;
    const into = foldsInto(doing, all);
    const op = into ? made(folded(into, doing), into.order, mine) : made(doing, nextOrder(all), mine);
    if (into) await tx.remove(into.id);
    const old = all.find(({ id }) => id === instead);
    if (old && old.state !== "applied") await tx.remove(old.id);
    await tx.put(op);
    return op;
  });
}

/** The person mends an op: until this moment (ms by the port's clock), or the person's own tap, it is not sent by itself. It stays: nobody may come back to it. */
export function hold(id: string, until: number, port: OutboxPort): Promise<void> {
  return port.tx(async (tx) => {
    const op = (await tx.all()).find((one) => one.id === id);
    if (op && isOpen(op)) await tx.put({ ...op, not_before: Math.max(op.not_before, until) });
  });
}

/** The person throws an op away. One that is out may have been applied all the same. */
export function discard(id: string, port: OutboxPort): Promise<void> {
  return port.tx((tx) => tx.remove(id));
}

/**
 * The person tries again. What was refused gets a new id (the server remembers the old one's answer), changed args if any are given, and
 * goes to the end; what waits by the clock is due at once.
 */
export function retry(id: string, port: OutboxPort, around: Around, args?: Doing["args"]): Promise<KeptOp | null> {
  let mine: Drawn | null = null;
  return port.tx(async (tx) => {
    const all = await tx.all();
    const there = all.find((op) => op.id === mine?.id);
    if (there) return there;
    const old = all.find((op) => op.id === id);
    if (old === undefined || old.state === "applied") return null;
    if (old.state !== "refused") {
      const due: KeptOp = { ...old, not_before: 0 };
      await tx.put(due);
      return due;
    }
    mine ??= drawn(around);
    const { verb, subject, base, args: before } = opOf(old);
    const op = made({ verb, subject, base, args: args ?? before, credential: old.credential }, nextOrder(all), mine);
    await tx.remove(id);
    await tx.put(op);
    return op;
  });
}

export interface Sent {
  /**
   * done: nothing that is due is left. unreached: no answer, or none of ours; try later. login: a credential has ended (see `without`).
   * trouble: the server refused a batch as a whole for a reason that waiting alone does not mend.
   */
  readonly end: "done" | "unreached" | "login" | "trouble";
  readonly code: string | null;
  readonly without: readonly Credential[];
  /** Ops that got their final answer, in order. */
  readonly settled: readonly KeptOp[];
  /** When it is worth sending again (ms by the port's clock); null: nothing waits. */
  readonly next_at: number | null;
}

export interface Sending {
  /** Who looks on: what a person has just asked for, or looks at, waits for no other request. */
  readonly looking?: Looking;
  /** Told after each step that changed the outbox. */
  readonly changed?: () => void;
}

/** The server may be another one with each batch; so often in one `send`, then the next goes on. */
const RESTARTS = 3;

/** Sends what is due, batch after batch. Rejects only where the store does. */
export function send(
  port: OutboxPort,
  net: Net,
  around: Around,
  { looking = false, changed = () => {} }: Sending = {},
): Promise<Sent> {
  return around.lock("send", async () => {
    const without = new Set<Credential>();
    const settled: KeptOp[] = [];
    let ops = MAX_OPS;
    let restarts = 0;
    let end: Sent["end"] = "done";
    let code: string | null = null;
    for (;;) {
      const { batch, epoch } = await take(port, around, { ops, bytes: MAX_BYTES, without }, looking);
      if (batch.length === 0) break;
      changed();
      const answer = await post(batch, net, epoch);
      if (answer !== null && "body" in answer && fits(answer.body, batch)) {
        settled.push(...(await write(answer.body, batch, port, around)));
        await epochSeen(answer.body.epoch, port, around.now());
        changed();
        continue;
      }
      const said = answer === null || "body" in answer ? { status: 0, code: null } : answer;
      const credential = batch[0]?.credential ?? "none";
      const denied = said.status === 401 || (said.status === 403 && said.code === "forbidden");
      if (denied && credential !== "none") {
        await back(batch, port);
        without.add(credential);
        end = "login";
      } else if (said.status === 401 && said.code !== null) {
        // An anonymous op has no login that could have ended: it is one that nobody may send without, and it holds up no other.
        settled.push(...(await refuse(batch, "forbidden", port, around)));
      } else if (tooMuch(said)) {
        if (batch.length > 1) {
          await back(batch, port);
          ops = Math.floor(batch.length / 2);
        } else if (said.status === 413) settled.push(...(await refuse(batch, said.code ?? "too_large", port, around)));
        else await putOff(batch, said.code ?? "trouble", undefined, port, around);
      } else if (said.status === 410 && said.code === "resync" && ++restarts <= RESTARTS) {
        // Put back from a backup: what it may have lost goes first, then what has come after it.
        await back(batch, port);
        await epochSeen("", port, around.now());
      } else if (said.code !== null && said.status >= 400 && said.status < 500 && said.status !== 429) {
        await putOff(batch, said.code, said.retry_after_s, port, around);
        end = "trouble";
        code = said.code;
      } else {
        await (said.retry_after_s === undefined
          ? back(batch, port)
          : putOff(batch, "busy", said.retry_after_s, port, around));
        end = "unreached";
        code = said.code;
      }
      changed();
      if (end === "unreached" || end === "trouble") break;
    }
    return port.tx(async (tx) => {
      const [all, apart, now] = [await tx.all(), await tx.apart(), around.now()];
      const waiting = all.filter((op) => !without.has(op.credential));
      const next_at = nextDue(waiting, now, (op) => heldUntil(op, apart, now, false));
      return { end, code, without: [...without], settled, next_at };
    });
  });
}

/**
 * Asked before a request that carries a credential and no op: a scope with a login, what concerns one device. True: it may go now, and
 * that is noted. False: an anonymous op has just gone out and nobody looks on; ask again later. Send first, then ask.
 */
export function mayCarry(port: OutboxPort, around: Around, looking = false): Promise<boolean> {
  return port.tx(async (tx) => {
    const [apart, now] = [await tx.apart(), around.now()];
    if (!looking && knownUntil(apart, now) > 0) return false;
    await tx.keepApart(sentNow(apart, null, now, around.random));
    return true;
  });
}

type Refusal = Exclude<Answer<Results>, { body: Results }>;

function tooMuch({ status, code }: Refusal): boolean {
  return status === 413 || (status === 422 && (code === "too_many" || code === "mixed_credentials"));
}

/** null: no answer. */
async function post(batch: readonly KeptOp[], net: Net, epoch: string | null): Promise<Answer<Results> | null> {
  try {
    return await net.ops(batch.map((op) => `${op.line}\n`).join(""), batch[0]?.credential ?? "none", epoch);
  } catch {
    return null;
  }
}

/**
 * The next batch, out from here on; what follows it waits from the same transaction on, in every tab. `epoch`: that which took what the
 * phone still keeps as applied, so that a server that has lost it says so before it takes what comes after.
 */
function take(
  port: OutboxPort,
  around: Around,
  limits: Omit<Limits, "held">,
  looking: Looking,
): Promise<{ readonly batch: readonly KeptOp[]; readonly epoch: string | null }> {
  return port.tx(async (tx) => {
    const [every, apart, now] = [await tx.all(), await tx.apart(), around.now()];
    const kept = every.filter((op) => !isPast(op, now));
    const epochs = new Set(kept.filter(isApplied).map((op) => op.epoch));
    // Two servers have taken them, and one is gone: nobody knows which, so all go again.
    const all = epochs.size > 1 ? kept.map((op) => (isApplied(op) ? reopened(op) : op)) : kept;
    for (const [at, op] of all.entries()) if (op !== kept[at]) await tx.put(op);
    const held = (op: KeptOp): number => heldUntil(op, apart, now, looking);
    const batch = pick(all, now, { ...limits, held }).map((op): KeptOp => ({ ...op, state: "sent", offered: true }));
    for (const op of batch) await tx.put(op);
    const [first] = batch;
    if (first) await tx.keepApart(sentNow(apart, first.credential === "none" ? first.id : null, now, around.random));
    return { batch, epoch: epochs.size === 1 ? ([...epochs][0] ?? null) : null };
  });
}

/** One result a line, in order; an id is the op's own. Anything else is not an answer to this batch. */
function fits(answer: Results, batch: readonly KeptOp[]): boolean {
  return (
    typeof answer?.epoch === "string" &&
    Array.isArray(answer.results) &&
    answer.results.length === batch.length &&
    batch.every((op, index) => {
      const result: Result | undefined = answer.results[index];
      return (
        (result?.status === "applied" &&
          result.id === op.id &&
          typeof result.seq === "object" &&
          result.seq !== null) ||
        ((result?.status === "refused" || result?.status === "later") && (result.id === op.id || result.id === null))
      );
    })
  );
}

/** Writes down the answers to a batch, all in one transaction. Ops thrown away meanwhile stay away. */
function write(
  answer: Results,
  batch: readonly KeptOp[],
  port: OutboxPort,
  around: Around,
): Promise<readonly KeptOp[]> {
  const { epoch, results } = answer;
  const now = around.now();
  return port.tx(async (tx) => {
    const settled: KeptOp[] = [];
    const open = new Map((await tx.all()).filter(isOpen).map((op) => [op.id, op]));
    const held = new Set<string>();
    for (const [index, { id }] of batch.entries()) {
      const reply = results[index];
      const op = open.get(id);
      if (op === undefined || reply === undefined) continue;
      if (reply.status === "later") {
        // Blocked behind another of its subject: it waits for that one, not for a clock of its own.
        const blocked = reply.code === "blocked" && held.has(keyOf(op.subject));
        const until = blocked ? 0 : now + wait(reply.code, op.delays, reply.retry_after_s, around.random());
        await tx.put({
          ...op,
          state: "waiting",
          reply,
          delays: blocked ? op.delays : op.delays + 1,
          not_before: until,
        });
        held.add(keyOf(op.subject));
      } else {
        const done: KeptOp = {
          ...op,
          state: reply.status,
          reply,
          epoch: reply.status === "applied" ? epoch : null,
          settled_at: now,
          ...(says(reply, op) ? {} : { unread: true }),
        };
        await tx.put(done);
        settled.push(done);
      }
    }
    return settled;
  });
}

/** No answer: they wait for the next occasion, as they are. */
function back(batch: readonly KeptOp[], port: OutboxPort): Promise<void> {
  return each(batch, port, (op) => ({ ...op, state: "waiting" }));
}

function putOff(
  batch: readonly KeptOp[],
  code: string,
  retry_after_s: number | undefined,
  port: OutboxPort,
  around: Around,
): Promise<void> {
  return each(batch, port, (op) => ({
    ...op,
    state: "waiting",
    delays: op.delays + 1,
    not_before: around.now() + wait(code, op.delays, retry_after_s, around.random()),
  }));
}

/** An op that can never go as it is (too large by itself, or not without a login): it stays with that reason. */
async function refuse(
  batch: readonly KeptOp[],
  code: string,
  port: OutboxPort,
  around: Around,
): Promise<readonly KeptOp[]> {
  const done: KeptOp[] = [];
  await each(batch, port, (op) => {
    const refused: KeptOp = {
      ...op,
      state: "refused",
      reply: { status: "refused", id: op.id, again: false, code },
      settled_at: around.now(),
    };
    done.push(refused);
    return refused;
  });
  return done;
}

function each(batch: readonly KeptOp[], port: OutboxPort, change: (op: KeptOp) => KeptOp): Promise<void> {
  return port.tx(async (tx) => {
    const ids = new Set(batch.map((op) => op.id));
    for (const op of await tx.all()) if (ids.has(op.id) && isOpen(op)) await tx.put(change(op));
  });
}

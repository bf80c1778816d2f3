// What this phone follows and what it asked of hosts, as signals, and how that is changed. Comes late: no first row waits for it.
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { mayCarry } from "#phone/outbox.ts";
import { around, locked } from "./around.ts";
import * as mine from "./mine.ts";
import { amend, dayOf, mineOf, readMine, sayForget, sayMine, withMine } from "./mine-box.ts";
import type { OwnPort } from "./outbox.ts";
import { own } from "./own.ts";
import { atOutbox, goes, now, outbox, pullNow, state } from "./signals.ts";
import type { OutboxItem } from "./things.ts";

export type { Follow, Followed, FollowedKind, Met, OneTime, When } from "./mine.ts";

/** known: the server has it. waiting: made here, and not answered yet. */
export type Said = "known" | "waiting";
type Told<T> = T & { readonly said: Said };
export type MyFollow = Told<mine.Follow>;
export type MySkip = Told<mine.OneTime>;
export type MyMet = Told<mine.Met>;

/** What is kept and what waits, of one moment: neither is shown without the other. */
interface View {
  readonly mine: mine.Mine | null;
  readonly open: readonly OutboxItem[];
}
const view = signal<View>({ mine: null, open: [] });
const isOpen = ({ state }: OutboxItem): boolean => state === "waiting" || state === "sent";

interface Shown {
  readonly follows: readonly MyFollow[];
  readonly skips: readonly MySkip[];
  readonly met: readonly MyMet[];
}

/** What the person has said is so at once, marked where the server has not said so yet. */
const shown = computed<Shown>(() => {
  const { open } = view.value;
  const kept = view.value.mine ?? { follows: [], skips: [], met: [] };
  let all: Pick<mine.Mine, "follows" | "skips" | "met"> = kept;
  // What is forgotten is nobody's from the tap on: what is followed after that stands alone.
  const last = open.findLastIndex(({ verb }) => verb === "forget_device");
  for (const op of open.slice(last + 1)) all = mine.done(all, op, dayOf(now().getTime()));
  const marked = <T extends object>(list: readonly T[], before: readonly T[]): Told<T>[] =>
    list.map((one) => ({ ...one, said: before.includes(one) ? "known" : "waiting" }));
  return {
    follows: marked(all.follows, kept.follows),
    skips: marked(all.skips, kept.skips),
    met: marked(all.met, kept.met),
  };
});

export const follows: ReadonlySignal<readonly MyFollow[]> = computed(() => shown.value.follows);
export const skips: ReadonlySignal<readonly MySkip[]> = computed(() => shown.value.skips);
export const met: ReadonlySignal<readonly MyMet[]> = computed(() => shown.value.met);
/** What is kept beside: for push.ts and for the page that says what lies where. null: nothing was ever followed. */
export const kept: ReadonlySignal<mine.Mine | null> = computed(() => view.value.mine);
/** All was stopped here, and the server has not heard of it yet. */
export const forgetting: ReadonlySignal<boolean> = computed(() =>
  view.value.open.some(({ verb }) => verb === "forget_device"),
);
/** What the server said no to, and why: it stays until the person has seen to it. */
export const refused: ReadonlySignal<readonly OutboxItem[]> = computed(() =>
  outbox.value.filter(({ verb, state }) => state === "refused" && mine.VERBS.has(verb)),
);

export function followOf({ kind, id }: mine.Followed): MyFollow | null {
  return follows.value.find((one) => one.kind === kind && one.id === id) ?? null;
}
export const skipOf = (event: string, day: string): MySkip | null =>
  skips.value.find((one) => one.event_id === event && one.day === day) ?? null;
export const metOf = (event: string, day: string): MyMet | null =>
  met.value.find((one) => one.event_id === event && one.day === day) ?? null;

const ORDER: readonly mine.When[] = ["evening", "transport", "hour"];

/** Follows it, or follows it otherwise. Shown at once; sent when it can be. Rejects where it can not even be kept. */
export function follow(
  { kind, id }: mine.Followed,
  when: readonly mine.When[],
  only: string | null = null,
): Promise<void> {
  const whens = ORDER.filter((one) => when.includes(one));
  return say({ verb: "follow", subject: { kind, id }, args: { when: whens, only } });
}

/** Stops, offline too: then one message that is on its way already may still come. */
export function unfollow({ kind, id }: mine.Followed): Promise<void> {
  return say({ verb: "unfollow", subject: { kind, id }, args: {} });
}

/** No reminder of the time that the rule gives on `day`; false takes it back. */
export function skip(event: string, day: string, skips = true): Promise<void> {
  return say({ verb: "skip", subject: { kind: "event", id: event }, args: { day, skip: skips } });
}

/** "Jeg vil gerne mødes ved døren"; false takes it back. */
export function askMet(event: string, day: string, asks = true): Promise<void> {
  return say({ verb: "ask_met", subject: { kind: "event", id: event }, args: { day, asks } });
}

async function say(said: mine.Said): Promise<void> {
  const id = await atOutbox((how, box) => sayMine(said, box, how.writing));
  await look();
  if (id === null) return;
  expects = true;
  tapped = true;
  goes(id);
}

/** What the phone says of itself, without a tap (push.ts): where it is reached, and what becomes of that. */
export async function sayQuietly(said: mine.Said, change: (mine: mine.Mine) => mine.Mine): Promise<void> {
  await atOutbox(async (how, box) => {
    await amend(box, change);
    await sayMine(said, box, how.writing, true);
  });
  await look();
  void pullNow();
}

export async function change(how: (mine: mine.Mine) => mine.Mine): Promise<void> {
  await atOutbox((_, box) => amend(box, how));
  await look();
}

/** An answer is never waited for longer than this when everything is deleted. */
const FORGET_MS = 4_000;

/**
 * All that is followed ends, and the server is told to forget this phone. True: it has. False: it will hear of it when there is a
 * network; until then the secret and that one word stay. `ended`: done as soon as that word is kept (push.ts ends the address).
 */
export async function forgetMe(ended: () => Promise<void>): Promise<boolean> {
  const id = await atOutbox((how, box) =>
    sayForget({ verb: "forget_device", subject: mine.DEVICE, args: {} }, box, how.writing),
  );
  await look();
  await ended().catch(() => undefined);
  if (id === null) return true;
  const sending = atOutbox((how, box) => how.sendAll(box, () => void look(), [id])).catch(() => undefined);
  await Promise.race([sending, new Promise((late) => setTimeout(late, FORGET_MS))]);
  await look();
  return view.peek().mine === null;
}

let looking: Promise<void> = Promise.resolve();

/** Reads what is kept, and shows it together with what waits. */
function look(): Promise<void> {
  looking = looking
    .catch(() => undefined)
    .then(async () => {
      const now = await atMine();
      const open = outbox.peek().filter((op) => mine.VERBS.has(op.verb) && isOpen(op));
      view.value = { mine: now, open };
    });
  return looking;
}

let box: OwnPort | null = null;
/** From the disk as long as the outbox is there: who follows nothing needs nothing that writes. */
async function atMine(): Promise<mine.Mine | null> {
  if (state.peek().ops === "disk")
    return ((await own.run((db) => db.get("device", "mine"))) as mine.Mine | undefined) ?? null;
  box ??= await atOutbox(async (_, there) => there);
  return box.tx(mineOf);
}

/** What a person waits for: a host's answer, or the key that messages need. Then it is asked for with every round. */
let expects = true;
/** The person has just asked for something: what follows of it waits for no other request. */
let tapped = false;
export function expect(): void {
  expects = true;
  tapped = true;
}
/** Else the server is asked this often while the app is open, and each time the person comes back to it. */
const EVERY_MS = 30 * 60_000;
let asked = 0;
let asking: Promise<void> | null = null;

/** Told each time what the server has was held against what is kept (push.ts). */
type Hearer = () => Promise<void>;
let hear: Hearer = async () => undefined;
export const onMine = (hearer: Hearer): void => {
  hear = hearer;
};

/** Asks what the server has, after what waits was sent. Never rejects: without network all stays as it is. */
export function askMine(): Promise<void> {
  asking ??= ask()
    .catch(() => undefined)
    .finally(() => {
      asking = null;
    });
  return asking;
}

async function ask(): Promise<void> {
  await look();
  if (!view.peek().mine || forgetting.peek()) return;
  const looks = tapped;
  tapped = false;
  const more = await locked("send", () =>
    atOutbox(async (how, box) => {
      // Not beside what was just reported by nobody in particular: asked again with the next round.
      if (!(await mayCarry(box, around, looks))) return null;
      return readMine(withMine(box, how.writing.now), how.writing);
    }),
  );
  await look();
  if (more === null) return;
  asked = now().getTime();
  // A host may answer until it begins. Where the server did not know this phone yet, it does after the next round.
  const { wants, vapid_key } = view.peek().mine ?? {};
  expects = (wants === true && vapid_key === null) || met.peek().some(({ answer }) => answer === null);
  if (more) void pullNow();
  await hear();
}

let started = false;

/** From here on the signals are true. Called once, when the first screen stands. */
export function startDevice(): void {
  if (started) return;
  started = true;
  effect(() => {
    void outbox.value;
    void look().catch(() => undefined);
  });
  // After each round that came to its end: at start, on focus, after a tap, and by the beat.
  effect(() => {
    if (state.value.readAt === null) return;
    if (expects || now().getTime() - asked > EVERY_MS) void askMine();
  });
  addEventListener("focus", () => {
    expects = true;
  });
}

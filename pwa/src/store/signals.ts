// The phone's data as signals. Screens and map read these and nothing below them.
import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type FeedNews, type KeptOp, NOTHING } from "#phone/port.ts";
import { forget, pull, wholeOf } from "#phone/pull.ts";
import type { Scope } from "#phone/wire.gen.ts";
import { onHeard } from "../api/ask.ts";
import { around } from "./around.ts";
import { type Beat, startBeat } from "./beat.ts";
import { hearDate, serverNow, setOffset } from "./clock.ts";
import { Keeping, type Trouble } from "./keeping.ts";
import { bodies, dropCopy, onScreen, rowsOf, showCopy, showPage } from "./mirror.ts";
import { net } from "./net.ts";
import type { OwnPort } from "./outbox.ts";
import type { OpShown } from "./overlay.ts";
import { heardSetting, readSettings, setting } from "./settings.ts";
import { listen, tell, type Word } from "./tabs.ts";
import type { Dissolved, Event, Facility, Notice, Organiser, OutboxItem, Place, Route, Site } from "./things.ts";

export type {
  Dissolved,
  Event,
  Facility,
  FaultNote,
  FaultWhat,
  Notice,
  Organiser,
  OutboxItem,
  Place,
  Route,
  Site,
  Subject,
  Time,
} from "./things.ts";

export interface State {
  phase: "empty" | "reading" | "ready";
  /** Server's clock, in ms, of the last whole pull; null before the first. */
  readAt: number | null;
  /** "memory": the phone keeps nothing past this visit. */
  kept: "disk" | "memory";
  /** "memory": so does the outbox; what was not sent is gone when the app is closed. */
  ops: "disk" | "memory";
  /** full: no room left; lost: the phone has deleted what was saved; closed: another version has the database. */
  trouble: null | "full" | "lost" | "closed";
  /** The copy did not add up and was read afresh. */
  reread: boolean;
}

const SCOPE: Scope = "public";
/** So long the phone waits for its first answer before it says that there is no network. */
const PATIENCE_MS = 2_000;
/** Beside the databases: says after a deletion by the browser that there was something. */
const MARK = "moedesteder.kept";

const keeping = new Keeping(rowsOf, troubled);
/** Set only once `writing` is there, which has the functions that read an op. */
const ops = signal<readonly KeptOp[]>([]);
type Writing = typeof import("./writing.ts");
let writing: Writing | null = null;
/** Up to where each copy on screen is whole; an op leaves the overlay by that. */
const cursors = signal<Partial<Record<Scope, string | null>>>({});
const status = signal<State>({ phase: "empty", readAt: null, kept: "disk", ops: "disk", trouble: null, reread: false });
const reached = signal(false);
const told = signal(false);
const clockOffset = setting("clock_offset", 0);
let beat: Beat | null = null;

const shownOps = computed<OpShown[]>(() => {
  // Both are read first: what is not read is not heard of.
  const [at, all, how] = [cursors.value, ops.value, writing];
  return how ? all.filter((op) => how.inOverlay(op, at)).map((op) => how.opOf(op) as OpShown) : [];
});
const shown = <T extends object>(kind: string): ReadonlySignal<ReadonlyMap<string, T>> => {
  const base = bodies(kind);
  return computed(() => {
    const [things, over] = [base.value as ReadonlyMap<string, T>, shownOps.value];
    return writing ? writing.laidOver(things, kind, over) : things;
  });
};

export const places: ReadonlySignal<ReadonlyMap<string, Place | Dissolved>> = shown("place");
export const facilities: ReadonlySignal<ReadonlyMap<string, Facility>> = shown("facility");
export const routes: ReadonlySignal<ReadonlyMap<string, Route>> = shown("route");
export const events: ReadonlySignal<ReadonlyMap<string, Event>> = shown("event");
export const organisers: ReadonlySignal<ReadonlyMap<string, Organiser>> = shown("organiser");
export const notices: ReadonlySignal<ReadonlyMap<string, Notice>> = shown("notice");
export const site: ReadonlySignal<Site | null> = computed(
  () => (bodies("settings").value?.get("site") as Site | undefined) ?? null,
);
export const state: ReadonlySignal<State> = status;
/** True only after a request came through, false after one that did not. */
export const online: ReadonlySignal<boolean> = reached;
/** Whether `online` is to be believed: a request of this visit has ended, or two seconds have gone by without. */
export const asked: ReadonlySignal<boolean> = told;
export const outbox: ReadonlySignal<readonly OutboxItem[]> = computed(() => {
  const all = ops.value;
  return writing ? all.map(writing.itemOf) : [];
});

/** The server's clock, as well as it is known. */
export function now(): Date {
  return new Date(serverNow());
}

let started: Promise<void> | null = null;

/** Opens the databases and shows what is kept; resolves then. The first pull goes on behind. */
export function start(): Promise<void> {
  started ??= begin();
  return started;
}

async function begin(): Promise<void> {
  onHeard(heard);
  listen(hear);
  addEventListener("offline", () => {
    reached.value = false;
  });
  setTimeout(() => {
    told.value = true;
  }, PATIENCE_MS);
  const [copies] = await Promise.all([keeping.open(), readSettings().catch(() => undefined)]);
  setOffset(clockOffset.peek());
  if (keeping.ops.length > 0) await toWrite().catch(() => undefined);
  batch(() => {
    for (const [scope, rows] of copies) {
      const copy = onScreen(keeping.kept.get(scope) ?? NOTHING);
      if (copy) showCopy(scope, copy.gen, rows);
      cursors.value = { ...cursors.peek(), [scope]: wholeOf(copy) };
    }
    if (writing) ops.value = keeping.ops;
    keptMoved();
    if (!keeping.kept.get(SCOPE)?.shown && keeping.onDisk && marked()) set({ trouble: "lost" });
  });
  beat = startBeat(() => void pullNow());
  // Whoever waits for something learns of the server's return within a minute.
  effect(() => {
    const waits = ops.value.some((op) => op.state === "waiting" || op.state === "sent") || waiting.value > 0;
    beat?.again(!reached.value && waits);
  });
  // What lies here is drawn first; a page that nobody looks at draws nothing.
  if (keeping.kept.has(SCOPE) && typeof requestAnimationFrame === "function" && document.visibilityState === "visible")
    requestAnimationFrame(() => setTimeout(() => void pullNow()));
  else void pullNow();
}

async function toWrite(): Promise<Writing> {
  writing ??= await import("./writing.ts");
  return writing;
}

/** How many other things (a map half fetched) wait for the network. */
const waiting = signal(0);
export function waits(more: 1 | -1): void {
  waiting.value += more;
}

/** Ops that a person has just asked for, and how many screens show the outbox: what is looked at is not kept apart in time (sync/phone/apart.ts). */
const tapped = new Set<string>();
let watching = 0;

/** A screen shows the outbox, until the function that comes back is called: what waits goes out at once. */
export function watchOutbox(): () => void {
  if (++watching === 1 && keeping.ops.some((op) => op.state === "waiting")) void pullNow();
  return () => {
    watching--;
  };
}

let running: Promise<void> | null = null;
let after: Promise<void> | null = null;

/** Sends what waits and reads what is new; resolves when a round begun after this call is over. Never rejects: `state` and `online` tell. */
export function pullNow(): Promise<void> {
  if (halted) return Promise.resolve();
  if (running) {
    after ??= running.then(() => {
      after = null;
      return pullNow();
    });
    return after;
  }
  running = round()
    .catch(() => undefined)
    .finally(() => {
      running = null;
    });
  return running;
}

async function round(): Promise<void> {
  if (status.peek().phase === "empty") set({ phase: "reading" });
  let next: number | null = null;
  try {
    await keepAgain();
    // A tap whose op could not be read back then.
    if (tapped.size > 0) await lookAtOps().catch(() => undefined);
    // Where the phone itself knows that nothing can leave it, nothing is marked as having been out: it can be mended without a question.
    if (keeping.ops.length > 0 && (reached.peek() || navigator.onLine !== false)) {
      const looking = watching > 0 || [...tapped];
      tapped.clear();
      const sent = await (await toWrite()).sendAll(keeping.outbox, () => void outboxMoved(), looking);
      next = sent.end === "unreached" ? null : sent.next_at;
    }
    const unread = keeping.ops.filter((op) => op.unread).map((op) => op.id);
    const pulled = await pull(SCOPE, keeping.feed, net, around, { epoch: epochTold, news });
    await showing;
    if (pulled.end === "done" && unread.length > 0) await (await toWrite()).caught(unread, keeping.outbox);
    if (pulled.reread || pulled.differs) set({ reread: true });
    else if (pulled.end === "done") set({ reread: false });
    if (pulled.end === "done") mark();
  } finally {
    if (keeping.ops.length > 0) await outboxMoved();
    keptMoved();
    if (!status.peek().readAt) set({ phase: "empty" });
    const { ops: now } = keeping;
    const open = now.some((op) => op.state === "waiting" || op.state === "sent");
    beat?.again(!reached.peek() && (open || waiting.peek() > 0), next);
  }
}

/** Ops that another epoch took wait again, and are laid over what is shown, before that epoch's copy is. */
async function epochTold(epoch: string): Promise<void> {
  if (keeping.ops.length === 0) return;
  await (await toWrite()).seen(epoch, keeping.outbox);
  await outboxMoved();
}

/** What a screen does with the outbox (report.ts), and the tabs hear of it. */
export async function atOutbox<T>(work: (how: Writing, box: OwnPort) => Promise<T>): Promise<T> {
  const done = await work(await toWrite(), keeping.outbox);
  // It is written: what only shows it may come later.
  await outboxMoved().catch(() => undefined);
  return done;
}

/** This op was tapped: it goes out at once, from a phone too that has just been emptied. */
export function goes(id: string): void {
  halted = false;
  tapped.add(id);
  void pullNow();
}

/** There may be room again: what waits in memory alone goes to the disk. False where it still can not. */
export async function keepAgain(): Promise<boolean> {
  if (status.peek().ops === "disk") return true;
  if (!(await keeping.home())) return false;
  set({ ops: "disk", ...(keeping.onDisk ? { kept: "disk", trouble: null } : {}) });
  await outboxMoved();
  return true;
}

/** pack/ has found that the browser deleted what was saved. */
export function sayLost(): void {
  if (status.peek().trouble === null) set({ trouble: "lost" });
}

/** Deletes the copy of the list; it comes again with the next read. */
export async function eraseList(): Promise<void> {
  await forget(SCOPE, keeping.feed, { news });
  unmark();
  set({ phase: "empty", readAt: null, trouble: null });
}

let halted = false;
/** Before everything is erased: from here on nothing is asked for, so nothing comes back. */
export async function halt(): Promise<void> {
  halted = true;
  await running;
}

function set(part: Partial<State>): void {
  status.value = { ...status.peek(), ...part };
}

function troubled(what: Trouble): void {
  const ops = keeping.opsOnDisk ? "disk" : "memory";
  set({ kept: "memory", ops, trouble: what === "shut" ? status.peek().trouble : what });
}

function heard(came: boolean, date: number | null): void {
  reached.value = came;
  told.value = true;
  const offset = date === null ? null : hearDate(date);
  if (offset !== null) clockOffset.value = offset;
}

function news(one: FeedNews): void {
  const kept = keeping.kept.get(one.scope);
  show(one, true);
  if (kept && keeping.onDisk) tell({ of: "feed", news: one, kept });
}

/** What is being brought onto the screen; a pull is over when it is there. */
let showing: Promise<void> = Promise.resolve();

function show(one: FeedNews, ours: boolean): void {
  const { scope } = one;
  const cursor = wholeOf(onScreen(keeping.kept.get(scope) ?? NOTHING));
  batch(() => {
    if (one.what === "gone") dropCopy(scope);
    else if (one.what === "swap" || !showPage(scope, one.gen, one.changes, ours)) {
      showing = showing.then(() => readWhole(scope, one.gen)).catch(() => undefined);
      return;
    }
    cursors.value = { ...cursors.peek(), [scope]: cursor };
    keptMoved();
  });
}

/** A copy takes the place of the one on screen in one step, and only then its cursor counts for the overlay. */
async function readWhole(scope: Scope, gen: number): Promise<void> {
  const rows = await keeping.copy(scope, gen);
  const kept = onScreen(keeping.kept.get(scope) ?? NOTHING);
  if (kept?.gen !== gen) return;
  batch(() => {
    showCopy(scope, gen, rows);
    cursors.value = { ...cursors.peek(), [scope]: wholeOf(kept) };
    keptMoved();
  });
}

/** What the list says of its age, from what was last committed. */
function keptMoved(): void {
  const readAt = keeping.kept.get(SCOPE)?.shown?.read_at ?? null;
  const some = (bodies("place").peek()?.size ?? 0) > 0;
  set({ readAt, phase: readAt !== null ? "ready" : some ? "reading" : status.peek().phase });
}

async function outboxMoved(): Promise<void> {
  await lookAtOps();
  if (keeping.opsOnDisk) tell({ of: "outbox" });
}

/** Another tab has committed something. */
function hear(word: Word): void {
  if (word.of === "halt") halted = true;
  else if (word.of === "outbox") {
    if (keeping.opsOnDisk) void lookAtOps();
  } else if (!keeping.onDisk) return;
  else if (word.of === "setting") heardSetting(word.key, word.value);
  else {
    keeping.heard(word.news.scope, word.kept);
    show(word.news, false);
  }
}

async function lookAtOps(): Promise<void> {
  await keeping.lookAtOps();
  if (keeping.ops.length > 0) await toWrite();
  ops.value = keeping.ops;
}

function marked(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

function unmark(): void {
  try {
    localStorage.removeItem(MARK);
  } catch {
    // Then there was none.
  }
}

function mark(): void {
  if (!keeping.onDisk) return;
  try {
    localStorage.setItem(MARK, "1");
  } catch {
    // Without it a deletion by the browser goes unsaid; nothing else hangs on it.
  }
}

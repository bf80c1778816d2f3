// What staff read, on the disk of this computer in a database of its own, so that no screen for citizens ever shows a draft of staff:
// what everybody reads, and over it what staff alone do. Logging out, a 403 and thirty days unseen delete it.
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { opOf } from "#phone/op.ts";
import { type FeedNews, type FeedPort, type Kept, type KeptOp, NOTHING } from "#phone/port.ts";
import { forget, pull, wholeOf } from "#phone/pull.ts";
import { inOverlay } from "#phone/settled.ts";
import type { Change, Scope } from "#phone/wire.gen.ts";
import { onHeard } from "../../api/ask.ts";
import { around } from "../../store/around.ts";
import { hearDate, serverNow } from "../../store/clock.ts";
import { InMemory, keepIn, onDisk, type Row, readAll, readCopy } from "../../store/feed.ts";
import { StorageTrouble } from "../../store/handle.ts";
import { bodies, dropCopy, onScreen, rowsOf, showCopy, showPage } from "../../store/mirror.ts";
import type { OpShown } from "../../store/overlay.ts";
import type { Off } from "./dates.ts";
import { net } from "./net.ts";
import { laidOver } from "./overlay.ts";
import { forgetBeside, openBeside, readOwn } from "./own.ts";
import type { Event, Facility, Fault, Kind, Notice, Organiser, Route, Site, StaffPlace } from "./things.ts";

export type { Event, Facility, Fault, Organiser, Route, Site, StaffPlace } from "./things.ts";

/** In this order: what staff read stands over what everybody does. */
const SCOPES = ["public", "staff"] as const satisfies readonly Scope[];
/** A copy of what staff read that nobody has looked at for so long is deleted unread. */
const UNSEEN_MS = 30 * 24 * 3_600_000;

keepIn("desk");
const kept = new Map<Scope, Kept>();
let memory: InMemory | null = null;

export interface Reading {
  readonly phase: "empty" | "reading" | "ready";
  /** Server's clock, ms, of the last whole read; null before the first. */
  readonly readAt: number | null;
  /** The last request came through. */
  readonly reached: boolean;
  /** "memory": nothing of it is kept when the window is closed. */
  readonly kept: "disk" | "memory";
  /** The login has ended, or has no right to the list any more. */
  readonly shut: null | "login" | "forbidden";
}
const state = signal<Reading>({ phase: "empty", readAt: null, reached: true, kept: "disk", shut: null });
export const reading: ReadonlySignal<Reading> = state;
const set = (part: Partial<Reading>): void => {
  state.value = { ...state.peek(), ...part };
};

/** Ops of the outbox under the login; write.ts sets it. */
export const ops = signal<readonly KeptOp[]>([]);
/** Up to where each copy on screen is whole. */
const cursors = signal<Partial<Record<Scope, string | null>>>({});
/** ms, the server's clock: when the last whole read of what an organiser reads began. That list has no cursor to go by. */
const ownSince = signal<number | null>(null);
const drawn = computed<OpShown[]>(() => {
  const [at, since] = [cursors.value, ownSince.value];
  const isRead = (op: KeptOp) => since !== null && op.settled_at !== null && op.settled_at <= since;
  return ops.value.filter((op) => inOverlay(op, at) && !isRead(op)).map((op) => opOf(op) as OpShown);
});
const shown = <T>(kind: string): ReadonlySignal<ReadonlyMap<string, T>> => {
  const base = bodies(kind);
  return computed(() => {
    const off = kind === "event" ? daysOff.value : undefined;
    return laidOver(base.value ?? new Map(), kind, drawn.value, off) as ReadonlyMap<string, T>;
  });
};

export const places: ReadonlySignal<ReadonlyMap<string, StaffPlace>> = shown("place");
export const facilities: ReadonlySignal<ReadonlyMap<string, Facility>> = shown("facility");
export const routes: ReadonlySignal<ReadonlyMap<string, Route>> = shown("route");
export const faults: ReadonlySignal<ReadonlyMap<string, Fault>> = shown("fault");
export const events: ReadonlySignal<ReadonlyMap<string, Event>> = shown("event");
export const organisers: ReadonlySignal<ReadonlyMap<string, Organiser>> = shown("organiser");
export const notices: ReadonlySignal<ReadonlyMap<string, Notice>> = shown("notice");
const settings = shown<Site>("settings");
export const site: ReadonlySignal<Site | null> = computed(() => settings.value.get("site") ?? null);
/** What a series may leave out. */
export const daysOff: ReadonlySignal<Off> = computed(() => {
  const { holidays = [], school_holidays: school = [] } = site.value ?? {};
  return { holidays, school };
});

/** The thing as the server told it, without what waits here. */
export const asRead = (kind: Kind, id: string): unknown => bodies(kind).peek()?.get(id);

const STAFFS: ReadonlySet<Kind> = new Set(["place", "event", "organiser"]);
/** The v that an edit of this thing is based on: of a place and an event staff's own, of the others the public one where there is one. */
export function baseOf(kind: Kind, id: string): string | null {
  for (const scope of STAFFS.has(kind) ? (["staff"] as const) : SCOPES) {
    const found = rowsOf(scope).find((row) => row.kind === kind && row.id === id);
    if (found) return found.v;
  }
  return null;
}

/** Writes on disk while it works, from memory from the moment it does not. */
const port: FeedPort = {
  async tx(scope, work) {
    let now: Kept | undefined;
    const noting: typeof work = (tx) =>
      work({
        ...tx,
        keep: (one) => {
          now = one;
          return tx.keep(one);
        },
      });
    let done: Awaited<ReturnType<typeof work>>;
    try {
      done = await (memory ?? onDisk).tx(scope, noting);
    } catch (error) {
      if (!(error instanceof StorageTrouble) || memory) throw error;
      for (const [of, one] of kept) if (one.shown) kept.set(of, { ...one, fresh: null });
      memory = new InMemory(kept, SCOPES.flatMap(rowsOf));
      set({ kept: "memory" });
      done = await memory.tx(scope, noting);
    }
    if (now) kept.set(scope, now);
    return done;
  },
};

/** Shows what lies here. Reads nothing. */
export async function open(): Promise<void> {
  onHeard((came, date) => {
    set({ reached: came });
    if (date !== null) hearDate(date);
  });
  await openBeside();
  const found = await readAll().catch((error) => {
    if (!(error instanceof StorageTrouble)) throw error;
    memory = new InMemory(new Map(), []);
    set({ kept: "memory" });
    return { kept: new Map<Scope, Kept>(), rows: [] as Row[] };
  });
  const old = found.kept.get("staff")?.shown?.read_at ?? null;
  if (old !== null && serverNow() - old > UNSEEN_MS) {
    await forget("staff", port);
    found.kept.delete("staff");
  }
  batch(() => {
    for (const [scope, one] of found.kept) {
      kept.set(scope, one);
      const copy = onScreen(one);
      if (copy) {
        const rows = found.rows.filter((row) => row.scope === scope && row.gen === copy.gen);
        showCopy(scope, copy.gen, rows);
      }
      cursors.value = { ...cursors.peek(), [scope]: wholeOf(copy) };
    }
    moved();
  });
}

/** Who reads: staff the scope of that name, an organiser its own events. */
export type Reader = "staff" | "organiser";

/** Reads both scopes to their end. Never rejects: `reading` tells. Returns whether all of it was read. */
export async function read(epoch: (epoch: string) => Promise<void>, reader: Reader = "staff"): Promise<boolean> {
  if (state.peek().phase === "empty") set({ phase: "reading" });
  let whole = true;
  for (const scope of reader === "staff" ? SCOPES : (["public"] as const)) {
    const done = await pull(scope, port, net, around, { epoch, news: ours }).catch(() => null);
    await showing;
    whole &&= done?.end === "done";
    if (scope === "staff" && done?.end === "done") set({ shut: null });
    if (done?.end === "login" || done?.end === "forbidden") set({ shut: done.end });
  }
  whole = (await own(reader)) && whole;
  moved();
  return whole;
}

/** What is told beside the scopes; to an organiser in the place of one. Without it staff lack what is asked and counted, and nothing else. */
async function own(reader: Reader): Promise<boolean> {
  const organises = reader === "organiser";
  const since = serverNow();
  const done = await readOwn(organises ? port : null).catch(() => null);
  if (!organises) return true;
  if (done?.end === "login" || done?.end === "forbidden") set({ shut: done.end });
  if (done?.end !== "done" || done.gen === null) return false;
  set({ shut: null });
  ours({ what: "swap", scope: "staff", gen: done.gen });
  await showing;
  ownSince.value = since;
  return true;
}

/** What staff read is deleted from this computer. */
export async function forgetStaff(): Promise<void> {
  await forget("staff", port, { news: ours }).catch(() => undefined);
  await forgetBeside();
  set({ phase: "empty", readAt: null, shut: null });
}

/** The desk's other windows: what one has written on the disk, all show. */
interface Word {
  readonly news: FeedNews;
  readonly kept: Kept;
}
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("desk");
channel?.addEventListener("message", ({ data }) => {
  if (memory) return;
  const word = data as Word;
  kept.set(word.news.scope, word.kept);
  show(word.news);
});
// Node alone, where tests run: a listening channel must not keep the process alive.
(channel as unknown as { unref?: () => void } | null)?.unref?.();

function ours(news: FeedNews): void {
  show(news);
  const now = kept.get(news.scope);
  if (now && !memory) channel?.postMessage({ news, kept: now } satisfies Word);
}

let showing: Promise<void> = Promise.resolve();

function show(one: FeedNews): void {
  const { scope } = one;
  const cursor = wholeOf(onScreen(kept.get(scope) ?? NOTHING));
  batch(() => {
    if (one.what === "gone") dropCopy(scope);
    else if (one.what === "swap" || !page(scope, one.gen, one.changes)) {
      showing = showing.then(() => whole(scope, one.gen)).catch(() => undefined);
      return;
    }
    cursors.value = { ...cursors.peek(), [scope]: cursor };
    moved();
  });
}

const page = (scope: Scope, gen: number, changes: readonly Change[]): boolean => showPage(scope, gen, changes, true);

async function whole(scope: Scope, gen: number): Promise<void> {
  const rows = memory ? memory.rows(scope, gen) : await readCopy(scope, gen);
  const copy = onScreen(kept.get(scope) ?? NOTHING);
  if (copy?.gen !== gen) return;
  batch(() => {
    showCopy(scope, gen, rows);
    cursors.value = { ...cursors.peek(), [scope]: wholeOf(copy) };
    moved();
  });
}

function moved(): void {
  const readAt = kept.get("staff")?.shown?.read_at ?? null;
  const { phase } = state.peek();
  set({ readAt, phase: readAt !== null ? "ready" : phase });
}

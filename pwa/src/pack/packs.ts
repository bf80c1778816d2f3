// Maps on the phone ("kort på telefonen"): what there is, what is being fetched, what is whole.
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import { getJson } from "../api/ask.ts";
import type { PackList, PackManifest } from "../api/types.gen.ts";
import { also, codeErased } from "../store/kept.ts";
import { getSetting, putSetting } from "../store/own.ts";
import { freeBytes, LITTLE, lookAtRoom } from "../store/room.ts";
import { now, online, places, pullNow, sayLost, waits } from "../store/signals.ts";
import { dropMapCode, keepMapCode, keepPictures } from "../store/worker.ts";
import { bytesOnDisk, openArchive, sweep } from "./files.ts";
import { type Ended, keep, lockOf, MANIFESTS, type News, type PackRecord, records } from "./records.ts";
import { covers, type Pack, packOf, type Sure, withMark } from "./shown.ts";
import { of, ours } from "./visits.ts";
import { attend, watchDownloaders } from "./watch.ts";
import { order, tell } from "./worker-of.ts";

export { room } from "../store/room.ts";
export type { Pack } from "./shown.ts";

const shown = signal<readonly Pack[]>([]);
export const packs: ReadonlySignal<readonly Pack[]> = shown;

/** An archive that can be drawn from, promised or not. */
export type Whole = NonNullable<PackRecord["saved"]>;
const drawable = signal<readonly Whole[]>([]);
export const whole: ReadonlySignal<readonly Whole[]> = drawable;
/** What stands on the map now, the most detailed first: its makers are named beside it. The map sets it. */
export const onMap = signal<readonly PackManifest[]>([]);

/** An archive that has been replaced stays so long: the map may still be reading it. */
const LINGER_MS = 5_000;
/** After a cut with the server still there. Doubles. */
const AGAIN_MS = 15_000;
const OVERVIEW = "overview";

let kept = new Map<string, PackRecord>();
/** Archives opened before the map asks for them, by hash: a cold file system answers late. */
const early = new Map<string, Promise<Blob | null>>();
let offered: readonly PackManifest[] = [];

/** How often the map's code was broken off since it was last whole. */
let codeCuts = 0;

/** Archives whose every piece was read back right in this visit. */
const checked = new Set<string>();
/** Whether the service worker keeps the map's code, without which no archive opens. */
let code: Sure = null;
/** The downloader did not start, or could not read: so nothing can be read back. */
let blind = false;
/** Until it is known what is ready, or this has taken long, nothing is said of any map: what is here shows at once as what it is. */
let held = true;
const PATIENCE_MS = 1_500;

function sureOf({ saved, next }: PackRecord): Sure {
  if (!saved) return null;
  // A piece of it has gone bad, or the code is not here.
  if (next?.manifest.sha256 === saved.manifest.sha256 || code === false) return false;
  if (!checked.has(saved.manifest.sha256)) return blind ? false : null;
  return code;
}

/** Whole, and yet not promised: no piece of it is missing. */
const unsure = (it: PackRecord | undefined): boolean => !!it?.saved && !it.next && sureOf(it) !== true;

function show(): void {
  const all = [...kept.values()];
  drawable.value = all.flatMap(({ saved }) => saved ?? []);
  if (held && all.some((it) => it.saved && sureOf(it) === null)) return;
  held = false;
  const ids = new Set([...offered.map((one) => one.id), ...kept.keys()]);
  shown.value = [...ids].flatMap((id) => {
    const newest = offered.find((one) => one.id === id) ?? null;
    const it = kept.get(id) ?? null;
    return packOf(newest, it, of(id).live, of(id).full, it && sureOf(it)) ?? [];
  });
}

async function look(): Promise<void> {
  const [all, list] = await Promise.all([records(), getSetting<PackManifest[]>(MANIFESTS)]);
  kept = new Map(all.map((one) => [one.id, one]));
  early.clear();
  offered = list ?? [];
  show();
}

async function askServer(): Promise<void> {
  const said = await getJson<PackList>("/api/v1/packs", "no-cache");
  if (!said.body) return;
  offered = said.body.packs;
  await putSetting(MANIFESTS, offered).catch(() => undefined);
  show();
}

let asking = false;

/** What a saved pack wants with it: the map's code, without which it is not ready, and once there is detail the pictures of every place. */
async function keepBeside(): Promise<void> {
  if (asking) return;
  asking = true;
  code ||= null;
  show();
  const done = await keepMapCode().catch(() => false);
  code = done === true;
  asking = false;
  if (done === "full") return noRoom();
  show();
  for (const [id, { saved }] of kept) if (code && saved) of(id).fresh = false;
  if (!code) return tryLater(++codeCuts, () => code === false && goOn());
  codeCuts = 0;
  if (![...kept.values()].some((one) => one.saved && one.id !== OVERVIEW)) return;
  const all = [...places.peek().values()].flatMap((place) => ("photos" in place ? place.photos : []));
  void keepPictures(all.map((photo) => photo.sha256));
}

/** The map's code finds no room. What was saved before stays, it may be of use again; what came just now leaves no byte. */
async function noRoom(): Promise<void> {
  for (const id of [...kept.keys()]) {
    if (of(id).fresh) await remove(id);
    of(id).full = true;
  }
  show();
}

let looking: Promise<void> | null = null;

/** What lies on the phone, at once and without asking anybody, opened for the map that is about to be drawn. */
export async function lookHere(): Promise<void> {
  watch();
  if (kept.size > 0) return;
  looking ??= look().catch(() => undefined);
  await looking;
  looking = null;
  for (const one of drawable.peek()) if (!early.has(one.manifest.sha256)) early.set(one.manifest.sha256, source(one));
}

let readBack = false;

/** What lies on the phone at once, then what the server offers. Once a visit, every saved byte is read back. */
export async function refresh(): Promise<void> {
  watch();
  setTimeout(unhold, PATIENCE_MS);
  await Promise.all([look().catch(() => undefined), lookAtRoom()]);
  if (!readBack && drawable.peek().length > 0) {
    readBackAll();
    void keepBeside();
  }
  await askServer().catch(() => undefined);
  if (online.peek()) goOn();
  await leave();
  await sweep().catch(() => undefined);
}

/** Reads back what counts as whole, and mends it. The map calls it when it can not read what it should. */
export function readBackAll(): void {
  readBack = true;
  blind = false;
  order({ do: "check" });
}

function unhold(): void {
  held = false;
  show();
}

/** Fetches a pack, or what is missing of it. Resolves when that has ended, however it ended: `packs` says how. To be called from a tap. */
export async function download(id: string): Promise<void> {
  watch();
  unhold();
  // Asked at the tap, where a browser may show its question; `room` shows the answer. Firefox answers when the person does, so nothing waits.
  void navigator.storage?.persist?.().then(lookAtRoom, () => undefined);
  await fetchPack(id);
}

async function fetchPack(id: string): Promise<void> {
  if (!offered.some((one) => one.id === id)) await askServer().catch(() => undefined);
  const manifest = offered.find((one) => one.id === id) ?? kept.get(id)?.next?.manifest;
  if (!manifest) return;
  const free = freeBytes(await lookAtRoom());
  const have = shown.peek().find((one) => one.manifest.id === id)?.done ?? 0;
  const it = of(id);
  it.full = free !== null && free < manifest.bytes - have + LITTLE;
  if (it.full) return show();
  const end = new Promise<void>((done) => it.ends.push(done));
  if (!it.live?.ours) {
    if (!kept.get(id)?.saved) it.fresh = true;
    it.live = { done: have, marks: [], ours: true };
    order({ do: "load", manifest, now: now().getTime() });
  }
  show();
  return end;
}

/** In every tab; what has come stays. */
export function pause(id: string): void {
  tell({ type: "pause", id });
  const it = kept.get(id);
  if (!it?.next || of(id).live) return;
  kept.set(id, { ...it, next: { ...it.next, paused: true } });
  show();
  void keep(kept.get(id) as PackRecord).catch(() => undefined);
}

/** Leaves no byte of it, whole or half. Works without network. */
export async function remove(id: string): Promise<void> {
  watch();
  tell({ type: "pause", id });
  await locked(id, async () => {
    await keep({ id, saved: null, next: null });
    await sweep();
  });
  tell({ type: "look" });
  of(id).full = false;
  of(id).live = null;
  await look();
  noneLeft();
  await lookAtRoom();
}

function noneLeft(): void {
  if (kept.size > 0) return;
  void dropMapCode();
  code = null;
}

/** The bytes of a whole archive; null where they are gone. */
export function source({ manifest, where }: Whole): Promise<Blob | null> {
  const opened = early.get(manifest.sha256);
  early.delete(manifest.sha256);
  return opened ?? openArchive(manifest, where).catch(() => null);
}

/** Fetches the overview where no saved pack covers it. The map calls it when it opens. */
export async function openOverview(): Promise<void> {
  await lookHere();
  if (offered.length === 0) await askServer().catch(() => undefined);
  const overview = offered.find((one) => one.id === OVERVIEW);
  const here = drawable.peek().map((one) => one.manifest);
  if (!overview || here.some((one) => one.id !== OVERVIEW && covers(one, overview))) return;
  if (here.some((one) => one.sha256 === overview.sha256)) return;
  await fetchPack(OVERVIEW);
}

/** The overview goes once a saved pack shows all that it does. */
async function leave(): Promise<void> {
  const overview = kept.get(OVERVIEW)?.saved?.manifest;
  const others = [...kept.values()].flatMap((one) => (one.saved && one.id !== OVERVIEW ? [one.saved.manifest] : []));
  if (!overview || !others.some((one) => covers(one, overview))) return;
  await locked(OVERVIEW, () => keep({ id: OVERVIEW, saved: null, next: null }));
  await look();
}

function locked(id: string, work: () => Promise<unknown>): Promise<unknown> {
  return navigator.locks ? navigator.locks.request(lockOf(id), work) : work();
}

let watching = false;

/** Hears what downloaders tell; goes on with what was cut when the network is back. */
function watch(): void {
  if (watching) return;
  watching = true;
  watchDownloaders({
    look: () => {
      void look();
      show();
    },
    hear: (news) => {
      hear(news);
      show();
    },
    broken: () => {
      blind = true;
      for (const id of ours()) void ended(id, "cut");
      show();
    },
    ours,
    back: (left) => {
      // As one that another tab has left: nobody is at it, so this one goes on at once.
      for (const id of left) {
        of(id).live = null;
        void ended(id, "left");
      }
      readBack = false;
      void refresh();
    },
  });
  let waiting = false;
  effect(() => {
    const cut = shown.value.some((one) => one.state === "cut");
    if (cut !== waiting) waits(cut ? 1 : -1);
    waiting = cut;
  });
  effect(() => {
    if (online.value) goOn();
  });
  let erased = codeErased.peek();
  effect(() => {
    if (codeErased.value === erased) return;
    erased = codeErased.value;
    // Not fetched again at once: it was thrown away by a tap.
    if (code) code = false;
    show();
  });
}

function hear(news: News): void {
  if (news.type === "checked") checked.add(news.sha256);
  else if (news.type === "unchecked") {
    blind = true;
    readBack = false;
  } else if (news.type === "lost") {
    sayLost();
    void look();
  } else if (news.type === "loading") {
    const it = of(news.id);
    it.live ??= { done: 0, marks: [], ours: false };
    if (!it.live.ours) attend(news.id, () => it.live?.ours === false && void ended(news.id, "left"));
  } else if (news.type === "at") of(news.id).live = withMark(of(news.id).live, news.done, Date.now());
  else if (news.type === "ended") void ended(news.id, news.how);
}

/** What was cut, by the network, a closed tab or a dead battery, goes on from where it was. */
function goOn(): void {
  for (const {
    state,
    manifest: { id },
  } of shown.peek())
    if (state === "cut" && !unsure(kept.get(id))) void fetchPack(id);
  if (![...kept.values()].some(unsure)) return;
  if (code === false) void keepBeside();
  if (blind) readBackAll();
}

/** After a cut, the `times`-th in a row. Whether it is the network or the server: the pull finds out, and `online` goes on with it when it is back. */
function tryLater(times: number, again: () => void): void {
  void pullNow();
  setTimeout(() => online.peek() && again(), AGAIN_MS * 2 ** Math.min(times - 1, 6));
}

async function ended(id: string, how: Ended): Promise<void> {
  const it = of(id);
  const ours = it.live?.ours;
  it.live = null;
  if (how === "full") it.full = true;
  await look().catch(() => undefined);
  for (const done of it.ends.splice(0)) done();
  if (how === "ready") {
    it.cuts = 0;
    const saved = kept.get(id)?.saved;
    if (saved) checked.add(saved.manifest.sha256);
    await leave();
    void keepBeside();
    setTimeout(() => void sweep().catch(() => undefined), LINGER_MS);
  }
  if (how === "full") noneLeft();
  const again = () => {
    const still = shown.peek().some((one) => one.manifest.id === id && one.state === "cut");
    if (still) void fetchPack(id);
  };
  if (how === "left" && !ours) again();
  else if (how === "cut" || how === "left") tryLater(++it.cuts, again);
  await lookAtRoom();
  batch(show);
}

also({
  what: "pack",
  async list() {
    const all = await records().catch(() => []);
    const told = all.map(async ({ id, saved, next }) => {
      const archives = new Map([saved, next].flatMap((it) => (it ? [[it.manifest.sha256, it.manifest] as const] : [])));
      let bytes = 0;
      for (const [sha256, manifest] of archives) bytes += await bytesOnDisk(sha256, manifest);
      return { what: "pack" as const, id, bytes, since: saved?.at ?? null };
    });
    return Promise.all(told);
  },
  async erase(id) {
    for (const one of id ? [id] : [...kept.keys()]) await remove(one);
    // Without one: what no record speaks for goes too.
    if (!id) await sweep();
  },
});

// Maps on the phone ("kort på telefonen"): what there is, what is being fetched, what is whole.
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import { getJson } from "../api/ask.ts";
import type { PackList, PackManifest } from "../api/types.gen.ts";
import { also } from "../store/kept.ts";
import { getSetting, putSetting } from "../store/own.ts";
import { now, online, places, pullNow, sayLost, waits } from "../store/signals.ts";
import { dropMapCode, keepMapCode, keepPictures } from "../store/worker.ts";
import { bytesOnDisk, openArchive, sweep } from "./files.ts";
import { keep, lockOf, MANIFESTS, type PackRecord, record, records } from "./records.ts";
import { covers, type Live, type Pack, packOf, withMark } from "./shown.ts";
import { onNews, order, tell } from "./worker-of.ts";

export type { Pack } from "./shown.ts";

const shown = signal<readonly Pack[]>([]);
export const packs: ReadonlySignal<readonly Pack[]> = shown;

export interface Room {
  quota: number | null;
  usage: number | null;
  /** Whether the browser has promised not to delete by itself; null where it does not say. */
  persisted: boolean | null;
}
const space = signal<Room>({ quota: null, usage: null, persisted: null });
export const room: ReadonlySignal<Room> = space;

/** Left over, so that the list and its outbox always have room. */
const MARGIN = 5_000_000;
/** An archive that has been replaced stays so long: the map may still be reading it. */
const LINGER_MS = 5_000;
/** After a cut with the server still there. Doubles. */
const AGAIN_MS = 15_000;
const OVERVIEW = "overview";

let kept = new Map<string, PackRecord>();
let offered: readonly PackManifest[] = [];
const live = new Map<string, Live>();
const full = new Set<string>();
const ends = new Map<string, (() => void)[]>();
const cuts = new Map<string, number>();

function show(): void {
  const ids = new Set([...offered.map((one) => one.id), ...kept.keys()]);
  shown.value = [...ids].flatMap((id) => {
    const newest = offered.find((one) => one.id === id) ?? null;
    return packOf(newest, kept.get(id) ?? null, live.get(id) ?? null, full.has(id)) ?? [];
  });
}

async function look(): Promise<void> {
  const [all, list] = await Promise.all([records(), getSetting<PackManifest[]>(MANIFESTS)]);
  kept = new Map(all.map((one) => [one.id, one]));
  offered = list ?? [];
  show();
}

async function measure(): Promise<void> {
  const { storage } = navigator;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = (await storage?.persisted?.().catch(() => null)) ?? null;
  space.value = { quota: estimate?.quota ?? null, usage: estimate?.usage ?? null, persisted };
}

async function askServer(): Promise<void> {
  const said = await getJson<PackList>("/api/v1/packs", "no-cache");
  if (!said.body) return;
  offered = said.body.packs;
  await putSetting(MANIFESTS, offered).catch(() => undefined);
  show();
}

/** What a saved pack wants with it: the map's code and, once there is detail, the small pictures of every place. */
function keepBeside(): void {
  void keepMapCode();
  if (![...kept.values()].some((one) => one.saved && one.id !== OVERVIEW)) return;
  const all = [...places.peek().values()].flatMap((place) => ("photos" in place ? place.photos : []));
  void keepPictures(all.map((photo) => photo.sha256));
}

let checked = false;

/** What lies on the phone at once, then what the server offers. Once a visit, every saved byte is read back. */
export async function refresh(): Promise<void> {
  watch();
  await Promise.all([look().catch(() => undefined), measure()]);
  if (!checked && [...kept.values()].some((one) => one.saved)) {
    checked = true;
    order({ do: "check" });
    keepBeside();
  }
  await askServer().catch(() => undefined);
  if (online.peek()) goOn();
  await leave();
  await sweep().catch(() => undefined);
}

/** Fetches a pack, or what is missing of it. Resolves when that has ended, however it ended: `packs` says how. To be called from a tap. */
export async function download(id: string): Promise<void> {
  watch();
  // Asked at the tap, where a browser may show its question; "no" is an answer that `room` shows.
  await navigator.storage?.persist?.().catch(() => false);
  await fetchPack(id);
}

async function fetchPack(id: string): Promise<void> {
  if (!offered.some((one) => one.id === id)) await askServer().catch(() => undefined);
  const manifest = offered.find((one) => one.id === id) ?? kept.get(id)?.next?.manifest;
  if (!manifest) return;
  await measure();
  const { quota, usage } = space.peek();
  const have = shown.peek().find((one) => one.manifest.id === id)?.done ?? 0;
  full.delete(id);
  if (quota !== null && usage !== null && quota - usage < manifest.bytes - have + MARGIN) {
    full.add(id);
    return show();
  }
  const end = new Promise<void>((done) => ends.set(id, [...(ends.get(id) ?? []), done]));
  if (!live.get(id)?.ours) {
    live.set(id, { done: have, marks: [], ours: true });
    order({ do: "load", manifest, now: now().getTime() });
  }
  show();
  return end;
}

/** In every tab; what has come stays. */
export function pause(id: string): void {
  tell({ type: "pause", id });
  const it = kept.get(id);
  if (!it?.next || live.has(id)) return;
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
  full.delete(id);
  live.delete(id);
  await look();
  if (kept.size === 0) void dropMapCode();
  await measure();
}

/** The whole archive, named by its hash so that a reader never mixes two; null where there is none. */
export async function source(id: string): Promise<Blob | null> {
  const it = await record(id).catch(() => null);
  return it?.saved ? openArchive(it.saved.manifest, it.saved.where) : null;
}

/** Fetches the overview where no saved pack covers it. The map calls it when it opens. */
export async function openOverview(): Promise<void> {
  watch();
  if (kept.size === 0) await look().catch(() => undefined);
  if (offered.length === 0) await askServer().catch(() => undefined);
  const overview = offered.find((one) => one.id === OVERVIEW);
  const whole = [...kept.values()].flatMap((one) => (one.saved ? [one.saved.manifest] : []));
  if (!overview || whole.some((one) => one.id !== OVERVIEW && covers(one, overview))) return;
  if (whole.some((one) => one.sha256 === overview.sha256)) return;
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

/** Hears what downloaders tell, in this tab and others; goes on with what was cut when the network is back. */
function watch(): void {
  if (watching) return;
  watching = true;
  onNews(
    (news) => {
      if (news.type === "manifests") void look();
      else if (news.type === "lost") {
        sayLost();
        void look();
      } else if (news.type === "loading") live.set(news.id, live.get(news.id) ?? { done: 0, marks: [], ours: false });
      else if (news.type === "at") live.set(news.id, withMark(live.get(news.id), news.done, Date.now()));
      else if (news.type === "ended") void ended(news.id, news.how);
      show();
    },
    // The worker itself did not start: everything that it was to do is cut off.
    () => {
      for (const [id, one] of live) if (one.ours) void ended(id, "cut");
    },
  );
  let waiting = false;
  effect(() => {
    const cut = shown.value.some((one) => one.state === "cut");
    if (cut !== waiting) waits(cut ? 1 : -1);
    waiting = cut;
  });
  effect(() => {
    if (online.value) goOn();
  });
}

/** What was cut, by the network, a closed tab or a dead battery, goes on from where it was. */
function goOn(): void {
  for (const one of shown.peek()) if (one.state === "cut") void fetchPack(one.manifest.id);
}

async function ended(id: string, how: string): Promise<void> {
  live.delete(id);
  if (how === "full") full.add(id);
  await look().catch(() => undefined);
  for (const done of ends.get(id) ?? []) done();
  ends.delete(id);
  if (how === "ready") {
    cuts.delete(id);
    await leave();
    keepBeside();
    setTimeout(() => void sweep().catch(() => undefined), LINGER_MS);
  }
  if (how === "cut") {
    const times = (cuts.get(id) ?? 0) + 1;
    cuts.set(id, times);
    // Whether it is the network or the server: the pull finds out, and `online` goes on with it when it is back.
    void pullNow();
    setTimeout(
      () => {
        const still = shown.peek().some((one) => one.manifest.id === id && one.state === "cut");
        if (still && online.peek()) void fetchPack(id);
      },
      AGAIN_MS * 2 ** Math.min(times - 1, 6),
    );
  }
  await measure();
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
  },
});

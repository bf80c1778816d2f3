// The downloader: a worker of its own, because only there a file can be written in place and flushed. One at a time in all tabs, by the lock.
import { ask } from "../api/ask.ts";
import type { PackList, PackManifest } from "../api/types.gen.ts";
import { putSetting } from "../store/own.ts";
import { openDisk } from "./disk.ts";
import { openArchive, reader, sweep } from "./files.ts";
import {
  CHANNEL,
  type Ended,
  keep,
  lockOf,
  MANIFESTS,
  type News,
  type Order,
  type PackRecord,
  record,
  records,
} from "./records.ts";
import { bytesOf, Changed, readBack, save } from "./save.ts";

declare const self: DedicatedWorkerGlobalScope;

const channel = new BroadcastChannel(CHANNEL);
/** To every tab, the one that owns this worker too. */
const tell = (news: News): void => channel.postMessage(news);

class Paused extends Error {}
/** What is running or waiting for the lock here, by id. */
const running = new Map<string, AbortController>();

channel.onmessage = (event) => {
  const news = event.data as News;
  if (news.type === "pause") running.get(news.id)?.abort(new Paused());
};

self.onmessage = (event) => {
  const order = event.data as Order;
  if (order.do === "load") void load(order.manifest, order.now);
  else void check();
};

async function load(manifest: PackManifest, now: number): Promise<void> {
  const { id } = manifest;
  if (running.has(id)) return;
  const stop = new AbortController();
  running.set(id, stop);
  const started = Date.now();
  const clock = (): number => now + Date.now() - started;
  let how: Ended;
  try {
    how = await navigator.locks.request(lockOf(id), { signal: stop.signal }, () =>
      fetchNewest(manifest, stop.signal, clock),
    );
  } catch (error) {
    how = await endedBy(error, stop.signal, id);
  } finally {
    running.delete(id);
  }
  tell({ type: "ended", id, how });
}

/** The archive of this manifest, or of the one that has taken its place on the server meanwhile. */
async function fetchNewest(first: PackManifest, signal: AbortSignal, clock: () => number): Promise<Ended> {
  let manifest = first;
  for (;;) {
    try {
      await fetchOne(manifest, signal, clock);
      return "ready";
    } catch (error) {
      if (!(error instanceof Changed)) return endedBy(error, signal, manifest.id);
      const newer = await newest(manifest.id).catch(() => undefined);
      if (newer === null) return "gone";
      if (newer === undefined || newer.sha256 === manifest.sha256) return "cut";
      manifest = newer;
    }
  }
}

async function fetchOne(manifest: PackManifest, signal: AbortSignal, clock: () => number): Promise<void> {
  const { id, sha256 } = manifest;
  const before = await record(id);
  if (before.saved?.manifest.sha256 === sha256 && !before.next) {
    // Another tab was quicker while we waited for the lock; unless a piece has gone bad since, there is nothing to do.
    const file = await openArchive(before.saved.manifest, before.saved.where);
    if (file && !(await readBack(manifest, reader(file))).includes(false)) return;
  }
  const same = before.next?.manifest.sha256 === sha256 ? before.next : null;
  const mend = before.saved?.manifest.sha256 === sha256 ? before.saved : null;
  const stay = same?.where ?? mend?.where ?? null;
  const next = { manifest, where: stay ?? "opfs", done: same?.done ?? 0, etag: same?.etag ?? null, paused: false };
  const it: PackRecord = { id, saved: before.saved, next };
  // Spoken for before there is a file, so that no sweep takes it.
  await keep(it);
  if (before.next && !same) await sweep();
  const { disk, where } = await openDisk(manifest, stay);
  next.where = where;
  try {
    tell({ type: "loading", id });
    const source = {
      etag: next.etag,
      fetch: (url: string, headers: Record<string, string>, inner: AbortSignal) =>
        fetch(url, { headers, signal: inner, credentials: "omit", cache: "no-store" }),
    };
    await save({
      manifest,
      disk,
      source,
      signal,
      progress: async (done) => {
        next.done = done;
        next.etag = source.etag;
        await keep(it);
        tell({ type: "at", id, sha256, done });
      },
    });
    await keep({ id, saved: { manifest, where, at: clock() }, next: null });
  } finally {
    disk.close();
  }
}

/** How it has ended is told even where it can not be written down. */
async function endedBy(error: unknown, signal: AbortSignal, id: string): Promise<Ended> {
  if (signal.aborted && signal.reason instanceof Paused) {
    await pausedNow(id).catch(() => undefined);
    return "paused";
  }
  const full =
    error instanceof Error && (error.name === "QuotaExceededError" || ("what" in error && error.what === "full"));
  if (!full) return "cut";
  await noRoom(id).catch(() => undefined);
  return "full";
}

async function pausedNow(id: string): Promise<void> {
  const it = await record(id);
  if (it.next) await keep({ ...it, next: { ...it.next, paused: true } });
}

/** Half a map would take the last room from the list and what waits in it: it goes. What is whole, or is being mended, stays. */
async function noRoom(id: string): Promise<void> {
  const { saved, next } = await record(id);
  if (next?.manifest.sha256 !== saved?.manifest.sha256) {
    await keep({ id, saved, next: null });
    await sweep();
  }
}

/** null: the server has none of this id any more. */
async function newest(id: string): Promise<PackManifest | null> {
  const said = await ask<PackList>("/api/v1/packs", { cache: "no-cache" });
  if (!said.body) throw new Error(`packs: ${said.status}`);
  await putSetting(MANIFESTS, said.body.packs);
  tell({ type: "look" });
  return said.body.packs.find((one) => one.id === id) ?? null;
}

/** A byte may have turned since it was saved: "klar" is said of what can be read back today. */
async function check(): Promise<void> {
  try {
    const all = await records();
    const done = await Promise.allSettled(all.map(({ id }) => navigator.locks.request(lockOf(id), () => checkOne(id))));
    if (done.every(({ status }) => status === "fulfilled")) return;
  } catch {
    // Told as one of them.
  }
  tell({ type: "unchecked" });
}

async function checkOne(id: string): Promise<void> {
  const it = await record(id);
  const newer = it.next?.manifest.sha256 === it.saved?.manifest.sha256 ? null : it.next;
  // One that is being mended is told of by whoever fetches it.
  if (!it.saved || (it.next && !newer)) return;
  const { manifest, where } = it.saved;
  const file = await openArchive(manifest, where);
  if (!file) {
    // Gone, or of another length: offered again, not fetched without a word.
    await keep({ id, saved: null, next: newer });
    return tell({ type: "lost", id });
  }
  const have = await readBack(manifest, reader(file));
  if (!have.includes(false)) return tell({ type: "checked", sha256: manifest.sha256 });
  // A newer one that is half here takes its place; else what is wrong is fetched again. What is left can still be drawn from.
  const next = newer ?? { manifest, where, done: bytesOf(manifest, have), etag: null, paused: false };
  await keep({ ...it, next });
  tell({ type: "ended", id, how: "cut" });
}

// What lies on the phone, why, how much, and how to be rid of it. All of it works without network.
import { signal } from "@preact/signals";
import { kept as device, forgetMe, forgetting } from "./device.ts";
import { eraseDrafts } from "./drafts.ts";
import { type FeedSchema, feed, makeCopies } from "./feed.ts";
import { Handle } from "./handle.ts";
import { rowsOf } from "./mirror.ts";
import { getSetting, own } from "./own.ts";
import { erasePhotos, photosHere, sweepPhotos } from "./photos.ts";
import { endPush } from "./push.ts";
import { eraseOutbox } from "./report.ts";
import { eraseSettings } from "./settings.ts";
import { eraseList, halt, state } from "./signals.ts";
import { tell } from "./tabs.ts";

/** `what` is the reason's key: the screen has the words. Packs are told one by one by `id`. */
export interface Kept {
  what: "list" | "shell" | "map" | "media" | "outbox" | "drafts" | "settings" | "pack" | "desk" | "device";
  id?: string;
  bytes: number;
  /** ms, server's clock; null where it is not known. */
  since: number | null;
}

interface Holder {
  what: Kept["what"];
  list(): Promise<Kept[]>;
  erase(id?: string): Promise<void>;
}
const holders: Holder[] = [];
/** pack/ holds what this room knows nothing of. */
export function also(holder: Holder): void {
  holders.push(holder);
}

/** Counts up when the person has thrown away files that the app opens with: nothing is ready for a day without network then. */
export const codeErased = signal(0);

const size = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value) ?? "").length;

async function inCaches(what: "shell" | "map" | "media" | "desk"): Promise<Kept[]> {
  if (typeof caches === "undefined") return [];
  const sum: Kept = { what, bytes: 0, since: null };
  for (const name of await caches.keys()) {
    if (name.split("-")[0] !== what) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, { ignoreVary: true });
      if (!answer) continue;
      sum.bytes += (await answer.blob()).size;
      const date = Date.parse(answer.headers.get("date") ?? "");
      if (!Number.isNaN(date)) sum.since = Math.max(sum.since ?? 0, date);
    }
  }
  return sum.bytes > 0 ? [sum] : [];
}

async function dropCaches(what: string): Promise<void> {
  if (typeof caches === "undefined") return;
  for (const name of await caches.keys()) if (name.split("-")[0] === what) await caches.delete(name);
}

async function inOwn(what: "outbox" | "drafts" | "settings"): Promise<Kept[]> {
  const values = await own.run((db) => db.getAll(what)).catch(() => []);
  return values.length > 0 ? [{ what, bytes: size(values), since: null }] : [];
}

function theList(): Kept[] {
  const rows = rowsOf("public");
  return rows.length > 0 ? [{ what: "list", bytes: size(rows), since: state.peek().readAt }] : [];
}

/** What was reported, with its photos; those of a report half written too. */
async function theOutbox(): Promise<Kept[]> {
  const [ops] = await inOwn("outbox");
  const bytes = (ops?.bytes ?? 0) + (await photosHere()).bytes;
  return bytes > 0 ? [{ what: "outbox", bytes, since: null }] : [];
}

/** What is followed, with the secret under which it is; not once all of it is stopped. */
function theDevice(): Kept[] {
  return device.peek() === null || forgetting.peek()
    ? []
    : [{ what: "device", bytes: size(device.peek()), since: null }];
}

/** The server is told to forget this phone. Where it can not hear that now, the secret and that one word stay until it has. */
async function eraseDevice(): Promise<void> {
  await forgetMe(endPush);
}

/** All but that word and its secret. */
function eraseOwn(): Promise<unknown> {
  if (!forgetting.peek()) return own.erase();
  return own.run((db) => {
    const tx = db.transaction(["drafts", "settings", "packs", "pieces"], "readwrite");
    return Promise.all([...[...tx.objectStoreNames].map((name) => tx.objectStore(name).clear()), tx.done]);
  });
}

/** Whoever works here has more: what staff read (desk/data/copy.ts), and the desk's own files. */
const desk = new Handle<FeedSchema>("desk", 1, makeCopies);

async function theDesk(): Promise<Kept[]> {
  const [files] = await inCaches("desk");
  const read = (await getSetting("desk.person").catch(() => undefined)) !== undefined;
  const rows = read ? await desk.run((db) => db.getAll("things")).catch(() => []) : [];
  const bytes = (files?.bytes ?? 0) + (rows.length > 0 ? size(rows) : 0);
  return bytes > 0 ? [{ what: "desk", bytes, since: files?.since ?? null }] : [];
}

async function eraseDesk(): Promise<void> {
  await desk.erase();
  await dropCaches("desk");
}

/** Everything that is stored, with its bytes. What nothing is stored of is left out. */
export async function list(): Promise<Kept[]> {
  const parts = await Promise.all([
    theList(),
    inCaches("shell"),
    inCaches("map"),
    inCaches("media"),
    theDevice(),
    theOutbox(),
    inOwn("drafts"),
    inOwn("settings"),
    theDesk(),
    ...holders.map((one) => one.list()),
  ]);
  return parts.flat();
}

export async function erase(what: Kept["what"], id?: string): Promise<void> {
  const holder = holders.find((one) => one.what === what);
  if (holder) return holder.erase(id);
  if (what === "list") return eraseList();
  if (what === "outbox" || what === "drafts") {
    await (what === "outbox" ? eraseOutbox() : eraseDrafts());
    return sweepPhotos(true);
  }
  if (what === "settings") return eraseSettings();
  if (what === "device") return eraseDevice();
  if (what === "desk") return eraseDesk();
  await dropCaches(what);
  if (what !== "media") codeErased.value++;
}

/** What has not ended by then counts as failed: a tab that stands still may hold a lock or a database. */
const STEP_MS = 5_000;

/**
 * "Slet alt": the phone is as before the first visit. What is on screen stays until the page is left, and nothing is fetched again, in no
 * tab. Each step is tried, whatever becomes of the others. Resolves with what could not be deleted; never rejects.
 */
export async function eraseAll(stepMs = STEP_MS): Promise<readonly Kept["what"][]> {
  const left = new Set<Kept["what"]>();
  const step = async (work: () => unknown, what?: Kept["what"]): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, no) => {
      timer = setTimeout(no, stepMs);
    });
    const done = Promise.resolve().then(work);
    await Promise.race([done, late]).catch(() => what && left.add(what));
    clearTimeout(timer);
  };
  tell({ of: "halt" });
  await step(halt);
  await step(eraseDevice, "device");
  for (const { what, list, erase } of holders) {
    let found: readonly Kept[] = [];
    await step(async () => {
      found = await list();
    }, what);
    for (const { id } of found) await step(() => erase(id), what);
    await step(() => erase(), what);
  }
  await step(eraseOutbox, "outbox");
  await step(eraseDrafts, "drafts");
  await step(erasePhotos, "outbox");
  await step(eraseSettings, "settings");
  await step(eraseList, "list");
  await step(() => feed.erase(), "list");
  await step(eraseDesk, "desk");
  await step(eraseOwn, "settings");
  if ("serviceWorker" in navigator)
    await step(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    }, "shell");
  if (typeof caches !== "undefined")
    await step(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    }, "shell");
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // Shut storage holds nothing.
  }
  return [...left];
}

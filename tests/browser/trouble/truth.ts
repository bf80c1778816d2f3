/** Whether "Klar uden net" is true: what a phone has, read back byte by byte, beside what it says of itself. */
import { join } from "node:path";
import { type Lists, makeLists } from "../../../pwa/lists.ts";
import type { Tab } from "./phone.ts";

export const READY = "Klar uden net";

/** Every file that an edition must have kept before it may promise a map without network. */
export function editionAt(root: string): Lists {
  return makeLists(join(root, "pwa/dist"), join(root, "pwa/public"));
}

export interface Truth {
  /** Of each archive that counts as whole: its pack, its name, and how many of its pieces are right. */
  readonly archives: readonly { id: string; sha256: string; pieces: number; right: number }[];
  /** Pieces that lie somewhere, spoken for or not, in bytes: files of OPFS and rows of `own`. */
  readonly bytes: number;
  /** Paths by the name of their cache. */
  readonly kept: Readonly<Record<string, readonly string[]>>;
  /** The edition that is in charge of the next cold start; null where none is. */
  readonly edition: string | null;
  /** Places of the list that is on the disk. */
  readonly places: number;
}

/** Opened without asking for a version, and not made where it is not there. */
const OPEN = `(name) => new Promise((done) => {
  const asked = indexedDB.open(name);
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    asked.result.onversionchange = () => asked.result.close();
    done(asked.result);
  };
  asked.onerror = () => done(null);
})`;

const TRUTH = `(async () => {
  const open = ${OPEN};
  const got = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => done(null); });
  const hex = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const own = await open("own");
  const rows = (store, range) => own && own.objectStoreNames.contains(store) ? got(own.transaction(store).objectStore(store).getAll(range)) : [];
  const files = new Map();
  try {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("packs");
    for await (const [name, handle] of folder.entries()) files.set(name, await handle.getFile());
  } catch {}
  const archives = [];
  for (const { id, saved } of await rows("packs")) {
    if (!saved) continue;
    const { manifest: { sha256, piece_bytes, pieces }, where } = saved;
    const file = where === "opfs" ? files.get(sha256 + ".pmtiles") : null;
    const parts = where === "opfs" ? [] : await rows("pieces", IDBKeyRange.bound([sha256, 0], [sha256, 1e9]));
    let right = 0;
    for (const [n, want] of pieces.entries()) {
      const bytes = file ? await file.slice(n * piece_bytes, (n + 1) * piece_bytes).arrayBuffer() : parts[n];
      if (bytes && (await hex(bytes)) === want) right++;
    }
    archives.push({ id, sha256, pieces: pieces.length, right });
  }
  const held = await rows("pieces");
  const bytes = [...files.values()].reduce((sum, file) => sum + file.size, 0) + held.reduce((sum, one) => sum + one.byteLength, 0);
  own?.close();
  const kept = {};
  for (const name of (await globalThis.caches?.keys()) ?? []) {
    kept[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  }
  const note = kept.notes ? await (await caches.open("notes")).match("/versions") : null;
  // The note may have been swept away with the rest; then there is one edition at most.
  const only = Object.keys(kept).find((name) => name.startsWith("shell-"))?.slice(6) ?? null;
  const worker = await navigator.serviceWorker?.getRegistration();
  const feed = await open("feed");
  let places = 0;
  if (feed && feed.objectStoreNames.contains("things")) {
    const tx = feed.transaction(["things", "kept"]);
    const [all, state] = await Promise.all([got(tx.objectStore("things").getAll()), got(tx.objectStore("kept").get("public"))]);
    places = all.filter((row) => row.kind === "place" && row.gen === (state?.shown ?? state?.fresh)?.gen).length;
  }
  feed?.close();
  return { archives, bytes, kept, edition: worker?.active ? (note ? (await note.json())[0] : only) : null, places };
})()`;

export const truthOf = (tab: Tab): Promise<Truth> => tab.run<Truth>(TRUTH);

/** What is missing for the promise to be true; empty where nothing is. */
export function lacks(truth: Truth, editions: readonly Lists[]): string[] {
  const whole = truth.archives.filter((one) => one.id !== "overview" && one.right === one.pieces);
  const edition = editions.find((one) => one.version === truth.edition);
  const kept = new Set([
    ...(truth.kept[`shell-${truth.edition}`] ?? []),
    ...(truth.kept[`map-${truth.edition}`] ?? []),
  ]);
  const files = edition ? [...edition.first, ...edition.own, ...edition.rest, ...edition.map] : [];
  const absent = files.filter((path) => !kept.has(path));
  return [
    ...(whole.length === 0 ? [`an archive that is whole: ${JSON.stringify(truth.archives)}`] : []),
    ...(edition ? [] : [`an edition in charge: ${truth.edition}`]),
    ...absent.map((path) => `the file ${path}`),
    ...(truth.places > 0 ? [] : ["a list on the disk"]),
  ];
}

/** Throws where the screen promises what is not there. Returns whether it promises. */
export async function honest(tab: Tab, editions: readonly Lists[]): Promise<boolean> {
  const says = async () => (await tab.words()).includes(READY);
  if (!(await says())) return false;
  const missing = lacks(await truthOf(tab), editions);
  // It may have taken its promise back while we looked.
  if (missing.length === 0 || !(await says())) return missing.length === 0;
  throw new Error(`the screen says “${READY}”, and there is not ${missing.join("; ")}`);
}

// What `own` keeps of each pack: which archive is whole, which is on its way. Read by page and worker alike; written under the lock `pack`.
import type { PackManifest } from "../api/types.gen.ts";
import { own } from "../store/own.ts";

export type Where = "opfs" | "idb";

export interface PackRecord {
  id: string;
  /** The archive that is drawn: every piece of it was read back right. `at`: ms, server's clock. */
  saved: { manifest: PackManifest; where: Where; at: number } | null;
  /** The archive on its way. `done`: bytes, for show; what is right is found out by reading it back. */
  next: { manifest: PackManifest; where: Where; done: number; etag: string | null; paused: boolean } | null;
}

/** The lock that whoever writes packs holds: one downloader in all tabs. */
export const LOCK = "pack";
/** The channel on which the downloader tells every tab, and every tab tells the downloader to pause. */
export const CHANNEL = "packs";

export type News =
  | { type: "at"; id: string; sha256: string; done: number }
  | { type: "loading"; id: string }
  | { type: "ended"; id: string; how: Ended }
  | { type: "pause"; id: string }
  | { type: "manifests" };

/** changed: the server has a newer archive under this id and the list is to be read again. */
export type Ended = "ready" | "paused" | "cut" | "full" | "gone";

export const records = (): Promise<PackRecord[]> => own.run((db) => db.getAll("packs")) as Promise<PackRecord[]>;

export const record = async (id: string): Promise<PackRecord> =>
  ((await own.run((db) => db.get("packs", id))) as PackRecord | undefined) ?? { id, saved: null, next: null };

export async function keep(it: PackRecord): Promise<void> {
  await own.run((db) => (it.saved || it.next ? db.put("packs", it) : db.delete("packs", it.id).then(() => "")));
}

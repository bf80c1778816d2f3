// What `own` keeps of each pack: which archive is whole, which is on its way. Read by page and worker alike; written under the pack's lock.
import type { PackManifest } from "../api/types.gen.ts";
import { own } from "../store/own.ts";

export type Where = "opfs" | "idb";

export interface PackRecord {
  id: string;
  /** The archive that is drawn: every piece of it was read back right. `at`: ms, server's clock. With a `next` of the same hash, a piece has gone bad. */
  saved: { manifest: PackManifest; where: Where; at: number } | null;
  /** The archive on its way. `done`: bytes, for show; what is right is found out by reading it back. */
  next: { manifest: PackManifest; where: Where; done: number; etag: string | null; paused: boolean } | null;
}

/** The lock that whoever writes this pack holds: one downloader in all tabs. */
export const lockOf = (id: string): string => `pack-${id}`;
/** The channel on which the downloader tells every tab, and every tab tells the downloader to pause. */
export const CHANNEL = "packs";

/** The setting under which the server's list of packs is kept, to be shown without network. */
export const MANIFESTS = "pack_manifests";

export type News =
  | { type: "at"; id: string; sha256: string; done: number }
  | { type: "loading"; id: string }
  | { type: "ended"; id: string; how: Ended }
  /** Every piece of this archive was read back right just now. */
  | { type: "checked"; sha256: string }
  /** Something could not be read back: of what was not told as checked nothing is known. */
  | { type: "unchecked" }
  /** The browser has deleted a whole archive. */
  | { type: "lost"; id: string }
  | { type: "pause"; id: string }
  /** What is offered or kept has changed by another hand than a download's end. */
  | { type: "look" };

/** What a page asks of its downloader. */
export type Order =
  | { do: "load"; manifest: PackManifest; now: number }
  /** Reads back what counts as whole; tells `checked` of each that is, `cut` of each that is not. */
  | { do: "check" };

/** gone: the server has no pack of this id any more. left: the page that fetched it went away; whoever is still there may go on. */
export type Ended = "ready" | "paused" | "cut" | "full" | "gone" | "left";

export const records = (): Promise<PackRecord[]> => own.run((db) => db.getAll("packs")) as Promise<PackRecord[]>;

export const record = async (id: string): Promise<PackRecord> =>
  ((await own.run((db) => db.get("packs", id))) as PackRecord | undefined) ?? { id, saved: null, next: null };

export async function keep(it: PackRecord): Promise<void> {
  const some = it.saved || it.next;
  await own.run(async (db) => (some ? await db.put("packs", it) : await db.delete("packs", it.id)));
}

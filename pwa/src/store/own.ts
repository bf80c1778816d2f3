// The database `own`: what this person made and chose. It only ever grows by new stores and fields, and nothing but a tap empties it.
// No DOM and no signals here: the service worker and the pack worker use it too.
import type { DBSchema, IDBPDatabase } from "idb";
import { Handle } from "./handle.ts";

export interface OwnSchema extends DBSchema {
  /** An op as the line that is sent, and what became of it. Its shape is sync/phone's. */
  outbox: { key: string; value: { id: string } };
  /** What is being written, by the screen's own key. */
  drafts: { key: string; value: unknown };
  settings: { key: string; value: unknown };
  /** pack/records.ts has the shape. */
  packs: { key: string; value: { id: string } };
  /** Where there is no OPFS: [sha256 of the archive, number of the piece]. */
  pieces: { key: [string, number]; value: ArrayBuffer };
  /** What this phone follows, under the secret that only it has (mine.ts has the shape), and which messages it has shown. */
  device: { key: string; value: unknown };
}

const make = (db: IDBPDatabase<OwnSchema>, from: number): void => {
  if (from < 1) {
    db.createObjectStore("outbox", { keyPath: "id" });
    db.createObjectStore("drafts");
    db.createObjectStore("settings");
    db.createObjectStore("packs", { keyPath: "id" });
    db.createObjectStore("pieces");
  }
  if (from < 2) db.createObjectStore("device");
};

export const own = new Handle<OwnSchema>("own", 2, make, true);

export async function getSetting<T>(key: string): Promise<T | undefined> {
  return (await own.run((db) => db.get("settings", key))) as T | undefined;
}

export async function putSetting(key: string, value: unknown): Promise<void> {
  await own.run((db) => db.put("settings", value, key));
}

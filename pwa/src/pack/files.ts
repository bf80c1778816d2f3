// The archives as files: one per hash, in the folder `packs` of the origin's own file system; or, where that is missing, pieces in `own`.
import type { PackManifest } from "../api/types.gen.ts";
import { own } from "../store/own.ts";
import { records, type Where } from "./records.ts";
import { type Disk, lengthOf } from "./save.ts";

export const nameOf = (sha256: string): string => `${sha256}.pmtiles`;

/** Rejects where the browser has no such file system, or keeps it shut (private windows). */
export async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle("packs", { create: true });
}

const allPieces = (sha256: string): IDBKeyRange => IDBKeyRange.bound([sha256, 0], [sha256, Number.MAX_SAFE_INTEGER]);

/** The whole archive, named by its hash so that no reader ever mixes two. Null where it is not there in full length. */
export async function openArchive(manifest: PackManifest, where: Where): Promise<File | null> {
  const name = `pack-${manifest.sha256}`;
  if (where === "idb") {
    const pieces = await own.run((db) => db.getAll("pieces", allPieces(manifest.sha256)));
    const file = new File(pieces, name);
    return file.size === manifest.bytes ? file : null;
  }
  try {
    const file = await (await (await folder()).getFileHandle(nameOf(manifest.sha256))).getFile();
    return file.size === manifest.bytes ? new File([file], name) : null;
  } catch {
    return null;
  }
}

/** Reading alone, for the check of what is already there. */
export function reader(file: Blob): Pick<Disk, "read"> {
  return { read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()) };
}

export function inPieces(manifest: PackManifest): Disk {
  const key = (at: number): [string, number] => [manifest.sha256, at / manifest.piece_bytes];
  return {
    async read(at) {
      const kept = await own.run((db) => db.get("pieces", key(at)));
      return new Uint8Array(kept ?? new ArrayBuffer(0));
    },
    async write(at, bytes) {
      // Strict: the piece counts as saved, so it has to outlive a dead battery.
      await own.run(async (db) => {
        const tx = db.transaction("pieces", "readwrite", { durability: "strict" });
        tx.store.put(bytes.slice().buffer, key(at));
        await tx.done;
      });
    },
    close() {},
  };
}

async function fileNames(): Promise<string[]> {
  const names: string[] = [];
  try {
    const dir = (await folder()) as unknown as { keys(): AsyncIterable<string> };
    for await (const name of dir.keys()) names.push(name);
  } catch {
    // No such file system: there is nothing in it.
  }
  return names;
}

/** Removes every byte that no record speaks for. A file that somebody still holds stays until next time. */
export async function sweep(): Promise<void> {
  // What is there first, then what is spoken for: a download begun in between has its record before its file.
  const names = await fileNames();
  const keys = await own.run((db) => db.getAllKeys("pieces"));
  const held = new Set<string>();
  for (const { saved, next } of await records()) for (const it of [saved, next]) if (it) held.add(it.manifest.sha256);
  for (const name of names)
    if (!held.has(name.replace(/\.pmtiles$/, ""))) await (await folder()).removeEntry(name).catch(() => undefined);
  for (const sha256 of new Set(keys.map(([sha]) => sha)))
    if (!held.has(sha256)) await own.run((db) => db.delete("pieces", allPieces(sha256)));
}

/** Bytes that lie on the phone for one archive, whole or not. */
export async function bytesOnDisk(sha256: string, manifest: PackManifest): Promise<number> {
  const name = nameOf(sha256);
  const there = (await fileNames()).includes(name);
  const bytes = there ? (await (await (await folder()).getFileHandle(name)).getFile()).size : 0;
  const keys = await own.run((db) => db.getAllKeys("pieces", allPieces(sha256)));
  return bytes + keys.reduce((sum, [, piece]) => sum + lengthOf(manifest, piece), 0);
}

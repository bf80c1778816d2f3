// The worker's own way to the disk: a sync access handle, which pages do not have.
import type { PackManifest } from "../api/types.gen.ts";
import { folder, inPieces, nameOf } from "./files.ts";
import type { Where } from "./records.ts";
import type { Disk } from "./save.ts";

/** A handle of a tab that died a moment ago may still be held: tried again so often, so far apart. */
const TRIES = 4;
const PAUSE_MS = 250;

async function inFile(manifest: PackManifest): Promise<Disk> {
  const file = await (await folder()).getFileHandle(nameOf(manifest.sha256), { create: true });
  const handle = await file.createSyncAccessHandle();
  return {
    async read(at, length) {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, handle.read(bytes, { at }));
    },
    async write(at, bytes) {
      if (handle.write(bytes, { at }) !== bytes.length) throw new DOMException("a short write", "QuotaExceededError");
      handle.flush();
    },
    close: () => handle.close(),
  };
}

/** Tried, not asked: a browser may have all the names and refuse. `stay`: pieces of this archive lie in IndexedDB already. */
export async function openDisk(manifest: PackManifest, stay: Where | null): Promise<{ disk: Disk; where: Where }> {
  if (stay !== "idb") {
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      try {
        return { disk: await inFile(manifest), where: "opfs" };
      } catch (error) {
        if (error instanceof DOMException && error.name === "QuotaExceededError") throw error;
        const held = error instanceof DOMException && /^(NoModificationAllowed|InvalidState)Error$/.test(error.name);
        if (!held) break;
        await new Promise((done) => setTimeout(done, PAUSE_MS * attempt));
      }
    }
  }
  return { disk: inPieces(manifest), where: "idb" };
}

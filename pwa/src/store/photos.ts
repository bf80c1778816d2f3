// Photos that go with a report: by the SHA-256 of their bytes, in a database of their own, so that no start of the app has to know of them.
// Comes with writing.ts: nobody needs it before something is written.
import type { DBSchema } from "idb";
import { type Carried, photosOf, withPhotos } from "#phone/photos.ts";
import { Handle } from "./handle.ts";
import { net } from "./net.ts";
import { own } from "./own.ts";

interface PhotosSchema extends DBSchema {
  /** `at`: ms, when it was put here. A Blob is not kept everywhere; its bytes are. */
  photos: { key: string; value: { bytes: ArrayBuffer; type: string; at: number } };
}

const kept = new Handle<PhotosSchema>(
  "photos",
  1,
  (db, from) => {
    if (from < 1) db.createObjectStore("photos");
  },
  true,
);

/** Where the phone keeps nothing: for this visit. */
const held = new Map<string, Blob>();
/** One that nothing names yet may be about to be named. */
const YOUNG_MS = 3_600_000;
/** A photo over a slow line takes longer than an op. */
const PUT_MS = 120_000;

/** Keeps a photo under the hash of its bytes. `kept` false: for this visit alone. */
export async function keepPhoto(photo: Blob): Promise<{ sha256: string; kept: boolean }> {
  const bytes = await photo.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    await kept.run((db) => db.put("photos", { bytes, type: photo.type, at: Date.now() }, sha256));
    return { sha256, kept: true };
  } catch {
    held.set(sha256, photo);
    return { sha256, kept: false };
  }
}

/** The photo; null where it is not on this phone (any more). */
export async function readPhoto(sha256: string): Promise<Blob | null> {
  const here = held.get(sha256);
  if (here) return here;
  const found = await kept.run((db) => db.get("photos", sha256)).catch(() => undefined);
  return found ? new Blob([found.bytes], { type: found.type }) : null;
}

/** How many bytes they are together, and how many. */
export async function photosHere(): Promise<{ count: number; bytes: number }> {
  const all = await kept.run((db) => db.getAll("photos")).catch(() => []);
  return { count: all.length, bytes: all.reduce((sum, one) => sum + one.bytes.byteLength, 0) };
}

/**
 * Lets go of the photos that neither an op in the outbox names nor a report half written; of young ones where a person has just thrown
 * something away. Where the phone can not be read all stay.
 */
export async function sweepPhotos(youngToo = false): Promise<void> {
  const named = await own.run((db) => Promise.all([db.getAll("outbox"), db.getAll("drafts")]));
  const stay = new Set([
    ...named[0].flatMap((op) => photosOf(JSON.parse((op as unknown as { line: string }).line).args)),
    ...named[1].flatMap(photosOf),
  ]);
  await kept.run(async (db) => {
    const tx = db.transaction("photos", "readwrite");
    for (let at = await tx.store.openCursor(); at; at = await at.continue())
      if (!stay.has(at.key) && (youngToo || Date.now() - at.value.at > YOUNG_MS)) await at.delete();
    await tx.done;
  });
}

/** All of them, whatever names them. */
export async function erasePhotos(): Promise<void> {
  held.clear();
  await kept.erase();
}

/** The net that carries an op's photos before it. */
export const netWithPhotos = withPhotos(net, {
  put: async (sha256, credential) => {
    const photo = await readPhoto(sha256);
    return photo && put(sha256, photo, credential === "none" ? "omit" : "same-origin");
  },
});

/** Rejects where no answer of ours came. */
async function put(sha256: string, body: Blob, credentials: RequestCredentials): Promise<Carried> {
  const signal = AbortSignal.timeout(PUT_MS);
  const answer = await fetch(`/api/v1/blobs/${sha256}`, { method: "PUT", body, credentials, signal });
  if (answer.status === 204) return { status: 204, code: null };
  if (!(answer.headers.get("content-type") ?? "").startsWith("application/problem+json"))
    throw new Error(`${answer.status}`);
  const { code } = (await answer.json()) as { code: string };
  const wait = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
  return { status: answer.status, code, ...(Number.isNaN(wait) ? {} : { retry_after_s: wait }) };
}

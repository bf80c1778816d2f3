// How much room the phone has left for what it keeps. Asked when a screen wants to know, never at a start, and sent to nobody.
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Room {
  /** Bytes; null where the phone does not say. Both are the browser's estimate. */
  quota: number | null;
  usage: number | null;
  /** Whether the browser has promised not to delete by itself; null where it does not say. */
  persisted: boolean | null;
}

/**
 * Under this it is said on Gemt: the list may be read afresh beside the one that is shown, so twice its size must fit, and a database
 * asks for as much again while it tidies up. No map is begun that would leave less.
 */
export const LITTLE = 5_000_000;
/** Under this it is said before something is written. A report is a thousandth of it, but databases grow by blocks, and estimates are rounded. */
export const SCARCE = 1_000_000;

/** Chromium says "10 GiB more than is used" whatever there is, so that nobody learns of the disk: that is no answer. */
const UNTOLD = 10 * 2 ** 30;

const found = signal<Room>({ quota: null, usage: null, persisted: null });
export const room: ReadonlySignal<Room> = found;

/** Never rejects: a phone that does not say is one with room until a write fails. */
export async function lookAtRoom(): Promise<Room> {
  const { storage } = navigator;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = (await storage?.persisted?.().catch(() => null)) ?? null;
  found.value = { quota: estimate?.quota ?? null, usage: estimate?.usage ?? null, persisted };
  return found.peek();
}

/** Bytes free for this site; null where the phone does not say. */
export function freeBytes({ quota, usage }: Room): number | null {
  return quota === null || usage === null || quota - usage === UNTOLD ? null : Math.max(0, quota - usage);
}

/** ample, too, where the phone does not say. */
export function roomLeft(of: Room): "ample" | "little" | "scarce" {
  const free = freeBytes(of);
  if (free === null || free >= LITTLE) return "ample";
  return free < SCARCE ? "scarce" : "little";
}

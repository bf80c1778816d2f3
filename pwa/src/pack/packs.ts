// Maps on the phone ("kort på telefonen"): what there is, what is being fetched, what is whole.
import { type ReadonlySignal, signal } from "@preact/signals";
import type { PackManifest } from "../api/types.gen.ts";

export interface Pack {
  manifest: PackManifest;
  /** stale: whole and in use, and a newer one is there to be fetched. cut: broken off, goes on from where it was. */
  state: "absent" | "loading" | "paused" | "cut" | "ready" | "stale" | "full";
  /** Bytes that were read back and found right. */
  done: number;
  /** Bytes a second; null when nothing is being fetched. */
  rate: number | null;
  left_s: number | null;
  /** ms, server's clock. */
  savedAt: number | null;
  where: "opfs" | "idb";
  /** There is a whole archive to draw from, whatever `state` says of a newer one. */
  usable: boolean;
}

export const packs: ReadonlySignal<readonly Pack[]> = signal([]);
export const room: ReadonlySignal<{ quota: number | null; usage: number | null; persisted: boolean | null }> = signal({
  quota: null,
  usage: null,
  persisted: null,
});

export async function refresh(): Promise<void> {}
export async function download(_id: string): Promise<void> {}
export function pause(_id: string): void {}
export async function remove(_id: string): Promise<void> {}
/** The whole verified archive, named by its hash so that a reader never mixes two; null where there is none. */
export async function source(_id: string): Promise<Blob | null> {
  return null;
}
/** Fetches the overview where no saved pack covers it. The map calls it when it opens. */
export async function openOverview(): Promise<void> {}

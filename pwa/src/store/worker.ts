// The page's side of the service worker: register, hear of a new version, swap when the person taps.
import { type ReadonlySignal, signal } from "@preact/signals";

/** ready: a new version waits for a tap or the next cold start. failed: a new version is there and could not be fetched whole. */
export const update: ReadonlySignal<"none" | "ready" | "failed"> = signal("none");

export async function register(): Promise<void> {}
export function swap(): void {}

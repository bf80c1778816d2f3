// The person's own small settings as signals, kept in `own`.
import { type Signal, signal } from "@preact/signals";

const known = new Map<string, Signal<unknown>>();

/** The same signal for a key each time. Its value is `fallback` until `start()` has read the phone; setting it keeps it. */
export function setting<T>(key: string, fallback: T): Signal<T> {
  const have = known.get(key) ?? signal<unknown>(fallback);
  known.set(key, have);
  return have as Signal<T>;
}

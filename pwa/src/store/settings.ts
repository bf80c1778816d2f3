// The person's own small settings as signals, kept in `own`.
import { effect, type Signal, signal } from "@preact/signals";
import { own, putSetting } from "./own.ts";
import { tell } from "./tabs.ts";

const known = new Map<string, Signal<unknown>>();
const fallbacks = new Map<string, unknown>();
/** What the phone had, once read; a signal made later begins with it. */
let kept: ReadonlyMap<string, unknown> | null = null;
/** Values that came from the phone or another tab and need not be kept again. */
const settled = new Map<string, unknown>();

/** The same signal for a key each time. Its value is `fallback` until `start()` has read the phone; setting it keeps it. */
export function setting<T>(key: string, fallback: T): Signal<T> {
  const have = known.get(key);
  if (have) return have as Signal<T>;
  const made = signal<unknown>(kept?.has(key) ? kept.get(key) : fallback);
  known.set(key, made);
  fallbacks.set(key, fallback);
  settled.set(key, made.peek());
  effect(() => {
    const value = made.value;
    if (Object.is(value, settled.get(key))) return;
    settled.set(key, value);
    tell({ of: "setting", key, value });
    // A full or shut phone keeps it for this visit; the screen says so by `state`.
    putSetting(key, value).catch(() => undefined);
  });
  return made as Signal<T>;
}

/** Reads all settings in one go; called once, at start. */
export async function readSettings(): Promise<void> {
  const [keys, values] = await own.run((db) => {
    const { store } = db.transaction("settings");
    return Promise.all([store.getAllKeys(), store.getAll()]);
  });
  kept = new Map(keys.map((key, at) => [key, values[at]]));
  for (const [key, value] of kept) heardSetting(key, value);
}

/** From another tab. */
export function heardSetting(key: string, value: unknown): void {
  settled.set(key, value);
  const here = known.get(key);
  if (here) here.value = value;
}

/** Every choice as it was before it was made. */
export async function eraseSettings(): Promise<void> {
  await own.run((db) => db.clear("settings"));
  kept = new Map();
  for (const key of known.keys()) heardSetting(key, fallbacks.get(key));
}

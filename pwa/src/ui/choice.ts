/** Small choices that must be known before the first paint (theme, language, welcomed): the browser's own little store. */
import { type Signal, signal } from "@preact/signals";

const known = new Map<string, Signal<string>>();
const KEYS = ["theme", "lang", "welcomed"] as const;
export type Choice = (typeof KEYS)[number];

/** The choice as a signal; "" where nothing was chosen. Where the store is shut it lives until the page closes. */
export function choice(key: Choice): Signal<string> {
  let have = known.get(key);
  if (!have) {
    have = signal(read(key));
    known.set(key, have);
  }
  return have;
}

export function choose(key: Choice, value: string): void {
  choice(key).value = value;
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // The choice holds until the page closes.
  }
}

export function forgetChoices(): void {
  for (const key of KEYS) choose(key, "");
}

function read(key: Choice): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Words by key, in the language of this phone. Danish is the source: the other dictionaries must have its keys. */
import { signal } from "@preact/signals";
import type { outbox } from "./da/outbox.ts";
import { da } from "./da.ts";
import type { later } from "./da-later.ts";

export type Danish = typeof da & typeof later & typeof outbox;
export type Key = keyof Danish;
export type Words = Readonly<Record<Key, string>>;
export type Lang = "da" | "en" | "de";
export const LANGS: readonly Lang[] = ["da", "en", "de"];

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
/** What a key's own text asks for, read from the Danish text itself. */
export type Params<K extends Key> = [Names<Danish[K]>] extends [never]
  ? []
  : [Readonly<Record<Names<Danish[K]>, string | number>>];

/** Danish as far as it is here: later screens bring their own words. */
let danish: Partial<Words> = da;
const words = signal<Partial<Words>>(da);
const current = signal<Lang>("da");

/** The language that is shown now; reading it in a component makes it follow the choice. */
export function lang(): Lang {
  return current.value;
}

/**
 * The text of a key. `{name}` is filled in; `one|many` is chosen by `n`.
 * Spaces between a number and what it counts are written as no-break spaces in the dictionaries.
 */
export function t<K extends Key>(key: K, ...params: Params<K>): string {
  const given = (params[0] ?? {}) as Readonly<Record<string, string | number>>;
  let text: string = words.value[key] ?? "";
  if ("n" in given && text.includes("|")) {
    const [one = "", many = ""] = text.split("|");
    text = Number(given.n) === 1 ? one : many;
  }
  return !text.includes("{") ? text : text.replace(/\{(\w+)\}/g, (_, name: string) => String(given[name] ?? ""));
}

/** A key that is put together (a kind, a fault), where the dictionary has it; else null. */
export function maybe(key: string): string | null {
  return words.value[key as Key] ?? null;
}

/** The Danish words of later screens, brought by the file that draws them. */
export function add(more: Partial<Words>): void {
  danish = { ...danish, ...more };
  if (current.value === "da") words.value = danish;
}

/** Shows another language. The dictionary is fetched from the shell's own files; where it fails Danish stays. */
export async function use(next: Lang): Promise<void> {
  if (next === "en") words.value = (await import("./en.ts")).en;
  else if (next === "de") words.value = (await import("./de.ts")).de;
  else words.value = danish;
  current.value = next;
}

/** What somebody wrote for readers; Danish is always there. */
export interface Told {
  readonly da: string;
  readonly en?: string | null | undefined;
  readonly de?: string | null | undefined;
}

/** The words to show, and the language they really are in, so that a screen reader says them right. */
export function told(text: Told): { readonly words: string; readonly lang: Lang } {
  const own = current.value === "da" ? text.da : text[current.value];
  return own ? { words: own, lang: current.value } : { words: text.da, lang: "da" };
}

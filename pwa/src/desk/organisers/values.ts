/** An organiser between its body and its form. Pure. */
import type { Organiser } from "../data/things.ts";
import { Checking } from "../parts/check.ts";
import { NOTES_LIMIT } from "../parts/own-fields.tsx";

export const NAME_LIMIT = 120;

export interface Values {
  readonly name: string;
  readonly url: string | null;
  readonly at_once: boolean;
  readonly notes: string | null;
  readonly slug: string;
}
export type Name = keyof Values;
export const EMPTY: Values = { name: "", url: null, at_once: false, notes: null, slug: "" };
const NAMES = Object.keys(EMPTY) as Name[];

/** The fields of an organiser as it stands (null: a new one), with a draft laid over. */
export function valuesOf(organiser: Organiser | null, set: Readonly<Record<string, unknown>> = {}): Values {
  const stands = { ...organiser, ...organiser?.staff } as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const name of NAMES) found[name] = (name in set ? set[name] : stands[name]) ?? EMPTY[name];
  return found as unknown as Values;
}

const NO_NAME = "Skriv, hvad arrangøren hedder.";

/** `set` as it is sent, and what is wrong, by the path of the field. `isNew`: a name must be there. */
export function check(
  set: Readonly<Record<string, unknown>>,
  isNew: boolean,
): { set: Record<string, unknown>; wrongs: Map<string, string> } {
  const c = new Checking();
  const sent: Record<string, unknown> = { ...set };
  if ("name" in set || isNew) sent.name = c.line((set.name as string | undefined) ?? "", "name", NAME_LIMIT, NO_NAME);
  if ("url" in set) sent.url = c.url(set.url as string | null, "url");
  if ("notes" in set) sent.notes = c.line(set.notes as string | null, "notes", NOTES_LIMIT);
  if ("slug" in set) sent.slug = c.slug(String(set.slug), "slug");
  return { set: sent, wrongs: c.wrongs };
}

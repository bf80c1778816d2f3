/** Where an event can be: the places and routes that are in use and hold the words, places first. Pure. */
import { fold } from "../../text/fold.ts";
import type { Route, StaffPlace } from "../data/things.ts";

export interface Spot {
  readonly kind: "place" | "route";
  readonly id: string;
  readonly name: string;
}

const collator = new Intl.Collator("da");

/** Those whose name holds every word; the ones that begin with the first word come first. */
export function spots(places: Iterable<StaffPlace>, routes: Iterable<Route>, query: string, most: number): Spot[] {
  const words = fold(query.trim()).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const all: Spot[] = [];
  for (const { id, name, state } of places)
    if (state === "active" || state === "resting") all.push({ kind: "place", id, name: name.da });
  for (const { id, name } of routes) all.push({ kind: "route", id, name: name.da });
  const first = words[0] ?? "";
  const begins = (one: Spot) => Number(!fold(one.name).startsWith(first));
  return all
    .filter(({ name }) => words.every((word) => fold(name).includes(word)))
    .sort((a, b) => begins(a) - begins(b) || a.kind.localeCompare(b.kind) || collator.compare(a.name, b.name))
    .slice(0, most);
}

/** Whether what is written is an address on the net. */
export const isAddress = (words: string): boolean => /^(?:https?:\/\/|www\.)\S+$/i.test(words.trim());

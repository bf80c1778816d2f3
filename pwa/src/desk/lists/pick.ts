/** Which places and routes a list shows, and in which order. Pure, so that three thousand are a table in a test. */
import type { Route, StaffPlace } from "../data/things.ts";
import { doubt, FACT_MONTHS, isLive, oldFacts } from "./known.ts";
import { monthsBefore, type State } from "./words.ts";

/** What a place lacks, as the overview counts it. */
export type Lack = "unready" | "rests" | "unseen" | "contactless" | "old" | "photo" | "english";

export const LACK_WORDS: Readonly<Record<Lack, string>> = {
  unready: "noget, før de kan tages i brug",
  rests: "både kontakt og at være set",
  unseen: "at blive set",
  contactless: "kontakt",
  old: "nye oplysninger (over to år)",
  photo: "et billede",
  english: "engelsk navn",
};

export type Sort = "name" | "state" | "seen" | "missing";
export const SORT_WORDS: Readonly<Record<Sort, string>> = {
  name: "navn",
  state: "tilstand",
  seen: "sidst set, ældst først",
  missing: "hvad der mangler, mest først",
};

export interface Wish {
  readonly state: State | "all";
  readonly lack: Lack | "none";
  readonly sort: Sort;
  /** Folded, "" for all. */
  readonly words: string;
}
export const ALL: Wish = { state: "all", lack: "none", sort: "name", words: "" };

export interface Clock {
  readonly today: string;
  readonly seenMonths: number;
  /** The ids of places at which something is to happen. */
  readonly ahead?: ReadonlySet<string>;
}

function isLacking(place: StaffPlace, lack: Lack, { today, seenMonths, ahead }: Clock): boolean {
  if (!isLive(place)) return false;
  const open = place.state === "active" || place.state === "resting";
  if (lack === "unready") return !open && (place.staff?.missing.length ?? 0) > 0;
  if (lack === "old") return open && oldFacts(place, monthsBefore(today, FACT_MONTHS)).length > 0;
  if (lack === "photo") return place.photos.length === 0;
  if (lack === "english") return open && !place.name.en;
  const why = place.state === "active" ? doubt(place, today, seenMonths, ahead) : null;
  // What has neither lacks both.
  return why === lack || (why === "rests" && lack !== "rests");
}

const RANK: Readonly<Record<State, number>> = { active: 0, developing: 1, idea: 2, resting: 3, dissolved: 4 };
const collator = new Intl.Collator("da");

/** The places that are wished for, in order. `folded` gives a place's words to look in. */
export function pick(
  places: Iterable<StaffPlace>,
  wish: Wish,
  clock: Clock,
  folded: (place: StaffPlace) => string,
): StaffPlace[] {
  const words = wish.words.split(" ").filter(Boolean);
  const found = [...places].filter(
    (place) =>
      (wish.state === "all" ? place.state !== "dissolved" : place.state === wish.state) &&
      (wish.lack === "none" || isLacking(place, wish.lack, clock)) &&
      (words.length === 0 || words.every((word) => folded(place).includes(word))),
  );
  const byName = (a: StaffPlace, b: StaffPlace) => collator.compare(a.name.da, b.name.da) || a.id.localeCompare(b.id);
  const seen = (place: StaffPlace) => place.staff?.last_seen_on ?? "";
  const missing = (place: StaffPlace) => (isLive(place) ? (place.staff?.missing.length ?? 0) : 0);
  const by: Readonly<Record<Sort, (a: StaffPlace, b: StaffPlace) => number>> = {
    name: byName,
    state: (a, b) => RANK[a.state] - RANK[b.state] || byName(a, b),
    seen: (a, b) => seen(a).localeCompare(seen(b)) || byName(a, b),
    missing: (a, b) => missing(b) - missing(a) || byName(a, b),
  };
  return found.sort(by[wish.sort]);
}

/** How many there are of each state. */
export function counted(places: Iterable<StaffPlace>): Readonly<Record<State, number>> {
  const found = { idea: 0, developing: 0, active: 0, resting: 0, dissolved: 0 };
  for (const place of places) found[place.state] += 1;
  return found;
}

/** Routes by name, those whose words hold all of `words`. */
export function pickRoutes(routes: Iterable<Route>, words: string, folded: (route: Route) => string): Route[] {
  const all = words.split(" ").filter(Boolean);
  return [...routes]
    .filter((route) => all.every((word) => folded(route).includes(word)))
    .sort((a, b) => collator.compare(a.name.da, b.name.da) || a.id.localeCompare(b.id));
}

/** Metres of a route of which something is known. */
export function knownSurface(route: Route): number {
  return route.stretches.reduce((sum, one) => sum + (one.surface ? one.length_m : 0), 0);
}

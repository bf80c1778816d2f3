/** What is known of places, and since when: the same questions for the lists and for what waits. */
import type { Access, Dissolved, Fact, Place, Route } from "../../api/types.gen.ts";
import { monthsBefore } from "./words.ts";

/** Facts are asked again after two years. */
export const FACT_MONTHS = 24;
/** A place that is in use is seen at least this often, where the settings say nothing else. */
export const SEEN_MONTHS = 12;

export const ACCESS: Readonly<Record<keyof Access, string>> = {
  step_free: "trin",
  width_cm: "smalleste sted",
  kerb_cm: "kant",
  gate_cm: "låge",
  slope_pct: "hældning",
  door_cm: "dør",
};

/** The words of the facts that were last seen before `before` (a date), each once. */
export function oldFacts(place: Place, before: string): string[] {
  const old = (fact: Fact<unknown> | null): boolean => fact !== null && fact.seen_on < before;
  const found: string[] = [];
  if (old(place.surface) || place.approaches.some((one) => old(one.surface))) found.push("underlag");
  for (const [field, words] of Object.entries(ACCESS)) if (old(place.access[field as keyof Access])) found.push(words);
  if (place.hours && place.hours.seen_on < before) found.push("åbningstid");
  return found;
}

export const isLive = (place: Place | Dissolved): place is Place => place.state !== "dissolved";

/** Where people go in the body; the others have no ground, no gate and no door. */
const isOutThere = (place: Place): boolean => place.form !== "online" && place.form !== "mental";

/** Whether somebody has said that the place was there as it is told, within these months. */
function isSeen(place: Place, today: string, months = SEEN_MONTHS): boolean {
  const on = place.staff?.last_seen_on ?? null;
  return on !== null && on >= monthsBefore(today, months);
}

const NONE: ReadonlySet<string> = new Set();

/** What makes a place in use more than words: somebody to ask, and that it was seen or that something is to happen there (`ahead`, by id).
 * Online and a professional are not seen. */
export function doubt(
  place: Place,
  today: string,
  months = SEEN_MONTHS,
  ahead = NONE,
): "rests" | "unseen" | "contactless" | null {
  const seen = !isOutThere(place) || isSeen(place, today, months) || ahead.has(place.id);
  const asked = place.contact !== null;
  if (seen) return asked ? null : "contactless";
  return asked ? "unseen" : "rests";
}

export interface Share {
  readonly words: string;
  /** Of 1. */
  readonly known: number;
}

type Of = (access: Access, surface: Fact<unknown> | null) => boolean;
const ASKED: readonly (readonly [string, Of])[] = [
  ["underlag", (_, surface) => surface !== null],
  ["trin", (access) => access.step_free !== null],
  ["låge, bredde", (access) => access.gate_cm !== null || access.width_cm !== null],
  ["hældning", (access) => access.slope_pct !== null],
];

/** What is known of the way into the places that everybody reads, each a share of them. A route counts by the length that is known of it. */
export function shares(places: Iterable<Place>, routes: ReadonlyMap<string, Route>): Share[] {
  const all = [...places].filter(
    (place) => isOutThere(place) && (place.state === "active" || place.state === "resting"),
  );
  if (all.length === 0) return [];
  const known = (place: Place, has: Of): number => {
    const route = place.form === "route" && place.route_id ? routes.get(place.route_id) : undefined;
    if (!route || route.length_m === 0) return has(place.access, place.surface) ? 1 : 0;
    const length = route.stretches.reduce((sum, one) => sum + (has(one.access, one.surface) ? one.length_m : 0), 0);
    return Math.min(1, length / route.length_m);
  };
  return ASKED.map(([words, has]) => ({
    words,
    known: all.reduce((sum, place) => sum + known(place, has), 0) / all.length,
  }));
}

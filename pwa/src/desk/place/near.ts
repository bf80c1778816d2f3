/** What lies near a place: things that may belong to it, and those that may be the same. Pure. */

import type { Facility } from "../../api/types.gen.ts";
import { metres, type Point } from "../../geo/distance.ts";
import { fold } from "../../text/fold.ts";

const THINGS_M = 500;
const DOUBLES_M = 300;
const MOST = 8;

export interface FacilityNear {
  readonly facility: Facility;
  /** Null where the place has no point yet. */
  readonly metres: number | null;
}

/** Those that are chosen and those within 500 m, the chosen first, then the nearest. */
export function near(all: Iterable<Facility>, at: Point | null, chosen: readonly string[]): FacilityNear[] {
  const found = [...all].flatMap((facility) => {
    const far = at ? metres(at, facility.point) : null;
    return chosen.includes(facility.id) || (far !== null && far <= THINGS_M) ? [{ facility, metres: far }] : [];
  });
  const rank = ({ facility }: FacilityNear) => (chosen.includes(facility.id) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || (a.metres ?? 0) - (b.metres ?? 0));
}

export interface One {
  readonly id: string;
  readonly name: string;
  readonly point: Point | null;
  /** Citizens know it: its address must go on leading somewhere. */
  readonly known: boolean;
}
/** Those within 300 m, or those whose name has the words; the nearest first. */
export function doubles(all: Iterable<One>, of: One, words: string): (One & { readonly metres: number | null })[] {
  const wanted = fold(words).split(" ").filter(Boolean);
  const found = [...all].flatMap((one) => {
    if (one.id === of.id) return [];
    const far = of.point && one.point ? metres(of.point, one.point) : null;
    const name = fold(one.name);
    const named = wanted.length > 0 && wanted.every((word) => name.includes(word));
    return named || (wanted.length === 0 && far !== null && far <= DOUBLES_M) ? [{ ...one, metres: far }] : [];
  });
  return found.sort((a, b) => (a.metres ?? Infinity) - (b.metres ?? Infinity)).slice(0, MOST);
}

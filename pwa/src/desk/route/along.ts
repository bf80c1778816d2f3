// What lies along a way: reckoned here as the server will, so that it is seen while the line is drawn.
import type { Facility } from "../../api/types.gen.ts";
import { decode } from "../../geo/line.ts";
import { around } from "../../map/fit.ts";
import { lengthOf, nearestOn } from "../map/line.ts";
import type { Point } from "../map/types.ts";
import type { Way } from "./way.ts";

const WITHIN_M = 100;
/** Degrees that are more than 100 m in Denmark. */
const MARGIN = { lon: 0.0018, lat: 0.001 };

export interface Beside<T> {
  readonly thing: T;
  readonly at_m: number;
  readonly off_m: number;
}

/** Those within 100 m, in the order one comes to them. */
export function beside<T>(way: Way, things: Iterable<T>, pointOf: (thing: T) => Point | null): Beside<T>[] {
  const parts = way.map(({ line }) => decode(line));
  const box = around(parts.flat());
  if (!box) return [];
  const [w, s, e, n] = box;
  const found: Beside<T>[] = [];
  for (const thing of things) {
    const at = pointOf(thing);
    if (!at || at[0] < w - MARGIN.lon || at[0] > e + MARGIN.lon || at[1] < s - MARGIN.lat || at[1] > n + MARGIN.lat)
      continue;
    let start = 0;
    let best: Beside<T> | null = null;
    for (const points of parts) {
      const on = nearestOn(points, at);
      if (on && on.off_m <= WITHIN_M && (!best || on.off_m < best.off_m))
        best = { thing, at_m: start + on.along_m, off_m: on.off_m };
      start += lengthOf(points);
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.at_m - b.at_m);
}

export const pointOfThing = ({ point }: Pick<Facility, "point">): Point => point;

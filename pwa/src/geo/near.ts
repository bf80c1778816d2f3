/** Nearest first. One's own side of the water before the other, and what has no place on the map last. */
import { metres, type Point } from "./distance.ts";
import type { Shore } from "./shore.ts";

export interface Near<T> {
  readonly thing: T;
  /** Whole metres, or null for what lies nowhere (online, a professional). */
  readonly metres: number | null;
  readonly across: boolean;
}

// A body is a new object whenever it changes, so the land it lies on is found once.
const landBy = new WeakMap<Shore, WeakMap<Point, number | null>>();

/**
 * Orders things by distance from `from`. Equal distances keep their order.
 * `pointOf` may answer null; `shore` may be left out where no land is known.
 */
export function nearest<T>(
  from: Point,
  things: Iterable<T>,
  pointOf: (thing: T) => Point | null,
  shore: Shore | null = null,
): Near<T>[] {
  const mine = shore?.landOf(from) ?? null;
  const found: Near<T>[] = [];
  for (const thing of things) {
    const p = pointOf(thing);
    if (!p) {
      found.push({ thing, metres: null, across: false });
      continue;
    }
    const theirs = shore && mine !== null ? remembered(shore, p) : null;
    found.push({ thing, metres: Math.round(metres(from, p)), across: theirs !== null && theirs !== mine });
  }
  return found.sort(
    (a, b) =>
      Number(a.metres === null) - Number(b.metres === null) ||
      Number(a.across) - Number(b.across) ||
      (a.metres ?? 0) - (b.metres ?? 0),
  );
}

function remembered(shore: Shore, p: Point): number | null {
  let known = landBy.get(shore);
  if (!known) {
    known = new WeakMap();
    landBy.set(shore, known);
  }
  let land = known.get(p);
  if (land === undefined) {
    land = shore.landOf(p);
    known.set(p, land);
  }
  return land;
}

// What a finger meant: pins by the distance to their middle, so that a small pin has a whole target; then the routes.
import type { LifeFeature, Thing } from "./life.ts";

/** Half of the 48 px that a target has at least. */
export const REACH = 24;
/** A chosen pin stands on its foot, its middle this far above the ground. */
const RAISED = 34;

export interface At {
  x: number;
  y: number;
}

/**
 * The things under a finger at `at` (CSS px): none, one, or several pins that lie on one another or are all within reach, nearest
 * first. `project` gives the px of a [lon, lat].
 */
export function picked(at: At, features: readonly LifeFeature[], project: (lngLat: number[]) => At): Thing[] {
  const pins = features.flatMap((f) => {
    const p = pinAt(f, project);
    return p ? [{ thing: thingOf(f), p, far: Math.hypot(p.x - at.x, p.y - at.y) }] : [];
  });
  pins.sort((a, b) => a.far - b.far);
  const [first] = pins;
  if (first && first.far <= REACH) {
    const near = pins.filter(({ p, far }) => far <= REACH || Math.hypot(p.x - first.p.x, p.y - first.p.y) < REACH);
    return near.map(({ thing }) => thing);
  }
  const way = nearest(features, (f) =>
    f.geometry.type === "LineString" ? toLine(f.geometry.coordinates, at, project) : null,
  );
  return way ? [way] : [];
}

function thingOf({ properties: { kind, id } }: LifeFeature): Thing {
  return { kind, id };
}

function nearest(features: readonly LifeFeature[], distance: (f: LifeFeature) => number | null): Thing | null {
  let best: Thing | null = null;
  let least = REACH;
  for (const one of features) {
    const far = distance(one);
    if (far === null || far > least) continue;
    least = far;
    best = thingOf(one);
  }
  return best;
}

/** Where a pin's disc is on the screen. */
function pinAt(f: LifeFeature, project: (lngLat: number[]) => At): At | null {
  if (f.properties.what !== "pin" || f.geometry.type !== "Point") return null;
  const { x, y } = project(f.geometry.coordinates);
  return { x, y: y - (f.properties.chosen ? RAISED : 0) };
}

function toLine(line: readonly number[][], at: At, project: (lngLat: number[]) => At): number {
  let least = Number.POSITIVE_INFINITY;
  let from: At | null = null;
  for (const point of line) {
    const to = project(point);
    if (from) least = Math.min(least, toPart(from, to, at));
    from = to;
  }
  return least;
}

function toPart(a: At, b: At, at: At): number {
  const x = b.x - a.x;
  const y = b.y - a.y;
  const square = x * x + y * y;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - a.x) * x + (at.y - a.y) * y) / square));
  return Math.hypot(a.x + share * x - at.x, a.y + share * y - at.y);
}

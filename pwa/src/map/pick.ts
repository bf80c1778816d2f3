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

/** The thing under a finger at `at` (CSS px), or null. `project` gives the px of a [lon, lat]. */
export function picked(at: At, features: readonly LifeFeature[], project: (lngLat: number[]) => At): Thing | null {
  return (
    nearest(features, (f) => (f.properties.what === "pin" ? toPin(f, at, project) : null)) ??
    nearest(features, (f) => (f.geometry.type === "LineString" ? toLine(f.geometry.coordinates, at, project) : null))
  );
}

function nearest(features: readonly LifeFeature[], distance: (f: LifeFeature) => number | null): Thing | null {
  let best: Thing | null = null;
  let least = REACH;
  for (const one of features) {
    const far = distance(one);
    if (far === null || far > least) continue;
    least = far;
    best = { kind: one.properties.kind, id: one.properties.id };
  }
  return best;
}

function toPin(f: LifeFeature, at: At, project: (lngLat: number[]) => At): number | null {
  if (f.geometry.type !== "Point") return null;
  const p = project(f.geometry.coordinates);
  return Math.hypot(p.x - at.x, p.y - (f.properties.chosen ? RAISED : 0) - at.y);
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

// What is done to a line that is drawn: pure, on points in order. Nothing here changes what it is given.
import { metres, type Point } from "../../geo/distance.ts";
import { onGrid, same } from "./encode.ts";

export type Points = readonly Point[];

/** Metres along. */
export function lengthOf(points: Points): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += metres(points[i - 1] as Point, points[i] as Point);
  return sum;
}

/** On the grid of an encoded line, without points that lie on the one before. */
export function tidy(points: Points): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || !same(last, point)) kept.push(onGrid(point));
  }
  return kept;
}

export const moved = (points: Points, at: number, to: Point): Point[] => points.map((one, i) => (i === at ? to : one));
export const without = (points: Points, at: number): Point[] => points.filter((_, i) => i !== at);
/** `at`: the index that the new point gets. */
export const inserted = (points: Points, at: number, point: Point): Point[] => [
  ...points.slice(0, at),
  point,
  ...points.slice(at),
];

export interface On {
  /** The piece from points[part] to points[part + 1]. */
  readonly part: number;
  readonly at: Point;
  readonly off_m: number;
  /** Metres from the line's beginning. */
  readonly along_m: number;
}

/** Where on the line a point is nearest to; of equals the first. Null for a line without a piece. */
export function nearestOn(points: Points, to: Point): On | null {
  const k = Math.cos((to[1] * Math.PI) / 180);
  let best: On | null = null;
  let along = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const at = onPiece(a, b, to, k);
    const off = metres(at, to);
    if (!best || off < best.off_m) best = { part: i - 1, at, off_m: off, along_m: along + metres(a, at) };
    along += metres(a, b);
  }
  return best;
}

/** The point of the piece a–b that is nearest to p. `k`: how much shorter a degree east is there. */
export function onPiece(a: Point, b: Point, p: Point, k: number): Point {
  const [x, y] = [(b[0] - a[0]) * k, b[1] - a[1]];
  const square = x * x + y * y;
  if (square === 0) return a;
  const share = Math.min(1, Math.max(0, ((p[0] - a[0]) * k * x + (p[1] - a[1]) * y) / square));
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Both halves of a line that is cut where it is nearest to `at`. Null where one half would have no length. */
export function split(points: Points, at: Point): { first: Point[]; second: Point[] } | null {
  const on = nearestOn(points, at);
  if (!on) return null;
  const first = tidy([...points.slice(0, on.part + 1), on.at]);
  const second = tidy([on.at, ...points.slice(on.part + 1)]);
  return first.length < 2 || second.length < 2 ? null : { first, second };
}

/** Ends that lie further from each other than this are no joint: the way between them was never drawn. */
const JOINT_M = 25;

/** Two lines as one, the second turned round where its end is the nearer one. Null where they do not meet. */
export function joined(one: Points, other: Points): Point[] | null {
  const [end, from, to] = [one.at(-1), other[0], other.at(-1)];
  if (!end || !from || !to) return null;
  const turned = metres(end, to) < metres(end, from);
  if (metres(end, turned ? to : from) > JOINT_M) return null;
  return tidy([...one, ...(turned ? [...other].reverse() : other)]);
}

/** The point so many metres along; null for a line without a piece. */
export function along(points: Points, at_m: number): Point | null {
  let left = at_m;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const long = metres(a, b);
    if (left <= long || i === points.length - 1) {
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, left / long));
      return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    }
    left -= long;
  }
  return null;
}

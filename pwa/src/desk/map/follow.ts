// Where a tap lands and how the line goes there: along the paths that are loaded, or straight.
import { metres, type Point } from "../../geo/distance.ts";
import { type Graph, graphOf, type Snapped, snap, wayBetween } from "./paths.ts";
import type { DrawView } from "./view.ts";

/** A tap so near to a path means the path. */
const SNAP_PX = 14;
const SNAP_MOST_M = 40;
/** The end of a line that followed a path lies on it but for rounding. */
const END_M = 4;

let made: { view: DrawView; turn: number; graph: Graph } | null = null;

function graph(view: DrawView): Graph {
  if (made?.view !== view || made.turn !== view.turn) made = { view, turn: view.turn, graph: graphOf(view.paths()) };
  return made.graph;
}

export interface Stroke {
  /** The points after `from`, the last where the tap landed. */
  readonly points: readonly Point[];
  readonly followed: boolean;
  readonly snapped: boolean;
}

/** From the end of a line (null: it begins here) to a tap. */
export function stroke(view: DrawView, from: Point | null, tap: Point): Stroke {
  return strokeOn(graph(view), from, tap, Math.min(SNAP_MOST_M, SNAP_PX * view.metresPerPx()));
}

/** The same on a graph, pure. */
export function strokeOn(paths: Graph, from: Point | null, tap: Point, within_m: number): Stroke {
  const to = snap(paths, tap, within_m);
  if (!to) return { points: [tap], followed: false, snapped: false };
  const way = from && wayFrom(paths, from, to);
  return { points: way ?? [to.at], followed: way !== null, snapped: true };
}

function wayFrom(paths: Graph, from: Point, to: Snapped): Point[] | null {
  const start = snap(paths, from, END_M);
  const way = start && wayBetween(paths, start, to);
  if (!way) return null;
  // The line stands where it stands: its end is not moved by a hair.
  return metres(from, to.at) < 1 ? [to.at] : way.slice(1);
}

/** A point alone, on the path beside it where there is one. */
export function onPath(view: DrawView, at: Point): Point {
  return stroke(view, null, at).points[0] ?? at;
}

/** Where a place and a route stand, and whether they are shut: one answer for the list and for the map. */
import type { Closure, Place, Route } from "../api/types.gen.ts";
import type { Point } from "./distance.ts";
import { decode } from "./line.ts";

type Lines = Pick<Route, "stretches">;

// A body is a new object whenever it changes, so a line is read once.
const starts = new WeakMap<Lines, Point | null>();

/** Where a route begins; null where its line is missing. */
export function startOf(route: Lines): Point | null {
  let known = starts.get(route);
  if (known === undefined) {
    known = decode(route.stretches[0]?.line ?? "")[0] ?? null;
    starts.set(route, known);
  }
  return known;
}

/** A place of a route may have no point of its own: it is met where the route begins. */
export function pointOf(place: Pick<Place, "point" | "route_id">, routes: ReadonlyMap<string, Lines>): Point | null {
  if (place.point) return place.point;
  const route = place.route_id === null ? undefined : routes.get(place.route_id);
  return route ? startOf(route) : null;
}

/** Both days count. `today` is the date in Copenhagen, YYYY-MM-DD. */
export function inForce(closure: Pick<Closure, "from" | "to">, today: string): boolean {
  return closure.from <= today && (closure.to === null || today <= closure.to);
}

/** Another place, for whoever stands before a shut one or asks where they are. */
import type { Point } from "../../geo/distance.ts";
import { nearest } from "../../geo/near.ts";
import type { Place } from "../../store/signals.ts";
import { shoreHere } from "../now/order.ts";
import { livePlaces, whereIs } from "./place.ts";

export interface Neighbour {
  readonly place: Place;
  readonly at: Point;
  readonly metres: number;
  readonly across: boolean;
}

/** Active places that stand somewhere, the nearest first, those across the water last. */
export function placesNear(from: Point): Neighbour[] {
  const active = livePlaces().filter((place) => place.state === "active");
  return nearest(from, active, whereIs, shoreHere()).flatMap(({ thing: place, metres, across }) => {
    const at = whereIs(place);
    return at && metres !== null ? [{ place, at, metres, across }] : [];
  });
}

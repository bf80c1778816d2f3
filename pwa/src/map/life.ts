// What the map draws on the land, from the bodies on the phone: pure, so that a dissolved place is gone in one line.
import type * as GeoJSON from "geojson";
import type { Approach, Facility, Form, Place, Route, Stretch } from "../api/types.gen.ts";
import type { Point } from "../geo/distance.ts";
import { decode } from "../geo/line.ts";
import { inForce, pointOf, startOf } from "../geo/place.ts";
import type * as store from "../store/signals.ts";

export interface Thing {
  kind: string;
  id: string;
}

export interface Bodies {
  places: ReadonlyMap<string, store.Place | store.Dissolved>;
  facilities: ReadonlyMap<string, store.Facility>;
  routes: ReadonlyMap<string, store.Route>;
}

export interface Shown {
  /** Local date, YYYY-MM-DD: a closure counts on its days alone. */
  today: string;
  chosen: Thing | null;
  /** Ids of places and routes where something is held today. */
  on?: ReadonlySet<string>;
}

/** Where a route's pattern is read from; null in the register is a surface of its own here. */
export type Surface = NonNullable<Stretch["surface"]>["value"] | "unknown";

type Geometry = GeoJSON.Geometry;
/** `what` names the layer of tiles/style/life.ts. */
export interface Told {
  what: "pin" | "stretch" | "closed" | "approach";
  kind: string;
  id: string;
  form?: Form | "thing";
  surface?: Surface;
  /** Upper right of a pin; "today": something is held there today. */
  sign?: "fault" | "shut" | "today" | "";
  chosen?: boolean;
}
export type LifeFeature = GeoJSON.Feature<Geometry, Told>;

/** GeoJSON of places, routes, closures and ways in. What has no place on the ground (an online meeting) is not in it. */
export function life(bodies: Bodies, shown: Shown): LifeFeature[] {
  const found: LifeFeature[] = [];
  for (const route of bodies.routes.values()) found.push(...wayOf(route, shown.today));
  const places = [...bodies.places.values()].filter((place): place is store.Place => place.state !== "dissolved");
  for (const place of places) {
    const at = pointOf(place, bodies.routes);
    if (!at) continue;
    const own = same(shown.chosen, "place", place.id) || chosenRoute(place, shown.chosen);
    const on = shown.on?.has(place.id) || (place.route_id !== null && shown.on?.has(place.route_id));
    const sign = barred(place, bodies, shown.today)
      ? "shut"
      : faulty(place, bodies.facilities)
        ? "fault"
        : on
          ? "today"
          : "";
    found.push(pin("place", place.id, at, place.form, own, sign));
    found.push(...place.approaches.map((way) => approach("place", place.id, way)));
  }
  const extra = shown.chosen && alone(shown.chosen, bodies, places);
  if (extra) found.push(extra);
  return found;
}

/** How many of each are on the map: what its name tells a screen reader. */
export function counted(features: readonly LifeFeature[]): { places: number; routes: number } {
  const pins = features.filter((f) => f.properties.what === "pin" && f.properties.kind === "place");
  const routes = features.filter((f) => f.properties.kind === "route" && f.properties.what !== "pin");
  return { places: pins.length, routes: new Set(routes.map((f) => f.properties.id)).size };
}

function wayOf(route: Pick<Route, "id" | "stretches" | "closures" | "approaches">, today: string): LifeFeature[] {
  const shut = route.closures.filter((one) => inForce(one, today));
  const ways = route.stretches.map((stretch): LifeFeature => {
    const closed = shut.some((one) => one.stretch_ids === null || one.stretch_ids.includes(stretch.id));
    // A closed stretch is drawn as closed alone: what it is made of helps nobody who can not walk it.
    return line(stretch.line, {
      what: closed ? "closed" : "stretch",
      kind: "route",
      id: route.id,
      surface: stretch.surface?.value ?? "unknown",
    });
  });
  return [...ways, ...route.approaches.map((way) => approach("route", route.id, way))];
}

/** A place's own faults and those of the things that stand there; a mended one lingers in the list, not on the map. */
function faulty(place: store.Place, facilities: ReadonlyMap<string, Pick<store.Facility, "faults">>): boolean {
  const all = [place, ...place.facility_ids.flatMap((id) => facilities.get(id) ?? [])];
  return all.some((one) => one.faults.some((fault) => fault.state !== "fixed"));
}

/** Nobody can come there today, whatever else is wrong: it is closed, or all of its route is. */
function barred(place: Pick<store.Place, "closures" | "route_id">, bodies: Bodies, today: string): boolean {
  const route = place.route_id === null ? undefined : bodies.routes.get(place.route_id);
  return [place, ...(route ? [route] : [])].some(({ closures }) =>
    closures.some((one) => !one.stretch_ids && inForce(one, today)),
  );
}

function same(chosen: Thing | null, kind: string, id: string): boolean {
  return chosen?.kind === kind && chosen.id === id;
}

/** A chosen route is shown by the pin of its place, where it has one. */
function chosenRoute(place: Pick<Place, "form" | "route_id">, chosen: Thing | null): boolean {
  return place.form === "route" && place.route_id !== null && same(chosen, "route", place.route_id);
}

/** The pin of what is chosen and has none of its own: a bench from the list, a route that no place names. */
function alone(chosen: Thing, bodies: Bodies, places: readonly store.Place[]): LifeFeature | null {
  if (chosen.kind === "facility") {
    const at: Facility["point"] | undefined = bodies.facilities.get(chosen.id)?.point;
    return at ? pin("facility", chosen.id, at, "thing", true, "") : null;
  }
  const route = chosen.kind === "route" ? bodies.routes.get(chosen.id) : undefined;
  const at = route && !places.some((place) => chosenRoute(place, chosen)) ? startOf(route) : null;
  return at ? pin("route", chosen.id, at, "route", true, "") : null;
}

function pin(
  kind: string,
  id: string,
  at: Point,
  form: Form | "thing",
  chosen: boolean,
  sign: "fault" | "shut" | "today" | "",
): LifeFeature {
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [...at] },
    properties: { what: "pin", kind, id, form, chosen, sign },
  };
}

function approach(kind: string, id: string, way: Pick<Approach, "line">): LifeFeature {
  return line(way.line, { what: "approach", kind, id });
}

function line(encoded: string, properties: Told): LifeFeature {
  const coordinates = decode(encoded).map((at) => [at[0], at[1]]);
  return { type: "Feature", geometry: { type: "LineString", coordinates }, properties };
}

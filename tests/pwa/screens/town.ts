/** A small made-up town for the tests of screens, put where the store shows its rows. */

import { bodies } from "../../../pwa/src/store/mirror.ts";
import type { Facility, Place, Route, Site } from "../../../pwa/src/store/signals.ts";

type Access = Place["access"];
export const noAccess: Access = {
  step_free: null,
  width_cm: null,
  kerb_cm: null,
  gate_cm: null,
  slope_pct: null,
  door_cm: null,
};
export const fact = <T>(value: T) => ({ value, source: "en ruteguide", seen_on: "2025-05-12" });

export function place(over: Partial<Place> & { id: string }): Place {
  return {
    slug: over.id,
    form: "spot",
    state: "active",
    name: { da: over.id },
    where: { da: "Ved vandet." },
    amenities: { da: "Bænk og bord. Der er læ." },
    ground: { da: "Fast sti." },
    purpose: { da: "Et sted at hvile." },
    activities: { da: "Kaffe hver tirsdag kl. 14. Alle kan komme." },
    point: [11.87, 54.76],
    route_id: null,
    url: null,
    surface: null,
    access: noAccess,
    way_in: null,
    approaches: [],
    hours: null,
    contact: null,
    first_time: null,
    guests_welcome: null,
    appointed_on: null,
    facility_ids: [],
    organiser_id: null,
    photos: [],
    faults: [],
    closures: [],
    ...over,
  };
}

export function facility(over: Partial<Facility> & { id: string }): Facility {
  return {
    code: 1371,
    type_text: "Bænk",
    name: null,
    point: [11.871, 54.76],
    access: noAccess,
    season: null,
    open_24h: null,
    source: "GeoFA 5800",
    faults: [],
    ...over,
  };
}

export function route(over: Partial<Route> & { id: string }): Route {
  return {
    slug: over.id,
    name: { da: over.id },
    modes: ["walk"],
    length_m: 2400,
    loop: true,
    source: "GeoFA 5802",
    season: null,
    approaches: [],
    faults: [],
    closures: [],
    stretches: [],
    near: [],
    place_ids: [],
    ...over,
  };
}

export const site: Site = {
  name: { da: "Prøve Kommune" },
  code: "376",
  demo: true,
  bounds: null,
  land: [],
  towns: [
    { name: { da: "Nysted" }, point: [11.73, 54.66] },
    { name: { da: "Nykøbing" }, point: [11.87, 54.77] },
  ],
  languages: ["da", "en", "de"],
  help: [],
  holidays: [],
  shown_codes: null,
  transport: null,
  quiet: null,
  colours: null,
  launch: null,
  seen_months: null,
  school_holidays: [],
  events_at_once: false,
};

export function fill(things: { places?: Place[]; facilities?: Facility[]; routes?: Route[]; site?: Site }): void {
  const map = (list: readonly { id: string }[]) => new Map(list.map((thing) => [thing.id, thing]));
  bodies("place").value = map(things.places ?? []);
  bodies("facility").value = map(things.facilities ?? []);
  bodies("route").value = map(things.routes ?? []);
  bodies("settings").value = new Map([["site", things.site ?? site]]);
}

/** What a thing is called here. */
import { kindOf } from "../../ui/kinds.ts";
import type { Event, Facility, Organiser, Route, StaffPlace } from "../data/things.ts";

export interface Named {
  readonly places: ReadonlyMap<string, StaffPlace>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly facilities: ReadonlyMap<string, Facility>;
  readonly events?: ReadonlyMap<string, Event>;
  readonly organisers?: ReadonlyMap<string, Organiser>;
}

const LOST: Readonly<Record<string, string>> = {
  place: "Et sted",
  route: "En rute",
  facility: "En ting",
  fault: "En fejl",
  event: "En begivenhed",
  organiser: "En arrangør",
  notice: "En besked",
  calendar: "En kalender",
  settings: "Opsætning",
  person: "En person",
};

/** "Bænk" of a facility without a name of its own. */
export const kindWords = (facility: Facility): string => facility.name?.da ?? kindOf(facility).words;

/** Its name, or what kind of thing it was where it is not here. */
export function nameIn(known: Named, kind: string, id: string): string {
  if (kind === "place") return known.places.get(id)?.name.da || "Et sted";
  if (kind === "route") return known.routes.get(id)?.name.da || "En rute";
  if (kind === "event") return known.events?.get(id)?.name.da || "En begivenhed";
  if (kind === "organiser") return known.organisers?.get(id)?.name || "En arrangør";
  const facility = kind === "facility" ? known.facilities.get(id) : undefined;
  return facility ? kindWords(facility) : (LOST[kind] ?? "Noget");
}

/** The meeting place that a facility belongs to: the first that names it. Null where none does. */
export function placeOf(known: Named, facility: string): StaffPlace | null {
  for (const place of known.places.values())
    if (place.state !== "dissolved" && place.facility_ids.includes(facility)) return place;
  return null;
}

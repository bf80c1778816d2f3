/** New places made of what there is: a copy of another, and a thing in the landscape that becomes a meeting place. */
import type { Facility } from "../../api/types.gen.ts";
import { kindWords } from "../lists/names.ts";
import type { Name, Values } from "./values.ts";

/** What is of the one place and no other's does not come along: where it lies, what was measured, photos, closures, whom the centre appointed. */
const COPIED: readonly Name[] = [
  "form",
  "where",
  "amenities",
  "ground",
  "purpose",
  "activities",
  "route_id",
  "url",
  "hours",
  "contact",
  "first_time",
  "guests_welcome",
];

/** The fields of a draft. */
export function copied(values: Values): Partial<Record<Name, unknown>> {
  const found: Partial<Record<Name, unknown>> = { name: { da: `${values.name?.da ?? "Sted"} (kopi)` } };
  for (const name of COPIED) if (values[name] !== null) found[name] = values[name];
  return found;
}

export function ofFacility(facility: Facility): Partial<Record<Name, unknown>> {
  return { form: "spot", name: { da: kindWords(facility) }, point: facility.point, facility_ids: [facility.id] };
}

/** A place between its body and its form: what stands in each field, what is sent of a draft, and what is wrong with it. Pure. */
import type { Place } from "../../api/types.gen.ts";
import type { AccessDraft } from "../parts/access.tsx";
import { NO_ACCESS } from "../parts/access.tsx";
import type { ApproachDraft } from "../parts/approaches.tsx";
import { Checking } from "../parts/check.ts";
import { sentHours } from "../parts/check-hours.ts";
import type { ClosureDraft } from "../parts/closures.tsx";
import type { FactDraft } from "../parts/facts.tsx";
import type { HoursDraft } from "../parts/hours.tsx";
import { NOTES_LIMIT } from "../parts/own-fields.tsx";
import type { TextDraft } from "../parts/text.tsx";

export const NAME_LIMIT = 120;

export interface ContactDraft {
  readonly name: string;
  readonly phone: string | null;
  readonly role: TextDraft | null;
}
export interface PhotoDraft {
  readonly sha256: string;
  readonly w: number;
  readonly h: number;
  readonly alt: TextDraft | null;
  readonly credit: string;
}

/** What stands in the form, by the names of the body and of staff's own. */
export interface Values {
  readonly form: Place["form"];
  readonly name: TextDraft | null;
  readonly where: TextDraft | null;
  readonly amenities: TextDraft | null;
  readonly ground: TextDraft | null;
  readonly purpose: TextDraft | null;
  readonly activities: TextDraft | null;
  readonly point: Place["point"];
  readonly route_id: string | null;
  readonly url: string | null;
  readonly surface: FactDraft | null;
  readonly access: AccessDraft;
  readonly way_in: TextDraft | null;
  readonly approaches: readonly ApproachDraft[];
  readonly hours: HoursDraft | null;
  readonly contact: ContactDraft | null;
  readonly first_time: TextDraft | null;
  readonly guests_welcome: boolean | null;
  readonly appointed_on: string | null;
  readonly facility_ids: readonly string[];
  readonly photos: readonly PhotoDraft[];
  readonly closures: readonly ClosureDraft[];
  readonly slug: string;
  readonly notes: string | null;
  readonly last_seen_on: string | null;
}
export type Name = keyof Values;

export const EMPTY: Values = {
  form: "spot",
  name: null,
  where: null,
  amenities: null,
  ground: null,
  purpose: null,
  activities: null,
  point: null,
  route_id: null,
  url: null,
  surface: null,
  access: NO_ACCESS,
  way_in: null,
  approaches: [],
  hours: null,
  contact: null,
  first_time: null,
  guests_welcome: null,
  appointed_on: null,
  facility_ids: [],
  photos: [],
  closures: [],
  slug: "",
  notes: null,
  last_seen_on: null,
};
const NAMES = Object.keys(EMPTY) as Name[];

/** The fields of a place as it stands (null: a new one), with a draft laid over. */
export function valuesOf(place: Place | null, set: Readonly<Record<string, unknown>> = {}): Values {
  const stands = { ...place, ...place?.staff } as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = name in set ? set[name] : stands[name];
    found[name] = value ?? EMPTY[name];
  }
  return found as unknown as Values;
}

/** `set` as it is sent, and what is wrong, by the path of the field. `isNew`: a name must be there. */
export function check(
  set: Readonly<Record<string, unknown>>,
  isNew = false,
): { set: Record<string, unknown>; wrongs: Map<string, string> } {
  const checking = new Checking();
  const sent: Record<string, unknown> = {};
  const read = READ as Readonly<Record<string, ((value: never, checking: Checking) => unknown) | undefined>>;
  for (const [field, value] of Object.entries(set)) {
    const reads = read[field];
    sent[field] = reads ? (value === null && !NEEDED.has(field) ? null : reads(value as never, checking)) : value;
  }
  if (isNew && !("name" in set)) checking.tell("name/da", NO_NAME);
  return { set: sent, wrongs: checking.wrongs };
}
const NEEDED = new Set(["name", "form", "slug"]);
const NO_NAME = "Skriv, hvad stedet hedder.";

type Reads = { readonly [F in Name]?: (value: NonNullable<Values[F]> | null, checking: Checking) => unknown };
const READ: Reads = {
  name: (text, c) => c.text(text, "name", NAME_LIMIT, NO_NAME),
  where: (text, c) => c.text(text, "where"),
  amenities: (text, c) => c.text(text, "amenities"),
  ground: (text, c) => c.text(text, "ground"),
  purpose: (text, c) => c.text(text, "purpose"),
  activities: (text, c) => c.text(text, "activities"),
  way_in: (text, c) => c.text(text, "way_in"),
  first_time: (text, c) => c.text(text, "first_time"),
  surface: (fact, c) => c.fact(fact, "surface"),
  access: (access, c) => c.access(access, "access"),
  hours: (hours, c) => hours && sentHours(hours, "hours", c.tell),
  url: (url, c) => c.url(url, "url"),
  slug: (slug, c) => c.slug(slug ?? "", "slug"),
  notes: (notes, c) => c.line(notes, "notes", NOTES_LIMIT),
  contact: (contact, c) => c.contact(contact, "contact"),
  approaches: (list, c) => c.approaches(list ?? [], "approaches"),
  closures: (list, c) => c.closures(list ?? [], "closures"),
  photos: (list, c) =>
    (list ?? []).map((photo, i) => ({
      ...photo,
      alt: c.text(photo.alt, `photos/${i}/alt`, 4000, "Skriv, hvad man ser. Den, der ikke kan se billedet, hører det."),
      credit: c.line(photo.credit, `photos/${i}/credit`, 200) ?? "",
    })),
};

/** What a place lacks before it can be published, as the server counts it (server/model/place.py); `routeIsPublic`: of its route. */
export function lacks(values: Values, routeIsPublic: boolean): Name[] {
  const out = values.form === "building" || values.form === "spot";
  const needed: Name[] =
    out || values.form === "route"
      ? ["where", "amenities", "ground", "purpose", "activities"]
      : ["purpose", "activities"];
  const found = needed.filter((name) => !(values[name] as TextDraft | null)?.da.trim());
  if (out && !values.point) found.push("point");
  if (values.form === "route" && !(values.route_id && routeIsPublic)) found.push("route_id");
  if (values.form === "building" && !values.hours) found.push("hours");
  if (values.form === "online" && !values.url && !values.contact?.phone) found.push("url");
  return found;
}

/** A value in words, for two versions beside each other and for what has happened: what stands there, and under it who said so. */
import { number } from "../../text/format.ts";
import { FORMS, STATES } from "../lists/words.ts";
import { and, day } from "../words.ts";
import { ACCESS_WORDS, type AccessName } from "./access.tsx";
import { APPROACH_FROM, lengthOfLine } from "./approaches.tsx";
import { inFigures } from "./loose.ts";
import { EVENT_WORDS, sayEvent } from "./say-event.ts";

export interface Said {
  readonly words: string;
  /** Under it, smaller: "Kilde: vejregistret, 3. marts 2026". */
  readonly note: string | null;
}

/** What a name stands for: a route's, a facility's, a place's by its id. */
export type NameOf = (id: string) => string | null;
type Fields = Readonly<Record<string, unknown>>;
type Words = Readonly<Record<string, string>>;

const SURFACE: Readonly<Record<string, string>> = {
  firm: "fast",
  loose: "løst",
  unpaved: "uden belægning",
  other: "andet",
};
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: "Navn",
  form: "Slags",
  where: "Sted",
  amenities: "Faciliteter",
  ground: "Underlag i ord",
  surface: "Underlag",
  purpose: "Formål",
  activities: "Aktiviteter",
  point: "Punkt på kortet",
  route_id: "Rute",
  url: "Adresse på nettet",
  access: "Adgang",
  way_in: "Vejen hen",
  approaches: "De sidste meter",
  hours: "Åbningstid",
  contact: "Kontakt",
  first_time: "Sådan er første gang",
  guests_welcome: "Gæster",
  appointed_on: "Udpeget",
  facility_ids: "Ting på stedet",
  organiser_id: "Arrangør",
  photos: "Billeder",
  closures: "Spærringer",
  notes: "Noter",
  last_seen_on: "Sidst set",
  slug: "Adresse i appen",
  state: "Tilstand",
  type_text: "Type",
  code: "Kode i GeoFA",
  season: "Sæson",
  open_24h: "Åben hele døgnet",
  public: "Vises for alle",
  modes: "Måder at komme frem",
  stretches: "Stræk",
  order: "Linjen",
  why: "Hvorfor",
  dissolved_on: "Nedlagt",
  withdrawn_on: "Trukket tilbage",
  withdrawn_why: "Hvorfor trukket tilbage",
  source: "Kilde",
  successor_id: "Nyt sted",
  ...EVENT_WORDS,
};
const MODES: Readonly<Record<string, string>> = {
  walk: "gå",
  cycle: "cykle",
  drive: "køre",
  ride: "ride",
  paddle: "padle",
};
const DAYS: Readonly<Record<string, string>> = {
  mo: "man.",
  tu: "tirs.",
  we: "ons.",
  th: "tors.",
  fr: "fre.",
  sa: "lør.",
  su: "søn.",
};
const KEYS = Object.keys(DAYS);

/** "Faciliteter"; what this version does not know keeps its name. */
export const fieldWords = (field: string): string =>
  FIELD_WORDS[field.split("/")[0] === "stretches" ? "stretches" : field] ?? field;

const long = (line: string): string => {
  const m = lengthOfLine(line);
  return m < 1000 ? `${m}\u00a0m` : `${number(m / 1000, 1)}\u00a0km`;
};
const plain = (words: string): Said => ({ words, note: null });
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const sourceOf = (fact: Fields): string =>
  [`Kilde: ${String(fact.source)}`, typeof fact.seen_on === "string" && fact.seen_on && day(fact.seen_on)]
    .filter(Boolean)
    .join(", ");

/** What stands in a field. */
export function say(field: string, value: unknown, nameOf: NameOf = () => null): Said {
  const ofStretch = /^stretches\/[^/]+\/(\w+)$/.exec(field)?.[1];
  if (ofStretch === "line") return plain(typeof value === "string" ? `linjen, ${long(value)}` : "ikke tegnet");
  if (ofStretch) return say(ofStretch, value, nameOf);
  if (field === "order" && Array.isArray(value)) return plain(`${value.length} stræk`);
  if (field === "access") return plain(accessWords(value));
  if (value === null || value === undefined || value === "")
    return plain(DUNNO.has(field) ? "ved ikke" : "ikke skrevet");
  const ofEvent = sayEvent(field, value);
  if (ofEvent !== null) return plain(ofEvent);
  if (field === "hours" && isFields(value)) return { words: hoursWords(value), note: sourceOf(value) };
  if (field === "point" && Array.isArray(value)) return plain(inFigures([Number(value[0]), Number(value[1])]));
  if (Array.isArray(value))
    return plain(value.length === 0 ? "ingen" : value.map((one) => each(field, one, nameOf)).join("; "));
  if (isFields(value)) return thing(field, value);
  if (typeof value === "boolean") return plain(value ? "ja" : "nej");
  const text = String(value);
  if (field === "form") return plain((FORMS as Words)[text] ?? text);
  if (field === "state") return plain((STATES as Words)[text] ?? text);
  if (field.endsWith("_id")) return plain(nameOf(text) ?? text);
  return plain(/^\d{4}-\d\d-\d\d$/.test(text) ? day(text) : text);
}
/** Both versions and what stood before, without what is the same in both: a translation that nobody touched, a fact that neither changed. */
export function apart(field: string, mine: unknown, theirs: unknown, before: unknown): [unknown, unknown, unknown] {
  const both = [mine, theirs, before];
  if (
    !both.every((one) => one === null || isFields(one)) ||
    !(field === "access" || both.some((one) => isFields(one) && "da" in one))
  )
    return [mine, theirs, before];
  const [a, b] = [(mine ?? {}) as Fields, (theirs ?? {}) as Fields];
  const same = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => JSON.stringify(a[key]) === JSON.stringify(b[key]),
  );
  const bare = (one: unknown): unknown =>
    isFields(one) ? Object.fromEntries(Object.entries(one).filter(([key]) => !same.includes(key))) : one;
  return [bare(mine), bare(theirs), bare(before)];
}

const DUNNO = new Set(["surface", "hours", "open_24h"]);

function thing(field: string, value: Fields): Said {
  if ("da" in value || "en" in value || "de" in value) return plain(textWords(value));
  if ("value" in value && "source" in value) return { words: factWords(field, value.value), note: sourceOf(value) };
  if (field === "season") return plain(seasonWords(value));
  if (field === "contact")
    return plain([value.name, value.phone, value.role && textWords(value.role as Fields)].filter(Boolean).join(", "));
  return plain(JSON.stringify(value));
}

function textWords(text: Fields): string {
  const more = [text.en && `På engelsk: ${String(text.en)}`, text.de && `På tysk: ${String(text.de)}`].filter(Boolean);
  return [text.da && String(text.da), ...more].filter(Boolean).join("\n") || "ikke skrevet";
}

function factWords(name: string, value: unknown): string {
  if (name === "step_free") return value ? "ingen" : "ja";
  if (name === "surface") return SURFACE[String(value)] ?? String(value);
  if (typeof value === "boolean") return value ? "ja" : "nej";
  if (typeof value === "number")
    return name === "slope_pct"
      ? `${number(value, 1)}\u00a0%`
      : name.endsWith("_cm")
        ? `${value}\u00a0cm`
        : String(value);
  return String(value);
}

function accessWords(value: unknown): string {
  const access = (isFields(value) ? value : {}) as Readonly<Record<string, Fields | null | undefined>>;
  const known = (Object.keys(ACCESS_WORDS) as AccessName[]).flatMap((name) => {
    const fact = access[name];
    return fact ? [`${ACCESS_WORDS[name]}: ${factWords(name, fact.value)} (${sourceOf(fact)})`] : [];
  });
  return known.length > 0 ? known.join("\n") : "ved ikke";
}

const ofYear = (at: unknown): string => day(`2024-${String(at)}`).replace(/ 2024$/, "");
const seasonWords = (season: Fields): string => `${ofYear(season.from)} til ${ofYear(season.through)}`;
const clock = (at: unknown): string =>
  String(at ?? "")
    .replace(/^0(?=\d)/, "")
    .replace(/:00$/, "")
    .replace(":", ".");

/** "man.–fre. 10–16; lør. 10–13" */
function hoursWords(hours: Fields): string {
  const weekly = hours.weekly as readonly Fields[] | null;
  if (weekly === null) return "ved ikke";
  const rows = weekly.map((row) => {
    const times =
      row.opens === "00:00" && row.closes === "24:00" ? "hele døgnet" : `${clock(row.opens)}–${clock(row.closes)}`;
    return `${daysWords(row.days as readonly string[])} ${times}${row.from ? ` (${seasonWords(row)})` : ""}`;
  });
  const single = ((hours.except ?? []) as readonly Fields[]).map(
    (one) =>
      `${one.date ? day(String(one.date)) : ""}: ${one.opens ? `${clock(one.opens)}–${clock(one.closes)}` : "lukket"}`,
  );
  const holidays =
    hours.holidays === "closed" ? ["helligdage: lukket"] : hours.holidays === "open" ? ["helligdage: åbent"] : [];
  return [...rows, ...single, ...holidays, ...(hours.note ? [textWords(hours.note as Fields)] : [])].join("; ");
}

/** "man.–fre." where they follow each other, else "man. og ons." */
function daysWords(days: readonly string[]): string {
  const at = days.map((one) => KEYS.indexOf(one)).sort((a, b) => a - b);
  const words = at.map((one) => DAYS[KEYS[one] ?? ""] ?? "");
  const run = at.length > 2 && at.every((one, i) => i === 0 || one === (at[i - 1] ?? 0) + 1);
  return run ? `${words[0]}–${words.at(-1)}` : and(words);
}

function each(field: string, value: unknown, nameOf: NameOf): string {
  if (!isFields(value))
    return field === "modes" ? (MODES[String(value)] ?? String(value)) : (nameOf(String(value)) ?? String(value));
  if (field === "photos") return textWords((value.alt ?? {}) as Fields) || "billede uden tekst";
  if (field === "closures")
    return `${day(String(value.from))}${value.to ? ` til ${day(String(value.to))}` : " og indtil videre"}: ${textWords((value.why ?? {}) as Fields)}`;
  if (field === "approaches") {
    const surface = isFields(value.surface) ? `, ${factWords("surface", value.surface.value)}` : "";
    return `fra ${APPROACH_FROM[value.from as keyof typeof APPROACH_FROM] ?? ""}: ${textWords((value.name ?? {}) as Fields)}, ${String(value.length_m)}\u00a0m${surface}`;
  }
  if (field === "stretches") {
    const parts = [
      "line" in value && say("stretches/0/line", value.line).words,
      "surface" in value &&
        `underlag ${value.surface ? factWords("surface", (value.surface as Fields).value) : "ved ikke"}`,
      "access" in value && accessWords(value.access),
    ];
    return parts.filter(Boolean).join(", ");
  }
  return JSON.stringify(value);
}

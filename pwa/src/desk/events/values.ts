/** An event between its body and its form: what stands in each field, what is sent of a draft, and what is wrong with it. Pure. */
import type { Event } from "../data/things.ts";
import { Checking } from "../parts/check.ts";
import { clock } from "../parts/loose.ts";
import { NOTES_LIMIT } from "../parts/own-fields.tsx";
import type { TextDraft } from "../parts/text.tsx";
import type { WhenDraft } from "./when.ts";

export const NAME_LIMIT = 120;
export const SHORT_LIMIT = 300;

export interface HostDraft {
  readonly name: string;
  readonly phone: string | null;
}
export const FIVE = ["who_meets_you", "where", "how_many", "first_minutes", "leaving"] as const;
export type NewcomersDraft = Readonly<Record<(typeof FIVE)[number], TextDraft | null>>;
export const NO_NEWCOMERS: NewcomersDraft = {
  ...{ who_meets_you: null, where: null, how_many: null, first_minutes: null, leaving: null },
};

/** What stands in the form, by the names of the body and of staff's own. */
export interface Values {
  readonly name: TextDraft | null;
  readonly place_id: string | null;
  readonly route_id: string | null;
  readonly url: string | null;
  readonly where: TextDraft | null;
  readonly point: Event["point"];
  readonly schedule: WhenDraft | null;
  readonly host: HostDraft | null;
  readonly about: TextDraft | null;
  readonly newcomers: NewcomersDraft | null;
  readonly price: TextDraft | null;
  readonly free: boolean;
  readonly bring: TextDraft | null;
  readonly access: TextDraft | null;
  readonly themes: Event["themes"];
  readonly level: Event["level"];
  readonly organiser_id: string | null;
  readonly slug: string;
  readonly notes: string | null;
}
export type Name = keyof Values;

export const EMPTY: Values = {
  ...{ name: null, place_id: null, route_id: null, url: null, where: null, point: null, schedule: null, host: null },
  ...{ about: null, newcomers: null, price: null, free: false, bring: null, access: null, themes: [], level: null },
  ...{ organiser_id: null, slug: "", notes: null },
};
const NAMES = Object.keys(EMPTY) as Name[];

/** The fields of an event as it stands (null: a new one), with a draft laid over. */
export function valuesOf(event: Event | null, set: Readonly<Record<string, unknown>> = {}): Values {
  const stands = { ...event, ...event?.staff } as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const name of NAMES) found[name] = (name in set ? set[name] : stands[name]) ?? EMPTY[name];
  return found as unknown as Values;
}

type Reads = { readonly [F in Name]?: (value: NonNullable<Values[F]> | null, checking: Checking) => unknown };
const NO_NAME = "Skriv, hvad der sker.";
const NO_CLOCK = "Skriv klokken, som 17 eller 17.30.";
const READ: Reads = {
  name: (text, c) => c.text(text, "name", NAME_LIMIT, NO_NAME),
  where: (text, c) => c.text(text, "where", SHORT_LIMIT),
  url: (url, c) => c.url(url, "url"),
  about: (text, c) => c.text(text, "about"),
  price: (text, c) => c.text(text, "price", SHORT_LIMIT),
  bring: (text, c) => c.text(text, "bring"),
  access: (text, c) => c.text(text, "access"),
  slug: (slug, c) => c.slug(slug ?? "", "slug"),
  notes: (notes, c) => c.line(notes, "notes", NOTES_LIMIT),
  schedule: (when, c) => when && readWhen(when, c),
  host: (host, c) => host && readHost(host, c),
  newcomers: (five, c) => five && readNewcomers(five, c),
};
const NEEDED = new Set(["name", "slug"]);

/** What is being asked for: to be kept, or to be shown too, which needs a place and a time. */
export type Aim = "keep" | "show";

/** `set` as it is sent, and what is wrong, by the path of the field. `event`: as it stands. `isNew`: a name must be there. */
export function check(
  set: Readonly<Record<string, unknown>>,
  isNew: boolean,
  event: Event | null = null,
  aim: Aim = "keep",
): { set: Record<string, unknown>; wrongs: Map<string, string> } {
  const checking = new Checking();
  const sent: Record<string, unknown> = {};
  const read = READ as Readonly<Record<string, ((value: never, checking: Checking) => unknown) | undefined>>;
  for (const [field, value] of Object.entries(set)) {
    const reads = read[field];
    sent[field] = reads ? (value === null && !NEEDED.has(field) ? null : reads(value as never, checking)) : value;
  }
  if (isNew && !("name" in set)) checking.tell("name/da", NO_NAME);
  if (aim === "show") {
    const { schedule, ...values } = valuesOf(event, set);
    if (!values.place_id && !values.route_id && !values.url?.trim() && !values.where?.da.trim())
      checking.tell("where/da", "Skriv eller vælg, hvor det er.");
    if (!schedule || schedule.date === "") checking.tell("schedule/date", "Vælg den første dag.");
    if (!schedule || (schedule.starts !== null && !schedule.starts.trim())) checking.tell("schedule/starts", NO_START);
  }
  return { set: sent, wrongs: checking.wrongs };
}
const NO_START = "Skriv klokken. Varer det hele dagen, så vælg det under ”Mere om hvornår”.";

/** As it is sent; null where nothing of it is written. */
function readWhen(when: WhenDraft, c: Checking): WhenDraft | null {
  const written = when.starts?.trim() || when.ends?.trim();
  if (when.date === "") {
    if (written) c.tell("schedule/date", "Vælg den første dag.");
    return null;
  }
  const starts = when.starts === null ? null : clock(when.starts);
  const ends = when.starts === null || !when.ends?.trim() ? null : clock(when.ends, true);
  if (when.starts !== null && !when.starts.trim()) c.tell("schedule/starts", NO_START);
  else if (when.starts !== null && starts === null) c.tell("schedule/starts", NO_CLOCK);
  if (when.starts !== null && when.ends?.trim() && ends === null) c.tell("schedule/ends", NO_CLOCK);
  if (starts !== null && starts === ends) c.tell("schedule/ends", "Den slutter i det øjeblik, den begynder.");
  if (!(when.days >= 1 && when.days <= 60)) c.tell("schedule/days", "Skriv et antal dage fra 1 til 60.");
  for (const list of ["left_out", "also"] as const)
    when[list].forEach((day, at) => {
      if (!day) c.tell(`schedule/${list}/${at}`, "Vælg dagen, eller fjern den.");
    });
  return {
    ...when,
    starts: starts ?? (when.starts === null ? null : when.starts),
    ends: ends === "24:00" ? "00:00" : ends,
    days: when.starts === null ? when.days : 1,
    skips: when.rrule === null ? [] : when.skips,
  };
}

function readHost(host: HostDraft, c: Checking): HostDraft | null {
  const [name, phone] = [host.name.trim(), c.line(host.phone, "host/phone", 40)];
  if (phone && !/\d/.test(phone)) c.tell("host/phone", "Skriv nummeret med tal.");
  if (!name && !phone) return null;
  return { name: c.line(host.name, "host/name", 200, "Skriv også navnet.") ?? "", phone };
}

/** All five, or none: four answers leave whoever is new with a question. */
function readNewcomers(five: NewcomersDraft, c: Checking): object | null {
  const sent = FIVE.map((field) => [field, c.text(five[field], `newcomers/${field}`)] as const);
  if (sent.every(([, text]) => text === null)) return null;
  for (const [field, text] of sent)
    if (text === null) c.tell(`newcomers/${field}/da`, "Skriv også det her. Alle fem, eller ingen af dem.");
  return Object.fromEntries(sent);
}

/** What lacks to be shown, as the server counts it (server/model/event.py). */
export function lacks(values: Values): Name[] {
  const found: Name[] = [];
  if (!values.name?.da.trim()) found.push("name");
  if (!values.place_id && !values.route_id && !values.url && !values.where) found.push("place_id");
  if (!values.schedule || values.schedule.date === "") found.push("schedule");
  return found;
}

/** Places, routes and faults as the desk has them, with only what a test is about. */
import type { Event, Fault, LivePlace, Route, Time } from "../../../pwa/src/desk/data/things.ts";

const NO_ACCESS = { step_free: null, width_cm: null, kerb_cm: null, gate_cm: null, slope_pct: null, door_cm: null };

export const fact = <T>(value: T, seen_on: string) => ({ value, source: "GeoFA 5802", seen_on });

export function place(id: string, name: string, more: Partial<LivePlace> = {}): LivePlace {
  return {
    ...{ id, slug: id, form: "spot", state: "active", name: { da: name } },
    ...{ where: null, amenities: null, ground: null, purpose: null, activities: null },
    ...{ point: null, route_id: null, url: null, surface: null, access: NO_ACCESS, way_in: null, approaches: [] },
    ...{ hours: null, contact: { name: "Kirsten", phone: "12345678", role: null }, first_time: null },
    ...{ guests_welcome: null, appointed_on: null, facility_ids: [], organiser_id: null, photos: [], faults: [] },
    ...{ closures: [], staff: { missing: [], notes: null, last_seen_on: "2026-03-01" } },
    ...more,
  } as LivePlace;
}

export function lacking(id: string, name: string, state: "idea" | "developing", missing: readonly string[]): LivePlace {
  return place(id, name, { state, staff: { missing, notes: null, last_seen_on: null } });
}

export function fault(id: string, more: Partial<Fault> = {}): Fault {
  return {
    ...{ id, subject: { kind: "place", id: "p1" }, what: "broken", since: "2026-03-03", state: "reported", text: "" },
    ...{ photos: [], reported_by: "citizen", taken_by: null, answer: null },
    ...more,
  } as Fault;
}

export function route(id: string, name: string, stretches: readonly (readonly [number, string | null])[]): Route {
  return {
    ...{ id, slug: id, name: { da: name }, modes: ["walk"], loop: false, source: "", season: null, approaches: [] },
    ...{ faults: [], closures: [], near: [], place_ids: [] },
    length_m: stretches.reduce((sum, [length]) => sum + length, 0),
    stretches: stretches.map(([length_m, seen], i) => ({
      ...{ id: `${id}.${i}`, line: "", length_m, access: NO_ACCESS },
      surface: seen ? fact("firm", seen) : null,
    })),
  } as unknown as Route;
}

export const mapOf = <T extends { id: string }>(...all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]));

/** A time of an event on this day at this hour (winter), "HH:MM". */
export function time(event: string, date: string, start_local: string, more: Partial<Time> = {}): Time {
  const hour = String(Number(start_local.slice(0, 2)) - 1).padStart(2, "0");
  return {
    ...{ id: `${event}.${date.replaceAll("-", "")}`, date, start_local, start: `${date}T${hour}:00:00Z`, end: null },
    ...{ all_day: false, sure: true, state: "on", why: null, full: false, meeting: null },
    ...more,
  };
}

type EventMore = Omit<Partial<Event>, "staff"> & { readonly staff?: Partial<NonNullable<Event["staff"]>> };

export function event(id: string, name: string, { staff, ...more }: EventMore = {}): Event {
  const schedule = {
    ...{ date: "2027-03-09", starts: "17:00", ends: null, days: 1, rrule: null, skips: [], left_out: [], also: [] },
    sure: true,
  };
  return {
    ...{ id, slug: id, name: { da: name }, about: null, place_id: null, route_id: null, url: null, where: null },
    ...{ point: null, organiser_id: null, host: { name: "Ole", phone: null }, price: null, free: false, bring: null },
    ...{ access: null, themes: [], level: null, newcomers: null, state: "public", why: null, tz: "Europe/Copenhagen" },
    ...{ rule: null, split_from: null, times: [] },
    staff: { schedule, changes: [], missing: [], notes: null, decided: null, calendar_id: null, ...staff },
    ...more,
  };
}

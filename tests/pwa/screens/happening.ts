/** Events for the tests of screens, in a small made-up town. */
import type { Event, Organiser, Time } from "../../../pwa/src/api/types.gen.ts";
import { moment } from "../../../pwa/src/geo/copenhagen.ts";
import { minuteOf } from "../../../pwa/src/geo/times.ts";
import { bodies } from "../../../pwa/src/store/mirror.ts";

const utc = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

/** From `starts` to `ends` ("14:00"), by the municipality's clock; `starts` null: the whole day. */
export function time(
  id: string,
  date: string,
  starts: string | null = "14:00",
  ends: string | null = "16:00",
  over: Partial<Time> = {},
): Time {
  const start = moment(date, starts === null ? 0 : minuteOf(starts));
  const end = starts === null ? moment(date, 1440) : ends === null ? null : moment(date, minuteOf(ends));
  return {
    id: `${id}.${date.replaceAll("-", "")}`,
    date,
    start_local: starts,
    start: utc(start),
    end: end === null ? null : utc(end),
    all_day: starts === null,
    sure: true,
    state: "on",
    why: null,
    full: false,
    meeting: null,
    ...over,
  };
}

export function event(over: Partial<Event> & { id: string }): Event {
  return {
    slug: over.id,
    name: { da: over.id },
    about: null,
    place_id: null,
    route_id: null,
    url: null,
    where: null,
    point: null,
    organiser_id: null,
    host: null,
    price: null,
    free: true,
    bring: null,
    access: null,
    themes: [],
    level: null,
    newcomers: null,
    state: "public",
    why: null,
    tz: "Europe/Copenhagen",
    rule: null,
    split_from: null,
    times: [],
    ...over,
  };
}

export function happen(events: readonly Event[], organisers: readonly Organiser[] = []): void {
  bodies("event").value = new Map(events.map((one) => [one.id, one]));
  bodies("organiser").value = new Map(organisers.map((one) => [one.id, one]));
}

/** Events and times as tests of the host's room want them. */
import type { Event, Time } from "../../../../pwa/src/api/types.gen.ts";
import { addDays, moment } from "../../../../pwa/src/geo/copenhagen.ts";

export const EVENT = "019d4000-0000-7000-8000-000000000001";

const iso = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

interface Given {
  readonly clock?: string;
  readonly hours?: number;
  readonly allDay?: boolean;
  readonly id?: string;
  readonly meeting?: Time["meeting"];
  readonly state?: Time["state"];
}

/** The time that a rule gives on a day: by the municipality's clock. */
export function time(day: string, p: Given = {}): Time {
  const { clock = "14:00", hours = 2, allDay = false, id = EVENT } = p;
  const [h = 0, m = 0] = clock.split(":").map(Number);
  const start = moment(day, allDay ? 0 : h * 60 + m);
  return {
    id: `${id}.${day.replaceAll("-", "")}`,
    date: day,
    start_local: allDay ? null : clock,
    start: iso(start),
    end: iso(allDay ? moment(addDays(day, 1), 0) : start + hours * 3_600_000),
    all_day: allDay,
    sure: true,
    state: p.state ?? "on",
    why: null,
    full: false,
    meeting: p.meeting ?? null,
  };
}

export function event(p: Partial<Event>): Event {
  return {
    ...{
      id: EVENT,
      slug: "kaffe",
      name: { da: "Kaffe i Medborgerhuset" },
      about: null,
      place_id: null,
      route_id: null,
    },
    ...{ url: null, where: null, point: null, organiser_id: null, host: { name: "Kirsten", phone: "54 73 10 00" } },
    ...{
      price: null,
      free: true,
      bring: null,
      access: null,
      themes: [],
      level: null,
      newcomers: null,
      state: "public",
    },
    ...{ why: null, tz: "Europe/Copenhagen", rule: null, split_from: null, times: [] },
    ...p,
  } as Event;
}

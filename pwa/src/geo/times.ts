/** Which times of events are coming, and on which day each stands: pure, in Copenhagen's time, right across both changes of the clock. */
import type { Event, Time } from "../api/types.gen.ts";
import { addDays, local, weekday } from "./copenhagen.ts";

/** A time whose end nobody has said is held to be over so long after it began. */
export const UNSAID_MS = 2 * 3_600_000;

type Timed = Pick<Event, "state" | "times">;

/** One line of a list. `was`: the day that it was moved away from, where it is told that it is elsewhere. */
export interface Row<E extends Timed = Event> {
  readonly event: E;
  readonly time: Time;
  /** The day that it stands under, YYYY-MM-DD, and the minute of it; null for whole days. */
  readonly date: string;
  readonly minute: number | null;
  readonly was: boolean;
}

export const startMs = (time: Pick<Time, "start">): number => Date.parse(time.start);

export function endMs(time: Pick<Time, "start" | "end">): number {
  return time.end === null ? startMs(time) + UNSAID_MS : Date.parse(time.end);
}

/** "14:30" as minutes of the day. */
export function minuteOf(clock: string): number {
  const [h, m] = clock.split(":");
  return Number(h) * 60 + Number(m);
}

/** The day on which the rule first gave it, YYYY-MM-DD: it survives a move, and addresses name it. */
export function dayOf(time: Pick<Time, "id">): string {
  const digits = time.id.slice(-8);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** "YYYYMMDD", as an address ends; "" where it is no day. */
export function fragmentOf(day: string): string {
  return day.replaceAll("-", "");
}

/** The time that the rule gave on this day: YYYY-MM-DD or YYYYMMDD. */
export function timeOf(event: Timed, day: string): Time | null {
  const digits = fragmentOf(day);
  return (digits.length === 8 && event.times.find((time) => time.id.endsWith(`.${digits}`))) || null;
}

/** By when it really is. */
export const byStart = (a: Time, b: Time): number => startMs(a) - startMs(b);

/** Not over yet, the first first; those that are cancelled too. */
export function comingTimes(event: Timed, now: number): Time[] {
  return event.times.filter((time) => endMs(time) > now).sort(byStart);
}

export const isOff = (event: Timed, time: Time): boolean => event.state === "cancelled" || time.state === "cancelled";

/** The next one that is held and not over; null where there is none. `room`: of those that are not full. */
export function nextTime(event: Timed, now: number, room = false): Time | null {
  return comingTimes(event, now).find((time) => !isOff(event, time) && !(room && time.full)) ?? null;
}

/** In the place of one that is cancelled or full: the next held after it, else the next at all. `room`: of those that are not full. */
export function instead(event: Timed, time: Time, now: number, room = false): Time | null {
  const held = comingTimes(event, now).filter((one) => one.id !== time.id && !isOff(event, one) && !(room && one.full));
  return held.find((one) => startMs(one) > startMs(time)) ?? held[0] ?? null;
}

/** The one that a page without a day is about: the next, else the next that is cancelled, else the last that was. */
export function timeToTell(event: Timed, now: number): Time | null {
  return nextTime(event, now) ?? comingTimes(event, now)[0] ?? [...event.times].sort(byStart).at(-1) ?? null;
}

/** Its last day: "end" of whole days is the midnight after. */
export function lastDate(time: Time): string {
  return time.end === null ? time.date : local(Date.parse(time.end) - 1).date;
}

/**
 * Every time that is not over and begins before the end of `until`, by when it is. A moved one stands on its new day, and on its old one
 * for as long as that is to come. One that goes on from before today stands under today.
 */
export function upcoming<E extends Timed>(events: Iterable<E>, now: Date | number, until: string): Row<E>[] {
  const at = Number(now);
  const today = local(at).date;
  // Dates are compared as text first: 500 series have 28,000 times, and few of them are near.
  const early = addDays(today, -61);
  const rows: Row<E>[] = [];
  for (const event of events) {
    for (const time of event.times) {
      const { was } = time;
      if (was && was.date >= today && was.date <= until && was.date !== time.date) {
        const minute = was.start_local === null ? null : minuteOf(was.start_local);
        rows.push({ event, time, date: was.date, minute, was: true });
      }
      if (time.date > until || time.date < early || endMs(time) <= at) continue;
      const begun = time.date < today;
      const minute = begun || time.all_day || time.start_local === null ? null : minuteOf(time.start_local);
      rows.push({ event, time, date: begun ? today : time.date, minute, was: false });
    }
  }
  return rows.sort(inTime);
}

/** By day, whole days first, then by the clock. */
export function inTime(a: Row<Timed>, b: Row<Timed>): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return (a.minute ?? -1) - (b.minute ?? -1) || (a.time.id < b.time.id ? -1 : 1);
}

/** The Sunday of a day's week. */
export function sunday(date: string): string {
  return addDays(date, 6 - weekday(date));
}

export interface Groups<E extends Timed = Event> {
  readonly today: readonly Row<E>[];
  readonly week: readonly Row<E>[];
  readonly later: readonly Row<E>[];
}

/** Today, the rest of this week to Sunday, and what comes after. */
export function groups<E extends Timed>(rows: readonly Row<E>[], today: string): Groups<E> {
  const end = sunday(today);
  return {
    today: rows.filter((row) => row.date === today),
    week: rows.filter((row) => row.date > today && row.date <= end),
    later: rows.filter((row) => row.date > end),
  };
}

/** "2026-03" plus `by`. */
export function addMonths(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

export const monthOf = (date: string): string => date.slice(0, 7);

/** The last day of a month, YYYY-MM-DD. */
export function monthEnd(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** Whether a text names a month, YYYY-MM. */
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The ids of places and routes where something is held today and not over yet. */
export function onToday(
  events: Iterable<Timed & Pick<Event, "place_id" | "route_id">>,
  now: Date | number,
): Set<string> {
  const { date } = local(now);
  const rows = upcoming(events, now, date).filter(
    (row) => row.date === date && !row.was && !isOff(row.event, row.time),
  );
  return new Set(rows.flatMap(({ event }) => [event.place_id, event.route_id].filter((id) => id !== null)));
}

export interface Month<E extends Timed = Event> {
  /** YYYY-MM */
  readonly month: string;
  /** How many times something is held. What is cancelled does not count, and what is over does. */
  readonly n: number;
  /** What is held, each once with the times of this month, what comes seldom first. */
  readonly events: readonly { readonly event: E; readonly times: readonly Time[] }[];
}

/** `count` months from `from` (YYYY-MM), each with what is held in it. */
export function months<E extends Timed>(events: Iterable<E>, from: string, count: number): Month<E>[] {
  const names = Array.from({ length: count }, (_, i) => addMonths(from, i));
  const found = new Map(names.map((month) => [month, [] as { event: E; times: Time[]; all: number }[]]));
  for (const event of events) {
    if (event.state === "cancelled") continue;
    const byMonth = new Map<string, Time[]>();
    let all = 0;
    for (const time of event.times) {
      if (time.state === "cancelled") continue;
      all++;
      const month = monthOf(time.date);
      const times = byMonth.get(month);
      if (times) times.push(time);
      else if (found.has(month)) byMonth.set(month, [time]);
    }
    for (const [month, times] of byMonth) found.get(month)?.push({ event, times: times.sort(byText), all });
  }
  return names.map((month) => {
    const held = (found.get(month) ?? []).sort((x, y) => x.all - y.all || byText(first(x), first(y)));
    return { month, n: held.reduce((sum, { times }) => sum + times.length, 0), events: held };
  });
}

/** Moments of the wire are all in UTC and written alike: as texts they stand in the order of time. */
const byText = (a: Pick<Time, "start">, b: Pick<Time, "start">): number =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : 0;

const first = ({ times }: { times: readonly Time[] }): Pick<Time, "start"> => times[0] ?? { start: "" };

export type Season = "winter" | "spring" | "summer" | "autumn";

/** As people say it here: spring is March to May. */
export function seasonOf(month: string): Season {
  const n = Number(month.slice(5));
  return n < 3 || n === 12 ? "winter" : n < 6 ? "spring" : n < 9 ? "summer" : "autumn";
}

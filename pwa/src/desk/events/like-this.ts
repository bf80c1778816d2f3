/** An event made like another. Pure. */
import type { Event } from "../data/things.ts";
import { type Name, valuesOf } from "./values.ts";
import { nextYear, onDate, untilOf, withUntil } from "./when.ts";

/** What another begins with that is made like this one: all of it, on the same weekday a year after; single days stay behind. Pure. */
export function likeThis(event: Event, today: string): Partial<Record<Name, unknown>> {
  const { slug: _, notes: _notes, schedule, ...rest } = valuesOf(event);
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== false));
  if (!schedule) return kept;
  const until = untilOf(schedule.rrule);
  const next = onDate({ ...schedule, left_out: [], also: [] }, nextYear(schedule.date, today));
  const ends = until && nextYear(until, next.date);
  return { ...kept, schedule: ends ? withUntil(next, ends) : next };
}

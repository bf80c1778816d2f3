/** The way to a new event: its draft is there before its screen is, so that a killed browser comes back to it. */
import { change } from "../data/draft.ts";
import type { Event } from "../data/things.ts";
import { newId } from "../data/write.ts";
import { go } from "../go.ts";
import { pathOf } from "./path.ts";
import { type Name, valuesOf } from "./values.ts";
import { NEW_WHEN, nextYear, onDate, untilOf, withUntil } from "./when.ts";

/** Begins a new event with these fields as its draft, and goes there. */
export function beginNew(fields: Partial<Record<Name, unknown>> = {}, replace = false): void {
  const id = newId();
  for (const [field, value] of Object.entries({ schedule: NEW_WHEN, ...fields }))
    change("event", id, field, value, true);
  if (replace) history.replaceState(null, "", pathOf(id));
  go(pathOf(id));
}

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

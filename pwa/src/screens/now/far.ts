/** How far events are from where the person is, or from the town that was chosen: counted from the order that stands, so nothing moves. */
import { computed } from "@preact/signals";
import { type Near, nearest } from "../../geo/near.ts";
import type { Row } from "../../geo/times.ts";
import { type Event, events } from "../../store/signals.ts";
import { eventPoint } from "../words/event.ts";
import { order, shoreHere } from "./order.ts";

interface Far extends Near<Event> {
  readonly rank: number;
}

/** By id, the nearest first; null before a position is known. */
const far = computed<ReadonlyMap<string, Far> | null>(() => {
  const from = order.value?.from;
  if (!from) return null;
  const found = nearest(from, events.value.values(), eventPoint, shoreHere());
  return new Map(found.map((near, rank) => [near.thing.id, { ...near, rank }]));
});

/** Metres and which side of the water; null before a position is known, and for what is joined from home. */
export function farTo(event: Event): { metres: number; across: boolean } | null {
  const found = far.value?.get(event.id);
  return found && found.metres !== null ? { metres: found.metres, across: found.across } : null;
}

/**
 * The nearest first, what is joined from home last; without a position by when it is. `once`: of a series the next time alone, or the
 * nearest would fill the list.
 */
export function nearFirst(rows: readonly Row[], once = false): readonly Row[] {
  const by = far.value;
  if (!by) return rows;
  if (once) {
    const seen = new Set<Event>();
    return nearFirst(rows.filter(({ event }) => !seen.has(event) && seen.add(event)));
  }
  const rank = (row: Row) => by.get(row.event.id)?.rank ?? Number.MAX_SAFE_INTEGER;
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

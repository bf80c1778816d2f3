/** What a host has to do with each time of an event: whom to meet, and how many came. Pure. */
import { dayOf, isOff, startMs } from "../../geo/times.ts";
import type { Asked, Counted } from "../data/own.ts";
import type { Event, Time } from "../data/things.ts";

export interface Turn {
  /** The time's own id, as it travels. */
  readonly key: string;
  readonly event: Event;
  readonly time: Time;
  /** YYYY-MM-DD on which the rule gives it: what the verbs name it by. */
  readonly day: string;
  /** How many want to be met at the door. */
  readonly number: number;
  readonly answer: string | null;
  readonly counted: Pick<Counted, "came" | "new"> | null;
}
export interface Turns {
  /** It has not begun, the first first. */
  readonly coming: readonly Turn[];
  /** It has begun, the last first; what is not counted goes before. */
  readonly over: readonly Turn[];
}
/** An op of this desk that the server may not have yet. */
export interface Doing {
  readonly verb: string;
  readonly event_id: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const keyOf = (id: string, day: string): string => `${id}/${day}`;
const DAY_MS = 86_400_000;
/** So far ahead a time is shown that nobody has asked about, and so long a time that is over can be counted. */
export const AHEAD_MS = 14 * DAY_MS;
const BACK_MS = 14 * DAY_MS;

/** A whole day can be come to until it is over. */
const begins = (time: Time): number => (time.all_day && time.end !== null ? Date.parse(time.end) : startMs(time));

/**
 * Times of events that readers know. `every`: also those that nobody has asked about yet, for a host with events of its own; staff
 * see of the coming ones where somebody waits for an answer or has one.
 */
export function turns(p: {
  readonly events: Iterable<Event>;
  readonly asked: readonly Asked[];
  readonly counts: readonly Counted[];
  readonly doing: readonly Doing[];
  readonly now: number;
  readonly every: boolean;
}): Turns {
  const asked = new Map(p.asked.map((one) => [keyOf(one.event_id, one.day), one] as const));
  const counts = new Map(p.counts.map((one) => [keyOf(one.event_id, one.day), one] as const));
  const done = new Map(
    p.doing.map((one) => [keyOf(`${one.verb}/${one.event_id}`, String(one.args.day)), one.args] as const),
  );
  const coming: Turn[] = [];
  const over: Turn[] = [];
  for (const event of p.events) {
    if (event.state !== "public") continue;
    for (const time of event.times) {
      const start = startMs(time);
      if (isOff(event, time) || start < p.now - BACK_MS) continue;
      const day = dayOf(time);
      const key = keyOf(event.id, day);
      const waits = asked.get(key);
      const said = done.get(`answer_met/${key}`)?.answer as { readonly da: string } | undefined;
      const sums = done.get(`count_event/${key}`) as Turn["counted"] | undefined;
      const turn: Turn = {
        ...{ key: time.id, event, time, day, number: waits?.number ?? 0 },
        answer: said?.da ?? waits?.answer?.da ?? null,
        counted: sums ?? counts.get(key) ?? null,
      };
      if (begins(time) > p.now) {
        const wanted = turn.number > 0 || turn.answer !== null;
        if (wanted || (p.every && start < p.now + AHEAD_MS)) coming.push(turn);
      }
      if (start <= p.now) over.push(turn);
    }
  }
  const byStart = (a: Turn, b: Turn) => startMs(a.time) - startMs(b.time) || a.key.localeCompare(b.key);
  coming.sort(byStart);
  over.sort((a, b) => Number(a.counted !== null) - Number(b.counted !== null) || byStart(b, a));
  return { coming, over };
}

/** How many came for the first time in a year. */
export function newIn(year: string, counts: readonly Counted[], over: readonly Turn[]): number {
  const all = new Map(counts.map((one) => [keyOf(one.event_id, one.day), one.new] as const));
  for (const { event, day, counted } of over) if (counted) all.set(keyOf(event.id, day), counted.new);
  return [...all].reduce((sum, [key, number]) => (key.slice(-10, -6) === year ? sum + number : sum), 0);
}

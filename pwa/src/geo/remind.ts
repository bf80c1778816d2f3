/**
 * When somebody is reminded of a time of an event: server/model/remind.py in the phone's language, held to the same vectors
 * (tests/vectors/remind.json). Pure, in Copenhagen's time, right across both changes of the clock.
 */
import type { Site, Time } from "../api/types.gen.ts";
import { addDays, local, moment } from "./copenhagen.ts";
import { periodsOn } from "./openings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So long before it is too late to order, or before the quiet hours begin. */
const AHEAD = 30 * MINUTE;
const EVENING = 19 * 60;
/** So many days back the phone's last opening is looked for. */
const LOOK_BACK = 14;

export type What = "evening" | "transport" | "hour";

export interface Due {
  readonly what: What;
  /** ms: when the message comes. */
  readonly at: number;
  /** ms: after that it would help nobody. */
  readonly usefulUntil: number;
  /** ms: the last moment to order transport. */
  readonly orderBy: number | null;
}

type Rules = Pick<Site, "transport" | "quiet" | "holidays">;
type When = Pick<Time, "start" | "date" | "all_day">;

const QUIET = { from: "21:00", to: "08:00" };

/** "14:30" as minutes of the day. */
function minutes(clock: string): number {
  const [h, m] = clock.split(":");
  return Number(h) * 60 + Number(m);
}

/** The quiet hours that a moment lies in, as moments; null by day. */
function quietAt(at: number, quiet: { readonly from: string; readonly to: string }): readonly [number, number] | null {
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)];
  // The same twice: there are none.
  if (from === to) return null;
  const { date } = local(at);
  for (const day of [addDays(date, -1), date]) {
    const begins = moment(day, from);
    const ends = moment(from < to ? day : addDays(day, 1), to);
    if (begins <= at && at < ends) return [begins, ends];
  }
  return null;
}

/** The same, or half an hour before the quiet hours that it would fall in. */
function beforeQuiet(at: number, rules: Rules): number {
  const quiet = quietAt(at, rules.quiet ?? QUIET);
  return quiet ? quiet[0] - AHEAD : at;
}

/** The opening of the phone that orders are taken by, in which `at` lies or which was the last before it; null: nobody has said. */
function opening(at: number, rules: Rules): readonly [number, number] | null {
  const hours = rules.transport?.hours;
  if (!hours) return null;
  const { date } = local(at);
  for (let back = 0; back <= LOOK_BACK; back++) {
    const day = addDays(date, -back);
    const periods = periodsOn(hours, day, rules.holidays);
    if (periods === null) return null;
    const all = periods.map(({ from, to }) => [moment(day, from), moment(day, to)] as const);
    const last = all.filter(([opens]) => opens < at).at(-1);
    if (last) return last;
  }
  return null;
}

function transport(start: number, date: string, rules: Rules): Due | null {
  const rule = rules.transport;
  if (!rule) return null;
  const latest = [
    ...(rule.hours_ahead === null ? [] : [start - rule.hours_ahead * HOUR]),
    ...(rule.deadline_local === null ? [] : [moment(addDays(date, -1), minutes(rule.deadline_local))]),
  ];
  if (latest.length === 0) return null;
  const wanted = Math.min(...latest);
  const open = opening(wanted, rules);
  const orderBy = open ? Math.min(wanted, open[1]) : wanted;
  const at = beforeQuiet(Math.max(orderBy - AHEAD, open ? open[0] : 0), rules);
  return { what: "transport", at, usefulUntil: orderBy, orderBy };
}

/** When, and until when it helps; null where there is no such reminder of this time: whole days have the evening before alone. */
export function due(what: What, time: When, rules: Rules): Due | null {
  const start = Date.parse(time.start);
  if (what === "evening") {
    const at = moment(addDays(time.date, -1), EVENING);
    return { what, at: beforeQuiet(at, rules), usefulUntil: start - HOUR, orderBy: null };
  }
  if (time.all_day) return null;
  if (what === "transport") return transport(start, time.date, rules);
  return { what, at: beforeQuiet(start - HOUR, rules), usefulUntil: start, orderBy: null };
}

// When a series is, reckoned here for the rules that people choose at the desk: what a form says before anything is sent, and what is
// shown of an edit that waits. The server is the judge; a rule that is not read here gives null. Pure. Dates are YYYY-MM-DD.
import { addDays, dayNumber, local, moment, weekday } from "../../geo/copenhagen.ts";
import type { Change, Schedule, Time } from "./things.ts";

/** Days that a schedule may leave out: those of settings/site. */
export interface Off {
  readonly holidays: readonly string[];
  /** Both days inclusive. */
  readonly school: readonly { readonly from: string; readonly to: string }[];
}
export const NO_DAYS_OFF: Off = { holidays: [], school: [] };

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** What is read of an RRULE. `nth`: of the month; 0: every. */
export interface Rule {
  readonly freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  readonly days: readonly { readonly nth: number; readonly day: number }[];
  readonly monthDays: readonly number[];
  readonly count: number | null;
  /** The last day that counts. */
  readonly until: string | null;
}

/** Null for what is not read here. `starts`: HH:MM of its times, null for whole days; an end within a day goes by it. */
export function ruleOf(rrule: string, starts: string | null = null): Rule | null {
  const parts = new Map(rrule.split(";").map((part) => part.split("=", 2) as [string, string]));
  const freq = parts.get("FREQ");
  if (freq !== "DAILY" && freq !== "WEEKLY" && freq !== "MONTHLY" && freq !== "YEARLY") return null;
  for (const name of parts.keys())
    if (!["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"].includes(name)) return null;
  if ((parts.get("WKST") ?? "MO") !== "MO") return null;
  const days = list(parts.get("BYDAY")).map((one) => {
    const found = /^([+-]?\d)?([A-Z]{2})$/.exec(one);
    return { nth: Number(found?.[1] ?? 0), day: WEEKDAYS.indexOf((found?.[2] ?? "") as "MO") };
  });
  const monthDays = list(parts.get("BYMONTHDAY")).map(Number);
  if (days.some(({ nth, day }) => day < 0 || (nth !== 0 && freq !== "MONTHLY"))) return null;
  if (monthDays.some((one) => !Number.isInteger(one) || one === 0)) return null;
  if ((days.length > 0 && monthDays.length > 0) || (monthDays.length > 0 && freq !== "MONTHLY")) return null;
  if (freq === "YEARLY" && days.length > 0) return null;
  const [interval, count] = [Number(parts.get("INTERVAL") ?? 1), Number(parts.get("COUNT") ?? 0)];
  const until = parts.has("UNTIL") ? lastDay(parts.get("UNTIL") ?? "", starts) : null;
  if (!(interval >= 1) || !(count >= 0) || (parts.has("UNTIL") && !until)) return null;
  return { freq, interval, days, monthDays, count: count || null, until };
}

/** The last day of UNTIL: a day, a moment here, or one in UTC (Z). Null where it is none. */
function lastDay(text: string, starts: string | null): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(text);
  if (!found) return null;
  const date = `${found[1]}-${found[2]}-${found[3]}`;
  if (found[4] === undefined) return date;
  const minute = Number(found[4]) * 60 + Number(found[5]);
  const at = found[6] ? local(Date.parse(`${date}T${found[4]}:${found[5]}:00Z`)) : { date, minute };
  return starts !== null && minuteOf(starts) > at.minute ? addDays(at.date, -1) : at.date;
}

const list = (words: string | undefined): string[] => (words ? words.split(",") : []);

/** More than a series of every day gives in the time that is written out. */
const MOST = 2000;

/** The days of a schedule up to `through`, in order, with what is left out and what comes besides; null: its rule is not read here. */
export function daysOf(schedule: Schedule, off: Off, through: string): string[] | null {
  const given = schedule.rrule === null ? [schedule.date] : byRule(schedule, schedule.rrule, through);
  if (given === null) return null;
  const stays = (day: string) =>
    schedule.rrule === null ||
    (!(schedule.skips.includes("holidays") && off.holidays.includes(day)) &&
      !(schedule.skips.includes("school") && off.school.some(({ from, to }) => from <= day && day <= to)));
  const all = [...given.filter(stays), ...schedule.also];
  const last = all.filter((day) => day <= through && !schedule.left_out.includes(day));
  return [...new Set(last)].sort();
}

/** The first day is always one of them, and the first that COUNT counts. */
function byRule({ date: first, starts }: Schedule, rrule: string, through: string): string[] | null {
  const rule = ruleOf(rrule, starts);
  if (rule === null) return null;
  const last = rule.until !== null && rule.until < through ? rule.until : through;
  if (first > last) return [];
  const found: string[] = [first];
  if (rule.count === 1) return found;
  for (let step = 0; step < MOST; step++) {
    const round = roundOf(rule, first, step);
    if (round.from > last) break;
    for (const day of round.days.sort()) {
      if (day <= first || day > last) continue;
      found.push(day);
      if (found.length === rule.count) return found;
    }
  }
  return found;
}

/** What the rule gives in one of its days, weeks, months or years; `from`: where that begins. */
function roundOf(rule: Rule, first: string, step: number): { from: string; days: string[] } {
  const by = step * rule.interval;
  if (rule.freq === "DAILY") {
    const day = addDays(first, by);
    const is = rule.days.length === 0 || rule.days.some((one) => one.day === weekday(day));
    return { from: day, days: is ? [day] : [] };
  }
  if (rule.freq === "WEEKLY") {
    const monday = addDays(first, by * 7 - weekday(first));
    const days = rule.days.length > 0 ? rule.days.map(({ day }) => day) : [weekday(first)];
    return { from: monday, days: days.map((day) => addDays(monday, day)) };
  }
  const [year = 0, month = 1, on = 1] = first.split("-").map(Number);
  const months = rule.freq === "YEARLY" ? by * 12 : by;
  const from = dateOf(year, month - 1 + months, 1);
  const length = dayNumber(dateOf(year, month + months, 1)) - dayNumber(from);
  const at = (n: number) => (n >= 1 && n <= length ? [addDays(from, n - 1)] : []);
  if (rule.days.length > 0) return { from, days: rule.days.flatMap((one) => nthOf(from, length, one).flatMap(at)) };
  const days = rule.monthDays.length > 0 ? rule.monthDays : [on];
  return { from, days: days.flatMap((n) => at(n < 0 ? length + 1 + n : n)) };
}

/** The days of a month, counted from 1, that are its nth Tuesday; `nth` 0: all its Tuesdays. */
function nthOf(from: string, length: number, { nth, day }: { nth: number; day: number }): number[] {
  const first = ((day - weekday(from) + 7) % 7) + 1;
  const all = Array.from({ length: Math.floor((length - first) / 7) + 1 }, (_, i) => first + i * 7);
  if (nth === 0) return all;
  return [all.at(nth > 0 ? nth - 1 : nth) ?? 0];
}

/** `month` from 0, and beyond 11 into the years after. */
const dateOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** How far ahead a series is written out (server/model/event.py). */
const MONTHS_AHEAD = 13;
export function writtenOut(today: string): string {
  const [year = 0, month = 1, day = 1] = today.split("-").map(Number);
  return dateOf(year, month - 1 + MONTHS_AHEAD, day);
}

/** When a time that begins at another hour ends: as long after as the others. */
function asLong({ starts, ends }: Schedule, begins: string): string | null {
  if (starts === null || ends === null) return null;
  const end = (minuteOf(begins) + minuteOf(ends) - minuteOf(starts) + 1440) % 1440;
  return `${String(Math.floor(end / 60)).padStart(2, "0")}:${String(end % 60).padStart(2, "0")}`;
}

/** Minutes of "HH:MM". */
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const utc = (date: string, minute: number): string => `${new Date(moment(date, minute)).toISOString().slice(0, 19)}Z`;

/** The times of an event as the server will write them out; null where its rule is not read here. `from`, `through`: the days asked for. */
export function timesOf(
  id: string,
  schedule: Schedule,
  changes: readonly Change[],
  off: Off,
  from: string,
  through: string,
): Time[] | null {
  const days = daysOf(schedule, off, through);
  if (days === null) return null;
  const said = new Map(changes.map((one) => [one.day, one]));
  return days
    .map((day) => timeOf(id, day, schedule, said.get(day)))
    .filter(({ date }) => date >= from)
    .sort((a, b) => a.start.localeCompare(b.start));
}

function timeOf(id: string, day: string, schedule: Schedule, change: Change | undefined): Time {
  const date = change?.date ?? day;
  const starts = change?.starts ?? schedule.starts;
  const other = starts !== null && starts !== schedule.starts;
  const ends = change?.ends ?? (other ? asLong(schedule, starts) : schedule.ends);
  const base = { id: `${id}.${day.replaceAll("-", "")}`, date, start_local: starts, sure: schedule.sure };
  const said = {
    ...{ state: change?.state ?? "on", why: change?.why ?? null, full: change?.full ?? false },
    meeting: change?.meeting ?? null,
    ...(change?.state === "moved" ? { was: { date: day, start_local: schedule.starts } } : {}),
  } as const;
  if (starts === null) {
    const [start, end] = [utc(date, 0), utc(addDays(date, schedule.days), 0)];
    return { ...base, start, end, all_day: true, ...said };
  }
  const [begins, stops] = [minuteOf(starts), ends === null ? null : minuteOf(ends)];
  const end = stops === null ? null : utc(date, stops <= begins ? stops + 1440 : stops);
  return { ...base, start: utc(date, begins), end, all_day: false, ...said };
}

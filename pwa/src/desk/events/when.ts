/** When an event is, between its schedule and the form: how often it comes as a choice, and what follows in words. Pure. */
import { addDays, dayNumber, weekday } from "../../geo/copenhagen.ts";
import { daysOf, type Off, ruleOf, WEEKDAYS } from "../data/dates.ts";
import type { Schedule } from "../data/things.ts";
import { and, DAYS, day as dayLong } from "../words.ts";

/** "other": a rule from elsewhere, kept as it is. "end": the last day of each month. */
export type Repeat = "once" | "week" | "two" | "days" | "nth" | "last" | "date" | "end" | "year" | "other";

/** As typed: `date` "" before one is chosen, `starts` and `ends` as they are written. `starts` null: the whole day. */
export type WhenDraft = Schedule;

export const NEW_WHEN: WhenDraft = {
  ...{ date: "", starts: "", ends: "", days: 1, rrule: null, skips: [], left_out: [], also: [], sure: true },
};

const NTH = ["", "første", "anden", "tredje", "fjerde"];

const nth = (date: string): number => Math.ceil(Number(date.slice(8)) / 7);
/** The same weekday a week later lies in another month. */
const isLast = (date: string): boolean => addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
const isEnd = (date: string): boolean => addDays(date, 1).slice(0, 7) !== date.slice(0, 7);
const code = (date: string): string => WEEKDAYS[weekday(date)] ?? "MO";

/** Which of the choices a rule is. */
export function repeatOf(rrule: string | null, date: string): Repeat {
  if (rrule === null) return "once";
  const rule = ruleOf(rrule);
  if (!rule || rule.count !== null || date === "") return "other";
  const [first] = rule.days;
  if (rule.freq === "WEEKLY") {
    if (rule.days.length > 1) return rule.interval === 1 ? "days" : "other";
    if (first && first.day !== weekday(date)) return "other";
    return rule.interval === 1 ? "week" : rule.interval === 2 ? "two" : "other";
  }
  if (rule.interval !== 1) return "other";
  if (rule.freq === "YEARLY") return "year";
  if (rule.freq !== "MONTHLY") return "other";
  if (rule.days.length === 1 && first?.day === weekday(date)) {
    if (first.nth === -1 && isLast(date)) return "last";
    return first.nth === nth(date) && first.nth <= 4 ? "nth" : "other";
  }
  if (rule.days.length > 0 || rule.monthDays.length > 1) return "other";
  const on = rule.monthDays[0] ?? Number(date.slice(8));
  if (on === -1) return isEnd(date) ? "end" : "other";
  return on === Number(date.slice(8)) ? "date" : "other";
}

/** The weekdays of a rule of several, from Monday = 0. */
export const weekdaysOf = (rrule: string | null, date: string): number[] => {
  const days = rrule ? (ruleOf(rrule)?.days ?? []).map(({ day }) => day) : [];
  return [...new Set([...days, ...(date ? [weekday(date)] : [])])].sort();
};

/** The last day of a rule; null: no end. */
export const untilOf = (rrule: string | null): string | null => (rrule ? (ruleOf(rrule)?.until ?? null) : null);

/** The rule of a choice for a series that begins on `date`. `days`: of "days" alone; the first day is one of them. */
export function rruleFor(
  repeat: Exclude<Repeat, "other">,
  date: string,
  days: readonly number[],
  until: string | null,
): string | null {
  const by: Readonly<Record<Exclude<Repeat, "other">, string>> = {
    once: "",
    week: `FREQ=WEEKLY;BYDAY=${code(date)}`,
    two: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${code(date)}`,
    days: `FREQ=WEEKLY;BYDAY=${[...new Set([...days, weekday(date)])]
      .sort()
      .map((one) => WEEKDAYS[one])
      .join(",")}`,
    nth: `FREQ=MONTHLY;BYDAY=${nth(date)}${code(date)}`,
    last: `FREQ=MONTHLY;BYDAY=-1${code(date)}`,
    date: `FREQ=MONTHLY;BYMONTHDAY=${Number(date.slice(8))}`,
    end: "FREQ=MONTHLY;BYMONTHDAY=-1",
    year: "FREQ=YEARLY",
  };
  if (repeat === "once") return null;
  return by[repeat] + (until ? `;UNTIL=${until.replaceAll("-", "")}` : "");
}

/** What can be chosen for a series that begins on `date`, in words. */
export function repeats(date: string, now: Repeat, rule: string | null): (readonly [Repeat, string])[] {
  const name = date ? (DAYS[weekday(date)] ?? "") : "";
  const found: (readonly [Repeat, string])[] = [["once", "Kun den ene gang"]];
  if (date) {
    found.push(["week", `Hver ${name}`], ["two", `Hver anden ${name}`]);
    if (nth(date) <= 4) found.push(["nth", `Den ${NTH[nth(date)]} ${name} i hver måned`]);
    if (isLast(date)) found.push(["last", `Den sidste ${name} i hver måned`]);
    if (isEnd(date)) found.push(["end", "Den sidste dag i hver måned"]);
    if (Number(date.slice(8)) <= 28) found.push(["date", `Den ${Number(date.slice(8))}. i hver måned`]);
    found.push(["days", "Flere dage om ugen"], ["year", "Hvert år"]);
  }
  if (now === "other" || !found.some(([one]) => one === now)) found.push(["other", rule ?? "Som det står nu"]);
  return found;
}

/** The schedule with another first day: what is said of weekdays goes along. */
export function onDate(when: WhenDraft, date: string): WhenDraft {
  const repeat = repeatOf(when.rrule, when.date);
  if (repeat === "once" || repeat === "other" || date === "") return { ...when, date };
  return withRepeat({ ...when, date }, fits(repeat, date), weekdaysOf(when.rrule, when.date));
}

/** What was said of a day in the month, said of another day: the fifth Tuesday is the last. */
function fits(repeat: Exclude<Repeat, "other">, date: string): Exclude<Repeat, "other"> {
  if (repeat === "nth" && nth(date) > 4) return "last";
  if (repeat === "last" && !isLast(date)) return "nth";
  if (repeat === "end" && !isEnd(date)) return "date";
  return repeat === "date" && Number(date.slice(8)) > 28 ? (isEnd(date) ? "end" : "date") : repeat;
}

export function withRepeat(when: WhenDraft, repeat: Repeat, days: readonly number[] = []): WhenDraft {
  if (repeat === "other") return when;
  const rrule = rruleFor(repeat, when.date, days, untilOf(when.rrule));
  return { ...when, rrule, ...(rrule === null ? { skips: [] } : {}) };
}

/** With another end; null takes it away. */
export function withUntil(when: WhenDraft, until: string | null): WhenDraft {
  if (when.rrule === null) return when;
  const bare = when.rrule
    .split(";")
    .filter((part) => !/^(?:UNTIL|COUNT)=/.test(part))
    .join(";");
  return { ...when, rrule: until ? `${bare};UNTIL=${until.replaceAll("-", "")}` : bare };
}

/** "10., 17. og 24. marts", "31. marts og 7. april" */
export function daysWords(days: readonly string[]): string {
  const months: { name: string; days: string[] }[] = [];
  for (const one of days) {
    const [on = "", month = ""] = dayLong(one)
      .replace(/ \d{4}$/, "")
      .split("\u00a0");
    const last = months.at(-1);
    if (last?.name === month) last.days.push(on);
    else months.push({ name: month, days: [on] });
  }
  return and(months.map((one) => `${and(one.days)}\u00a0${one.name}`));
}

const SHOWN = 3;

/** "Det bliver 24 gange. Næste: 10., 17. og 24. marts." Null before there is a day, for a single one, and for a rule not read here. */
export function seriesWords(when: WhenDraft, off: Off, today: string): string | null {
  if (when.date === "" || when.rrule === null) return null;
  const rule = ruleOf(when.rrule);
  if (rule === null) return null;
  const endless = rule.until === null && rule.count === null;
  const from = when.date > today ? when.date : today;
  const through = endless ? addDays(from, 363) : (rule.until ?? addDays(from, 3650));
  const days = daysOf(when, off, through)?.filter((one) => one >= today) ?? [];
  if (days.length === 0) return "Det bliver ingen gange. Se på dagen og på, hvad der springes over.";
  const times = days.length === 1 ? "1 gang" : `${days.length} gange`;
  const year = endless ? " det næste år" : "";
  const next = days.length === 1 ? "Den" : "Næste:";
  return `Det bliver ${times}${year}. ${next} ${daysWords(days.slice(0, SHOWN))}.`;
}

/** The same day of the week about a year after, and not before `today`: where last year's goes on. */
export function nextYear(date: string, today: string): string {
  let next = addDays(date, 364);
  while (next < today) next = addDays(next, 364);
  return next;
}

/** Whole days from `from` to `to`. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

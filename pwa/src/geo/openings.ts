/** Opening hours to open, closed or not known, by docs/wire.md (Hours), in Copenhagen's time. */
import { addDays, local, moment, weekday } from "./copenhagen.ts";

const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const FULL_DAY = 1440;
const LOOK_AHEAD = 366;
/** More than this in one piece is told as "always". */
const ALWAYS_MS = 7 * 24 * 3_600_000;

export interface Weekly {
  readonly days: readonly string[];
  readonly opens: string;
  readonly closes: string;
  readonly from?: string | null | undefined;
  readonly through?: string | null | undefined;
}

export interface Hours {
  readonly weekly: readonly Weekly[] | null;
  readonly holidays: "closed" | "open" | null;
  readonly except: readonly { readonly date: string; readonly opens: string | null; readonly closes: string | null }[];
}

/** Minutes from the midnight that begins the date; `to` over 1440 runs into the next day. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export type Opening =
  | { readonly is: "open" /** ms, or null: it does not close */; readonly until: number | null }
  | { readonly is: "closed" /** ms, or null: nobody has said */; readonly opens: number | null }
  | { readonly is: "unknown" };

/** What the hours say of one date, in order; null is "ved ikke", an empty list is closed all day. */
export function periodsOn(hours: Hours, date: string, holidays: readonly string[]): readonly Period[] | null {
  const except = hours.except.filter((e) => e.date === date);
  if (except.length > 0) {
    return except.flatMap((e) => (e.opens && e.closes ? [period(e.opens, e.closes)] : [])).sort(byStart);
  }
  if (!hours.weekly) return null;
  if (holidays.includes(date)) {
    if (hours.holidays === "closed") return [];
    if (hours.holidays === null) return null;
  }
  return weeklyOn(hours.weekly, date);
}

/** The ordinary week alone, as the table of hours shows it: no exceptions, no holidays. */
export function weeklyOn(weekly: readonly Weekly[], date: string): readonly Period[] {
  const day = DAYS[weekday(date)] ?? "";
  return weekly
    .filter((w) => w.days.includes(day) && inSeason(date, w.from, w.through))
    .map((w) => period(w.opens, w.closes))
    .sort(byStart);
}

/** MM-DD to MM-DD, both inclusive; `from` after `through` wraps the year. 29 February counts as itself. */
export function inSeason(date: string, from?: string | null, through?: string | null): boolean {
  const day = date.slice(5);
  const start = from ?? "01-01";
  const end = through ?? "12-31";
  return start <= end ? start <= day && day <= end : day >= start || day <= end;
}

/** Is it open at this moment, until when, or when does it open next? */
export function opening(hours: Hours | null, at: Date | number, holidays: readonly string[] = []): Opening {
  if (!hours) return { is: "unknown" };
  const now = Number(at);
  const today = local(now).date;
  const yesterday = addDays(today, -1);
  const late = periodsOn(hours, yesterday, holidays);
  const current = periodsOn(hours, today, holidays);
  for (const [date, periods] of [
    [yesterday, late],
    [today, current],
  ] as const) {
    for (const p of periods ?? []) {
      const end = moment(date, p.to);
      if (moment(date, p.from) <= now && now < end) {
        const until = runsUntil(hours, end, holidays);
        return { is: "open", until: until - now > ALWAYS_MS ? null : until };
      }
    }
  }
  if (current === null || (late === null && mayRunLate(hours, yesterday, now))) return { is: "unknown" };
  for (let i = 0; i <= LOOK_AHEAD; i++) {
    const date = addDays(today, i);
    const periods = periodsOn(hours, date, holidays);
    if (periods === null) return { is: "closed", opens: null };
    const next = periods.map((p) => moment(date, p.from)).find((start) => start > now);
    if (next !== undefined) return { is: "closed", opens: next };
  }
  return { is: "closed", opens: null };
}

/** Periods that meet (10–12 and 12–17, or midnight) are one opening to whoever stands at the door. */
function runsUntil(hours: Hours, end: number, holidays: readonly string[]): number {
  let until = end;
  for (let i = 0; i < 20; i++) {
    const { date } = local(until);
    const further = (periodsOn(hours, date, holidays) ?? []).find(
      (p) => moment(date, p.from) <= until && until < moment(date, p.to),
    );
    if (!further) return until;
    until = moment(date, further.to);
  }
  return until;
}

/** On a holiday that nobody has spoken for, the weekly hours may still run past midnight into today. */
function mayRunLate(hours: Hours, date: string, now: number): boolean {
  return weeklyOn(hours.weekly ?? [], date).some((p) => p.to > FULL_DAY && now < moment(date, p.to));
}

function period(opens: string, closes: string): Period {
  const from = minutes(opens);
  const to = minutes(closes);
  return { from, to: to > from ? to : to + FULL_DAY };
}

function minutes(clock: string): number {
  const [h, m] = clock.split(":");
  return Number(h) * 60 + Number(m);
}

function byStart(a: Period, b: Period): number {
  return a.from - b.from;
}

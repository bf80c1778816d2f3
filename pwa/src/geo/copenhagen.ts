/** Wall-clock time in Europe/Copenhagen, whatever zone the phone is set to. Dates are YYYY-MM-DD, times minutes of the day. */

const HOUR = 3_600_000;

/** When the clocks of the EU change: 01:00 UTC on the last Sunday of March (2) or October (9). */
function change(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.setUTCDate(last.getUTCDate() - last.getUTCDay());
}

/** By the rule since 1996, held against Intl by a test: making one formatter with a zone costs a cold phone 100 ms. */
function offset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  return at >= change(year, 2) && at < change(year, 9) ? 2 * HOUR : HOUR;
}

export interface Local {
  readonly date: string;
  /** Minutes since midnight by the clock on the wall. */
  readonly minute: number;
}

/** The date and the clock in Copenhagen at a moment. */
export function local(at: Date | number): Local {
  const wall = new Date(Number(at) + offset(Number(at)));
  return { date: wall.toISOString().slice(0, 10), minute: wall.getUTCHours() * 60 + wall.getUTCMinutes() };
}

/**
 * The moment (ms) of a wall-clock time. A time that comes twice is the first of the two; one that is skipped is read
 * with the offset before the skip (RFC 5545). `minute` may be 1440 or more: it runs on into the next days.
 */
export function moment(date: string, minute: number): number {
  const wall = dayNumber(date) * 24 * HOUR + minute * 60_000;
  const before = offset(wall - 24 * HOUR);
  const after = offset(wall + 24 * HOUR);
  for (const known of [Math.max(before, after), Math.min(before, after)]) {
    if (offset(wall - known) === known) return wall - known;
  }
  return wall - before;
}

/** Days since 1970-01-01, for counting; the zone plays no part. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / (24 * HOUR);
}

export function addDays(date: string, days: number): string {
  return new Date((dayNumber(date) + days) * 24 * HOUR).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(date: string): number {
  return (((dayNumber(date) + 3) % 7) + 7) % 7;
}

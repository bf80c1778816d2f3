/** Sizes, shares, long dates and waits as people say them: "7,8 MB", "6,5 %", "tirsdag den 3. marts". For the screens after the first. */
import { distance, list, NB, number, parts } from "./format.ts";
import { lang, t } from "./t.ts";

/** A decimal that is told digit by digit (degrees), with its zeros kept. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return lang() === "en" ? text : text.replace(".", ",");
}

/** A length that was measured: "85 m" stays 85. */
export function length(metres: number): string {
  return metres < 100 ? `${Math.round(metres)}${NB}m` : distance(metres);
}

/** Bytes as a phone shows them: "7,8 MB", "1 kB"; never 0 for something. */
export function size(bytes: number): string {
  if (bytes >= 1e9) return `${number(bytes / 1e9, 1)}${NB}GB`;
  if (bytes >= 1e6) return `${number(bytes / 1e6, 1)}${NB}MB`;
  return `${bytes > 0 ? Math.max(1, Math.round(bytes / 1e3)) : 0}${NB}kB`;
}

/** Per cent, whole or with one decimal: "6,5 %". */
export function percent(value: number, digits = 0): string {
  return lang() === "en" ? `${number(value, digits)}%` : `${number(value, digits)}${NB}%`;
}

/** 0 = Monday. */
export function dayName(weekday: number): string {
  return list("days")[weekday] ?? "";
}

/** "3. marts 2026" */
export function yearDate(date: string): string {
  const { n, month, year } = parts(date);
  return t("date.year", { n, month, year });
}

/** "tirsdag den 3. marts"; `weekday` 0 = Monday. */
export function longDate(date: string, weekday: number): string {
  const { n, month } = parts(date);
  return t("date.long", { day: dayName(weekday), n, month });
}

/** Seconds as a rough wait: "cirka 2 minutter". */
export function wait(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 50) return t("wait.under");
  return t("wait.minutes", { n: Math.max(1, minutes) });
}

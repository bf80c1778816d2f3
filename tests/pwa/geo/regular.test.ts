// What a year says once, and what it names in its months.
import { expect, test } from "vitest";
import { addDays } from "../../../pwa/src/geo/copenhagen.ts";
import { regular } from "../../../pwa/src/geo/regular.ts";
import { months } from "../../../pwa/src/geo/times.ts";
import { event, time } from "../screens/happening.ts";

/** So many times from `from`, `step` days apart. */
const series = (id: string, from: string, step: number, count: number) =>
  event({ id, times: Array.from({ length: count }, (_, i) => time(id, addDays(from, i * step))) });

const held = [
  series("weekly", "2026-03-03", 7, 52),
  series("fortnightly", "2026-03-03", 14, 26),
  series("monthly", "2026-03-14", 30, 12),
  series("summer", "2026-06-02", 7, 13),
  series("once", "2026-03-20", 1, 1),
];

test("what is held each week or every other is said once for the year; once a month, in one season or once is named in its months", () => {
  const made = months(held, "2026-03", 12);
  expect([...regular(made)].map(({ id }) => id).sort()).toEqual(["fortnightly", "weekly"]);
});

test("a week's series that ends before half of the year is named in its months", () => {
  expect(regular(months([series("short", "2026-03-03", 7, 20)], "2026-03", 12)).size).toBe(0);
  expect(regular(months([], "2026-03", 12)).size).toBe(0);
});

/** How often an event comes: rules as choices and back, another first day, and what follows in words. */
import { expect, test } from "vitest";
import { NO_DAYS_OFF } from "../../../pwa/src/desk/data/dates.ts";
import {
  daysWords,
  NEW_WHEN,
  nextYear,
  onDate,
  type Repeat,
  repeatOf,
  repeats,
  rruleFor,
  seriesWords,
  untilOf,
  type WhenDraft,
  withRepeat,
  withUntil,
} from "../../../pwa/src/desk/events/when.ts";

const TUESDAY = "2027-03-09";
const when = (more: Partial<WhenDraft>): WhenDraft => ({ ...NEW_WHEN, date: TUESDAY, starts: "17:00", ...more });

test.each<[Exclude<Repeat, "other">, string, string | null]>([
  ["once", TUESDAY, null],
  ["week", TUESDAY, "FREQ=WEEKLY;BYDAY=TU"],
  ["two", TUESDAY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
  ["nth", TUESDAY, "FREQ=MONTHLY;BYDAY=2TU"],
  ["last", "2027-03-30", "FREQ=MONTHLY;BYDAY=-1TU"],
  ["date", TUESDAY, "FREQ=MONTHLY;BYMONTHDAY=9"],
  ["end", "2027-03-31", "FREQ=MONTHLY;BYMONTHDAY=-1"],
  ["year", TUESDAY, "FREQ=YEARLY"],
])("%s from %s is %s, and is read as that again", (repeat, date, rrule) => {
  expect(rruleFor(repeat, date, [], null)).toBe(rrule);
  expect(repeatOf(rrule, date)).toBe(repeat);
});

test("several weekdays have the first day among them, in the order of the week", () => {
  const rule = rruleFor("days", TUESDAY, [4, 0], null);
  expect(rule).toBe("FREQ=WEEKLY;BYDAY=MO,TU,FR");
  expect(repeatOf(rule, TUESDAY)).toBe("days");
});

test("a rule from elsewhere is none of the choices, is offered in its own words, and stays as it is", () => {
  const foreign = ["FREQ=WEEKLY;COUNT=8", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "FREQ=WEEKLY;INTERVAL=3", "FREQ=DAILY"];
  expect(foreign.map((rule) => repeatOf(rule, TUESDAY))).toEqual(foreign.map(() => "other"));
  expect(repeats(TUESDAY, "other", "hver tirsdag, 8 gange").at(-1)).toEqual(["other", "hver tirsdag, 8 gange"]);
  const one = when({ rrule: "FREQ=WEEKLY;COUNT=8" });
  expect(withRepeat(one, "other")).toBe(one);
  expect(onDate(one, "2027-03-16").rrule).toBe("FREQ=WEEKLY;COUNT=8");
});

test("the choices say the weekday that was chosen, and which of the month it is", () => {
  const words = (date: string) => repeats(date, "once", null).map(([, said]) => said);
  expect(words(TUESDAY).slice(0, 4)).toEqual([
    "Kun den ene gang",
    "Hver tirsdag",
    "Hver anden tirsdag",
    "Den anden tirsdag i hver måned",
  ]);
  expect(words("2027-03-31")).toContain("Den sidste onsdag i hver måned");
  expect(words("2027-03-31")).not.toContain("Den 31. i hver måned");
  expect(words("")).toEqual(["Kun den ene gang"]);
});

test("with another first day the rule goes along, and keeps its end", () => {
  const weekly = when({ rrule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630" });
  expect(onDate(weekly, "2027-03-11").rrule).toBe("FREQ=WEEKLY;BYDAY=TH;UNTIL=20270630");
  const second = when({ rrule: "FREQ=MONTHLY;BYDAY=2TU" });
  expect(onDate(second, "2027-03-18").rrule).toBe("FREQ=MONTHLY;BYDAY=3TH");
  expect(onDate(second, "2027-03-31").rrule).toBe("FREQ=MONTHLY;BYDAY=-1WE");
});

test("once leaves nothing out, and an end is set, moved and taken away", () => {
  const weekly = when({ rrule: "FREQ=WEEKLY;BYDAY=TU", skips: ["school"] });
  expect(withRepeat(weekly, "once")).toMatchObject({ rrule: null, skips: [] });
  const ended = withUntil(weekly, "2027-06-30");
  expect(untilOf(ended.rrule)).toBe("2027-06-30");
  expect(untilOf(withUntil(ended, "2027-05-01").rrule)).toBe("2027-05-01");
  expect(withUntil(ended, null).rrule).toBe("FREQ=WEEKLY;BYDAY=TU");
});

test("what follows is said before it is sent", () => {
  const weekly = when({ rrule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270824", skips: ["school"] });
  const off = { holidays: [], school: [{ from: "2027-03-20", to: "2027-03-29" }] };
  expect(seriesWords(weekly, off, "2027-03-01")).toBe("Det bliver 24 gange. Næste: 9., 16. og 30.\u00a0marts.");
  const endless = withUntil(weekly, null);
  expect(seriesWords(endless, NO_DAYS_OFF, "2027-03-01")).toBe(
    "Det bliver 52 gange det næste år. Næste: 9., 16. og 23.\u00a0marts.",
  );
  expect(seriesWords(withUntil(weekly, TUESDAY), off, "2027-03-01")).toBe("Det bliver 1 gang. Den 9.\u00a0marts.");
  expect(
    seriesWords({ ...weekly, left_out: [TUESDAY], rrule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270310" }, off, TUESDAY),
  ).toMatch(/^Det bliver ingen gange/);
  expect(seriesWords(when({ rrule: null }), off, "2027-03-01")).toBeNull();
  expect(seriesWords({ ...weekly, date: "" }, off, "2027-03-01")).toBeNull();
});

test("days are told by month, and last year's goes on the same weekday, never before today", () => {
  expect(daysWords(["2027-03-30", "2027-04-06", "2027-04-13"])).toBe("30.\u00a0marts og 6. og 13.\u00a0april");
  expect(nextYear("2026-03-10", "2026-11-27")).toBe("2027-03-09");
  expect(nextYear("2024-03-12", "2026-11-27")).toBe("2027-03-09");
});

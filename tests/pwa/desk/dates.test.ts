/** When a series is, reckoned at the desk: the same days as the server's (tests/vectors/dates.json), and times through both changes of the clock. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { daysOf, NO_DAYS_OFF, type Off, ruleOf, timesOf } from "../../../pwa/src/desk/data/dates.ts";
import type { Change, Schedule } from "../../../pwa/src/desk/data/things.ts";

interface Vectors extends Off {
  readonly cases: readonly {
    readonly case: string;
    readonly schedule: Schedule;
    readonly through: string;
    readonly days: readonly string[];
  }[];
}
const vectors = JSON.parse(readFileSync("tests/vectors/dates.json", "utf8")) as Vectors;

test.each(vectors.cases)("$case", ({ schedule, through, days }) => {
  expect(daysOf(schedule, vectors, through)).toEqual(days);
});

const weekly: Schedule = {
  ...{ date: "2027-03-23", starts: "17:00", ends: "19:00", days: 1, rrule: "FREQ=WEEKLY;BYDAY=TU" },
  ...{ skips: [], left_out: [], also: [], sure: true },
};
const said = (change: Partial<Change> & { day: string }): Change => ({
  ...{ state: "on", date: null, starts: null, ends: null, why: null, full: false, meeting: null },
  ...change,
});
const times = (schedule: Schedule, changes: readonly Change[] = []) =>
  timesOf("e1", schedule, changes, NO_DAYS_OFF, "2027-03-01", "2027-04-06");

test("the first day is one of them, also where the rule does not give it, and COUNT counts it", () => {
  const schedule = { ...weekly, date: "2027-03-24", rrule: "FREQ=WEEKLY;BYDAY=TU;COUNT=2" };
  expect(daysOf(schedule, NO_DAYS_OFF, "2028-01-01")).toEqual(["2027-03-24", "2027-03-30"]);
});

test("the hour stays on the wall while the clock changes", () => {
  expect(times(weekly)?.map(({ id, start, end }) => [id, start, end])).toEqual([
    ["e1.20270323", "2027-03-23T16:00:00Z", "2027-03-23T18:00:00Z"],
    ["e1.20270330", "2027-03-30T15:00:00Z", "2027-03-30T17:00:00Z"],
    ["e1.20270406", "2027-04-06T15:00:00Z", "2027-04-06T17:00:00Z"],
  ]);
});

test("one that ends at or before it begins ends on the next day, and whole days at the midnight after", () => {
  expect(times({ ...weekly, rrule: null, starts: "20:00", ends: "01:00" })?.[0]?.end).toBe("2027-03-24T00:00:00Z");
  const days = times({ ...weekly, rrule: null, starts: null, ends: null, days: 2 })?.[0];
  expect([days?.start, days?.end, days?.all_day]).toEqual(["2027-03-22T23:00:00Z", "2027-03-24T23:00:00Z", true]);
});

test("what is said of one day: moved it keeps its id and says where it was, and lasts as long", () => {
  const why = { da: "Salen males." };
  const [first, second] =
    times(weekly, [
      said({ day: "2027-03-30", state: "moved", date: "2027-03-25", starts: "18:30", why }),
      said({ day: "2027-04-06", state: "cancelled", why }),
    ])?.slice(1) ?? [];
  expect(first).toMatchObject({
    ...{ id: "e1.20270330", date: "2027-03-25", start: "2027-03-25T17:30:00Z", end: "2027-03-25T19:30:00Z", why },
    was: { date: "2027-03-30", start_local: "17:00" },
  });
  expect([second?.state, second?.was]).toEqual(["cancelled", undefined]);
});

test("a rule that is not read here gives nothing rather than something wrong", () => {
  const rules = [
    "FREQ=HOURLY",
    "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
    "FREQ=YEARLY;BYMONTH=3",
    "FREQ=WEEKLY;WKST=SU",
    "x",
  ];
  expect(rules.map((rule) => ruleOf(rule))).toEqual(rules.map(() => null));
  expect(daysOf({ ...weekly, rrule: "FREQ=YEARLY;BYWEEKNO=20" }, NO_DAYS_OFF, "2028-01-01")).toBeNull();
});

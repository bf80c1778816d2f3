import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addDays, local, moment, weekday } from "../../../pwa/src/geo/copenhagen.ts";
import { type Hours, inSeason, opening, periodsOn } from "../../../pwa/src/geo/openings.ts";

interface Case {
  case: string;
  hours: Hours | null;
  holidays: string[];
  at: string;
  is: "open" | "closed" | "unknown";
  until?: string;
}

const vectors = JSON.parse(readFileSync("tests/vectors/hours.json", "utf8")) as { cases: Case[] };

function clock(ms: number): string {
  const { minute } = local(ms);
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

describe("the vectors of tests/vectors/hours.json", () => {
  test.each(vectors.cases.map((c) => [c.case, c] as const))("%s", (_, c) => {
    const state = opening(c.hours, new Date(c.at), c.holidays);
    expect(state.is).toBe(c.is);
    if (state.is === "open" && c.until) {
      expect(state.until === null ? null : clock(state.until)).toBe(c.until === "24:00" ? "00:00" : c.until);
    }
  });
});

const week = (opens: string, closes: string, days = ["mo", "tu", "we", "th", "fr"]): Hours => ({
  weekly: [{ days, opens, closes }],
  holidays: "closed",
  except: [],
});

test("a house shut for the weekend opens on Monday", () => {
  const state = opening(week("10:00", "16:00"), new Date("2026-03-06T16:00:00Z"));
  expect(state).toEqual({ is: "closed", opens: Date.parse("2026-03-09T09:00:00Z") });
});

test("before the door opens it says when, today", () => {
  const state = opening(week("10:00", "16:00"), new Date("2026-03-05T07:00:00Z"));
  expect(state).toEqual({ is: "closed", opens: Date.parse("2026-03-05T09:00:00Z") });
});

test("two periods that meet are one opening", () => {
  const hours: Hours = {
    weekly: [
      { days: ["th"], opens: "10:00", closes: "12:00" },
      { days: ["th"], opens: "12:00", closes: "17:00" },
    ],
    holidays: null,
    except: [],
  };
  const state = opening(hours, new Date("2026-03-05T10:00:00Z"));
  expect(state).toEqual({ is: "open", until: Date.parse("2026-03-05T16:00:00Z") });
});

test("open day and night, every day, has no end", () => {
  const state = opening(week("00:00", "24:00", ["mo", "tu", "we", "th", "fr", "sa", "su"]), new Date());
  expect(state).toEqual({ is: "open", until: null });
});

test("a holiday that nobody has spoken for hides the next opening: closed, and no promise", () => {
  const hours: Hours = { ...week("10:00", "16:00"), holidays: null };
  expect(opening(hours, new Date("2026-04-01T16:00:00Z"), ["2026-04-02"])).toEqual({ is: "closed", opens: null });
});

test("a house that is shut for the season says the day it comes back", () => {
  const hours: Hours = {
    weekly: [
      {
        days: ["mo", "tu", "we", "th", "fr", "sa", "su"],
        opens: "10:00",
        closes: "16:00",
        from: "05-01",
        through: "09-30",
      },
    ],
    holidays: "open",
    except: [],
  };
  expect(opening(hours, new Date("2026-11-26T12:00:00Z"))).toEqual({
    is: "closed",
    opens: Date.parse("2027-05-01T08:00:00Z"),
  });
});

test("nothing but exceptions: the day itself is known, the days around are not", () => {
  const hours: Hours = { weekly: null, holidays: null, except: [{ date: "2026-12-24", opens: null, closes: null }] };
  expect(periodsOn(hours, "2026-12-24", [])).toEqual([]);
  expect(periodsOn(hours, "2026-12-23", [])).toBeNull();
});

test.each([
  ["inside", "2026-06-01", "05-01", "09-30", true],
  ["the first day", "2026-05-01", "05-01", "09-30", true],
  ["the last day", "2026-09-30", "05-01", "09-30", true],
  ["over the new year", "2026-01-05", "10-01", "03-31", true],
  ["outside a wrapped one", "2026-06-01", "10-01", "03-31", false],
])("season: %s", (_, date, from, through, is) => {
  expect(inSeason(date, from, through)).toBe(is);
});

test("the wall clock is Copenhagen's, whatever the phone's zone: summer, winter, and both changes", () => {
  expect(local(Date.parse("2026-07-01T12:00:00Z"))).toEqual({ date: "2026-07-01", minute: 14 * 60 });
  expect(local(Date.parse("2026-01-01T23:30:00Z"))).toEqual({ date: "2026-01-02", minute: 30 });
  expect(moment("2026-03-29", 150)).toBe(Date.parse("2026-03-29T01:30:00Z"));
  expect(moment("2026-10-25", 150)).toBe(Date.parse("2026-10-25T00:30:00Z"));
  expect(moment("2026-12-31", 1440)).toBe(Date.parse("2026-12-31T23:00:00Z"));
});

test("days are counted over months and years", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(weekday("2026-03-05")).toBe(3);
});

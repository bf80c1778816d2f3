import { describe, expect, test } from "vitest";
import type { Event, Time } from "../../../pwa/src/api/types.gen.ts";
import { moment } from "../../../pwa/src/geo/copenhagen.ts";
import {
  addMonths,
  dayOf,
  groups,
  instead,
  isMonth,
  lastDate,
  monthEnd,
  months,
  nextTime,
  onToday,
  seasonOf,
  sunday,
  timeOf,
  timeToTell,
  UNSAID_MS,
  upcoming,
} from "../../../pwa/src/geo/times.ts";

type Timed = Pick<Event, "state" | "times"> & { id: string };

const utc = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");

/** A time on its own day, from "14:00" to "16:00"; `end` null: nobody says. */
function time(id: string, date: string, starts: string | null = "14:00", over: Partial<Time> = {}): Time {
  const [h = 0, m = 0] = (starts ?? "00:00").split(":").map(Number);
  const start = moment(date, h * 60 + m);
  return {
    id: `${id}.${date.replaceAll("-", "")}`,
    date,
    start_local: starts,
    start: utc(start),
    end: utc(starts === null ? moment(date, 24 * 60) : start + 2 * 3_600_000),
    all_day: starts === null,
    sure: true,
    state: "on",
    why: null,
    full: false,
    meeting: null,
    ...over,
  };
}
const event = (id: string, times: Time[], state: Event["state"] = "public"): Timed => ({ id, state, times });
const at = (date: string, clock = "12:00") => {
  const [h = 0, m = 0] = clock.split(":").map(Number);
  return moment(date, h * 60 + m);
};

const told = (rows: readonly { event: Timed; date: string; was: boolean }[]) =>
  rows.map((row) => `${row.event.id} ${row.date}${row.was ? " was" : ""}`);

describe("the next time", () => {
  const coffee = event(
    "c",
    ["2026-03-05", "2026-03-12", "2026-03-19"].map((d) => time("c", d)),
  );
  test("is the one that goes on, until it is over", () => {
    expect(nextTime(coffee, at("2026-03-05", "15:59"))?.date).toBe("2026-03-05");
    expect(nextTime(coffee, at("2026-03-05", "16:00"))?.date).toBe("2026-03-12");
  });
  test("leaves out what is cancelled, and what is full where room is asked for", () => {
    const [one, two, three] = coffee.times as [Time, Time, Time];
    const changed = event("c", [{ ...one, state: "cancelled" }, { ...two, full: true }, three]);
    expect(nextTime(changed, at("2026-03-01"))?.date).toBe("2026-03-12");
    expect(nextTime(changed, at("2026-03-01"), true)?.date).toBe("2026-03-19");
    expect(nextTime({ ...changed, state: "cancelled" }, at("2026-03-01"))).toBeNull();
  });
  test("in the place of one that is cancelled: the next after it, else any", () => {
    const [one, two, three] = coffee.times as [Time, Time, Time];
    const changed = event("c", [one, { ...two, state: "cancelled" }, { ...three, full: true }]);
    const cancelled = changed.times[1] as Time;
    expect(instead(changed, cancelled, at("2026-03-01"))?.date).toBe("2026-03-19");
    expect(instead(changed, cancelled, at("2026-03-01"), true)?.date).toBe("2026-03-05");
    expect(instead(event("c", [cancelled]), cancelled, at("2026-03-01"))).toBeNull();
  });
  test("is by when it is, not by the order in the list: a time may be moved past another", () => {
    const moved = time("c", "2026-03-20", "10:00", { id: "c.20260305", state: "moved" });
    expect(nextTime(event("c", [moved, ...coffee.times.slice(1)]), at("2026-03-06"))?.date).toBe("2026-03-12");
  });
  test("without an end it is over after a while", () => {
    const open = event("o", [time("o", "2026-03-05", "14:00", { end: null })]);
    expect(nextTime(open, at("2026-03-05", "14:00") + UNSAID_MS - 1)?.date).toBe("2026-03-05");
    expect(nextTime(open, at("2026-03-05", "14:00") + UNSAID_MS)).toBeNull();
  });
  test("a page without a day tells of the next, else of the last that was", () => {
    expect(timeToTell(coffee, at("2026-03-06"))?.date).toBe("2026-03-12");
    expect(timeToTell(coffee, at("2026-04-06"))?.date).toBe("2026-03-19");
    expect(timeToTell(event("none", []), at("2026-04-06"))).toBeNull();
  });
});

describe("a time by its day", () => {
  const moved = time("c", "2026-03-12", "19:00", { id: "c.20260305", state: "moved" });
  test("is found by the day on which the rule gave it, in both ways of writing", () => {
    expect(timeOf(event("c", [moved]), "2026-03-05")).toBe(moved);
    expect(timeOf(event("c", [moved]), "20260305")).toBe(moved);
    expect(timeOf(event("c", [moved]), "2026-03-12")).toBeNull();
    expect(timeOf(event("c", [moved]), "")).toBeNull();
    expect(dayOf(moved)).toBe("2026-03-05");
  });
});

describe("what is coming", () => {
  test("today, the rest of the week to Sunday, later", () => {
    const days = ["2026-03-05", "2026-03-06", "2026-03-08", "2026-03-09", "2026-04-01"];
    const rows = upcoming(
      [
        event(
          "e",
          days.map((d) => time("e", d)),
        ),
      ],
      at("2026-03-05", "09:00"),
      "2026-03-31",
    );
    const made = groups(rows, "2026-03-05");
    expect([made.today, made.week, made.later].map((part) => part.map((row) => row.date))).toEqual([
      ["2026-03-05"],
      ["2026-03-06", "2026-03-08"],
      ["2026-03-09"],
    ]);
    expect(sunday("2026-03-08")).toBe("2026-03-08");
  });
  test("a moved one stands on its new day, and says on its old one where it is", () => {
    const was = { date: "2026-03-05", start_local: "19:00" };
    const moved = time("s", "2026-03-12", "19:00", { id: "s.20260305", state: "moved", was });
    const rows = upcoming([event("s", [moved])], at("2026-03-05", "20:30"), "2026-03-31");
    expect(told(rows)).toEqual(["s 2026-03-05 was", "s 2026-03-12"]);
    expect(rows.map((row) => row.minute)).toEqual([19 * 60, 19 * 60]);
    expect(told(upcoming([event("s", [moved])], at("2026-03-06"), "2026-03-31"))).toEqual(["s 2026-03-12"]);
  });
  test("moved within its day it stands once", () => {
    const was = { date: "2026-03-05", start_local: "19:00" };
    const moved = time("s", "2026-03-05", "20:00", { state: "moved", was });
    expect(upcoming([event("s", [moved])], at("2026-03-05"), "2026-03-31")).toHaveLength(1);
  });
  test("whole days that have begun stand under today until their last midnight, before the clock", () => {
    const days = time("f", "2026-03-03", null, { end: utc(moment("2026-03-06", 0)) });
    const coffee = event("c", [time("c", "2026-03-05", "08:00")]);
    expect(told(upcoming([coffee, event("f", [days])], at("2026-03-05", "07:00"), "2026-03-31"))).toEqual([
      "f 2026-03-05",
      "c 2026-03-05",
    ]);
    expect(upcoming([event("f", [days])], moment("2026-03-06", 0), "2026-03-31")).toEqual([]);
    expect(lastDate(days)).toBe("2026-03-05");
  });
  test("what is over is gone, what is cancelled is still told", () => {
    const off = time("x", "2026-03-05", "19:00", { state: "cancelled" });
    const rows = upcoming([event("x", [time("x", "2026-03-05", "08:00"), off])], at("2026-03-05"), "2026-03-31");
    expect(rows.map((row) => row.time.state)).toEqual(["cancelled"]);
  });
  test.each([
    ["spring", "2026-03-29"],
    ["autumn", "2026-10-25"],
  ])("the night of the %s change belongs to the right days", (_, date) => {
    const evening = time("n", date, "23:30");
    const early = time("m", date, "00:30");
    const rows = upcoming([event("n", [evening]), event("m", [early])], moment(date, 0), date);
    expect(told(rows)).toEqual([`m ${date}`, `n ${date}`]);
    expect(rows.map((row) => row.minute)).toEqual([30, 23 * 60 + 30]);
  });
});

test("where something is on today: held, and not over", () => {
  const here = (id: string, times: Time[]) => ({ ...event(id, times), place_id: `at-${id}`, route_id: null });
  const off = time("b", "2026-03-05", "19:00", { state: "cancelled" });
  const all = [
    here("a", [time("a", "2026-03-05")]),
    here("b", [off]),
    here("c", [time("c", "2026-03-05", "08:00")]),
    { ...here("d", [time("d", "2026-03-05", "20:00")]), place_id: null, route_id: "way" },
    here("e", [time("e", "2026-03-06")]),
  ];
  expect([...onToday(all, at("2026-03-05"))].sort()).toEqual(["at-a", "way"]);
});

describe("the year", () => {
  test("counts what is held, each once a time, the seldom first", () => {
    const weekly = event(
      "w",
      ["2026-03-03", "2026-03-10", "2026-04-07"].map((d) => time("w", d)),
    );
    const once = event("o", [time("o", "2026-03-20")]);
    const off = event("x", [time("x", "2026-03-21", "10:00", { state: "cancelled" })]);
    const [march, april, may] = months(
      [weekly, once, off, event("y", [time("y", "2026-03-22")], "cancelled")],
      "2026-03",
      3,
    );
    expect([march?.n, april?.n, may?.n]).toEqual([3, 1, 0]);
    expect(march?.events.map(({ event: { id } }) => id)).toEqual(["o", "w"]);
    expect(months([], "2026-11", 12).at(-1)?.month).toBe("2027-10");
  });
  test("months, ends and seasons", () => {
    expect(addMonths("2026-11", 3)).toBe("2027-02");
    expect(addMonths("2026-01", -1)).toBe("2025-12");
    expect(monthEnd("2028-02")).toBe("2028-02-29");
    expect(["2026-02", "2026-03", "2026-08", "2026-11", "2026-12"].map(seasonOf)).toEqual([
      "winter",
      "spring",
      "summer",
      "autumn",
      "winter",
    ]);
    expect([isMonth("2026-12"), isMonth("2026-13"), isMonth("26-1"), isMonth("")]).toEqual([true, false, false, false]);
  });
});

import { expect, test } from "vitest";
import {
  argsOf,
  atOf,
  EMPTY,
  nearOf,
  ofArgs,
  toOf,
  type Writing,
  wrongsOf,
} from "../../../../pwa/src/desk/notices/form.ts";
import { cut } from "../../../../pwa/src/desk/notices/preview.tsx";

const NOW = Date.parse("2026-03-12T11:00:00Z");
const writing = (part: Partial<Writing>): Writing => ({
  ...EMPTY,
  ...{ kind: "all", title: "Sommerfest", body: "Lørdag kl. 14 i parken." },
  ...part,
});
const wrong = (part: Partial<Writing>) => [...wrongsOf(writing(part), NOW).keys()];

test("whom it goes to is said before anything else can be", () => {
  expect(toOf(EMPTY)).toBeNull();
  expect(toOf(writing({ kind: "place" }))).toBeNull();
  expect(toOf(writing({ kind: "place", id: "a" }))).toEqual({ kind: "place", id: "a" });
  expect(toOf(writing({ id: "left over" }))).toEqual({ kind: "all", id: null });
  expect(argsOf(EMPTY, false)).toBeNull();
});

test.each([
  ["2026-03-20", "9.00", "2026-03-20T08:00:00Z"],
  ["2026-03-20", "9", "2026-03-20T08:00:00Z"],
  // After the clock has gone forward nine is an hour earlier.
  ["2026-03-29", "9.00", "2026-03-29T07:00:00Z"],
  ["2026-10-25", "9.00", "2026-10-25T08:00:00Z"],
  ["2026-03-20", "kvart", null],
  ["", "9.00", null],
])("%s at %s is %s", (date, clock, at) => {
  expect(atOf(writing({ later: true, date, clock }))).toBe(at);
});

test("now is no time of its own", () => {
  expect(atOf(writing({ date: "2026-03-20", clock: "9.00" }))).toBeNull();
  expect(argsOf(writing({}), true)).toEqual({
    ...{ to: { kind: "all", id: null }, title: { da: "Sommerfest" }, body: { da: "Lørdag kl. 14 i parken." } },
    ...{ at: null, sure: true },
  });
});

test("what lacks, is too long, is over or is not for a locked screen is told at its field", () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ title: "  ", body: "" })).toEqual(["title", "body"]);
  expect(wrong({ title: "x".repeat(61), body: "x".repeat(301) })).toEqual(["title", "body"]);
  expect(wrong({ title: "x".repeat(60), body: "x".repeat(300) })).toEqual([]);
  expect(wrong({ body: "Så er du ikke alene" })).toEqual(["body"]);
  expect(wrong({ later: true, date: "2026-03-12", clock: "11.30" })).toEqual(["date"]);
  expect(wrong({ later: true, date: "2026-03-12", clock: "12.30" })).toEqual([]);
  expect(wrong({ later: true, date: "2026-03-12", clock: "" })).toEqual(["clock"]);
  expect(wrong({ later: true, date: "" })).toEqual(["date"]);
});

test("another one less than 24 hours away is asked about, before or after", () => {
  const goes = "2026-03-12T11:00:00Z";
  expect(nearOf(goes, [null, "2026-03-11T11:00:01Z"])).toBe("2026-03-11T11:00:01Z");
  expect(nearOf(goes, ["2026-03-13T10:59:59Z", null])).toBe("2026-03-13T10:59:59Z");
  expect(nearOf(goes, ["2026-03-13T11:00:00Z", "2026-03-11T11:00:00Z"])).toBeNull();
});

test("a preview cuts no sign in two", () => {
  expect(cut("  Kaffe  ", 10)).toBe("Kaffe");
  expect(cut("Kaffe på havnen", 8)).toBe("Kaffe p…");
  expect(cut("☕🎉☕🎉☕", 3)).toBe("☕🎉…");
});

test("what was refused is written again as it was, its time on the clock of the municipality", () => {
  for (const part of [
    {},
    { kind: "place", id: "a" } as const,
    { later: true, date: "2026-03-29", clock: "9.05" },
    { later: true, date: "2026-12-01", clock: "18.30" },
  ]) {
    const args = argsOf(writing(part), false);
    expect(args && argsOf(ofArgs(args), false)).toEqual(args);
  }
});

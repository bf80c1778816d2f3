/** One event out of a calendar's file, on the phone of the one who makes it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromIcs } from "../../../../pwa/src/desk/calendars/from-ics.ts";

const PLACES = [{ id: "p1", name: "Medborgerhuset" }];
const ics = (...lines: string[]) =>
  fromIcs(["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...lines, "END:VEVENT", "END:VCALENDAR"].join("\r\n"), PLACES);

test("an event in full", () => {
  expect(
    ics(
      "SUMMARY;LANGUAGE=da:Kaffe\\, kage og <b>sang</b>",
      "DESCRIPTION:Første linje\\nAnden",
      "  linje",
      "LOCATION:Medborgerhuset\\, Slotsgade 3",
      "URL:https://forening.dk/kaffe",
      'DTSTART;TZID="Romance Standard Time":20261203T173000',
      "DURATION:PT2H30M",
      "BEGIN:VALARM",
      "DESCRIPTION:Husk",
      "END:VALARM",
    ),
  ).toEqual({
    set: {
      name: { da: "Kaffe, kage og sang" },
      about: { da: "Første linje\nAnden linje" },
      place_id: "p1",
      url: "https://forening.dk/kaffe",
      schedule: {
        ...{
          date: "2026-12-03",
          starts: "17:30",
          ends: "20:00",
          days: 1,
          rrule: null,
          skips: [],
          left_out: [],
          also: [],
        },
        sure: true,
      },
    },
    unsure: [],
  });
});
test.each([
  ["DTSTART:20260610T170000Z", "2026-06-10", "19:00"],
  ["DTSTART:20261231T233000Z", "2027-01-01", "00:30"],
  ["DTSTART:20260703T140000", "2026-07-03", "14:00"],
  ["DTSTART;VALUE=DATE:20260703", "2026-07-03", null],
])("%s", (line, date, starts) => expect(ics(line)?.set.schedule).toMatchObject({ date, starts }));
test("whole days end before the day that is told", () => {
  expect(ics("DTSTART;VALUE=DATE:20260828", "DTEND;VALUE=DATE:20260831")?.set.schedule?.days).toBe(3);
  expect(ics("DTSTART;VALUE=DATE:20260828", "DTEND;VALUE=DATE:20260828")?.set.schedule?.days).toBe(1);
});
test("another zone, and days that are left out, are looked at again", () => {
  expect(ics("DTSTART;TZID=America/New_York:20260703T140000")?.unsure).toEqual(["schedule"]);
  expect(ics("DTSTART:20260703T140000", "RRULE:FREQ=WEEKLY", "EXDATE:20260710T140000")?.unsure).toEqual(["schedule"]);
});
test("a calendar of several, or of none, is not for here", () => {
  for (const name of ["all-day", "moved-and-cancelled"])
    expect(fromIcs(readFileSync(`tests/cases/ics-${name}.ics`, "utf8"), PLACES)).toBeNull();
  expect(fromIcs("Kære alle", PLACES)).toBeNull();
});
test.each(["DTSTART:i morgen", "DTSTART:20269999T999999", "DTSTART;TZID=Europe/Copenhagen:20260101T259900", ":::"])(
  "%s is no time",
  (line) => expect(ics(line)?.set.schedule).toBeUndefined(),
);
test("no code of a text comes in", () => {
  expect(
    JSON.stringify(ics("SUMMARY:<img src=x onerror=y>Kaffe <", "URL:javascript:alert(1)", "DTSTART:20260101")),
  ).not.toMatch(/[<>]|javascript/);
});

import { expect, test } from "vitest";
import { calendarFile, fold } from "../../../../pwa/src/screens/words/calendar-file.ts";
import { event, time } from "../happening.ts";

const NOW = new Date("2026-03-01T08:00:00Z");
const made = (of: ReturnType<typeof time>, over: object = {}) =>
  calendarFile({
    event: event({ id: "e", times: [of] }),
    time: of,
    name: "Kaffe, kage; og snak",
    where: "Havnen\nport 3",
    about: "",
    url: "https://m.dk/det-sker/kaffe#20260312",
    host: "m.dk",
    now: NOW,
    ...over,
  });

/** Lines as a reader of RFC 5545 has them: unfolded. */
const lines = (file: string) => file.replace(/\r\n /g, "").split("\r\n");

test("a time is in UTC, with the id that the server's calendars have too", () => {
  const file = lines(made(time("e", "2026-03-12", "14:00", "16:00")));
  expect(file).toContain("DTSTART:20260312T130000Z");
  expect(file).toContain("DTEND:20260312T150000Z");
  expect(file).toContain("UID:e.20260312@m.dk");
  expect(file).toContain("DTSTAMP:20260301T080000Z");
  expect(file).toContain("STATUS:CONFIRMED");
  expect(file.slice(0, 2)).toEqual(["BEGIN:VCALENDAR", "VERSION:2.0"]);
  expect(file.slice(-3)).toEqual(["END:VEVENT", "END:VCALENDAR", ""]);
});

test("in summer it is another hour of UTC", () => {
  expect(lines(made(time("e", "2026-06-12", "14:00", null)))).toContain("DTSTART:20260612T120000Z");
  expect(made(time("e", "2026-06-12", "14:00", null))).not.toContain("DTEND");
});

test("whole days are days, and end on the day after", () => {
  const file = lines(made(time("e", "2026-03-28", null, null, { end: "2026-03-29T22:00:00Z" })));
  expect(file).toContain("DTSTART;VALUE=DATE:20260328");
  expect(file).toContain("DTEND;VALUE=DATE:20260330");
});

test("what would end a value is written otherwise, and soft hyphens are no letters", () => {
  const file = lines(made(time("e", "2026-03-12"), { about: "a\\b\r\nc", name: "Kaffe, kage; og sn\u00adak" }));
  expect(file).toContain("SUMMARY:Kaffe\\, kage\\; og snak");
  expect(file).toContain("LOCATION:Havnen\\nport 3");
  expect(file).toContain("DESCRIPTION:a\\\\b\\nc");
});

test("what is cancelled says so", () => {
  expect(made(time("e", "2026-03-12", "14:00", "16:00", { state: "cancelled" }))).toContain("STATUS:CANCELLED");
});

test("no line is longer than 75 octets, and no letter is cut", () => {
  const long = `DESCRIPTION:${"Blåbærgrød på Ærø 🫐 ".repeat(20)}`;
  const folded = fold(long).split("\r\n");
  expect(folded.length).toBeGreaterThan(4);
  for (const line of folded) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(folded.map((line, i) => (i === 0 ? line : line.slice(1))).join("")).toBe(long);
  expect(fold("KORT")).toBe("KORT");
});

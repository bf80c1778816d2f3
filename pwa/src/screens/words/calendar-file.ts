/** One time of an event as a calendar file (RFC 5545), made on the phone: it needs no network, and the phone's own calendar reads it. */
import { addDays } from "../../geo/copenhagen.ts";
import { endMs, fragmentOf, isOff, lastDate, startMs } from "../../geo/times.ts";
import type { Event, Time } from "../../store/signals.ts";

interface Entry {
  readonly event: Pick<Event, "state" | "times" | "point">;
  readonly time: Time;
  readonly name: string;
  /** "" where nobody has said. */
  readonly where: string;
  readonly about: string;
  /** Its page. */
  readonly url: string;
  /** The server's name: with it the id of a time is one in the world, and the same as in the server's own calendars. */
  readonly host: string;
  readonly now: Date;
}

const LONGEST = 75;

/** A moment in UTC, which needs no table of zones: 20260312T130000Z. */
const utc = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");

/** A text as a value: what would end it is written otherwise. */
const value = (text: string) =>
  text
    .replaceAll("\u00ad", "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n");

/** A line of at most 75 octets; what is longer goes on in the next after a space, never inside a letter. */
export function fold(line: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const made: string[] = [];
  let now = "";
  for (const letter of line) {
    if (bytes(now) + bytes(letter) > LONGEST) {
      made.push(now);
      now = " ";
    }
    now += letter;
  }
  return [...made, now].join("\r\n");
}

export function calendarFile(of: Entry): string {
  const { event, time } = of;
  const when = time.all_day
    ? [`DTSTART;VALUE=DATE:${fragmentOf(time.date)}`, `DTEND;VALUE=DATE:${fragmentOf(addDays(lastDate(time), 1))}`]
    : [`DTSTART:${utc(startMs(time))}`, ...(time.end === null ? [] : [`DTEND:${utc(endMs(time))}`])];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//moedesteder//phone//DA",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    `UID:${time.id}@${of.host}`,
    `DTSTAMP:${utc(Number(of.now))}`,
    ...when,
    `SUMMARY:${value(of.name)}`,
    ...(of.where ? [`LOCATION:${value(of.where)}`] : []),
    ...(of.about ? [`DESCRIPTION:${value(of.about)}`] : []),
    ...(event.point ? [`GEO:${event.point[1]};${event.point[0]}`] : []),
    `URL:${of.url}`,
    `STATUS:${isOff(event, time) ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

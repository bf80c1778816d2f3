/** A draft of an event from a calendar file with one event, read here: nothing is sent anywhere. A whole calendar goes through the room of
 * calendars, whose reader on the server knows all of iCalendar. */
import { plus } from "./days.ts";
import type { Draft, DraftField, FromText, KnownPlace } from "./from-text.ts";

interface Line {
  readonly name: string;
  readonly params: string;
  readonly value: string;
}

/** The lines of the first event, and how many events there are. */
function lines(text: string): { readonly all: Line[]; readonly events: number } {
  const unfolded = text
    .replace(/^\ufeff/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]/g, "");
  const all: Line[] = [];
  const within: string[] = [];
  let events = 0;
  for (const line of unfolded.split("\n")) {
    const match = /^([A-Za-z-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/.exec(line);
    if (!match) continue;
    const [, name = "", params = "", value = ""] = match;
    const what = value.trim().toUpperCase();
    if (/^begin$/i.test(name)) {
      within.push(what);
      if (what === "VEVENT") events++;
    } else if (/^end$/i.test(name)) within.pop();
    else if (events === 1 && within.at(-1) === "VEVENT") all.push({ name: name.toUpperCase(), params, value });
  }
  return { all, events };
}

const plain = (value: string): string =>
  value
    .replace(/\\(.)/g, (_, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign))
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/[<>]/g, "")
    .trim();

/** What the file says of its one event; null where it has none, or several. `places`, `today`: as fromText has them. */
export function fromIcs(text: string, places: readonly KnownPlace[]): FromText | null {
  const { all, events } = lines(text);
  if (events !== 1) return null;
  const of = (name: string) => all.find((line) => line.name === name);
  const set: Draft = {};
  const unsure: DraftField[] = [];
  const name = plain(of("SUMMARY")?.value ?? "");
  if (name) set.name = { da: name.replace(/\s+/g, " ").slice(0, 120) };
  const about = plain(of("DESCRIPTION")?.value ?? "");
  if (about) set.about = { da: about.slice(0, 4000) };
  const where = plain(of("LOCATION")?.value ?? "");
  const place = places.find((one) => one.name.length > 2 && where.toLowerCase().includes(one.name.toLowerCase()));
  if (place) set.place_id = place.id;
  else if (where) set.where = { da: where.slice(0, 200) };
  const url = of("URL")?.value.trim() ?? "";
  if (/^https?:\/\/\S+$/.test(url) && url.length <= 500) set.url = url;
  const start = moment(of("DTSTART"));
  if (start) {
    const end = moment(of("DTEND")) ?? later(start, of("DURATION")?.value);
    const rule = of("RRULE")?.value.trim() ?? null;
    set.schedule = {
      date: start.day,
      starts: start.clock,
      ends: start.clock !== null && end?.clock && end.clock !== start.clock ? end.clock : null,
      days: start.clock === null && end ? Math.min(60, Math.max(1, daysBetween(start.day, end.day))) : 1,
      rrule: rule && rule.length <= 300 ? rule : null,
      skips: [],
      left_out: [],
      also: [],
      sure: true,
    };
    if (!start.sure || all.some((line) => /^(EXDATE|RDATE)$/.test(line.name))) unsure.push("schedule");
  }
  return { set, unsure };
}

interface Moment {
  readonly day: string;
  readonly clock: string | null;
  readonly sure: boolean;
}

const OURS = /TZID="?[^";:]*(?:Copenhagen|Paris|Berlin|Stockholm|Oslo|Romance|W\. Europe|Central Europe)/i;
const here = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

function moment(line: Line | undefined): Moment | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?$/.exec(line?.value.trim() ?? "");
  if (!line || !match) return null;
  const [, year, month, date, hour, minute, utc] = match;
  const day = `${year}-${month}-${date}`;
  if (Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  if (hour === undefined) return { day, clock: null, sure: true };
  if (utc) {
    const at = new Date(`${day}T${hour}:${minute}:00Z`);
    if (Number.isNaN(at.getTime())) return null;
    const [local = day, clock = `${hour}:${minute}`] = here.format(at).split(" ");
    return { day: local, clock, sure: true };
  }
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return { day, clock: `${hour}:${minute}`, sure: !/TZID/i.test(line.params) || OURS.test(line.params) };
}

function later(start: Moment, duration: string | undefined): Moment | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(duration?.trim() ?? "");
  if (!match) return null;
  const [weeks, days, hours, minutes] = match.slice(1, 5).map((part) => Number(part ?? 0));
  const whole = (weeks ?? 0) * 7 + (days ?? 0);
  if (start.clock === null) return { ...start, day: plus(start.day, Math.min(whole, 400)) };
  const total =
    Number(start.clock.slice(0, 2)) * 60 + Number(start.clock.slice(3)) + (hours ?? 0) * 60 + (minutes ?? 0);
  const clock = `${String(Math.floor(total / 60) % 24).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
  return { ...start, clock };
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

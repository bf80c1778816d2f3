/** Words for events at the desk: their state, their times, and how often they come. */

import { weekday } from "../../geo/copenhagen.ts";
import { capital, dayShort } from "../../text/format.ts";
import type { Event, Organiser, Time } from "../data/things.ts";
import { THEMES as WORDS } from "../parts/say-event.ts";
import { day } from "../words.ts";

export type EventState = Event["state"];
export { STATES as EVENT_STATES } from "../parts/say-event.ts";

const NB = "\u00a0";

/** "17", "17.30" of "17:30". */
export const clockWords = (clock: string): string =>
  clock
    .replace(/^0(?=\d)/, "")
    .replace(/:00$/, "")
    .replace(":", ".");

/** "tirs. 10. marts", and with the year where it is not this one. */
export function dayWords(date: string, today: string): string {
  const words = day(date);
  return `${dayShort(weekday(date))} ${date.slice(0, 4) === today.slice(0, 4) ? words.replace(/ \d{4}$/, "") : words}`;
}

/** "tirs. 10. marts kl. 17" */
export function timeWords(time: Pick<Time, "date" | "start_local">, today: string): string {
  const at = time.start_local === null ? ", hele dagen" : ` kl.${NB}${clockWords(time.start_local)}`;
  return dayWords(time.date, today) + at;
}

/** Times to come, in order; cancelled ones with them. `now`: UTC. */
export const coming = (event: Pick<Event, "times">, now: string): Time[] =>
  event.times.filter((time) => (time.end ?? time.start) > now).sort((a, b) => a.start.localeCompare(b.start));

/** The next one that is not cancelled; of an event that is, none. */
export const next = (event: Pick<Event, "times" | "state">, now: string): Time | null =>
  event.state === "cancelled" ? null : (coming(event, now).find(({ state }) => state !== "cancelled") ?? null);

export const organiserName = (all: ReadonlyMap<string, Organiser>, id: string | null): string | null =>
  id === null ? null : (all.get(id)?.name ?? "En arrangør, der ikke er her mere");

export type Theme = Event["themes"][number];
/** For the head of a choice. */
export const THEMES = Object.fromEntries(
  Object.entries(WORDS).map(([theme, words]) => [theme, capital(words)]),
) as Readonly<Record<Theme, string>>;
export const LEVELS: Readonly<Record<NonNullable<Event["level"]>, string>> = {
  try: "Prøv noget nyt: for den, der aldrig har gjort det",
  open: "For alle",
  used: "For den, der har gjort det før",
};

/** Which events a list shows, and in which order. Pure. */
import type { Event } from "../data/things.ts";
import { coming, next } from "./words.ts";

export type Show = "coming" | "proposed" | "draft" | "cancelled" | "hostless" | "past" | "all";
export const SHOW_WORDS: Readonly<Record<Show, string>> = {
  coming: "kommende",
  proposed: "forslag, der venter",
  draft: "kladder",
  cancelled: "aflyste",
  hostless: "uden nogen, der tager imod",
  past: "dem, der er slut",
  all: "alle",
};

export interface Wish {
  readonly show: Show;
  /** The id of a place, "" for all. */
  readonly place: string;
  readonly organiser: string;
  readonly words: string;
}
export const ALL: Wish = { show: "coming", place: "", organiser: "", words: "" };

/** `now`: UTC. Cancelled ones with days to come are among those cancelled, as is one that has a single time called off. */
function isShown(event: Event, show: Show, now: string): boolean {
  const ahead = coming(event, now);
  if (show === "coming") return event.state === "public" && ahead.length > 0;
  if (show === "proposed" || show === "draft") return event.state === show;
  if (show === "cancelled") return event.state === "cancelled" || ahead.some(({ state }) => state === "cancelled");
  if (show === "hostless") return event.state !== "cancelled" && event.host === null && ahead.length > 0;
  if (show === "past") return event.state !== "draft" && ahead.length === 0;
  return true;
}

const collator = new Intl.Collator("da");
const LAST = "9";

/** Those that are wished for, the next first. `folded` gives an event's words to look in; `wish.words` are folded. */
export function pick(
  events: Iterable<Event>,
  wish: Wish,
  now: string,
  folded: (event: Event) => string,
): readonly Event[] {
  const words = wish.words.split(" ").filter(Boolean);
  const at = (event: Event) => next(event, now)?.start ?? coming(event, now)[0]?.start ?? LAST;
  return [...events]
    .filter(
      (event) =>
        isShown(event, wish.show, now) &&
        (wish.place === "" || event.place_id === wish.place) &&
        (wish.organiser === "" || event.organiser_id === wish.organiser) &&
        words.every((word) => folded(event).includes(word)),
    )
    .sort((a, b) => at(a).localeCompare(at(b)) || collator.compare(a.name.da, b.name.da) || a.id.localeCompare(b.id));
}

/** How many there are of each. */
export function counted(events: readonly Event[], now: string): Readonly<Record<Show, number>> {
  const shows = Object.keys(SHOW_WORDS) as Show[];
  return Object.fromEntries(
    shows.map((show) => [show, events.filter((event) => isShown(event, show, now)).length]),
  ) as Record<Show, number>;
}

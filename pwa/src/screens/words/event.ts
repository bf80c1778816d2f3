/** One time of an event in words: when, where, how one comes in, who meets one. */
import { addDays, local, weekday } from "../../geo/copenhagen.ts";
import { metres, type Point } from "../../geo/distance.ts";
import { startOf } from "../../geo/place.ts";
import { dayOf, endMs, fragmentOf, isOff, lastDate, minuteOf } from "../../geo/times.ts";
import { follows } from "../../store/device.ts";
import { type Event, type Place, places, type Route, routes, site, type Time } from "../../store/signals.ts";
import { longDate } from "../../text/amounts.ts";
import { atClock, capital, clock, parts } from "../../text/format.ts";
import { lang, t, told } from "../../text/t.ts";
import { byTown, routeName, stepFree, type What, whereIs } from "./place.ts";

/** More than this ahead, or in the past, a day is told with its year. */
const FAR_DAYS = 200;

/** "torsdag den 12. marts", with the year where it is far from `today`. */
export function dayWords(date: string, today: string): string {
  const words = longDate(date, weekday(date));
  const near = date > addDays(today, -FAR_DAYS) && date < addDays(today, FAR_DAYS);
  return near ? words : t("event.dateYear", { date: words, year: parts(date).year });
}

/** "i dag, torsdag den 5. marts", "i morgen, fredag den 6. marts", else the day. */
export function dayFrom(date: string, today: string): string {
  const words = dayWords(date, today);
  if (date === today) return t("event.today", { date: words });
  if (date === addDays(today, 1)) return t("event.tomorrow", { date: words });
  return words;
}

/** "kl. 14 til 16", "kl. 14", "hele dagen", "hele dagen, til og med lørdag den 7. marts". */
export function clockWords(time: Time, today: string): string {
  if (time.all_day || time.start_local === null) {
    const last = lastDate(time);
    const all = t("event.allDay");
    return last > time.date ? `${all}, ${t("event.through", { date: dayWords(last, today) })}` : all;
  }
  const from = minuteOf(time.start_local);
  if (time.end === null) return atClock(from);
  return t("event.span", { from: clock(from), to: clock(local(endMs(time)).minute) });
}

/** "torsdag den 12. marts kl. 19": for a sentence. */
export function momentWords(date: string, startLocal: string | null, today: string): string {
  const day = dayWords(date, today);
  return startLocal === null ? day : `${day} ${atClock(minuteOf(startLocal))}`;
}

export const timeWords = (time: Time, today: string): string => momentWords(time.date, time.start_local, today);

/** Its page, at this time. */
export function hrefOf(event: Pick<Event, "slug">, time?: Pick<Time, "id">): string {
  return `/det-sker/${event.slug}${time ? `#${fragmentOf(dayOf(time))}` : ""}`;
}

export function placeOf(event: Pick<Event, "place_id">): Place | null {
  const found = event.place_id === null ? undefined : places.value.get(event.place_id);
  return found && found.state !== "dissolved" ? found : null;
}

export function routeAt(event: Pick<Event, "route_id">): Route | null {
  return (event.route_id !== null && routes.value.get(event.route_id)) || null;
}

/** Whether it is at this place or on this route; at a place that is a route it is on that. */
export function isAt(event: Pick<Event, "place_id" | "route_id">, id: string): boolean {
  return event.place_id === id || event.route_id === id || placeOf(event)?.route_id === id;
}

/** Where it is on the ground; null for what is joined from home. */
export function eventPoint(event: Event): Point | null {
  const place = placeOf(event);
  const route = routeAt(event);
  return (place && whereIs(place)) ?? event.point ?? (route && startOf(route));
}

/** It is joined from home alone: by the net, or by a telephone. */
export function atHome(event: Event): boolean {
  const place = placeOf(event);
  if (place) return place.form === "online";
  return event.url !== null && event.route_id === null && event.where === null;
}

/** Where it is joined on the net, if it is. */
export function joinUrl(event: Event): string | null {
  return event.url ?? placeOf(event)?.url ?? null;
}

/** So near a town a thing is in it, as people say it. */
const IN_TOWN_M = 3000;

function townOf(point: Point): string | null {
  const towns = (site.value?.towns ?? []).map(({ name, point: at }) => ({ name, far: metres(at, point) }));
  const [nearest] = towns.sort((a, b) => a.far - b.far);
  return nearest && nearest.far < IN_TOWN_M ? told(nearest.name).words : null;
}

const LONG_WORD = 8;

/** Whether its own name says where it is: "Kaffe i Medborgerhuset" at "Medborgerhuset i Nykøbing". */
function namedAfter(event: string, place: string): boolean {
  const bare = (text: string) => text.replaceAll("\u00ad", "").toLowerCase();
  return bare(place)
    .split(/\s+/)
    .some((word) => word.length >= LONG_WORD && bare(event).includes(word));
}

/** The place, or the town where the name has the place already; null where nobody has said. `free`: words of its own, a sentence. */
export function whereWords(event: Event): (What & { readonly free?: boolean }) | null {
  const own = (words: string): What => ({ words, lang: lang() });
  if (atHome(event)) return own(t("row.home"));
  const at = eventPoint(event);
  const town = at && (townOf(at) ?? byTown(at, site.value));
  const place = placeOf(event);
  if (place) {
    const name = told(place.name);
    if (town && namedAfter(told(event.name).words, name.words)) return own(town);
    return name;
  }
  const route = routeAt(event);
  if (route) {
    const name = routeName(route);
    return typeof name === "string" ? own(name) : told(name);
  }
  if (event.where) {
    const { words, lang: own } = told(event.where);
    return { words: words.trim().replace(/\.$/, ""), lang: own, free: true };
  }
  return town ? own(town) : null;
}

/** true, false, or null: nobody has said. From home there are none. */
export function eventStepFree(event: Event): boolean | null {
  if (atHome(event)) return true;
  const place = placeOf(event);
  if (place) return stepFree(place);
  const route = routeAt(event);
  if (!route || route.stretches.length === 0) return null;
  if (route.stretches.some((s) => s.access.step_free?.value === false)) return false;
  return route.stretches.every((s) => s.access.step_free?.value === true) ? true : null;
}

/** "Kirsten" of "Kirsten Bach". */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Sentences under a name: where, whether there are steps, who meets you. Each in its own language. `here`: on the page of its place. */
export function rowWords(event: Event, across: boolean, here = false): What[] {
  const own = (words: string): What => ({ words, lang: lang() });
  const where = here ? null : whereWords(event);
  const found: What[] = [];
  if (where) found.push({ ...where, words: `${capital(where.words)}${across ? `, ${t("list.across")}` : ""}.` });
  if (atHome(event)) return joinUrl(event) ? [...found, own(t("event.needsNet"))] : found;
  const step = eventStepFree(event);
  if (!here && step !== null && event.route_id === null) found.push(own(`${t(step ? "row.stepFree" : "row.steps")}.`));
  if (event.newcomers)
    found.push(own(event.host ? t("event.newHereHost", { name: firstName(event.host.name) }) : t("event.newHere")));
  return found;
}

/** Whether this phone follows it: itself, its place, its organiser, or everything. */
export function isFollowed(event: Event, time: Time): boolean {
  return follows.value.some(({ kind, id, only }) => {
    if (kind === "event") return id === event.id && (only === null || only === dayOf(time));
    if (kind === "place") return id === event.place_id;
    if (kind === "organiser") return id === event.organiser_id;
    return kind === "settings";
  });
}

/** The days of a series that the rule gives and on which it is not held, still to come. */
export function offDays(event: Event, now: number): Time[] {
  return event.times.filter((time) => endMs(time) > now && isOff(event, time));
}

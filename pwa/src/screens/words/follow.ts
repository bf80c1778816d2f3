/** What is followed in words: when a reminder comes, what it is about, and what is to be remembered in the next weeks. */

import { addDays, dayNumber, local, weekday } from "../../geo/copenhagen.ts";
import { metres, type Point } from "../../geo/distance.ts";
import { type Due, due, type What } from "../../geo/remind.ts";
import { comingTimes, dayOf, endMs, isOff, startMs } from "../../geo/times.ts";
import { type Followed, follows, type MyFollow, met, skips } from "../../store/device.ts";
import { setting } from "../../store/settings.ts";
import { type Event, events, organisers, places, site, type Time } from "../../store/signals.ts";
import { dayName, longDate } from "../../text/amounts.ts";
import { atClock } from "../../text/format.ts";
import { slugOf } from "../../text/slug.ts";
import { t, told } from "../../text/t.ts";
import { nowish } from "../now/clock.ts";
import { eventPoint } from "./event.ts";

export const WHATS: readonly What[] = ["evening", "transport", "hour"];

/** Ids of the events that somebody proposed from this phone, and whose answer they are told of here: until then readers know nothing of them. */
export const proposals = setting<readonly string[]>("proposals", []);

const RULES = { transport: null, quiet: null, holidays: [] };

/** When it comes by this phone's own count; null where there is no such reminder of this time. */
export function dueOf(what: What, time: Time): Due | null {
  return due(what, time, site.value ?? RULES);
}

/** Whether transport is ordered here by rules that are known: else nobody is asked about it. */
export function hasTransport(): boolean {
  const rule = site.value?.transport;
  return !!rule && (rule.hours_ahead !== null || rule.deadline_local !== null);
}

/** "onsdag kl. 19" within a week, "i dag kl. 13", else "onsdag den 11. marts kl. 19". */
export function momentSaid(ms: number): string {
  const { date, minute } = local(ms);
  return dayAnd(date, atClock(minute));
}

export function dayAnd(date: string, time: string): string {
  const today = local(nowish()).date;
  if (date === today) return t("follow.today", { time });
  if (date === addDays(today, 1)) return t("follow.tomorrow", { time });
  const near = dayNumber(date) - dayNumber(today);
  const day = near > 0 && near < 7 ? dayName(weekday(date)) : longDate(date, weekday(date));
  return t("follow.at", { day, time });
}

/** When somebody must have ordered at the latest, said after the moment of the reminder: the clock alone on the same day. */
export function orderWords({ at, orderBy }: Due): string | null {
  if (orderBy === null) return null;
  const [then, last] = [local(at), local(orderBy)];
  return t("follow.order", { when: then.date === last.date ? atClock(last.minute) : momentSaid(orderBy) });
}

/** The first of these times whose reminder is to come, with it; null: it is too late for all. */
export function nextDue(what: What, times: readonly Time[]): { readonly time: Time; readonly due: Due } | null {
  const now = nowish().getTime();
  for (const time of times) {
    const found = dueOf(what, time);
    if (found && found.at > now) return { time, due: found };
  }
  return null;
}

export interface Named {
  readonly words: string;
  readonly lang: string | null;
  readonly href: string | null;
  /** What Det sker is narrowed to before it is opened; {}: to nothing. */
  readonly only?: { readonly organiser?: string };
}

/** The area that an event lies in: round the town that is nearest to it. null where nobody knows where it is. */
function areaOf(event: Event): string | null {
  const at = eventPoint(event);
  if (!at) return null;
  let nearest: { readonly name: string; readonly m: number } | null = null;
  for (const town of site.value?.towns ?? []) {
    const m = metres(at, town.point as Point);
    if (!nearest || m < nearest.m) nearest = { name: town.name.da, m };
  }
  return nearest && slugOf(nearest.name);
}

/** The town that an area is round. */
export function areaName(id: string): string | null {
  const town = site.value?.towns.find(({ name }) => slugOf(name.da) === id);
  return town ? told(town.name).words : null;
}

/** What is followed, as it is called now; `href` null where the phone has nothing of it (any more). */
export function nameOfFollowed({ kind, id }: Followed): Named {
  const own = (words: string, href: string | null, only?: Named["only"]): Named => ({
    words,
    lang: null,
    href,
    ...(only && { only }),
  });
  if (kind === "settings") return own(t("mine.all"), "/det-sker", {});
  if (kind === "area") {
    const name = areaName(id);
    return name ? own(t("mine.area", { name }), "/det-sker", {}) : own(t("mine.lost"), null);
  }
  if (kind === "organiser") {
    const found = organisers.value.get(id);
    return found ? own(found.name, "/det-sker", { organiser: id }) : own(t("mine.lost"), null);
  }
  const found = kind === "event" ? events.value.get(id) : places.value.get(id);
  if (!found && proposals.value.includes(id)) return own(t("answer.name"), `/gemt#svar-${id}`);
  if (!found) return own(t("mine.lost"), null);
  const { words, lang } = told(found.name);
  return { words, lang, href: `/${kind === "event" ? "det-sker" : "steder"}/${found.slug}` };
}

/** Times of it that are to come and are held; of one that is followed for a day alone, that one. */
export function timesToCome(event: Event, only: string | null): Time[] {
  return comingTimes(event, nowish().getTime()).filter(
    (time) => !isOff(event, time) && (only === null || dayOf(time) === only),
  );
}

export const isSkipped = (event: string, day: string): boolean =>
  skips.value.some((one) => one.event_id === event && one.day === day);

/** Times that somebody is reminded of: those that are skipped are not. */
export function timesToRemind(event: Event, only: string | null): Time[] {
  return timesToCome(event, only).filter((time) => !isSkipped(event.id, dayOf(time)));
}

/** What a follow asks of an event: its own, or that of its place, its organiser, or everything. */
function covers({ kind, id, only }: MyFollow, event: Event, time: Time): boolean {
  if (kind === "event") return id === event.id && (only === null || only === dayOf(time));
  if (kind === "place") return id === event.place_id;
  if (kind === "organiser") return id === event.organiser_id;
  return kind === "settings" || id === areaOf(event);
}

/** So long after it was somebody may be asked how it was, where they look at what they follow. */
const JUST_MS = 3 * 86_400_000;

/** Whoever followed it by then, or asked to be met there, may have been there; not who skipped it. */
export function wasMine(event: Event, time: Time): boolean {
  if (isSkipped(event.id, dayOf(time))) return false;
  const asked = met.value.some(({ event_id, day }) => event_id === event.id && day === dayOf(time));
  return asked || follows.value.some((follow) => follow.since <= time.date && covers(follow, event, time));
}

/** What is over since a moment ago, held, and followed or asked to be met at: the newest first. */
export function justOver(): { readonly event: Event; readonly time: Time }[] {
  const now = nowish().getTime();
  const found: { readonly event: Event; readonly time: Time }[] = [];
  for (const event of events.value.values())
    for (const time of event.times) {
      const since = now - endMs(time);
      if (since < 0 || since > JUST_MS || isOff(event, time)) continue;
      if (wasMine(event, time)) found.push({ event, time });
    }
  return found.sort((a, b) => endMs(b.time) - endMs(a.time));
}

export interface ToRemember {
  readonly event: Event;
  readonly time: Time;
  readonly due: Due;
}

/** So far ahead is shown what is to be remembered. */
const AHEAD_MS = 21 * 86_400_000;

/** Every reminder of the next three weeks by when it comes, each time and each kind once; what is skipped is left out. */
export function toRemember(): ToRemember[] {
  const now = nowish().getTime();
  const found = new Map<string, ToRemember>();
  for (const event of events.value.values())
    for (const time of comingTimes(event, now)) {
      // A reminder comes two days before at the most, but for transport: a fortnight.
      if (startMs(time) - now > AHEAD_MS + 15 * 86_400_000) break;
      if (isOff(event, time) || isSkipped(event.id, dayOf(time))) continue;
      for (const follow of follows.value)
        if (covers(follow, event, time))
          for (const what of follow.when) {
            const at = dueOf(what, time);
            if (at && at.usefulUntil > now && at.at < now + AHEAD_MS)
              found.set(`${time.id}/${what}`, { event, time, due: at });
          }
    }
  return [...found.values()].sort((a, b) => a.due.at - b.due.at);
}

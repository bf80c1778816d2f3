/** What a row says of a place: what it is, and the one thing that matters most. */
import { signal } from "@preact/signals";
import type { Direction, Point } from "../../geo/distance.ts";
import { direction, metres } from "../../geo/distance.ts";
import { pointOf, startOf } from "../../geo/place.ts";
import type { Facility, FaultNote, Place, Route, Site } from "../../store/signals.ts";
import { facilities, places, routes, site } from "../../store/signals.ts";
import { capital, distance } from "../../text/format.ts";
import { lang, type Told, t, told } from "../../text/t.ts";
import { BENCH, kindOf, low, rankOf, small } from "../../ui/kinds.ts";
import type { Line } from "../../ui/row.tsx";
import { someShut } from "./open.ts";

/** Of the active and resting places those that can be shown, dissolved ones left out. */
export function livePlaces(): Place[] {
  return [...places.value.values()].filter((p): p is Place => p.state !== "dissolved");
}

export function facilitiesOf(place: Pick<Place, "facility_ids">): Facility[] {
  return place.facility_ids.flatMap((id) => facilities.value.get(id) ?? []);
}

/** What stands farther off is no part of the place: who goes there for a toilet must find one. */
const AT_M = 50;

export interface FacilityAt {
  readonly facility: Facility;
  /** From the place; null for what stands at it, and along a route. */
  readonly metres: number | null;
  readonly to: Direction | null;
}

/** The facilities of a place: those at it by what a body needs first, then those farther off, the nearest first. */
export function facilitiesAt(place: Place): FacilityAt[] {
  const from = place.form === "route" ? null : place.point;
  return facilitiesOf(place)
    .map((facility) => {
      const far = from ? metres(from, facility.point) : 0;
      if (!from || far <= AT_M) return { facility, metres: null, to: null };
      return { facility, metres: far, to: direction(from, facility.point) };
    })
    .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0) || rankOf(a.facility) - rankOf(b.facility));
}

/** "Bænk og bord" for a spot, "Hus" for a building. */
export function kindWords(place: Place): string {
  if (place.form !== "spot") return t(`form.${place.form}`);
  const at = facilitiesAt(place).filter((f) => f.metres === null);
  const words = [...new Set(at.map(({ facility }) => kindOf(facility).words))].filter(
    (word, _, all) => !all.some((other) => other !== word && other.toLowerCase().includes(word.toLowerCase())),
  );
  const [one, two] = words;
  if (!one) return t("form.spot");
  // "Bord og bænk" says enough, and two of "and" are one too many.
  return !two || /\s/.test(one) || /\s/.test(two) ? one : capital(t("list.and", { a: small(one), b: small(two) }));
}

export function routeOf(place: Pick<Place, "route_id">): Route | null {
  return (place.route_id && routes.value.get(place.route_id)) || null;
}

/** Where a place lies: its own point, or the start of its route. */
export function whereIs(place: Place): Point | null {
  return pointOf(place, routes.value);
}

/** One sentence each; "kl. 10" and "ca. 40" do not end one. */
export function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+(?=\p{Lu})|\n+/u)
    .map((s) => s.trim())
    .filter(Boolean);
}

/** The first sentence, if it is short enough for a row. */
export function firstSentence(text: Told | null, longest = 56, whole = false): { words: string; lang: string } | null {
  if (!text) return null;
  const { words, lang: own } = told(text);
  const sentence = sentences(words)[0] ?? "";
  const first = whole ? sentence : sentence.replace(/\.$/, "");
  return first.length > 0 && first.length <= longest ? { words: first, lang: own } : null;
}

export interface What {
  readonly words: string;
  readonly lang: string;
  /** It goes on in the sentence before it: ", uden trin". */
  readonly joined?: boolean;
}

/** Words that an eye takes in at once; what is longer gives way to the kind. */
const SHORT = 5;

/** What is on today at a place, by its id: a later file brings it (today-rows.ts). */
export const onToday = signal<ReadonlyMap<string, readonly What[]>>(new Map());

/** One line: what it is. Steps belong to it, as they decide whether one can go. */
export function whatOf(place: Place): readonly What[] {
  const own = (words: string): What => ({ words, lang: lang() });
  const on = onToday.value.get(place.id);
  if (on) return on;
  if (place.form === "route") {
    const route = routeOf(place);
    return [own(route ? routeWhat(route) : t("form.route"))];
  }
  if (place.form === "online" || place.form === "mental") {
    const does = [place.activities, place.purpose, place.where, place.amenities]
      .map((text) => firstSentence(text, 44))
      .find((first) => first && !/^\d/.test(first.words));
    return [own(t(place.form === "online" ? "row.home" : "form.mental")), ...(does ? [does] : [])];
  }
  const first = firstSentence(place.amenities);
  const here = first && first.words.split(/\s+/).length <= SHORT ? first : own(kindWords(place));
  const step = place.access.step_free;
  if (!step) return [here];
  return [here, step.value ? { ...own(low(t("row.stepFree"))), joined: true } : own(t("row.steps"))];
}

/** "Gåtur"; where the register does not say how one goes, "Tur". */
export function modeWords(route: Pick<Route, "modes">): string {
  const mode = route.modes[0];
  return t(mode ? `mode.${mode}` : "form.route");
}

/** The register has no name for it: its own words for that end so (server/formats/register/geofa.py). */
export const nameless = (route: Pick<Route, "name">): boolean => route.name.da.endsWith(", uden navn");

/** "Gåtur på 2,4 km" */
const modeAndLength = (route: Route) => t("row.route", { mode: modeWords(route), length: distance(route.length_m) });

/** What a route is called here: one without a name by what it is and how long, which tells it from its neighbours. */
export const routeName = (route: Route): string | Told => (nameless(route) ? modeAndLength(route) : route.name);

/** As `byTown`, at the head of a line; "" where no towns are known. */
export const townLine = (point: Point | null): string => capital((point && byTown(point, site.value)) || "");

/** "Gåtur på 2,4 km, 3 bænke"; of one without a name, whose name says the first, where it begins. */
export function routeWhat(route: Route): string {
  const n = benchesOn(route).length;
  const parts = [nameless(route) ? townLine(startOf(route)) : modeAndLength(route), n > 0 && t("row.benches", { n })];
  return parts.filter(Boolean).join(", ");
}

/** Without a position: those with a name first, by car last. */
export const routeRank = (route: Route): number => Number(route.modes[0] === "drive") * 2 + Number(nameless(route));

/** Benches along it, in the order that one meets them. */
export function benchesOn(route: Route): { at_m: number; facility: Facility }[] {
  return route.near
    .flatMap((n) => {
      const facility = facilities.value.get(n.facility_id);
      return facility?.code === BENCH ? [{ at_m: n.at_m, facility }] : [];
    })
    .sort((a, b) => a.at_m - b.at_m);
}

/** The narrowest gate that somebody has measured. */
export function narrowestGate(route: Route): number | null {
  const gates = route.stretches.flatMap((s) => (s.access.gate_cm ? [s.access.gate_cm.value] : []));
  return gates.length > 0 ? Math.min(...gates) : null;
}

export interface FaultOn {
  readonly fault: FaultNote;
  /** The facility it is on, or null for the place itself. */
  readonly facility: Facility | null;
}

/** A place's own faults and those of its facilities, the newest first. What is done at home or anywhere is not spoiled by one bench. */
export function faultsOf(place: Pick<Place, "form" | "faults" | "facility_ids">): FaultOn[] {
  const anywhere = place.form === "online" || place.form === "mental";
  return [
    ...place.faults.map((fault) => ({ fault, facility: null })),
    ...(anywhere ? [] : facilitiesOf(place)).flatMap((facility) =>
      facility.faults.map((fault) => ({ fault, facility })),
    ),
  ].sort((a, b) => b.fault.since.localeCompare(a.fault.since));
}

/** "bænk i stykker" */
export function faultBadge({ fault, facility }: FaultOn): string {
  const what = t(`badge.${fault.what}`);
  if (!facility || fault.what === "toilet_closed") return what;
  return t("badge.facility", { facility: small(kindOf(facility).words), what });
}

/** The one line of a row: what is closed, what is broken, a pause, a narrow gate, what needs network; the water between comes last. */
export function lineOf(
  place: Place,
  seen: { across: boolean; online: boolean; date: string; shut?: boolean },
): Line | null {
  const route = place.form === "route" ? routeOf(place) : null;
  if (route && someShut(route.closures, seen.date)) return { as: "bad", icon: "barrier", words: t("row.shutPart") };
  const fault = faultsOf(place).find((f) => f.fault.state !== "fixed");
  if (fault) return { as: "bad", icon: "warn", words: faultBadge(fault) };
  if (place.state === "resting") return { as: "wait", icon: "pause", words: t("row.resting") };
  const gate = (route && narrowestGate(route)) ?? place.access.gate_cm?.value ?? null;
  if (gate !== null && gate < 100 && !seen.shut) return { as: "bad", icon: "gate", words: t("row.gate", { cm: gate }) };
  if (place.form === "online" && place.url && !seen.online)
    return { as: "wait", icon: "nonet", words: t("list.notNow") };
  return seen.across ? { as: "line", icon: "sound", words: t("list.across") } : null;
}

/** "2,1 km nord for Nysted": where something without a name is. Null where no towns are known. */
export function byTown(point: Point, site: Site | null): string | null {
  let best: { name: string; metres: number; from: Point } | null = null;
  for (const town of site?.towns ?? []) {
    const m = metres(town.point, point);
    if (!best || m < best.metres) best = { name: told(town.name).words, metres: m, from: town.point };
  }
  if (!best) return null;
  if (best.metres < 700) return t("of.at", { what: best.name });
  return `${distance(best.metres)} ${of(direction(best.from, point), best.name)}`;
}

export function of(to: Direction, what: string): string {
  return t(`of${to}`, { what });
}

export function stepFree(place: Place): boolean | null {
  if (place.access.step_free) return place.access.step_free.value;
  const route = place.form === "route" ? routeOf(place) : null;
  if (!route || route.stretches.length === 0) return null;
  if (route.stretches.some((s) => s.access.step_free?.value === false)) return false;
  return route.stretches.every((s) => s.access.step_free?.value === true) ? true : null;
}

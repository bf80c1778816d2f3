/** What a row says of a place: what it is, and the one thing that matters most. */
import type { Direction, Point } from "../../geo/distance.ts";
import { direction, metres } from "../../geo/distance.ts";
import { pointOf } from "../../geo/place.ts";
import type { Facility, FaultNote, Place, Route, Site } from "../../store/signals.ts";
import { facilities, places, routes } from "../../store/signals.ts";
import { distance } from "../../text/format.ts";
import { lang, type Told, t, told } from "../../text/t.ts";
import { BENCH, kindOf, small } from "../../ui/kinds.ts";
import type { Line } from "../../ui/row.tsx";

/** Of the active and resting places those that can be shown, dissolved ones left out. */
export function livePlaces(): Place[] {
  return [...places.value.values()].filter((p): p is Place => p.state !== "dissolved");
}

export function facilitiesOf(place: Pick<Place, "facility_ids">): Facility[] {
  return place.facility_ids.flatMap((id) => facilities.value.get(id) ?? []);
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

/** One line: what it is. Steps belong to it, as they decide whether one can go. */
export function whatOf(place: Place): readonly What[] {
  const own = (words: string): What => ({ words, lang: lang() });
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
  const here = firstSentence(place.amenities) ?? own(t(`form.${place.form}`));
  const step = place.access.step_free;
  return [here, ...(step ? [{ ...own(small(t(step.value ? "row.stepFree" : "row.steps"))), joined: true }] : [])];
}

export function modeWords(route: Pick<Route, "modes">): string {
  const mode = route.modes[0] ?? "walk";
  return t(`mode.${mode}`);
}

/** "Gåtur på 2,4 km, 3 bænke" */
export function routeWhat(route: Route): string {
  const benches = benchesOn(route).length;
  const base = t("row.route", { mode: modeWords(route), length: distance(route.length_m) });
  return benches > 0 ? `${base}, ${t("row.benches", { n: benches })}` : base;
}

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

/** A place's own faults and those of its facilities, the newest first, without those that are mended. */
export function faultsOf(place: Pick<Place, "faults" | "facility_ids">): FaultOn[] {
  return [
    ...place.faults.map((fault) => ({ fault, facility: null })),
    ...facilitiesOf(place).flatMap((facility) => facility.faults.map((fault) => ({ fault, facility }))),
  ].sort((a, b) => b.fault.since.localeCompare(a.fault.since));
}

/** "bænk i stykker" */
export function faultBadge({ fault, facility }: FaultOn): string {
  const what = t(`badge.${fault.what}`);
  if (!facility || fault.what === "toilet_closed") return what;
  return t("badge.facility", { facility: small(kindOf(facility).words), what });
}

/** The one line of a row: a fault first, then the water between, then a narrow gate, then what needs network. */
export function lineOf(place: Place, seen: { across: boolean; online: boolean; shut?: boolean }): Line | null {
  const fault = faultsOf(place).find((f) => f.fault.state !== "fixed");
  if (fault) return { as: "bad", icon: "warn", words: faultBadge(fault) };
  if (seen.across) return { as: "line", icon: "sound", words: t("list.across") };
  if (place.state === "resting") return { as: "wait", icon: "pause", words: t("row.resting") };
  const route = place.form === "route" ? routeOf(place) : null;
  const gate = (route && narrowestGate(route)) ?? place.access.gate_cm?.value ?? null;
  if (gate !== null && gate < 100 && !seen.shut) return { as: "bad", icon: "gate", words: t("row.gate", { cm: gate }) };
  if (place.form === "online" && place.url && !seen.online)
    return { as: "wait", icon: "nonet", words: t("list.notNow") };
  return null;
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

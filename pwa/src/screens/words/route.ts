/** What a route says, made of its stretches: marks on the strip, steps of the way, the worst that one meets. */
import { inForce } from "../../geo/place.ts";
import { type Facility, facilities, type Route } from "../../store/signals.ts";
import { percent } from "../../text/amounts.ts";
import { distance, number } from "../../text/format.ts";
import { t } from "../../text/t.ts";
import type { Mark, Part, Span, Surface } from "../../ui/surface.tsx";
import { type Access, type FactName, howOf, sourceOf, sourcesOf, surfaceOf } from "../facts.tsx";
import { benchesOn } from "./place.ts";

type Stretch = Route["stretches"][number];

/** A stretch and where it begins along the full line, in metres. */
export interface Placed {
  readonly stretch: Stretch;
  readonly from_m: number;
}

export function placed(route: Route): Placed[] {
  let from_m = 0;
  return route.stretches.map((stretch) => {
    const one = { stretch, from_m };
    from_m += stretch.length_m;
    return one;
  });
}

/** Neighbours of the same surface are one part of the strip. */
export function partsOf(route: Route): Part[] {
  const parts: { surface: Surface; length_m: number }[] = [];
  for (const s of route.stretches) {
    const surface = surfaceOf(s.surface);
    const last = parts.at(-1);
    if (last?.surface === surface) last.length_m += s.length_m;
    else parts.push({ surface, length_m: s.length_m });
  }
  return parts;
}

/** Who has said so of each surface on the way, and when. */
export function partSources(route: Route): ReadonlyMap<Surface, string> {
  const said = route.stretches.flatMap(({ surface }) => surface ?? []);
  const surfaces = new Set(said.map(surfaceOf));
  return new Map([...surfaces].map((one) => [one, sourcesOf(said.filter((fact) => surfaceOf(fact) === one))]));
}

/** The stretches that are closed on a day: those that a closure names, or all of them where it names none. */
export function shutOn(route: Route, date: string): ReadonlySet<string> {
  const held = route.closures.filter((one) => inForce(one, date));
  const all = route.stretches.map((stretch) => stretch.id);
  return new Set(held.flatMap((one) => one.stretch_ids ?? all));
}

/** Where along the line it is closed, in metres; neighbours are one span. */
export function shutSpans(route: Route, shut: ReadonlySet<string>): { from_m: number; to_m: number }[] {
  const spans: { from_m: number; to_m: number }[] = [];
  for (const { stretch, from_m } of placed(route)) {
    if (!shut.has(stretch.id)) continue;
    const to_m = from_m + stretch.length_m;
    const last = spans.at(-1);
    if (last?.to_m === from_m) last.to_m = to_m;
    else spans.push({ from_m, to_m });
  }
  return spans;
}

/** The same as shares of the strip. */
export function shutMarks(route: Route, shut: ReadonlySet<string>): Span[] {
  const all = route.stretches.reduce((sum, s) => sum + s.length_m, 0) || 1;
  return shutSpans(route, shut).map(({ from_m, to_m }) => ({
    from: (from_m / all) * 100,
    share: ((to_m - from_m) / all) * 100,
  }));
}

function shareOf(route: Route, at_m: number): number {
  return route.length_m > 0 ? Math.min(100, Math.max(0, (at_m / route.length_m) * 100)) : 0;
}

/** Benches over the strip; where they would lie on each other, one stands for both. */
export function benchMarks(route: Route): Mark[] {
  const marks: Mark[] = [];
  for (const { at_m } of benchesOn(route)) {
    const share = Math.min(96, Math.max(4, shareOf(route, at_m)));
    if (!marks.some((m) => Math.abs(m.share - share) < 8)) marks.push({ share, icon: "bench" });
  }
  return marks;
}

/** Gates and steps under the strip; what many bodies cannot pass is in brick. */
export function stopMarks(route: Route): Mark[] {
  const marks: Mark[] = [];
  for (const { stretch, from_m } of placed(route)) {
    const middle = shareOf(route, from_m + stretch.length_m / 2);
    const share = Math.min(90, Math.max(10, middle));
    const gate = stretch.access.gate_cm;
    if (gate)
      marks.push({ share, icon: "gate", words: t("fact.cm", { n: number(gate.value) }), stop: gate.value < 100 });
    else if (stretch.access.step_free?.value === false) marks.push({ share, icon: "step", words: t("route.steps") });
  }
  return marks;
}

/** The strip in words. */
export function stripWords(route: Route, shut: ReadonlySet<string>): string {
  const parts = partsOf(route).map((p) => `${distance(p.length_m)} ${t(`surface.${p.surface}`)}`);
  const benches = benchesOn(route);
  const said = [t("route.strip", { parts: parts.join(", ") })];
  for (const { from_m, to_m } of shutSpans(route, shut)) {
    said.push(t("route.stripShut", { from: from_m > 0 ? distance(from_m) : t("route.start"), to: distance(to_m) }));
  }
  if (benches.length > 0) {
    said.push(t("route.stripBenches", { at: benches.map((b) => distance(b.at_m)).join(", ") }));
  }
  for (const { stretch, from_m } of placed(route)) {
    const at = distance(from_m + stretch.length_m / 2);
    const gate = stretch.access.gate_cm;
    if (gate) said.push(t("route.stripGate", { cm: t("fact.cm", { n: number(gate.value) }), at }));
    if (stretch.access.step_free?.value === false) said.push(t("route.stripSteps", { at }));
  }
  return said.join(" ");
}

export interface Along {
  readonly facility: Facility;
  readonly at_m: number;
  readonly off_m: number;
}

/** Things within reach, in the order that one meets them. */
export function along(route: Route): Along[] {
  return route.near
    .flatMap((n) => {
      const facility = facilities.value.get(n.facility_id);
      return facility ? [{ facility, at_m: n.at_m, off_m: n.off_m }] : [];
    })
    .sort((a, b) => a.at_m - b.at_m);
}

/** The worst value that anybody has measured, with its stretch's own source, and on how many stretches it is unknown. */
export function worst(route: Route, name: FactName): { fact: Access[FactName]; unknown: number } {
  const facts = route.stretches.map((s) => s.access[name]);
  const known = facts.filter((f) => f !== null);
  const widest = name === "kerb_cm" || name === "slope_pct";
  const sorted = [...known].sort((a, b) =>
    widest ? Number(b.value) - Number(a.value) : Number(a.value) - Number(b.value),
  );
  return { fact: sorted[0] ?? null, unknown: facts.length - known.length };
}

/** What a line of "Kan jeg komme igennem?" says: `value` null is "ved ikke", and `known` is what is measured all the same. */
export interface Through {
  readonly value: string | null;
  readonly known: string;
  readonly source: string;
}

/** Only what is known of every stretch is an answer; a step that somebody saw is one, however little else is known. */
export function through(route: Route, name: FactName): Through {
  const all = route.stretches.length;
  const { fact, unknown } = worst(route, name);
  const part = all - unknown;
  if (name === "step_free") {
    if (!fact) return { value: null, known: "", source: t("fact.noneSeen") };
    const source = sourceOf(fact);
    if (!fact.value) {
      return {
        value: t("fact.steps"),
        known: unknown > 0 ? t("route.partDunno", { part: unknown, all }) : "",
        source,
      };
    }
    if (unknown > 0) return { value: null, known: t("route.noneOn", { part, all }), source };
    return { value: t("fact.noSteps"), known: "", source };
  }
  const shown = (value: number) => (name === "slope_pct" ? percent(value, 1) : t("fact.cm", { n: number(value) }));
  // One passes no wider than the gates that stand on the way.
  const gate = name === "width_cm" ? worst(route, "gate_cm").fact : null;
  const tight = gate && (!fact || Number(gate.value) < Number(fact.value)) ? gate : null;
  const narrow = tight ? t("route.gateIs", { value: shown(Number(tight.value)) }) : "";
  const lowest = tight ?? fact;
  if (!lowest) return { value: null, known: "", source: t("fact.none") };
  const source = sourceOf(lowest, howOf(name));
  if (unknown === 0) return { value: shown(Number(lowest.value)), known: narrow, source };
  const measured = fact ? t("route.measured", { part, all, value: shown(Number(fact.value)) }) : "";
  return { value: null, known: [measured, narrow].filter(Boolean).join(" "), source };
}

/** A quiet pace on foot: 2,4 km in 50 minutes. Other ways of going have no such figure. */
export function quietMinutes(route: Route): number | null {
  if (!route.modes.includes("walk")) return null;
  return Math.max(5, Math.round(route.length_m / 48 / 5) * 5);
}

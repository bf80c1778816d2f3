/** What a route says, made of its stretches: marks on the strip, steps of the way, the worst that one meets. */
import { type Facility, facilities, type Route } from "../../store/signals.ts";
import { distance, length, number } from "../../text/format.ts";
import { t } from "../../text/t.ts";
import type { Mark, Part, Surface } from "../../ui/surface.tsx";
import { type Access, type FactName, surfaceOf } from "../facts.tsx";
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
export function stripWords(route: Route): string {
  const parts = partsOf(route).map((p) => `${length(p.length_m)} ${t(`surface.${p.surface}`)}`);
  const benches = benchesOn(route);
  const said = [t("route.strip", { parts: parts.join(", ") })];
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

/** A quiet pace on foot: 2,4 km in 50 minutes, as LOOK has it. Other ways of going have no such figure. */
export function quietMinutes(route: Route): number | null {
  if (!route.modes.includes("walk")) return null;
  return Math.max(5, Math.round(route.length_m / 48 / 5) * 5);
}

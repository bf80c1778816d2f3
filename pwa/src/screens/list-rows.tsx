/** Rows made of the data: one place, one facility, one route. */
import type { ComponentChildren } from "preact";
import { type Facility, online, type Place, type Route, site } from "../store/signals.ts";
import { capital, distance } from "../text/format.ts";
import { lang, t } from "../text/t.ts";
import { iconOf, kindOf } from "../ui/kinds.ts";
import { FacilityRow, type Far, type Line, PlaceRow } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import type { OpenWords } from "../ui/state.tsx";
import { nowish, today } from "./now/clock.ts";
import { order } from "./now/order.ts";
import { outOfSeason, placeOpen, shutNow, shutWords, someShut } from "./words/open.ts";
import { faultBadge, lineOf, narrowestGate, routeName, routeWhat, townLine, type What, whatOf } from "./words/place.ts";

/** "350 m", "mod vest" by the order that stands; null before a position is known. */
export function farOf(id: string, form?: Place["form"]): Far | null {
  if (!order.value?.from) return null;
  if (form === "online") return { far: t("list.online") };
  const spot = order.value.spots.get(id);
  if (!spot || spot.metres === null) return null;
  return { far: distance(spot.metres), ...(spot.to === null ? {} : { to: t(`to${spot.to}`) }) };
}

/** Parts of the line, each in its own language: "Bænk og bord. Uden trin". */
function Whats({ of }: { of: readonly What[] }) {
  return (
    <>
      {of.map((w, i) => (
        <span key={w.words}>
          {i > 0 && (w.joined ? ", " : ". ")}
          {w.lang === lang() ? w.words : <span lang={w.lang}>{w.words}</span>}
        </span>
      ))}
    </>
  );
}

/** Where one line says something else already, the water is told under the distance. */
function withWater(far: Far | null, across: boolean, line: Line | null): Far | null {
  return far && across && line?.as !== "line" ? { ...far, over: t("list.over") } : far;
}

/** `far` and `across` where they are counted from somewhere else than the list's order; `open` where a screen says it in its own words. */
export function PlaceLine(p: {
  place: Place;
  inside?: boolean;
  far?: Far | null;
  across?: boolean;
  open?: OpenWords | null;
}) {
  const { place } = p;
  const date = today().date;
  const across = p.across ?? order.value?.spots.get(place.id)?.across ?? false;
  const open = p.open === undefined ? placeOpen(place, nowish(), site.value) : p.open;
  const shut = shutNow(place.closures, date) !== null;
  const line = lineOf(place, { across: across && !shut, online: online.value, date, shut });
  return (
    <PlaceRow
      href={`/steder/${place.slug}`}
      form={place.form}
      far={withWater(p.far === undefined ? farOf(place.id, place.form) : p.far, across, line)}
      name={<Say of={place.name} />}
      what={<Whats of={whatOf(place)} />}
      open={open}
      line={line}
      inside={p.inside ?? false}
    />
  );
}

/** The one thing that matters of a facility: a fault, then its season, then whether there are steps, then where it is. */
export function facilityWhat(f: Facility, where = true): string {
  const fault = f.faults.find((n) => n.state !== "fixed");
  if (fault) return capital(faultBadge({ fault, facility: null }));
  const shut = outOfSeason(f, today().date);
  if (shut) return capital(t("facility.opensRow", { date: shut }));
  if (f.access.step_free) return t(f.access.step_free.value ? "row.stepFree" : "row.steps");
  return where ? townLine(f.point) : "";
}

export function FacilityName({ of: f }: { of: Facility }) {
  if (f.name) return <Say of={f.name} />;
  const kind = kindOf(f);
  return kind.lang === lang() ? kind.words : <span lang={kind.lang}>{kind.words}</span>;
}

/** What it is where it has no picture of its own that says so, then the one thing that matters. */
export function facilitySays(f: Facility, where = true): ComponentChildren {
  const what = facilityWhat(f, where);
  if (!f.name || f.code !== null) return what;
  return (
    <>
      <Say of={{ da: f.type_text }} />
      {what && `. ${what}`}
    </>
  );
}

/** A facility's row is low: how far is enough. */
function inLine(far: Far | null): Far | null {
  return far && { far: far.far };
}

/** `far` where it is counted from a place: then the town is of no use. */
export function FacilityLine({ facility: f, far }: { facility: Facility; far?: Far | null }) {
  return (
    <FacilityRow
      href={`/ting/${f.id}`}
      icon={iconOf(f)}
      far={far === undefined ? inLine(farOf(f.id)) : far}
      name={<FacilityName of={f} />}
      what={facilitySays(f, far === undefined)}
    />
  );
}

export function RouteLine({ route }: { route: Route }) {
  const date = today().date;
  const shut = shutNow(route.closures, date);
  const season = outOfSeason(route, date);
  const gate = narrowestGate(route);
  const fault = route.faults.find((n) => n.state !== "fixed");
  const across = order.value?.spots.get(route.id)?.across ?? false;
  const line: Line | null = someShut(route.closures, date)
    ? { as: "bad", icon: "barrier", words: t("row.shutPart") }
    : fault
      ? { as: "bad", icon: "warn", words: faultBadge({ fault, facility: null }) }
      : gate !== null && gate < 100
        ? { as: "bad", icon: "gate", words: t("row.gate", { cm: gate }) }
        : across
          ? { as: "line", icon: "sound", words: t("list.across") }
          : null;
  return (
    <PlaceRow
      href={`/ruter/${route.slug}`}
      form="route"
      far={withWater(farOf(route.id), across, line)}
      name={<Say of={routeName(route)} />}
      what={routeWhat(route)}
      open={shut ? shutWords(shut) : season ? { is: "closed", words: t("open.from", { date: season }) } : null}
      line={line}
    />
  );
}

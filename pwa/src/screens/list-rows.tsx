/** Rows made of the data: one place, one facility, one route. */
import { type Facility, online, type Place, type Route, site } from "../store/signals.ts";
import { capital, distance } from "../text/format.ts";
import { lang, t } from "../text/t.ts";
import { iconOf, kindOf } from "../ui/kinds.ts";
import { FacilityRow, type Far, type Line, PlaceRow } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { nowish, today } from "./now/clock.ts";
import { order } from "./now/order.ts";
import { outOfSeason, placeOpen, shutNow, shutWords } from "./words/open.ts";
import { byTown, faultBadge, lineOf, narrowestGate, routeWhat, type What, whatOf } from "./words/place.ts";

/** "350 m", "mod vest" by the order that stands; null before a position is known. */
export function farOf(id: string, form?: Place["form"]): Far | null {
  if (!order.value?.from) return null;
  if (form === "online") return { far: t("list.online") };
  const spot = order.value.spots.get(id);
  if (!spot || spot.metres === null) return null;
  return { far: distance(spot.metres), ...(spot.to === null ? {} : { to: t(`to${spot.to}`) }) };
}

/** Parts of the line, each in its own language: "Bænk og bord. Uden trin". */
export function Whats({ of }: { of: readonly What[] }) {
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

export function PlaceLine({ place, inside }: { place: Place; inside?: boolean }) {
  return (
    <PlaceRow
      href={`/steder/${place.slug}`}
      form={place.form}
      far={farOf(place.id, place.form)}
      name={<Say of={place.name} />}
      what={<Whats of={whatOf(place)} />}
      open={placeOpen(place, nowish(), site.value)}
      line={lineOf(place, {
        across: order.value?.spots.get(place.id)?.across ?? false,
        online: online.value,
        shut: shutNow(place.closures, today().date) !== null,
      })}
      inside={inside ?? false}
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
  return where ? capital(byTown(f.point, site.value) ?? "") : "";
}

export function FacilityName({ of: f }: { of: Facility }) {
  if (f.name) return <Say of={f.name} />;
  const kind = kindOf(f);
  return kind.lang === lang() ? kind.words : <span lang={kind.lang}>{kind.words}</span>;
}

export function FacilityLine({ facility: f }: { facility: Facility }) {
  return (
    <FacilityRow
      href={`/ting/${f.id}`}
      icon={iconOf(f)}
      far={farOf(f.id)}
      name={<FacilityName of={f} />}
      what={facilityWhat(f)}
    />
  );
}

export function RouteLine({ route }: { route: Route }) {
  const date = today().date;
  const shut = shutNow(route.closures, date);
  const season = outOfSeason(route, date);
  const gate = narrowestGate(route);
  const fault = route.faults.find((n) => n.state !== "fixed");
  const line: Line | null = fault
    ? { as: "bad", icon: "warn", words: faultBadge({ fault, facility: null }) }
    : order.value?.spots.get(route.id)?.across
      ? { as: "line", icon: "sound", words: t("list.across") }
      : gate !== null && gate < 100
        ? { as: "bad", icon: "gate", words: t("row.gate", { cm: gate }) }
        : null;
  return (
    <PlaceRow
      href={`/ruter/${route.slug}`}
      form="route"
      far={farOf(route.id)}
      name={<Say of={route.name} />}
      what={routeWhat(route)}
      open={shut ? shutWords(shut) : season ? { is: "closed", words: t("open.from", { date: season }) } : null}
      line={line}
    />
  );
}

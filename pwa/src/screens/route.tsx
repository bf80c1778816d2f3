/** A route: figures, the whole way as one line, what one meets, whether one gets through. */
import { startOf } from "../geo/place.ts";
import { type Place, places, type Route } from "../store/signals.ts";
import { distance, number, seasonDay } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Plate } from "../ui/plate.tsx";
import { Rows } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { Open } from "../ui/state.tsx";
import { Legend, WayStrip } from "../ui/surface.tsx";
import { EventsHere } from "./events-here.tsx";
import { type FactName, GroundMeans } from "./facts.tsx";
import { farOf, PlaceLine } from "./list-rows.tsx";
import { ClosureNotes, FaultNotes } from "./notes.tsx";
import { today } from "./now/clock.ts";
import { Underway } from "./underway.tsx";
import { Approaches } from "./way-in.tsx";
import { closuresToTell, headOpen, outOfSeason, shutNow, shutWords } from "./words/open.ts";
import { benchesOn, modeWords, nameless, routeName, townLine } from "./words/place.ts";
import {
  benchMarks,
  partSources,
  partsOf,
  quietMinutes,
  shutMarks,
  shutOn,
  stopMarks,
  stripWords,
  through,
} from "./words/route.ts";
import "./route.css";

function Figures({ route }: { route: Route }) {
  const minutes = quietMinutes(route);
  const benches = benchesOn(route).length;
  return (
    <dl class="figures">
      <div>
        <dt>{t("route.length")}</dt>
        <dd>{distance(route.length_m)}</dd>
      </div>
      {minutes !== null && (
        <div>
          <dt>{t("route.time")}</dt>
          <dd>
            {minutes < 90
              ? t("route.minutes", { n: minutes })
              : t("route.hours", { h: Math.floor(minutes / 60), m: minutes % 60 })}
          </dd>
        </div>
      )}
      {benches > 0 && (
        <div>
          <dt>{t("route.benches")}</dt>
          <dd>{number(benches)}</dd>
        </div>
      )}
    </dl>
  );
}

const facts: readonly [FactName, IconName, "stepsAll" | "gateAll" | "widthAll" | "kerbAll" | "slopeAll"][] = [
  ["step_free", "step", "stepsAll"],
  ["gate_cm", "gate", "gateAll"],
  ["width_cm", "width", "widthAll"],
  ["kerb_cm", "kerb", "kerbAll"],
  ["slope_pct", "slope", "slopeAll"],
];

/** The worst that one meets; where a stretch is unknown the answer is not known, and what is measured stands under it. */
function Passing({ route }: { route: Route }) {
  return (
    <Band title={t("route.access")}>
      <Facts>
        {facts.map(([name, icon, key]) => {
          const { value, known, source } = through(route, name);
          return (
            <FactLine
              key={name}
              icon={icon}
              what={t(`route.${key}`)}
              value={value}
              source={
                <>
                  {known && <b class="known">{known} </b>}
                  {source}
                </>
              }
            />
          );
        })}
      </Facts>
    </Band>
  );
}

export function RouteScreen({ route, back }: { route: Route; back: Back }) {
  const date = today().date;
  const shut = shutNow(route.closures, date);
  const season = outOfSeason(route, date);
  const closures = closuresToTell(route.closures, date);
  const barred = shutOn(route, date);
  const shut_m = route.stretches.filter((s) => barred.has(s.id)).reduce((sum, s) => sum + s.length_m, 0);
  const parts = partsOf(route);
  const here = route.place_ids
    .map((id) => places.value.get(id))
    .filter((p): p is Place => p !== undefined && p.state !== "dissolved");
  const mode = modeWords(route);
  const far = farOf(route.id);
  const called = routeName(route);
  return (
    <Page
      back={back}
      name={typeof called === "string" ? called : told(called).words}
      title={<Say of={called} />}
      kind={
        <>
          <Plate form="route" /> {route.loop ? t("mode.loop", { mode }) : mode}
        </>
      }
      tools
      head={
        <>
          {nameless(route) && <p class="lead">{townLine(startOf(route))}</p>}
          <Figures route={route} />
          {shut ? (
            <Open of={headOpen(shutWords(shut))} as="p" />
          ) : (
            season && <Open of={headOpen({ is: "closed", words: t("open.from", { date: season }) })} as="p" />
          )}
        </>
      }
    >
      <ClosureNotes closures={closures} date={date} />
      <FaultNotes faults={route.faults.map((fault) => ({ fault, facility: null }))} />
      <Band>
        <div class="btns">
          <LinkButton icon="map" href={`/kort#route/${route.id}`}>
            {far ? t("place.mapFar", { far: far.far }) : t("place.map")}
          </LinkButton>
        </div>
        {route.season && (
          <p>{t("route.season", { from: seasonDay(route.season.from), through: seasonDay(route.season.through) })}</p>
        )}
      </Band>
      <EventsHere place_id={null} route_id={route.id} />
      {parts.length > 0 && (
        <Band title={t("route.line")}>
          <WayStrip
            parts={parts}
            above={benchMarks(route)}
            below={stopMarks(route)}
            shut={shutMarks(route, barred)}
            label={stripWords(route, barred)}
          />
          <Legend parts={parts} sources={partSources(route)} shut_m={shut_m} />
          <GroundMeans answers={route.stretches.map((one) => one.surface)} />
        </Band>
      )}
      <Underway route={route} shut={barred} />
      <Passing route={route} />
      <Approaches wayIn={null} approaches={route.approaches} />
      {here.length > 0 && (
        <>
          <Band toRows title={t("route.places")} />
          <Rows label={t("route.places")}>
            {here.map((p) => (
              <li key={p.id}>
                <PlaceLine place={p} />
              </li>
            ))}
          </Rows>
        </>
      )}
      <Band stack>
        <p class="note-text">
          {t("place.reportHint")} {t("route.source", { source: route.source })}
        </p>
        <div class="btns">
          <LinkButton look="quiet" icon="flag" href={`/ruter/${route.slug}/fejl`}>
            {t("place.report")}
          </LinkButton>
          <a class="btn quiet" href={`/feeds/routes/${route.slug}.gpx`} download>
            {t("route.gpx")}
          </a>
        </div>
      </Band>
    </Page>
  );
}

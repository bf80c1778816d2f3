/** A thing in the landscape: what it is, whether it can be used now, what is known of it and who said so. */
import { facilities, routes, site } from "../store/signals.ts";
import { seasonDay } from "../text/format.ts";
import { lang, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Icon } from "../ui/icon.tsx";
import { Rows } from "../ui/row.tsx";
import { Open } from "../ui/state.tsx";
import { today } from "./clock.ts";
import { AccessFacts, sourceOf } from "./facts.tsx";
import { Page } from "./frame.tsx";
import { iconOf, kindOf } from "./kinds.ts";
import { capital, farOf, PlaceLine, RouteLine, ThingName } from "./list-rows.tsx";
import { MissingScreen } from "./missing.tsx";
import { FaultNotes } from "./notes.tsx";
import { headOpen, outOfSeason } from "./open-words.ts";
import { byTown, livePlaces } from "./place-words.ts";

export function ThingScreen({ id, back }: { id: string; back: Back }) {
  const thing = facilities.value.get(id);
  if (!thing) return <MissingScreen back={back} />;
  const kind = kindOf(thing);
  const name = thing.name ? told(thing.name).words : kind.words;
  const shut = outOfSeason(thing, today().date);
  const far = farOf(thing.id);
  const town = byTown(thing.point, site.value);
  const at = livePlaces().filter((p) => p.facility_ids.includes(id));
  const past = [...routes.value.values()].filter((r) => r.near.some((n) => n.facility_id === id)).slice(0, 6);
  const hours = thing.open_24h;
  return (
    <Page
      back={back}
      name={name}
      title={<ThingName of={thing} />}
      kind={
        <>
          <Icon name={iconOf(thing)} /> {kind.lang === lang() ? kind.words : <span lang={kind.lang}>{kind.words}</span>}
        </>
      }
      tools
      head={
        <>
          {town && <p class="lead">{capital(town)}</p>}
          {shut && <Open of={headOpen({ is: "closed", words: t("open.from", { date: shut }) })} as="p" />}
        </>
      }
    >
      <FaultNotes faults={thing.faults.map((fault) => ({ fault, thing: null }))} />
      <Band>
        <div class="btns">
          <LinkButton icon="map" href={`/kort#facility/${thing.id}`}>
            {far ? t("place.mapFar", { far: far.far }) : t("place.map")}
          </LinkButton>
        </div>
      </Band>
      <Band title={t("thing.open")}>
        <Facts>
          <FactLine
            icon="clock"
            what={t("fact.open_24h")}
            value={hours ? t(hours.value ? "fact.yes" : "fact.no") : null}
            source={hours ? sourceOf(hours) : t("fact.noneSeen")}
          />
          {thing.season && (
            <FactLine
              icon="calendar"
              what={t("fact.season")}
              value={t("fact.seasonSpan", {
                from: seasonDay(thing.season.from),
                through: seasonDay(thing.season.through),
              })}
            />
          )}
        </Facts>
      </Band>
      <Band title={t("thing.access")}>
        <AccessFacts access={thing.access} names={["step_free", "width_cm", "gate_cm", "kerb_cm", "slope_pct"]} />
      </Band>
      {at.length > 0 && (
        <>
          <Band toRows title={t("thing.at")} />
          <Rows label={t("thing.at")}>
            {at.map((p) => (
              <li key={p.id}>
                <PlaceLine place={p} />
              </li>
            ))}
          </Rows>
        </>
      )}
      {past.length > 0 && (
        <>
          <Band toRows title={t("thing.routes")} />
          <Rows label={t("thing.routes")}>
            {past.map((r) => (
              <li key={r.id}>
                <RouteLine route={r} />
              </li>
            ))}
          </Rows>
        </>
      )}
      <Band stack>
        <p class="note-text">
          {t("place.reportHint")} {t("thing.source", { source: thing.source })}
        </p>
        <div class="btns">
          <LinkButton look="quiet" icon="flag" href={`/ting/${thing.id}/fejl`}>
            {t("place.report")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

/** A facility, a thing that stands in the landscape: what it is, whether it can be used now, what is known of it and who said so. */
import { facilities, routes, site } from "../store/signals.ts";
import { capital, seasonDay } from "../text/format.ts";
import { lang, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Icon } from "../ui/icon.tsx";
import { iconOf, kindOf, TOILET } from "../ui/kinds.ts";
import { Page } from "../ui/page.tsx";
import { Rows } from "../ui/row.tsx";
import { Open } from "../ui/state.tsx";
import { AccessFacts, sourceOf } from "./facts.tsx";
import { FacilityName, farOf, PlaceLine, RouteLine } from "./list-rows.tsx";
import { MissingScreen } from "./missing.tsx";
import { FaultNotes } from "./notes.tsx";
import { today } from "./now/clock.ts";
import { headOpen, outOfSeason } from "./words/open.ts";
import { byTown, livePlaces, routeRank } from "./words/place.ts";

export function FacilityScreen({ id, back }: { id: string; back: Back }) {
  const facility = facilities.value.get(id);
  if (!facility) return <MissingScreen back={back} maybe />;
  const kind = kindOf(facility);
  const name = facility.name ? told(facility.name).words : kind.words;
  const shut = outOfSeason(facility, today().date);
  const far = farOf(facility.id);
  const town = byTown(facility.point, site.value);
  const at = livePlaces().filter((p) => p.facility_ids.includes(id));
  const past = [...routes.value.values()]
    .filter((r) => r.near.some((n) => n.facility_id === id))
    .sort((a, b) => routeRank(a) - routeRank(b))
    .slice(0, 6);
  const hours = facility.open_24h;
  return (
    <Page
      back={back}
      name={name}
      title={<FacilityName of={facility} />}
      kind={
        <>
          <Icon name={iconOf(facility)} />{" "}
          {kind.lang === lang() ? kind.words : <span lang={kind.lang}>{kind.words}</span>}
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
      <FaultNotes faults={facility.faults.map((fault) => ({ fault, facility: null }))} />
      <Band>
        <div class="btns">
          <LinkButton icon="map" href={`/kort#facility/${facility.id}`}>
            {far ? t("place.mapFar", { far: far.far }) : t("place.map")}
          </LinkButton>
        </div>
      </Band>
      {(hours || facility.season || facility.code === TOILET) && (
        <Band title={t("facility.open")}>
          <Facts>
            <FactLine
              icon="clock"
              what={t("facility.hours")}
              value={hours?.value ? t("hours.always") : null}
              source={
                hours ? (
                  <>
                    {!hours.value && `${t("facility.notAlways")} `}
                    {sourceOf(hours)}
                  </>
                ) : (
                  t("fact.noneSeen")
                )
              }
            />
            {facility.season && (
              <FactLine
                icon="calendar"
                what={t("fact.season")}
                value={t("fact.seasonSpan", {
                  from: seasonDay(facility.season.from),
                  through: seasonDay(facility.season.through),
                })}
              />
            )}
          </Facts>
        </Band>
      )}
      <Band title={t("facility.access")}>
        <AccessFacts
          access={facility.access}
          names={["step_free", "width_cm", "gate_cm", "kerb_cm", "slope_pct"]}
          tell={`/ting/${facility.id}/fejl`}
        />
      </Band>
      {at.length > 0 && (
        <>
          <Band toRows title={t("facility.at")} />
          <Rows label={t("facility.at")}>
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
          <Band toRows title={t("facility.routes")} />
          <Rows label={t("facility.routes")}>
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
          {t("place.reportHint")} {t("facility.source", { source: facility.source })}
        </p>
        <div class="btns">
          <LinkButton look="quiet" icon="flag" href={`/ting/${facility.id}/fejl`}>
            {t("place.report")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

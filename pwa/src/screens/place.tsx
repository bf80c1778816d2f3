/** A place: first whether one can come now, then the five descriptions, access, the way in, who answers. */
import { type Place, site } from "../store/signals.ts";
import { capital } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { kindOf, small } from "../ui/kinds.ts";
import { Page } from "../ui/page.tsx";
import { Person } from "../ui/person.tsx";
import { Photo } from "../ui/photo.tsx";
import { Plate } from "../ui/plate.tsx";
import { Rows } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { Open } from "../ui/state.tsx";
import { AccessFacts, namesFor } from "./facts.tsx";
import { HoursBand } from "./hours.tsx";
import { FacilityLine, farOf, RouteLine } from "./list-rows.tsx";
import { ClosureNotes, FaultNotes, OtherPlaces } from "./notes.tsx";
import { nowish, today } from "./now/clock.ts";
import { Five } from "./place-five.tsx";
import { Approaches } from "./way-in.tsx";
import { closuresToTell, headOpen, placeOpen, shutNow } from "./words/open.ts";
import { facilitiesOf, faultsOf, firstSentence, routeOf } from "./words/place.ts";

/** "Bænk og bord" for a spot, "Hus" for a building. */
function kindWords(place: Place): string {
  if (place.form !== "spot") return t(`form.${place.form}`);
  const kinds = [...new Set(facilitiesOf(place).map((f) => small(kindOf(f).words)))]
    .filter((word, _, all) => !all.some((other) => other !== word && other.includes(word)))
    .slice(0, 2);
  if (kinds.length === 0) return t("form.spot");
  return capital(kinds.length === 2 ? t("list.and", { a: kinds[0] ?? "", b: kinds[1] ?? "" }) : (kinds[0] ?? ""));
}

export function PlaceScreen({ place, back }: { place: Place; back: Back }) {
  const date = today().date;
  const lead = place.purpose && firstSentence(place.purpose, 140, true);
  const open = placeOpen(place, nowish(), site.value);
  const shut = shutNow(place.closures, date);
  const far = farOf(place.id);
  const route = routeOf(place);
  const standing = facilitiesOf(place);
  const onMap = place.point !== null || route !== null;
  return (
    <Page
      back={back}
      name={told(place.name).words}
      title={<Say of={place.name} />}
      kind={
        <>
          <Plate form={place.form} /> {kindWords(place)}
        </>
      }
      tools
      head={
        <>
          {lead && (
            <p class="lead" lang={lead.lang}>
              {lead.words}
            </p>
          )}
          {open && <Open of={headOpen(open)} as="p" />}
        </>
      }
    >
      {place.state === "resting" && (
        <Note icon="pause">
          <h2>{t("place.restingTitle")}</h2>
          <p>{t("place.restingText")}</p>
        </Note>
      )}
      <ClosureNotes closures={closuresToTell(place.closures, date)} date={date} />
      <FaultNotes faults={faultsOf(place)} />
      {(onMap || place.url || route) && (
        <Band>
          <div class="btns">
            {place.url && (
              <LinkButton icon="online" href={place.url} outside>
                {t(place.form === "online" ? "place.open" : "place.openWeb")}
              </LinkButton>
            )}
            {route && (
              <LinkButton icon="route" href={`/ruter/${route.slug}`} look={place.url ? "quiet" : ""}>
                {t("place.toRoute")}
              </LinkButton>
            )}
            {onMap && (
              <LinkButton icon="map" href={`/kort#place/${place.id}`} look={place.url || route ? "quiet" : ""}>
                {far ? t("place.mapFar", { far: far.far }) : t("place.map")}
              </LinkButton>
            )}
          </div>
          {place.url && <p class="note-text">{t("place.openNote")}</p>}
        </Band>
      )}
      {shut && <OtherPlaces near={place} />}
      {(place.hours || place.form === "building") && <HoursBand place={place} hours={place.hours} />}
      {(place.first_time || place.contact) && (
        <Band title={t(place.first_time ? "place.first" : "place.contact")}>
          {place.first_time && (
            <p>
              <Say of={place.first_time} />
            </p>
          )}
          {place.guests_welcome !== null && <p>{t(place.guests_welcome ? "place.guests" : "place.guestsNot")}</p>}
          {place.contact && (
            <Person
              name={place.contact.name}
              phone={place.contact.phone}
              role={place.contact.role && <Say of={place.contact.role} />}
            />
          )}
        </Band>
      )}
      {place.photos.map((photo) => (
        <Photo
          key={photo.sha256}
          sha256={photo.sha256}
          w={photo.w}
          h={photo.h}
          alt={told(photo.alt).words}
          lang={told(photo.alt).lang}
        >
          {photo.credit}
        </Photo>
      ))}
      <Approaches wayIn={place.way_in} approaches={place.approaches} />
      <Five place={place} />
      {place.form !== "online" && place.form !== "mental" && (
        <Band title={t(place.form === "building" ? "place.access" : "place.accessOut")}>
          <AccessFacts access={place.access} names={namesFor(place.form)} />
        </Band>
      )}
      {route && (
        <>
          <Band toRows title={t("place.route")} />
          <Rows label={t("place.route")}>
            <li>
              <RouteLine route={route} />
            </li>
          </Rows>
        </>
      )}
      {standing.length > 0 && (
        <>
          <Band toRows title={t("place.facilities")} />
          <Rows label={t("place.facilities")}>
            {standing.map((f) => (
              <li key={f.id}>
                <FacilityLine facility={f} />
              </li>
            ))}
          </Rows>
        </>
      )}
      <Band stack>
        <p class="note-text">{t("place.reportHint")}</p>
        <div class="btns">
          <LinkButton look="quiet" icon="flag" href={`/steder/${place.slug}/fejl`}>
            {t("place.report")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

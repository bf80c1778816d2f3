/** A place: first whether one can come now, then the five descriptions, access, the way in, who answers. */
import { type Place, site } from "../store/signals.ts";
import { distance, phoneNumber, telephone } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Person } from "../ui/person.tsx";
import { Photo } from "../ui/photo.tsx";
import { Plate } from "../ui/plate.tsx";
import { Rows } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { Open } from "../ui/state.tsx";
import { EventsHere, FollowFolded } from "./events-here.tsx";
import { AccessFacts, AccessShort, namesFor } from "./facts.tsx";
import { HoursBand } from "./hours.tsx";
import { FacilityLine, farOf, RouteLine } from "./list-rows.tsx";
import { ClosureNotes, FaultNotes, nextDoors, OtherPlaces } from "./notes.tsx";
import { nowish, today } from "./now/clock.ts";
import { Five } from "./place-five.tsx";
import { Approaches } from "./way-in.tsx";
import { closuresToTell, headOpen, placeOpen, shutNow } from "./words/open.ts";
import {
  type FacilityAt,
  facilitiesAt,
  faultsOf,
  firstSentence,
  kindWords,
  routeOf,
  sentences,
} from "./words/place.ts";

/** The first sentence of what it is for, where more is said of that below: the same words twice help nobody. */
function leadOf(place: Place): { words: string; lang: string } | null {
  if (!place.purpose || sentences(told(place.purpose).words).length < 2) return null;
  return firstSentence(place.purpose, 140, true);
}

function Standing({ label, facilities }: { label: string; facilities: readonly FacilityAt[] }) {
  if (facilities.length === 0) return null;
  return (
    <>
      <Band toRows title={label} />
      <Rows label={label}>
        {facilities.map(({ facility, metres, to }) => (
          <li key={facility.id}>
            <FacilityLine
              facility={facility}
              far={metres === null ? null : { far: distance(metres), to: t(`to${to ?? 0}`) }}
            />
          </li>
        ))}
      </Rows>
    </>
  );
}

export function PlaceScreen({ place, back }: { place: Place; back: Back }) {
  const date = today().date;
  const lead = leadOf(place);
  const route = routeOf(place);
  const closures = [...place.closures, ...(route?.closures ?? [])];
  const open = placeOpen({ ...place, closures }, nowish(), site.value);
  const shut = shutNow(closures, date);
  const far = farOf(place.id);
  const standing = facilitiesAt(place);
  const doors = shut ? nextDoors(place, shut.why) : [];
  const next = doors[0];
  const away = place.form === "online" || place.form === "mental";
  const rings = away && !place.url && place.contact?.phone ? place.contact.phone : null;
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
      <ClosureNotes closures={closuresToTell(closures, date)} date={date} />
      <FaultNotes faults={faultsOf(place)} />
      {!away && !route && <AccessShort access={place.access} form={place.form} />}
      {(onMap || place.url || route || rings) && (
        <Band>
          <div class="btns">
            {next && (
              <LinkButton href={`/steder/${next.place.slug}`}>
                {t("place.goneToFar", { name: told(next.place.name).words, far: next.far })}
              </LinkButton>
            )}
            {rings && (
              <LinkButton icon="phone" href={telephone(rings)}>
                {t("place.callNumber", { number: phoneNumber(rings) })}
              </LinkButton>
            )}
            {place.url && (
              <LinkButton icon="online" href={place.url} outside>
                {t(place.form === "online" ? "place.open" : "place.openWeb")}
              </LinkButton>
            )}
            {route && (
              <LinkButton icon="route" href={`/ruter/${route.slug}`} look={place.url || next ? "quiet" : ""}>
                {t("place.toRoute")}
              </LinkButton>
            )}
            {onMap && (
              <LinkButton icon="map" href={`/kort#place/${place.id}`} look={place.url || route || next ? "quiet" : ""}>
                {far ? t("place.mapFar", { far: far.far }) : t("place.map")}
              </LinkButton>
            )}
          </div>
          {place.url && <p class="note-text">{t("place.openNote")}</p>}
        </Band>
      )}
      <OtherPlaces doors={doors} />
      <EventsHere place_id={place.id} route_id={place.route_id} />
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
        <Band id="adgang" title={t(place.form === "building" ? "place.access" : "place.accessOut")}>
          <AccessFacts access={place.access} names={namesFor(place.form)} tell={`/steder/${place.slug}/fejl`} />
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
      {place.state === "active" && <FollowFolded key={place.id} kind="place" id={place.id} name={place.name} />}
      <Standing label={t("place.facilities")} facilities={standing.filter((f) => f.metres === null)} />
      <Standing label={t("place.facilitiesOff")} facilities={standing.filter((f) => f.metres !== null)} />
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

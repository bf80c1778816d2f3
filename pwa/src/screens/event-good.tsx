/** Godt at vide: where, what it costs, how often, who answers; and the phone's own ways to keep it: a calendar, a message. */
import { endMs, isOff } from "../geo/times.ts";
import { type Event, organisers, type Time } from "../store/signals.ts";
import { phoneNumber, telephone } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import { saveFile } from "../ui/file.ts";
import { go } from "../ui/go.ts";
import { Icon } from "../ui/icon.tsx";
import { Say } from "../ui/say.tsx";
import { FollowFolded } from "./events-here.tsx";
import { chooseOnly } from "./now/chosen.ts";
import { nowish, today } from "./now/clock.ts";
import { calendarFile } from "./words/calendar-file.ts";
import {
  atHome,
  dayWords,
  firstName,
  hrefOf,
  joinUrl,
  offDays,
  placeOf,
  routeAt,
  timeWords,
  whereWords,
} from "./words/event.ts";
import { routeName } from "./words/place.ts";

/** So many days on which it is not held are named. */
const OFF_DAYS = 3;

function Where({ event }: { event: Event }) {
  const place = placeOf(event);
  const route = routeAt(event);
  if (place)
    return (
      <FactLine
        icon="pin"
        what={<Say of={place.name} />}
        value={
          <a class="go-link" href={`/steder/${place.slug}`}>
            {t("event.seePlace")}
          </a>
        }
        source={event.where && <Say of={event.where} />}
      />
    );
  if (route)
    return (
      <FactLine
        icon="route"
        what={<Say of={routeName(route)} />}
        value={
          <a class="go-link" href={`/ruter/${route.slug}`}>
            {t("event.seeRoute")}
          </a>
        }
        source={event.where && <Say of={event.where} />}
      />
    );
  if (event.where)
    return <FactLine icon="pin" what={t("event.placeDunno")} value="" source={<Say of={event.where} />} />;
  return null;
}

function Rule({ event }: { event: Event }) {
  if (!event.rule) return null;
  const off = offDays(event, nowish().getTime()).slice(0, OFF_DAYS);
  const dates = off.map((time) => dayWords(time.date, today().date)).join(", ");
  return (
    <FactLine
      icon="repeat"
      what={<Say of={event.rule} />}
      value=""
      source={event.state !== "cancelled" && off.length > 0 ? t("event.notOn", { dates }) : null}
    />
  );
}

function Host({ event, time }: { event: Event; time: Time | null }) {
  const { host } = event;
  if (!host) return null;
  const name = firstName(host.name);
  const date = time ? timeWords(time, today().date) : "";
  const words = t("event.sms", { name, event: told(event.name).words, date }).replace(/\s+([.?])/g, "$1");
  return (
    <>
      <div class="person">
        <Icon name="user" />
        <p>
          <b>{host.name}</b>
          <br />
          {t("event.host")}
          {host.phone && (
            <>
              <br />
              <span class="num">{phoneNumber(host.phone)}</span>
            </>
          )}
        </p>
      </div>
      {host.phone && (
        <>
          <div class="btns">
            <LinkButton look="quiet" icon="phone" href={telephone(host.phone)}>
              {t("event.call")}
            </LinkButton>
            <LinkButton
              look="quiet"
              icon="chat"
              href={`${telephone(host.phone, "sms")}?&body=${encodeURIComponent(words)}`}
            >
              {t("event.writeTo", { name })}
            </LinkButton>
          </div>
          <p class="note-text">{t("event.writeNote")}</p>
        </>
      )}
    </>
  );
}

function Organiser({ event }: { event: Event }) {
  const organiser = event.organiser_id === null ? undefined : organisers.value.get(event.organiser_id);
  if (!organiser) return null;
  return (
    <>
      <Band title={t("event.organiser", { name: organiser.name })}>
        <div class="btns">
          <Button
            look="quiet"
            icon="people"
            onClick={() => {
              chooseOnly({ organiser: organiser.id });
              go("/det-sker");
            }}
          >
            {t("event.organiserMore", { name: organiser.name })}
          </Button>
          {organiser.url && (
            <LinkButton look="quiet" icon="online" href={organiser.url} outside>
              {t("event.organiserWeb")}
            </LinkButton>
          )}
        </div>
      </Band>
      <FollowFolded kind="organiser" id={organiser.id} name={organiser.name} />
    </>
  );
}

function Calendar({ event, time }: { event: Event; time: Time }) {
  const save = () => {
    const where = whereWords(event);
    const text = calendarFile({
      event,
      time,
      name: told(event.name).words,
      where: where?.words ?? "",
      about: event.about ? told(event.about).words : "",
      url: `${location.origin}${hrefOf(event, time)}`,
      host: location.hostname,
      now: nowish(),
    });
    saveFile(`${event.slug}.ics`, text, "text/calendar");
  };
  return (
    <>
      <div class="btns">
        <Button look="quiet" icon="calendar" onClick={save}>
          {t("event.calendar")}
        </Button>
        {event.rule && (
          <LinkButton look="quiet" icon="repeat" href={`webcal://${location.host}/feeds/events/${event.slug}.ics`}>
            {t("event.calendarAll")}
          </LinkButton>
        )}
      </div>
      <p class="note-text">{t("event.calendarNote")}</p>
    </>
  );
}

export function GoodToKnow({ event, time }: { event: Event; time: Time | null }) {
  const ahead = time !== null && !isOff(event, time) && endMs(time) > nowish().getTime();
  const price = event.free ? t("event.freeWord") : null;
  return (
    <>
      <Band title={t("event.good")}>
        <Facts>
          <Where event={event} />
          {atHome(event) && joinUrl(event) && (
            <FactLine icon="online" what={t("row.home")} value="" source={t("event.needsNet")} />
          )}
          {event.access && (
            <FactLine icon="step" what={t("event.access")} value="" source={<Say of={event.access} />} />
          )}
          <FactLine
            icon="coffee"
            what={t("event.price")}
            value={price ?? (event.price ? <Say of={event.price} /> : null)}
            source={event.free && event.price ? <Say of={event.price} /> : null}
          />
          {event.bring && <FactLine icon="saved" what={t("event.bring")} value="" source={<Say of={event.bring} />} />}
          {event.level && (
            <FactLine icon="people" what={t("event.level")} value="" source={t(`happens.level.${event.level}`)} />
          )}
          <Rule event={event} />
          {time?.meeting && (
            <FactLine icon="flag" what={t("event.where")} value="" source={<Say of={time.meeting} />} />
          )}
        </Facts>
        <Host event={event} time={time} />
        {ahead && time && <Calendar event={event} time={time} />}
      </Band>
      <Organiser event={event} />
    </>
  );
}

/** One time of an event: what, when and where in one look; whether one comes in; what the first time is like; who is asked. */
import { endMs, instead, isOff, nextTime, startMs, timeOf, timeToTell } from "../geo/times.ts";
import type { Event, Time } from "../store/signals.ts";
import { capital, number } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FiveLine } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Prose } from "../ui/prose.tsx";
import { Say } from "../ui/say.tsx";
import { Badge } from "../ui/state.tsx";
import { AfterBand } from "./after-band.tsx";
import { GoodToKnow } from "./event-good.tsx";
import { EventNotes } from "./event-notes.tsx";
import { Leaf } from "./event-row.tsx";
import { AllTimes, OtherThings } from "./event-times.tsx";
import { sourceOf } from "./facts.tsx";
import { FollowBand } from "./follow-band.tsx";
import { MetBand } from "./met-band.tsx";
import { nowish, today } from "./now/clock.ts";
import {
  atHome,
  clockWords,
  dayFrom,
  eventStepFree,
  hrefOf,
  isFollowed,
  joinUrl,
  placeOf,
  routeAt,
  whereWords,
} from "./words/event.ts";

/** "kl. 14 til 16, Medborgerhuset": what is not in the leaf. */
function Lead({ event, time, whole }: { event: Event; time: Time; whole: boolean }) {
  const date = today().date;
  const clockSaid = clockWords(time, date);
  const when = whole
    ? `${capital(dayFrom(time.date, date))} ${clockSaid}`
    : time.date === date
      ? capital(t("when.today", { time: clockSaid }))
      : clockSaid;
  const where = whereWords(event);
  return (
    <p class="lead">
      {when}
      {where && (where.free ? ". " : ", ")}
      {where && <Say of={{ da: where.words, ...(where.lang === "da" ? {} : { [where.lang]: where.words }) }} />}
    </p>
  );
}

/** Whether one comes in: what is known of steps and doors, from whom; unknown says so. */
function Verdict({ event, time }: { event: Event; time: Time }) {
  const place = placeOf(event);
  const route = routeAt(event);
  const home = atHome(event);
  const url = joinUrl(event);
  const off = isOff(event, time);
  const step = eventStepFree(event);
  const tone = step === null ? "unknown" : step ? "yes" : "no";
  const fact = place?.access.step_free ?? null;
  const door = place?.access.door_cm ?? null;
  const href = place ? `/kort#place/${place.id}` : route ? `/kort#route/${route.id}` : null;
  const title = home
    ? "event.fromHome"
    : step === null
      ? "event.dunnoSteps"
      : step
        ? "event.noSteps"
        : "event.hasSteps";
  return (
    <section class={`verdict ${tone}`}>
      <span class="mark">
        <Icon name={home ? "home" : step === null ? "ask" : step ? "check" : "step"} />
      </span>
      <div>
        <h2>{t(title)}</h2>
        {home && url && <p>{t("event.fromHomeText")}</p>}
        {!home && step === null && <p>{t("event.dunnoStepsText")}</p>}
        {door && <p>{t("fact.door_cmIs", { cm: t("fact.cm", { n: number(door.value) }) })}</p>}
        {fact && <p class="note-text">{sourceOf(fact)}.</p>}
      </div>
      <div class="btns">
        {!off && endMs(time) > nowish().getTime() && !isFollowed(event, time) && (
          <a class="btn" href="#foelg">
            <Icon name="bell" />
            {t("event.followJump")}
          </a>
        )}
        {url && (
          <LinkButton look="quiet" icon="online" href={url} outside>
            {t("event.join")}
          </LinkButton>
        )}
        {!home && href && (
          <LinkButton look="quiet" icon="needle" href={href}>
            {t("event.way")}
          </LinkButton>
        )}
      </div>
    </section>
  );
}

function NewHere({ event }: { event: Event }) {
  const { newcomers } = event;
  if (!newcomers) return null;
  return (
    <Band title={t("event.newHere")}>
      <dl class="five">
        <FiveLine icon="user" what={t("event.whoMeets")}>
          <Prose of={newcomers.who_meets_you} />
        </FiveLine>
        <FiveLine icon="door" what={t("event.where")}>
          <Prose of={newcomers.where} />
        </FiveLine>
        <FiveLine icon="people" what={t("event.howMany")}>
          <Prose of={newcomers.how_many} />
        </FiveLine>
        <FiveLine icon="clock" what={t("event.firstMinutes")}>
          <Prose of={newcomers.first_minutes} />
        </FiveLine>
        <FiveLine icon="walk" what={t("event.leaving")}>
          <Prose of={newcomers.leaving} />
        </FiveLine>
      </dl>
    </Band>
  );
}

export function EventScreen({ event, back, fragment }: { event: Event; back: Back; fragment: string }) {
  const now = nowish().getTime();
  const date = today().date;
  const asked = timeOf(event, fragment);
  const time = asked ?? timeToTell(event, now);
  const off = time !== null && isOff(event, time);
  const over = time !== null && endMs(time) <= now;
  const name = told(event.name).words;
  const isToday = time?.date === date;
  return (
    <Page
      back={back}
      name={name}
      title={<Say of={event.name} />}
      tools
      address={time ? hrefOf(event, time) : hrefOf(event)}
      off={off}
      leaf={time && !off ? <Leaf date={time.date} today={false} gold={isToday && !over} /> : null}
      kind={
        off || time?.full ? (
          <Badge tone={off ? "bad" : "plain"} icon={off ? "close" : "people"}>
            {t(off ? "event.off" : "event.full")}
          </Badge>
        ) : null
      }
      head={time && <Lead event={event} time={time} whole={off} />}
    >
      {fragment !== "" && !asked && time && /^\d{8}$/.test(fragment) && (
        <Note icon="calendar">
          <p>{t("event.dayGone")}</p>
        </Note>
      )}
      {time && <EventNotes event={event} time={time} />}
      {!time && (
        <Note icon="calendar">
          <p>{t(event.state === "cancelled" ? "event.offAll" : "event.pastNone")}</p>
        </Note>
      )}
      {time && startMs(time) <= now && !off && !over && (
        <Note icon="clock" tone="good">
          <p>
            <b>{t("event.onNow")}</b>
          </p>
        </Note>
      )}
      {time && !off && !over && <Verdict event={event} time={time} />}
      {time && over && !off && <AfterBand event={event} time={time} />}
      {event.about && (
        <Band title={t("event.about")}>
          <Prose of={event.about} />
        </Band>
      )}
      <NewHere event={event} />
      {time && !off && !over && <MetBand event={event} time={time} />}
      {nextTime(event, now) !== null && (
        <div id="foelg" tabIndex={-1}>
          <FollowBand
            subject={{ kind: "event", id: event.id }}
            name={event.name}
            event={event}
            time={(off ? instead(event, time, now) : over ? nextTime(event, now) : time) ?? undefined}
          />
        </div>
      )}
      {time && (off || time.full) && <OtherThings event={event} date={time.date} />}
      <GoodToKnow event={event} time={time} />
      <AllTimes event={event} shown={time} />
    </Page>
  );
}

/** What has become of a time: cancelled, moved, full, over, not sure. First what is so, then where to go instead. */
import { dayOf, endMs, instead, isOff, nextTime } from "../geo/times.ts";
import { type Event, site, type Time } from "../store/signals.ts";
import { capital } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { Say } from "../ui/say.tsx";
import { nowish, today } from "./now/clock.ts";
import { dayFrom, dayWords, hrefOf, momentWords, timeWords } from "./words/event.ts";

/** The words of the next time, and a link there. */
function Next({ event, next, words }: { event: Event; next: Time; words: string }) {
  return (
    <>
      <p>
        <b>{words}</b>
      </p>
      <div class="btns">
        <LinkButton look="quiet" icon="calendar" href={hrefOf(event, next)}>
          {t("event.see", { date: dayWords(next.date, today().date) })}
        </LinkButton>
      </div>
    </>
  );
}

function Off({ event, time, next }: { event: Event; time: Time; next: Time | null }) {
  const date = today().date;
  const why = time.why ?? event.why;
  return (
    <Note tone="bad" icon="info">
      <p>
        <b>
          {event.state === "cancelled" ? t("event.offAll") : t("event.offTitle", { date: dayFrom(time.date, date) })}
        </b>{" "}
        {why && <Say of={why} />}
      </p>
      {next ? (
        <Next event={event} next={next} words={t("event.offNext", { date: timeWords(next, date) })} />
      ) : (
        <p>{t("event.offNone")}</p>
      )}
      {site.value?.transport && <p class="note-text">{t("event.offTransport")}</p>}
    </Note>
  );
}

function Moved({ time }: { time: Time }) {
  const date = today().date;
  const was = time.was ?? { date: dayOf(time), start_local: null };
  return (
    <Note icon="repeat">
      <p>
        <b>{t("event.movedTitle")}</b> {time.why && <Say of={time.why} />}
      </p>
      <p>
        {t("event.movedWas", { date: momentWords(was.date, was.start_local, date) })}{" "}
        <b>{t("event.movedIs", { date: timeWords(time, date) })}</b>
      </p>
    </Note>
  );
}

export function EventNotes({ event, time }: { event: Event; time: Time }) {
  const now = nowish().getTime();
  const date = today().date;
  if (isOff(event, time)) {
    const next = instead(event, time, now, true) ?? instead(event, time, now);
    return <Off event={event} time={time} next={next} />;
  }
  if (endMs(time) <= now) {
    const next = nextTime(event, now);
    return (
      <Note icon="calendar">
        <p>
          <b>{t("event.pastTitle")}</b> {capital(timeWords(time, date))}.
        </p>
        {next ? (
          <Next event={event} next={next} words={t("event.pastNext", { date: timeWords(next, date) })} />
        ) : (
          <p>{t("event.pastNone")}</p>
        )}
      </Note>
    );
  }
  const room = time.full ? instead(event, time, now, true) : null;
  return (
    <>
      {time.state === "moved" && <Moved time={time} />}
      {time.full && (
        <Note icon="people">
          <p>
            <b>{t("event.fullTitle", { date: dayFrom(time.date, date) })}</b>
          </p>
          {room ? (
            <Next event={event} next={room} words={t("event.fullNext", { date: timeWords(room, date) })} />
          ) : (
            <p>{t("event.fullNone")}</p>
          )}
        </Note>
      )}
      {!time.sure && (
        <Note icon="clock">
          <p>{t("event.unsureText")}</p>
        </Note>
      )}
    </>
  );
}

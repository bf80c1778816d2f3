/** All coming times of an event, with what was moved and cancelled; and what else there is on a day that came to nothing. */
import { useState } from "preact/hooks";
import { weekday } from "../geo/copenhagen.ts";
import { comingTimes, isOff, upcoming } from "../geo/times.ts";
import { type Event, events, type Time } from "../store/signals.ts";
import { dayName } from "../text/amounts.ts";
import { capital, number } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Say } from "../ui/say.tsx";
import { Badge } from "../ui/state.tsx";
import { EventRows } from "./event-row.tsx";
import { nowish, today } from "./now/clock.ts";
import { clockWords, dayWords, hrefOf, momentWords } from "./words/event.ts";

const FIRST = 5;

function Line({ event, time, shown }: { event: Event; time: Time; shown: boolean }) {
  const date = today().date;
  const off = isOff(event, time);
  const words = `${capital(dayWords(time.date, date))}, ${clockWords(time, date)}`;
  return (
    <li>
      {(off || time.state === "moved" || time.full) && (
        <p>
          <Badge tone={off ? "bad" : "wait"} icon={off ? "close" : time.full ? "people" : "repeat"}>
            {t(off ? "event.off" : time.full ? "event.full" : "event.moved")}
          </Badge>
        </p>
      )}
      <p>
        {shown ? (
          <b aria-current="true">{off ? <del>{words}</del> : words}</b>
        ) : (
          <a class="go-link" href={hrefOf(event, time)}>
            {off ? <del>{words}</del> : words}
          </a>
        )}
      </p>
      {time.state === "moved" && time.was && (
        <p class="note-text">{t("event.movedWas", { date: momentWords(time.was.date, time.was.start_local, date) })}</p>
      )}
      {time.why && (
        <p class="note-text">
          <Say of={time.why} />
        </p>
      )}
    </li>
  );
}

export function AllTimes({ event, shown }: { event: Event; shown: Time | null }) {
  const [all, setAll] = useState(false);
  const coming = comingTimes(event, nowish().getTime());
  if (coming.length < 2 && coming[0]?.id === shown?.id) return null;
  return (
    <Band title={t("event.times")}>
      <ul class="times">
        {coming.slice(0, all ? coming.length : FIRST).map((time) => (
          <Line key={time.id} event={event} time={time} shown={time.id === shown?.id} />
        ))}
      </ul>
      {coming.length > FIRST && !all && (
        <Button look="quiet" wide icon="calendar" onClick={() => setAll(true)}>
          {t("event.timesMore", { n: number(coming.length) })}
        </Button>
      )}
    </Band>
  );
}

/** Up to three other things on the same day that are held and have room. */
export function OtherThings({ event, date }: { event: Event; date: string }) {
  const rows = upcoming(events.value.values(), nowish(), date)
    .filter(
      (row) =>
        row.date === date && row.event.id !== event.id && !row.was && !row.time.full && !isOff(row.event, row.time),
    )
    .slice(0, 3);
  if (rows.length === 0) return null;
  const title = date === today().date ? t("event.otherToday") : t("event.other", { day: dayName(weekday(date)) });
  return (
    <>
      <Band toRows title={title} />
      <EventRows rows={rows} label={title} />
    </>
  );
}

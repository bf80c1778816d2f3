/** One line of what is on: a leaf of a calendar, the name, where and how, and what has become of it. */
import { weekday } from "../geo/copenhagen.ts";
import { isOff, type Row } from "../geo/times.ts";
import { clock, dayShort, distance, NB, parts } from "../text/format.ts";
import { lang, t } from "../text/t.ts";
import { Say } from "../ui/say.tsx";
import { Badge } from "../ui/state.tsx";
import { today } from "./now/clock.ts";
import { farTo } from "./now/far.ts";
import { clockWords, hrefOf, isFollowed, momentWords, routeAt, rowWords } from "./words/event.ts";
import { routeWhat } from "./words/place.ts";

/** "14.00": on a leaf the minutes stand always. */
function leafClock(minute: number): string {
  return t("clock.parts", { h: Math.floor(minute / 60), m: String(minute % 60).padStart(2, "0") });
}

/** A leaf of the calendar. Of today it is gold; `minute`: then the clock stands on it. */
export function Leaf(p: { date: string; today: boolean; gold: boolean; minute?: number | null }) {
  const { n, month } = parts(p.date);
  const css = ["leaf", p.gold && "now", p.today && p.minute != null && "time"].filter(Boolean).join(" ");
  if (p.today && p.minute != null) {
    return (
      <span class={css}>
        <span>{t("happens.leafToday")}</span>
        <span class="vh">{NB}</span>
        <b>{leafClock(p.minute)}</b>
      </span>
    );
  }
  return (
    <span class={css}>
      <span>{p.today ? t("happens.leafToday") : dayShort(weekday(p.date))}</span>
      <span class="vh">{NB}</span>
      <b>{t("date.leaf", { n })}</b>
      <span class="vh">{NB}</span>
      <span>{month}</span>
    </span>
  );
}

/** The new day, or the new hour where the day is the same. */
function MovedTo({ row, date }: { row: Row; date: string }) {
  const { time } = row;
  return <p>{t("event.newDay", { date: momentWords(time.date, time.start_local, date) })}</p>;
}

/** `here`: on the page of its place, which need not be named. */
function EventRow({ row, here }: { row: Row; here: boolean }) {
  const { event, time } = row;
  const date = today().date;
  const isToday = row.date === date;
  const off = isOff(event, time) || row.was;
  const far = farTo(event);
  const route = routeAt(event);
  const words = rowWords(event, far?.across ?? false, here);
  const follows = !row.was && isFollowed(event, time);
  return (
    <a class={off ? "event off" : "event"} href={hrefOf(event, time)}>
      <Leaf date={row.date} today={isToday} gold={isToday && !off} minute={row.minute} />
      <div>
        {off && (
          <p>
            <Badge tone="bad" icon={row.was && !isOff(event, time) ? "repeat" : "close"}>
              {t(row.was && !isOff(event, time) ? "event.moved" : "event.off")}
            </Badge>
          </p>
        )}
        <p class="name">
          <Say of={event.name} />
        </p>
        {!(isToday && row.minute !== null) && !row.was && <p class="time">{clockWords(time, date)}</p>}
        {row.was && row.date !== date && row.minute !== null && (
          <p class="time">{t("clock.at", { clock: clock(row.minute) })}</p>
        )}
        {row.was && !isOff(event, time) ? (
          <MovedTo row={row} date={date} />
        ) : off ? (
          time.why && (
            <p>
              <Say of={time.why} />
            </p>
          )
        ) : (
          <p>
            {far !== null && !here && `${distance(far.metres)}. `}
            {words.map((w, i) => (
              <span key={w.words}>
                {i > 0 && " "}
                {w.lang === lang() ? w.words : <span lang={w.lang}>{w.words}</span>}
              </span>
            ))}
            {route && !here && event.place_id === null && ` ${routeWhat(route)}.`}
          </p>
        )}
        {!off && (follows || time.full || !time.sure || time.state === "moved") && (
          <p class="marks">
            {time.full && <Badge icon="people">{t("event.full")}</Badge>}
            {time.state === "moved" && (
              <Badge tone="wait" icon="repeat">
                {t("event.moved")}
              </Badge>
            )}
            {!time.sure && (
              <Badge tone="wait" icon="clock">
                {t("event.unsure")}
              </Badge>
            )}
            {follows && (
              <Badge tone="good" icon="check">
                {t("event.follows")}
              </Badge>
            )}
          </p>
        )}
      </div>
    </a>
  );
}

/** A list of them; what is today stands on gold. */
export function EventRows({ rows, label, here = false }: { rows: readonly Row[]; label: string; here?: boolean }) {
  const date = today().date;
  if (rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: VoiceOver drops the list role where list-style is none
    <ul class="rows events" role="list" aria-label={label}>
      {rows.map((row) => (
        <li key={`${row.time.id}${row.was}`} class={row.date === date ? "today" : ""}>
          <EventRow row={row} here={here} />
        </li>
      ))}
    </ul>
  );
}

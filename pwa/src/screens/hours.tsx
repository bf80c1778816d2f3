/** The week as a table, today in gold; exceptions and holidays under it, then who said so. */
import { addDays, weekday } from "../geo/copenhagen.ts";
import { inSeason, type Period, periodsOn, weeklyOn } from "../geo/openings.ts";
import { type Place, site } from "../store/signals.ts";
import { dayName, longDate, yearDate } from "../text/amounts.ts";
import { capital, clock, seasonDay } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band, Hint } from "../ui/band.tsx";
import { Say } from "../ui/say.tsx";
import { Dunno } from "../ui/state.tsx";
import { today } from "./now/clock.ts";
import { shutNow } from "./words/open.ts";

type Hours = NonNullable<Place["hours"]>;

export function spans(periods: readonly Period[]): string {
  if (periods.length === 0) return t("hours.closed");
  return periods
    .map((p) =>
      p.from === 0 && p.to === 1440
        ? t("hours.always")
        : t("hours.span", { from: clock(p.from), to: p.to === 1440 ? "24" : clock(p.to % 1440) }),
    )
    .join(", ");
}

function Today({ hours, date, shut }: { hours: Hours; date: string; shut: boolean }) {
  if (shut) return <span>{t("hours.closed")}</span>;
  const periods = periodsOn(hours, date, site.value?.holidays ?? []);
  return periods ? <span>{spans(periods)}</span> : <Dunno />;
}

export function HoursBand({ place, hours }: { place: Pick<Place, "closures">; hours: Hours | null }) {
  const date = today().date;
  if (!hours?.weekly) {
    return (
      <Band title={t("hours.title")}>
        <p>
          <Dunno />
        </p>
        <p>{t("hours.dunnoText")}</p>
        {hours && <Source hours={hours} />}
      </Band>
    );
  }
  const weekly = hours.weekly;
  const monday = addDays(date, -weekday(date));
  const shut = shutNow(place.closures, date) !== null;
  return (
    <Band title={t("hours.title")}>
      <dl class="hours">
        {[0, 1, 2, 3, 4, 5, 6].map((day) => {
          const on = addDays(monday, day);
          const here = on === date;
          const name = capital(dayName(day));
          return (
            <div key={day} class={here ? "today" : ""}>
              <dt>{here ? t("hours.today", { day: name }) : name}</dt>
              <dd>{here ? <Today hours={hours} date={on} shut={shut} /> : spans(weeklyOn(weekly, on))}</dd>
            </div>
          );
        })}
      </dl>
      <Hints hours={hours} date={date} />
      <Source hours={hours} />
    </Band>
  );
}

/** What the week alone does not tell: exceptions to come, holidays, other seasons, the host's own note. */
function Hints({ hours, date }: { hours: Hours; date: string }) {
  const coming = [...new Set(hours.except.map((e) => e.date))]
    .filter((d) => d >= date && d <= addDays(date, 60))
    .sort()
    .slice(0, 6);
  const later = (hours.weekly ?? []).filter((w) => w.from && w.through && !inSeason(date, w.from, w.through));
  return (
    <ul class="hints">
      {coming.map((d) => (
        <Hint key={d} icon="calendar">
          {t("hours.except", {
            date: capital(longDate(d, weekday(d))),
            hours: spans(periodsOn(hours, d, site.value?.holidays ?? []) ?? []),
          })}
        </Hint>
      ))}
      {later.map((w) => (
        <Hint key={`${w.from}${w.days.join("")}${w.opens}`} icon="sun">
          {t("hours.season", {
            from: seasonDay(w.from ?? ""),
            through: seasonDay(w.through ?? ""),
            days: w.days.map((d) => dayName(["mo", "tu", "we", "th", "fr", "sa", "su"].indexOf(d))).join(", "),
            hours: spans(weeklyOn([{ ...w, from: null, through: null }], dateOf(w.days[0] ?? "mo", date))),
          })}
        </Hint>
      ))}
      <Hint icon="calendar">
        {hours.holidays === null ? (
          <>
            {t("hours.holidaysDunno")} <Dunno />
          </>
        ) : (
          t(hours.holidays === "closed" ? "hours.holidaysClosed" : "hours.holidaysOpen")
        )}
      </Hint>
      {hours.note && (
        <Hint icon="info">
          <Say of={hours.note} />
        </Hint>
      )}
    </ul>
  );
}

/** The next date that has this day of the week. */
function dateOf(day: string, from: string): string {
  const want = ["mo", "tu", "we", "th", "fr", "sa", "su"].indexOf(day);
  return addDays(from, (want - weekday(from) + 7) % 7);
}

function Source({ hours }: { hours: Hours }) {
  return <p class="note-text">{t("fact.from", { source: hours.source, date: yearDate(hours.seen_on) })}</p>;
}

/** One month, day by day. The address says which: /det-sker/maaned#2026-12. */
import { addMonths, inTime, isMonth, monthEnd, monthOf, type Row, startMs, upcoming } from "../geo/times.ts";
import { type Event, events } from "../store/signals.ts";
import { capital, parts } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { More } from "../ui/more.tsx";
import { EventRows } from "./event-row.tsx";
import { Choices } from "./happens-choices.tsx";
import { NoEvents } from "./happens-week.tsx";
import { narrowed } from "./now/chosen.ts";
import { nowish, today } from "./now/clock.ts";

/** Months that the phone has: from the one before this to a year ahead. */
const BACK = 1;
const AHEAD = 12;

/** "december 2026" */
export function monthWords(month: string): string {
  const { month: name, year } = parts(`${month}-01`);
  return t("happens.monthOf", { month: name, year });
}

/** What was in the month and is over, the first first. */
function before(all: readonly Event[], month: string, now: number): Row[] {
  return all
    .flatMap((event) =>
      event.times
        .filter(
          (time) => monthOf(time.date) === month && startMs(time) <= now && Date.parse(time.end ?? time.start) <= now,
        )
        .map((time) => ({ event, time, date: time.date, minute: null, was: false })),
    )
    .sort(inTime);
}

export function MonthBands({ fragment }: { fragment: string }) {
  const date = today().date;
  const now = nowish().getTime();
  const month = isMonth(fragment) ? fragment : monthOf(date);
  const all = [...events.value.values()];
  if (all.length === 0) return <NoEvents />;
  const { fit, dunnoSteps } = narrowed(all);
  const rows = upcoming(fit, now, monthEnd(month)).filter((row) => monthOf(row.date) === month);
  const over = before(fit, month, now);
  const [earlier, later] = [addMonths(month, -1), addMonths(month, 1)];
  const words = monthWords(month);
  return (
    <>
      <Choices fit={fit.length} dunnoSteps={dunnoSteps.length} />
      <Band toRows title={capital(words)}>
        {rows.length === 0 && <p>{t("happens.monthNone", { month: words })}</p>}
        {over.length > 0 && (
          <More title={t("happens.monthWas")}>
            <EventRows rows={over} label={t("happens.monthWas")} />
          </More>
        )}
      </Band>
      <EventRows rows={rows} label={capital(words)} />
      <Band tone="ground">
        <div class="btns">
          {later <= addMonths(monthOf(date), AHEAD) && (
            <LinkButton look="quiet" icon="fwd" href={`/det-sker/maaned#${later}`}>
              {capital(monthWords(later))}
            </LinkButton>
          )}
          {earlier >= addMonths(monthOf(date), -BACK) && (
            <LinkButton look="quiet" icon="back" href={`/det-sker/maaned#${earlier}`}>
              {capital(monthWords(earlier))}
            </LinkButton>
          )}
        </div>
      </Band>
    </>
  );
}

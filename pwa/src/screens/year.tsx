/** The year as a list: twelve months from this one, how much is on as a bar and a figure, and what; then by who holds it and what it is. */
import { regular } from "../geo/regular.ts";
import { type Month, monthOf, months, seasonOf } from "../geo/times.ts";
import { type Event, events, organisers } from "../store/signals.ts";
import { capital, number, parts, shortDate } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import { More } from "../ui/more.tsx";
import { Say } from "../ui/say.tsx";
import { share } from "../ui/surface.tsx";
import { Choices } from "./happens-choices.tsx";
import { monthWords } from "./happens-month.tsx";
import { NoEvents } from "./happens-week.tsx";
import { narrowed } from "./now/chosen.ts";
import { today } from "./now/clock.ts";
import { sortKey } from "./now/order.ts";
import { dayWords, hrefOf } from "./words/event.ts";

export const MONTHS = 12;
/** So many things are named under a month. */
const NAMED = 3;

/** What is held in a month and not all year, in words: the seldom first, what is held once in it with its day. */
function Named({ month, steady }: { month: Month; steady: ReadonlySet<Event> }) {
  const all = month.events.filter(({ event }) => !steady.has(event));
  if (all.length === 0) return <p class="note-text">{t(month.n === 0 ? "year.none" : "year.usual")}</p>;
  const more = all.length - NAMED;
  return (
    <p>
      {all.slice(0, NAMED).map(({ event, times }, i) => (
        <span key={event.id}>
          {i > 0 && " "}
          <Say of={event.name} />
          {times.length === 1 ? `, ${shortDate(times[0]?.date ?? "")}.` : i < NAMED - 1 || more <= 0 ? "." : ""}
        </span>
      ))}
      {more > 0 && ` ${t("year.more", { n: number(more) })}.`}
    </p>
  );
}

/** "November"; "Januar 2027", where another year begins. */
function monthName(month: string): string {
  return capital(month.endsWith("-01") ? monthWords(month) : parts(`${month}-01`).month);
}

export function YearBands() {
  const date = today().date;
  const all = [...events.value.values()];
  if (all.length === 0) return <NoEvents />;
  const { fit, dunnoSteps } = narrowed(all);
  const made = months(fit, monthOf(date), MONTHS);
  const steady = regular(made);
  const most = Math.max(1, ...made.map(({ n }) => n));
  return (
    <>
      <Choices fit={fit.length} dunnoSteps={dunnoSteps.length} />
      <Band tight title={t("year.title")}>
        <p class="t1">{t("year.today", { day: dayWords(date, date) })}</p>
      </Band>
      {/* biome-ignore lint/a11y/noRedundantRoles: VoiceOver drops the list role where list-style is none */}
      <ol class="year" role="list" aria-label={t("year.months")}>
        {made.map((month) => (
          <li key={month.month} class={month.month === monthOf(date) ? "now" : ""}>
            <a href={`/det-sker/maaned#${month.month}`}>
              <b>{monthName(month.month)}</b>
              <span class="bar-n">
                <i class={`season ${seasonOf(month.month)}`} ref={share((100 * month.n) / most)} />
                <span class="num">{t("year.n", { n: number(month.n) })}</span>
              </span>
              <Named month={month} steady={steady} />
            </a>
          </li>
        ))}
      </ol>
      <Steady events={[...steady]} />
      <ByWhom all={fit} from={monthOf(date)} />
      <Band tone="ground" stack>
        <LinkButton look="quiet" icon="print" href="/det-sker/papir">
          {t("year.paper")}
        </LinkButton>
      </Band>
    </>
  );
}

/** What is held each week or nearly, said once, with how often. */
function Steady({ events: all }: { events: readonly Event[] }) {
  if (all.length === 0) return null;
  return (
    <Band title={t("year.most")}>
      <Facts>
        {all.map((event) => (
          <FactLine
            key={event.id}
            icon="repeat"
            what={
              <a class="go-link" href={hrefOf(event)}>
                <Say of={event.name} />
              </a>
            }
            value=""
            source={event.rule && <Say of={event.rule} />}
          />
        ))}
      </Facts>
    </Band>
  );
}

/** The year's events by who holds them, each with what it is, for whom, and how often. */
function ByWhom({ all, from }: { all: readonly Event[]; from: string }) {
  const often = new Map<string, number>();
  for (const { events: held } of months(all, from, MONTHS))
    for (const { event, times } of held) often.set(event.id, (often.get(event.id) ?? 0) + times.length);
  const by = new Map<string, Event[]>();
  for (const event of all) {
    if (!often.has(event.id)) continue;
    const name = (event.organiser_id && organisers.value.get(event.organiser_id)?.name) || "";
    by.set(name, [...(by.get(name) ?? []), event]);
  }
  if (by.size === 0) return null;
  // Those that nobody is named for stand last.
  const names = [...by.keys()].sort(
    (a, b) => Number(a === "") - Number(b === "") || (sortKey(a) < sortKey(b) ? -1 : 1),
  );
  return (
    <Band title={t("year.by")}>
      <p class="note-text">{t("year.byHint")}</p>
      {names.map((name) => (
        <More key={name} title={name || t("year.noOrganiser")}>
          <Facts>
            {(by.get(name) ?? [])
              .sort((a, b) => (sortKey(told(a.name).words) < sortKey(told(b.name).words) ? -1 : 1))
              .map((event) => (
                <FactLine
                  key={event.id}
                  icon="calendar"
                  what={
                    <a class="go-link" href={hrefOf(event)}>
                      <Say of={event.name} />
                    </a>
                  }
                  value={number(often.get(event.id) ?? 0)}
                  source={[
                    ...event.themes.map((theme) => t(`happens.theme.${theme}`)),
                    ...(event.level ? [t(`happens.level.${event.level}`)] : []),
                  ].join(". ")}
                />
              ))}
          </Facts>
        </More>
      ))}
    </Band>
  );
}

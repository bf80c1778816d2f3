/** The week: today, the rest of it, and what comes after; then what is open today. */
import { signal } from "@preact/signals";
import { addDays, weekday } from "../geo/copenhagen.ts";
import { groups, upcoming } from "../geo/times.ts";
import { events, state } from "../store/signals.ts";
import { dayName } from "../text/amounts.ts";
import { t } from "../text/t.ts";
import { Band, Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { EventRows } from "./event-row.tsx";
import { Choices } from "./happens-choices.tsx";
import { OpenToday, WaysOn } from "./happens-open.tsx";
import { chooseAll, narrowed } from "./now/chosen.ts";
import { nowish, said, settled, today } from "./now/clock.ts";
import { nearFirst } from "./now/far.ts";
import { dayWords } from "./words/event.ts";

/** So many of what comes later at first, and with each tap; so many days ahead are looked at for them. */
const STEP = 10;
const STEP_DAYS = 42;
const shownLater = signal(STEP);
const days = signal(STEP_DAYS);

export function WeekBands() {
  const date = today().date;
  const now = nowish().getTime();
  const all = [...events.value.values()];
  const { fit, dunnoSteps } = narrowed(all);
  const until = addDays(date, days.value);
  const rows = upcoming(fit, now, until);
  const made = groups(rows, date);
  const later = nearFirst(made.later, true);
  const beyond = fit.some((event) => event.times.some((time) => time.date > until));
  const left = later.length > shownLater.value || beyond;
  const next = made.today.length === 0 ? rows.find((row) => !row.was) : undefined;
  if (all.length === 0) return <NoEvents />;
  return (
    <>
      <Choices fit={fit.length} dunnoSteps={dunnoSteps.length} />
      {rows.length === 0 && !beyond ? (
        <NoneFit />
      ) : (
        <>
          <Band toRows tone="now" title={t("happens.now", { day: dayName(weekday(date)) })}>
            {made.today.length === 0 && (
              <p>{next ? t("happens.nowNoneNext", { when: dayWords(next.date, date) }) : t("happens.nowNone")}</p>
            )}
          </Band>
          <EventRows rows={nearFirst(made.today)} label={t("happens.leafToday")} />
          {made.week.length > 0 && (
            <>
              <Band toRows title={t("happens.rest")} />
              <EventRows rows={nearFirst(made.week)} label={t("happens.rest")} />
            </>
          )}
          {later.length > 0 && (
            <>
              <Band toRows title={t("happens.later")} />
              <EventRows rows={later.slice(0, shownLater.value)} label={t("happens.later")} />
            </>
          )}
          {left && (
            <section class="band stack">
              <Button
                look="quiet"
                wide
                icon="calendar"
                onClick={() => {
                  if (later.length <= shownLater.value + STEP) days.value += STEP_DAYS;
                  shownLater.value += STEP;
                }}
              >
                {t("happens.more")}
              </Button>
            </section>
          )}
        </>
      )}
      <Band tone="ground" stack>
        <h3>{t("happens.remind")}</h3>
        <p>{t("happens.remindText")}</p>
        <ReadAt />
        <div class="btns">
          <LinkButton look="quiet" icon="repeat" href={`webcal://${location.host}/feeds/events.ics`}>
            {t("happens.subscribe")}
          </LinkButton>
        </div>
      </Band>
      <OpenToday />
    </>
  );
}

function ReadAt() {
  const at = state.value.readAt;
  return at === null ? null : <p class="note-text">{t("happens.readAt", { when: said(at) })}</p>;
}

/** What was chosen leaves nothing: undo it, or ask somebody. */
function NoneFit() {
  return (
    <Empty title={t("happens.fitNone")}>
      <p>{t("happens.fitNoneText")}</p>
      <div class="btns">
        <Button icon="list" onClick={chooseAll}>
          {t("happens.all")}
        </Button>
        <LinkButton look="quiet" icon="phone" href="/hjaelp">
          {t("missing.help")}
        </LinkButton>
      </div>
    </Empty>
  );
}

/** No event lies on the phone: it is not read yet, or there is none. */
export function NoEvents() {
  const coming = !settled.value || state.value.phase === "reading";
  return (
    <>
      {coming ? (
        <p class="empty" role="status">
          {t("loading")}
        </p>
      ) : (
        <Empty title={t("happens.noneTitle")}>
          <p>{state.value.readAt === null ? t("list.emptyOffline") : t("happens.noneText")}</p>
          <WaysOn />
        </Empty>
      )}
      <OpenToday />
    </>
  );
}

/** What is open today: houses that have no event of their own are met there too. */
import { moment, weekday } from "../geo/copenhagen.ts";
import { opening, periodsOn } from "../geo/openings.ts";
import { type Place, site } from "../store/signals.ts";
import { longDate } from "../text/amounts.ts";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { go } from "../ui/go.ts";
import { Rows } from "../ui/row.tsx";
import type { OpenWords } from "../ui/state.tsx";
import { PlaceLine } from "./list-rows.tsx";
import { nowish, today } from "./now/clock.ts";
import { showOnly } from "./now/narrowed.ts";
import { nextWords, placeOpen, shutNow } from "./words/open.ts";
import { livePlaces } from "./words/place.ts";

/** "åbner kl. 10" with a clock: on a list of what is open today, a padlock would say no. */
function todayWords(place: Place): OpenWords | null {
  const at = nowish();
  const state = opening(place.hours, at, site.value?.holidays ?? []);
  if (state.is !== "closed" || state.opens === null) return placeOpen(place, at, site.value);
  return { is: "later", words: t("open.later", { when: nextWords(state.opens, at) }) };
}

export function OpenToday() {
  const date = today().date;
  const now = nowish().getTime();
  const open = livePlaces().filter(
    (p) =>
      p.state === "active" &&
      p.hours &&
      !shutNow(p.closures, date) &&
      (periodsOn(p.hours, date, site.value?.holidays ?? []) ?? []).some((q) => now < moment(date, q.to)),
  );
  return (
    <>
      <Band toRows title={t("happens.today", { day: longDate(date, weekday(date)) })}>
        {open.length === 0 && <p>{t("happens.todayNone")}</p>}
      </Band>
      {open.length > 0 && (
        <Rows label={t("happens.list")}>
          {open.map((p) => (
            <li key={p.id}>
              <PlaceLine place={p} open={todayWords(p)} />
            </li>
          ))}
        </Rows>
      )}
      <Band stack>
        <p>{t("happens.noneText")}</p>
        <WaysOn />
      </Band>
    </>
  );
}

/** Two ways on, where there is nothing here. */
export function WaysOn() {
  return (
    <div class="btns">
      <LinkButton look="quiet" icon="pin" href="/">
        {t("happens.places")}
      </LinkButton>
      <Button
        look="quiet"
        icon="door"
        onClick={() => {
          showOnly("open");
          go("/");
        }}
      >
        {t("happens.openNow")}
      </Button>
    </div>
  );
}

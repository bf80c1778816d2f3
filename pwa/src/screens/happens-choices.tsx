/** What Det sker is narrowed to, as chips: near and no steps on one line; the rest folded, and what is chosen of it beside them. */
import type { Signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { type Event, events, organisers } from "../store/signals.ts";
import { number } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/choose.tsx";
import { Icon } from "../ui/icon.tsx";
import { askTown, NearChip, PositionTold, renew } from "./list-position.tsx";
import {
  chooseAll,
  chosen,
  free,
  home,
  newcomers,
  organiser,
  spot,
  steps,
  type Theme,
  theme,
  tryNew,
} from "./now/chosen.ts";
import { order, sortKey } from "./now/order.ts";
import { isAt, placeOf, routeAt } from "./words/event.ts";
import { routeName } from "./words/place.ts";

const THEMES: readonly Theme[] = [
  "coffee",
  "food",
  "walk",
  "movement",
  "music",
  "craft",
  "nature",
  "games",
  "talk",
  "culture",
];

function Flag({ of, words }: { of: Signal<boolean>; words: string }) {
  return (
    <Chip
      on={of.value}
      onClick={() => {
        of.value = !of.value;
      }}
    >
      {words}
    </Chip>
  );
}

function OneOf<T extends string>({ of, value, words }: { of: Signal<T | null>; value: T; words: string }) {
  return (
    <Chip
      on={of.value === value}
      onClick={() => {
        of.value = of.value === value ? null : value;
      }}
    >
      {words}
    </Chip>
  );
}

/** The name of the place or the route that is chosen. */
function spotName(all: readonly Event[]): string | null {
  const id = spot.value;
  const there = id === null ? undefined : all.find((event) => isAt(event, id));
  if (!there || id === null) return null;
  const place = placeOf(there);
  if (place && (place.id === id || place.route_id === id)) return told(place.name).words;
  const route = routeAt(there);
  const name = route && routeName(route);
  return name === null ? null : typeof name === "string" ? name : told(name).words;
}

/** `fit`, `dunnoSteps`: how many events fit, and of how many nobody has said whether there are steps. */
export function Choices({ fit, dunnoSteps }: { fit: number; dunnoSteps: number }) {
  const [more, setMore] = useState(false);
  const all = [...events.value.values()];
  const themes = THEMES.filter((one) => all.some((event) => event.themes.includes(one)));
  const holders = [...organisers.value.values()]
    .filter((one) => all.some((event) => event.organiser_id === one.id))
    .sort((a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1));
  const holder = organiser.value === null ? null : organisers.value.get(organiser.value);
  const there = spotName(all);
  const near = order.value?.from ? order.value : null;
  return (
    <div class="list-head">
      <div class="chips near">
        <NearChip />
        <Flag of={steps} words={t("list.stepFree")} />
        {!more && free.value && <Flag of={free} words={t("happens.free")} />}
        {!more && home.value && <Flag of={home} words={t("list.home")} />}
        {!more && newcomers.value && <Flag of={newcomers} words={t("happens.newcomers")} />}
        {!more && tryNew.value && <Flag of={tryNew} words={t("happens.tryNew")} />}
        {!more && theme.value && <OneOf of={theme} value={theme.value} words={t(`happens.theme.${theme.value}`)} />}
        {!more && holder && <OneOf of={organiser} value={holder.id} words={holder.name} />}
        {there !== null && spot.value !== null && <OneOf of={spot} value={spot.value} words={there} />}
        <button type="button" class="chip" aria-expanded={more} aria-controls="choices" onClick={() => setMore(!more)}>
          <Icon name={more ? "close" : "down"} />
          {t("happens.choices")}
          <span class="vh"> {t("happens.choicesOf")}</span>
        </button>
      </div>
      <div class="choices" id="choices" hidden={!more}>
        <fieldset>
          <legend>{t("happens.what")}</legend>
          <div class="chips">
            {themes.map((one) => (
              <OneOf key={one} of={theme} value={one} words={t(`happens.theme.${one}`)} />
            ))}
            <Flag of={free} words={t("happens.free")} />
            <Flag of={newcomers} words={t("happens.newcomers")} />
            <Flag of={tryNew} words={t("happens.tryNew")} />
            <Flag of={home} words={t("list.home")} />
          </div>
        </fieldset>
        {holders.length > 0 && (
          <fieldset>
            <legend>{t("happens.who")}</legend>
            <div class="chips">
              {holders.map((one) => (
                <OneOf key={one.id} of={organiser} value={one.id} words={one.name} />
              ))}
            </div>
          </fieldset>
        )}
      </div>
      <PositionTold />
      {near && (
        <div class="fresh">
          <p>
            {t("happens.near")} {near.town && t("list.from", { town: near.town })}
          </p>
          <button type="button" class="btn plain" onClick={() => (near.town ? askTown() : void renew())}>
            <Icon name={near.town ? "pin" : "repeat"} />
            {t(near.town ? "pos.town" : "list.renew")}
          </button>
        </div>
      )}
      <div role="status">
        {chosen.value && <p>{t("happens.count", { n: number(fit) })}</p>}
        {dunnoSteps > 0 && <p class="note-text">{t("happens.dunnoStep", { n: dunnoSteps })}</p>}
      </div>
      {chosen.value && (
        <Button look="quiet" small icon="close" onClick={chooseAll}>
          {t("happens.all")}
        </Button>
      )}
    </div>
  );
}

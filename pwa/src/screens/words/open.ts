/** Open, shut or not known, in the words of a row and of a head. */
import { addDays, dayNumber, local, weekday } from "../../geo/copenhagen.ts";
import { inSeason, type Opening, opening } from "../../geo/openings.ts";
import { inForce } from "../../geo/place.ts";
import type { Facility, Place, Route, Site } from "../../store/signals.ts";
import { atClock, capital, clock, dayShort, seasonDay, shortDate } from "../../text/format.ts";
import { t } from "../../text/t.ts";
import type { OpenWords } from "../../ui/state.tsx";

export type Closure = Place["closures"][number];

/** The closure of the whole thing that holds today, if any; stretches closed alone are told elsewhere. */
export function shutNow(closures: readonly Closure[], date: string): Closure | null {
  return closures.find((c) => !c.stretch_ids && inForce(c, date)) ?? null;
}

/** Whether something of it is closed today, a part or all. */
export function someShut(closures: readonly Closure[], date: string): boolean {
  return closures.some((c) => inForce(c, date));
}

/** Closures that hold today or begin within two weeks. */
export function closuresToTell(closures: readonly Closure[], date: string): readonly Closure[] {
  const soon = addDays(date, 14);
  return closures.filter((c) => c.from <= soon && (c.to === null || date <= c.to));
}

/** Null where there is no door and no season: a bench is never shut. */
export function placeOpen(place: Place, at: Date, site: Site | null): OpenWords | null {
  const shut = shutNow(place.closures, local(at).date);
  if (shut) return shutWords(shut);
  if (!place.hours && place.form !== "building") return null;
  return openWords(opening(place.hours, at, site?.holidays ?? []), at);
}

export function shutWords(shut: Closure): OpenWords {
  return { is: "closed", words: shut.to ? t("open.shutThrough", { date: shortDate(shut.to) }) : t("open.shut") };
}

export function openWords(state: Opening, at: Date | number): OpenWords {
  if (state.is === "unknown") return { is: "unknown", words: t("open.dunno") };
  if (state.is === "open") {
    if (state.until === null) return { is: "open", words: t("open.always") };
    const end = local(state.until);
    return soon(at, state.until)
      ? { is: "open", words: t("open.until", { clock: clock(end.minute) }) }
      : { is: "open", words: t("open.untilDay", { day: dayShort(weekday(end.date)), clock: atClock(end.minute) }) };
  }
  return {
    is: "closed",
    words: state.opens === null ? t("open.closed") : t("open.opens", { when: nextWords(state.opens, at) }),
  };
}

/** "kl. 14" today, "tirs. kl. 10" this week, "1. maj" later. */
export function nextWords(opens: number, at: Date | number): string {
  const next = local(opens);
  const days = dayNumber(next.date) - dayNumber(local(at).date);
  if (days === 0) return atClock(next.minute);
  if (days < 7) return `${dayShort(weekday(next.date))} ${atClock(next.minute)}`;
  return shortDate(next.date);
}

/** Under a day ahead, the clock alone is enough. */
function soon(at: Date | number, until: number): boolean {
  return until - Number(at) < 20 * 3_600_000;
}

/** The same with a capital, for the head of a page. */
export function headOpen(words: OpenWords): OpenWords {
  return { ...words, words: capital(words.words) };
}

/** A facility or a route out of its season says when it comes back. */
export function outOfSeason(of: Pick<Facility | Route, "season">, date: string): string | null {
  const { season } = of;
  return season && !inSeason(date, season.from, season.through) ? seasonDay(season.from) : null;
}

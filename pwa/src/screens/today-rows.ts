/** What is on today, in the rows of places: "I dag kl. 14. Kaffe i Havnestuen, uden trin". Comes with the later screens, so that no first row waits for it. */
import { effect } from "@preact/signals";
import { isOff, type Row, upcoming } from "../geo/times.ts";
import { events } from "../store/signals.ts";
import { atClock, capital } from "../text/format.ts";
import { lang, t, told } from "../text/t.ts";
import { nowish, today } from "./now/clock.ts";
import { isAt } from "./words/event.ts";
import { shutNow } from "./words/open.ts";
import { livePlaces, onToday, stepFree, type What } from "./words/place.ts";

/** By place, the first that is held today and not over. */
export function todayRows(): Map<string, What[]> {
  const { date } = today();
  const rows = upcoming(events.value.values(), nowish(), date).filter((row) => !row.was && !isOff(row.event, row.time));
  const found = new Map<string, What[]>();
  for (const place of rows.length > 0 ? livePlaces() : []) {
    const row = rows.find(
      ({ event }) => isAt(event, place.id) || (place.route_id !== null && isAt(event, place.route_id)),
    );
    if (!row || shutNow(place.closures, date)) continue;
    const step = place.form === "online" || place.form === "route" ? null : stepFree(place);
    const steps = { words: t("row.stepFree").toLowerCase(), lang: lang(), joined: true };
    found.set(place.id, [when(row), told(row.event.name), ...(step ? [steps] : [])]);
  }
  return found;
}

function when({ minute }: Row): What {
  const words = minute === null ? t("happens.leafToday") : t("when.today", { time: atClock(minute) });
  return { words: capital(words), lang: lang() };
}

let before = "";

function show(now: ReadonlyMap<string, readonly What[]>): void {
  // The clock ticks twice a minute: rows that say the same are not drawn again.
  const as = JSON.stringify([...now]);
  if (as === before) return;
  before = as;
  onToday.value = now;
}

/** Called where another screen than the list stands: what is on today is in the rows from then on. */
export function showToday(): void {
  show(todayRows());
}

/** Called once. While the list is read no row grows; but what is over, or was yesterday, is no longer said. */
export function watchToday(): void {
  effect(() => {
    const now = todayRows();
    const shown = onToday.peek();
    show(new Map([...now].filter(([id]) => shown.has(id))));
  });
}

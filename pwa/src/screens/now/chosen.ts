/** What Det sker is narrowed to. It outlives the screen, so that going back finds it as it was. */
import { computed, signal } from "@preact/signals";
import type { Event } from "../../store/signals.ts";
import { atHome, eventStepFree, isAt } from "../words/event.ts";

export type Theme = Event["themes"][number];

export const free = signal(false);
export const steps = signal(false);
export const home = signal(false);
export const newcomers = signal(false);
export const tryNew = signal(false);
export const theme = signal<Theme | null>(null);
export const organiser = signal<string | null>(null);
/** The id of a place or a route. */
export const spot = signal<string | null>(null);

const flags = [free, steps, home, newcomers, tryNew];
const ones = [theme, organiser, spot];

export const chosen = computed(() => flags.some((one) => one.value) || ones.some((one) => one.value !== null));

export function chooseAll(): void {
  for (const one of flags) one.value = false;
  theme.value = null;
  organiser.value = null;
  spot.value = null;
}

/** The list with this alone chosen: from an event to its organiser's others, from a place to all that is on there. */
export function chooseOnly(what: { organiser?: string; spot?: string }): void {
  chooseAll();
  organiser.value = what.organiser ?? null;
  spot.value = what.spot ?? null;
}

/** All that is chosen but the steps: those of which nobody has said are told in number. */
function fitsBut(event: Event): boolean {
  return (
    (!free.value || event.free) &&
    (!home.value || atHome(event) || event.url !== null) &&
    (!newcomers.value || event.newcomers !== null) &&
    (!tryNew.value || event.level === "try") &&
    (theme.value === null || event.themes.includes(theme.value)) &&
    (organiser.value === null || event.organiser_id === organiser.value) &&
    (spot.value === null || isAt(event, spot.value))
  );
}

/** What fits, and those that would if somebody had said whether there are steps. */
export function narrowed(all: readonly Event[]): { fit: Event[]; dunnoSteps: Event[] } {
  const most = all.filter(fitsBut);
  if (!steps.value) return { fit: most, dunnoSteps: [] };
  return {
    fit: most.filter((event) => eventStepFree(event) === true),
    dunnoSteps: most.filter((event) => eventStepFree(event) === null),
  };
}

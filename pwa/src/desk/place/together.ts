/** Two who have written the same: who they are, and when each wrote. */

import { clock, few, today, upper, when } from "../lists/words.ts";
import type { Step } from "../parts/history.tsx";
import { firstName, nameOfPerson } from "../parts/names.ts";
import { and } from "../words.ts";

interface By {
  readonly by: string | null;
  readonly on: string | null;
}

/** "Du og Jens Krogh har rettet stedet på samme tid." "To felter er forskellige. Resten er samlet." */
export function together(clashes: readonly By[], thing = "stedet"): { readonly who: string; readonly what: string } {
  const names = [...new Set(clashes.map(({ by }) => nameOfPerson(by) ?? "en anden"))];
  const n = clashes.length;
  return {
    who: `${and(["Du", ...names])} har rettet ${thing} på samme tid.`,
    what: `${n === 1 ? "Ét felt" : `${upper(few(n))} felter`} er ${n === 1 ? "forskelligt" : "forskellige"}. Resten er samlet.`,
  };
}

/** Over each version: "Din, i går kl. 14.12" and "Jens, i går kl. 15.40". `at`: ms; `step`: where the history knows the hour. */
export function versionsBy(
  clash: By,
  at: number | null,
  step: Step | null,
): { readonly mineBy: string; readonly theirsBy: string } {
  const name = nameOfPerson(clash.by) ?? step?.by?.name ?? null;
  const hour = step ? clock(step.at, today()) : clash.on ? when(clash.on, today()) : null;
  return {
    mineBy: at === null ? "Din" : `Din, ${clock(new Date(at).toISOString(), today())}`,
    theirsBy: [name ? firstName(name) : "Den anden", hour].filter(Boolean).join(", "),
  };
}

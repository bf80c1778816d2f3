/** Whether one can come all the way, by what is written: the answer before the facts, with the one reason. */

import { measure } from "../parts/access.tsx";
import type { FactDraft } from "../parts/facts.tsx";
import { and } from "../words.ts";
import { isOut } from "./form-of.ts";
import type { Values } from "./values.ts";

export interface Verdict {
  readonly is: "yes" | "no" | "unknown";
  readonly title: string;
  readonly why: string;
}

/** Narrower than this, and a wheelchair stops. */
const CHAIR_CM = 80;

const DOORS = ["width_cm", "gate_cm", "door_cm"] as const;
const NARROW = { width_cm: "Det smalleste sted er", gate_cm: "Lågen er", door_cm: "Døren er" } as const;

/** Null where nobody goes in the body. */
export function verdict(values: Values): Verdict | null {
  if (!isOut(values.form)) return null;
  const { access, surface } = values;
  if (access.step_free?.value === false)
    return { is: "no", title: "Nej, ikke uden trin", why: "Der er trin på vejen ind." };
  for (const name of DOORS) {
    const cm = measured(name, access[name]);
    if (cm !== null && cm < CHAIR_CM)
      return { is: "no", title: "Nej, ikke med kørestol", why: `${NARROW[name]} ${cm}\u00a0cm.` };
  }
  const missing = [
    ...(access.step_free ? [] : ["trin"]),
    ...(DOORS.some((name) => measured(name, access[name]) !== null) ? [] : ["bredde"]),
    ...(surface ? [] : ["underlag"]),
  ];
  if (missing.length > 0)
    return {
      is: "unknown",
      title: "Ved ikke, om man kan komme helt hen",
      why: `Ingen har set efter: ${and(missing)}.`,
    };
  const ground = {
    firm: "Underlaget er fast.",
    loose: "Underlaget er løst.",
    unpaved: "Underlaget er uden belægning.",
    other: "",
  };
  const why = values.ground?.da.trim() || ground[String(surface?.value) as keyof typeof ground] || "Der er ingen trin.";
  return { is: "yes", title: "Ja, du kan komme helt hen", why };
}

function measured(name: (typeof DOORS)[number], fact: FactDraft | null): number | null {
  if (!fact) return null;
  const found = measure(name, fact.value);
  return "value" in found ? found.value : null;
}

/** Access facts, each with its source and date, or the dashed "ved ikke". */
import type { Place } from "../store/signals.ts";
import { number, percent, yearDate } from "../text/format.ts";
import { t } from "../text/t.ts";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { IconName } from "../ui/icon.tsx";
import type { Surface } from "../ui/surface.tsx";

export type Access = Place["access"];
export type FactName = keyof Access;
type Known = { source: string; seen_on: string };

const icons: Readonly<Record<FactName, IconName>> = {
  door_cm: "door",
  width_cm: "width",
  gate_cm: "gate",
  kerb_cm: "kerb",
  step_free: "step",
  slope_pct: "slope",
};

/** "Fra kommunens register, 2. april 2024" */
export function sourceOf(fact: Known): string {
  return t("fact.from", { source: fact.source, date: yearDate(fact.seen_on) });
}

export function surfaceOf(fact: { value: string } | null): Surface {
  return (fact?.value as Surface | undefined) ?? "unknown";
}

function shownOf(name: FactName, access: Access): string | null {
  const fact = access[name];
  if (!fact) return null;
  if (name === "step_free") return t(fact.value ? "fact.noSteps" : "fact.steps");
  if (name === "slope_pct") return percent(Number(fact.value), 1);
  return t("fact.cm", { n: number(Number(fact.value)) });
}

function noneWords(name: FactName, asked: boolean): string {
  const none = t(name === "step_free" ? "fact.noneSeen" : "fact.none");
  return asked ? none : `${none} ${t("fact.tell")}`;
}

/** The facts by name, in the order that a body meets them. */
export function AccessFacts({ access, names }: { access: Access; names: readonly FactName[] }) {
  return (
    <Facts>
      {names.map((name, i) => {
        const fact = access[name];
        // The invitation to tell stands once; a page that asks five times is read by nobody.
        const asked = names.slice(0, i).some((n) => !access[n]);
        return (
          <FactLine
            key={name}
            icon={icons[name]}
            what={t(`fact.${name}`)}
            value={shownOf(name, access)}
            source={fact ? sourceOf(fact) : noneWords(name, asked)}
          />
        );
      })}
    </Facts>
  );
}

/** A building is entered by a door; a spot is reached past gates and kerbs. */
export function namesFor(form: Place["form"]): readonly FactName[] {
  return form === "building"
    ? ["step_free", "door_cm", "width_cm", "kerb_cm", "slope_pct"]
    : ["step_free", "width_cm", "gate_cm", "kerb_cm", "slope_pct"];
}

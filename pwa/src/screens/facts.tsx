/** Access facts, each with its source and date, or the dashed "ved ikke". */
import type { ComponentChildren } from "preact";
import type { Place } from "../store/signals.ts";
import { percent, yearDate } from "../text/amounts.ts";
import { number } from "../text/format.ts";
import { t } from "../text/t.ts";
import { FactLine, Facts } from "../ui/facts.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Dunno } from "../ui/state.tsx";
import type { Surface } from "../ui/surface.tsx";
import { groundMeans } from "./words/ground.ts";

export type Access = Place["access"];
export type FactName = keyof Access;
type Known = { source: string; seen_on: string };
type Fact = Known & { value: string };

const icons: Readonly<Record<FactName, IconName>> = {
  door_cm: "door",
  width_cm: "width",
  gate_cm: "gate",
  kerb_cm: "kerb",
  step_free: "step",
  slope_pct: "slope",
};

/** "Målt 2. april 2024. Kilde: kommunens register"; what is no measure was seen. */
export function sourceOf(fact: Known, how: "measured" | "seen" = "seen"): string {
  return t(`fact.${how}`, { source: fact.source, date: yearDate(fact.seen_on) });
}

/** Who has seen these, each once: with the day, or the first and the last where they saw them on several. */
export function sourcesOf(facts: readonly Known[]): string {
  const days = new Map<string, string[]>();
  for (const { source, seen_on } of facts) days.set(source, [...(days.get(source) ?? []), seen_on].sort());
  return [...days]
    .map(([source, on]) => {
      const [from = "", to = ""] = [on[0], on.at(-1)];
      if (from === to) return t("fact.seen", { source, date: yearDate(from) });
      return t("fact.seenSpan", { source, from: yearDate(from), to: yearDate(to) });
    })
    .join(". ");
}

export function surfaceOf(fact: { value: string } | null): Surface {
  return (fact?.value as Surface | undefined) ?? "unknown";
}

/** What is meant by firm, loose, unpaved: beside the answers that say so. */
export function GroundMeans({ answers }: { answers: readonly (Fact | null)[] }) {
  const words = groundMeans(answers);
  return words.length > 0 ? <p class="note-text">{words.join(" ")}</p> : null;
}

function shownOf(name: FactName, access: Access): string | null {
  const fact = access[name];
  if (!fact) return null;
  if (name === "step_free") return t(fact.value ? "fact.noSteps" : "fact.steps");
  if (name === "slope_pct") return percent(Number(fact.value), 1);
  return t("fact.cm", { n: number(Number(fact.value)) });
}

export const howOf = (name: FactName) => (name === "step_free" ? "seen" : "measured");

/** "Kilde: kommunens register, 2. april 2024": for several facts at once, be they measured or seen. */
const sourceOfAll = (fact: Known) => t("fact.from", { source: fact.source, date: yearDate(fact.seen_on) });

/** Said once for all where one person saw it all on one day; under an unknown one it would read as that one's. */
function sharedSource(facts: readonly (Known | null)[]): Known | null {
  const [first] = facts;
  if (!first || facts.length < 2) return null;
  return facts.every((fact) => fact?.source === first.source && fact.seen_on === first.seen_on) ? first : null;
}

/** The fragment tells it from the page's own link to the same screen, to which the focus goes back. */
function TellLink({ href }: { href: string }) {
  return (
    <a class="go-link" href={`${href}#adgang`}>
      {t("fact.tell")}
    </a>
  );
}

/** The facts by name, in the order that a body meets them. `tell`: where somebody who has been there can say what is missing. */
export function AccessFacts({ access, names, tell }: { access: Access; names: readonly FactName[]; tell: string }) {
  const shared = sharedSource(names.map((name) => access[name]));
  const missing = names.find((name) => !access[name]);
  return (
    <>
      <Facts>
        {names.map((name) => {
          const fact = access[name];
          const none = t(name === "step_free" ? "fact.noneSeen" : "fact.none");
          return (
            <FactLine
              key={name}
              icon={icons[name]}
              what={t(`fact.${name}`)}
              value={shownOf(name, access)}
              source={
                fact ? (
                  shared ? null : (
                    sourceOf(fact, howOf(name))
                  )
                ) : (
                  // The invitation to tell stands once; a page that asks five times is read by nobody.
                  <>
                    {none} {name === missing && <TellLink href={tell} />}
                  </>
                )
              }
            />
          );
        })}
      </Facts>
      {shared && <p class="note-text">{sourceOfAll(shared)}</p>}
    </>
  );
}

/** One answer with its picture, and under it who said so. */
function Answer(p: { icon: IconName; children: ComponentChildren; source: string | null; last?: ComponentChildren }) {
  return (
    <p class="ic">
      <Icon name={p.icon} />
      <span>
        {p.children}
        {p.source && (
          <>
            <br />
            <span class="note-text">{p.source}.</span>
          </>
        )}
        {p.last && (
          <>
            <br />
            {p.last}
          </>
        )}
      </span>
    </p>
  );
}

/** The answer before the facts, for the head of a page: steps, then the door or the gate, each with its own source and day. */
export function AccessShort({ access, form }: { access: Access; form: Place["form"] }) {
  const { step_free } = access;
  const name: FactName = form === "building" ? "door_cm" : "gate_cm";
  const width = access[name];
  const shared = sharedSource([step_free, width]);
  const steps = step_free ? (
    <b>{t(step_free.value ? "row.stepFree" : "fact.hasSteps")}.</b>
  ) : (
    <>
      {t("fact.step_free")}: <Dunno />
    </>
  );
  const wide = width && t(`fact.${name}Is`, { cm: t("fact.cm", { n: number(width.value) }) });
  const more = (
    <a class="go-link" href="#adgang">
      {t(form === "building" ? "place.access" : "place.accessOut")}
    </a>
  );
  return (
    <section class="band tight stack">
      {shared ? (
        <Answer icon="step" source={sourceOfAll(shared)} last={more}>
          {steps} {wide}
        </Answer>
      ) : (
        <>
          <Answer icon="step" source={step_free && sourceOf(step_free)} last={!width && more}>
            {steps}
          </Answer>
          {width && (
            <Answer icon={icons[name]} source={sourceOf(width, "measured")} last={more}>
              {wide}
            </Answer>
          )}
        </>
      )}
    </section>
  );
}

/** A building is entered by a door; a spot is reached past gates and kerbs. */
export function namesFor(form: Place["form"]): readonly FactName[] {
  return form === "building"
    ? ["step_free", "door_cm", "width_cm", "kerb_cm", "slope_pct"]
    : ["step_free", "width_cm", "gate_cm", "kerb_cm", "slope_pct"];
}

/** "Sådan ser borgeren det": the answer and the facts, as they read with what is being written. */
import { FactLine, Facts } from "../../ui/facts.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { FORMS } from "../lists/words.ts";
import { ACCESS_WORDS, type AccessName } from "../parts/access.tsx";
import type { FactDraft } from "../parts/facts.tsx";
import { say } from "../parts/say.ts";
import { day } from "../words.ts";
import type { Values } from "./values.ts";
import { verdict } from "./verdict.ts";

const MARKS = { yes: "check", no: "close", unknown: "ask" } as const;
const ICONS: Readonly<Record<AccessName, IconName>> = {
  step_free: "step",
  width_cm: "width",
  kerb_cm: "kerb",
  gate_cm: "gate",
  slope_pct: "slope",
  door_cm: "door",
};

export function Preview({ values }: { values: Values }) {
  const answer = verdict(values);
  const facts: [IconName, string, string, FactDraft][] = (Object.keys(ICONS) as AccessName[]).flatMap((name) => {
    const fact = values.access[name];
    return fact ? [[ICONS[name], ACCESS_WORDS[name], say(name, typedFact(fact)).words, fact]] : [];
  });
  if (values.surface) facts.unshift(["surface", "Underlag", say("surface", values.surface).words, values.surface]);
  const hours = values.hours && say("hours", values.hours);
  return (
    <section class="panel" aria-label="Sådan ser borgeren det">
      <header>
        <h2 class="small-h">Sådan ser borgeren det</h2>
      </header>
      {answer && (
        <div class="in edge">
          <div class={`verdict ${answer.is} mini`}>
            <span class="mark">
              <Icon name={MARKS[answer.is]} />
            </span>
            <div>
              <h3 class="small-h">{answer.title}</h3>
              <p class="note-text">{answer.why}</p>
            </div>
          </div>
        </div>
      )}
      <div class={answer ? "in t3 stack" : "in stack"}>
        <p>
          <b>{values.name?.da || "Uden navn endnu"}</b>
          <br />
          <span class="note-text">{FORMS[values.form]}</span>
        </p>
        {values.purpose?.da && <p class="own">{values.purpose.da}</p>}
        {hours && <p class="note-text">Åbent: {hours.words}</p>}
        {facts.length > 0 && (
          <Facts>
            {facts.map(([icon, what, value, fact]) => (
              <FactLine
                key={what}
                icon={icon}
                what={what}
                value={value}
                source={`Kilde: ${fact.source}${fact.seen_on ? `, ${day(fact.seen_on)}` : ""}`}
              />
            ))}
          </Facts>
        )}
      </div>
    </section>
  );
}

/** A number that was typed is one, so that it gets its unit. */
const typedFact = (fact: FactDraft): FactDraft => {
  const n = typeof fact.value === "string" ? Number(fact.value.replace(",", ".")) : Number.NaN;
  return Number.isNaN(n) ? fact : { ...fact, value: n };
};

/** "Sket for nylig": who changed what, and the way back from each step. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { get } from "../ask.ts";
import { clock, today, when } from "../lists/words.ts";
import { and } from "../words.ts";
import { fieldWords, type NameOf, say } from "./say.ts";

export interface Step {
  readonly v: string;
  /** UTC. */
  readonly at: string;
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

/** The steps of a thing, newest first; null until they came, "unreached" where they did not. Asked again when `v` is another. */
export function useHistory(kind: string, id: string, v: string | null): readonly Step[] | null | "unreached" {
  const [steps, setSteps] = useState<readonly Step[] | null | "unreached">(null);
  useEffect(() => {
    if (v === null) return;
    let left = false;
    get<{ steps: Step[] }>(`/history/${kind}/${id}`).then(
      (told) => left || setSteps(told.steps),
      () => left || setSteps((old) => old ?? "unreached"),
    );
    return () => {
      left = true;
    };
  }, [kind, id, v]);
  return steps;
}

/** When a value came to stand in a field, and by whom: what a conflict says of the other's version. */
export function stepOf(steps: readonly Step[] | null | "unreached", field: string, after: unknown): Step | null {
  if (!Array.isArray(steps)) return null;
  const text = JSON.stringify(after);
  return (
    steps.find((step: Step) => step.fields.some((one) => one.field === field && JSON.stringify(one.after) === text)) ??
    null
  );
}

const FIRST = 4;

/** `onBack`: the fields of a step as they stood before, to be looked at and saved. Null where nothing can be set back. */
export function History(p: {
  steps: readonly Step[] | null | "unreached";
  nameOf: NameOf;
  onBack: ((step: Step) => void) | null;
}) {
  const { steps } = p;
  const [all, setAll] = useState(false);
  if (steps === null) return <p class="note-text">Henter …</p>;
  if (steps === "unreached") return <p class="note-text">Kan ikke hentes uden net.</p>;
  if (steps.length === 0) return <p class="note-text">Der er ikke rettet noget endnu.</p>;
  return (
    <>
      <ul class="went">
        {steps.slice(0, all ? undefined : FIRST).map((step) => (
          <li key={step.v + step.at}>
            <p class="note-text">
              <b>{when(step.at, today())}</b> {did(step)}
            </p>
            {step.fields.length > 0 && (
              <More title="Se ændringen">
                <p class="note-text">{clock(step.at, today())}</p>
                <Changed step={step} nameOf={p.nameOf} />
                {p.onBack && (
                  <Button
                    look="quiet"
                    small
                    label={`Fortryd det, der skete ${when(step.at, today())}`}
                    onClick={() => p.onBack?.(step)}
                  >
                    Fortryd
                  </Button>
                )}
              </More>
            )}
          </li>
        ))}
      </ul>
      {!all && steps.length > FIRST && (
        <div class="btns start t2">
          <Button look="quiet" small onClick={() => setAll(true)}>
            Vis {steps.length - FIRST} mere
          </Button>
        </div>
      )}
    </>
  );
}

/** The same as a panel beside the form. */
export function Went(p: Parameters<typeof History>[0]) {
  return (
    <section class="panel" aria-label="Sket for nylig">
      <header>
        <h2 class="small-h">Sket for nylig</h2>
      </header>
      <div class="in">
        <History {...p} />
      </div>
    </section>
  );
}

/** A step of its life, as it is said of who took it. */
const TOOK: Readonly<Record<string, string>> = {
  developing: "begyndte på det",
  active: "tog det i brug",
  resting: "lod det hvile",
  dissolved: "nedlagde det",
};

/** "Mette Holm rettede underlag og formål" */
export function did(step: Step): string {
  const words = [...new Set(step.fields.map(({ field }) => fieldWords(field).toLowerCase()))];
  const what = words.length > 3 ? `${words.slice(0, 3).join(", ")} og mere` : and(words);
  const who = step.by?.name ?? "Uden navn";
  // A thing gets its address once, when it is made.
  if (step.by && step.fields.some(({ field, before }) => field === "slug" && before === null))
    return `${who} lavede det`;
  const took = step.fields.find(({ field }) => field === "state");
  if (step.by && took) return `${who} ${TOOK[String(took.after)] ?? "rettede tilstand"}`;
  return words.length === 0 ? `${who} gemte` : `${who}${step.by ? " rettede" : ", rettet:"} ${what}`;
}

function Changed({ step, nameOf }: { step: Step; nameOf: NameOf }) {
  return (
    <dl class="note-text">
      {step.fields.map(({ field, before, after }) => {
        const [one, other] = [say(field, before, nameOf), say(field, after, nameOf)];
        return (
          <div key={field}>
            <dt>{fieldWords(field)}</dt>
            <dd class="own">
              Før: <span class="was">{one.words}</span>
            </dd>
            <dd class="own">
              Nu: {other.words}
              {other.note && <> ({other.note})</>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

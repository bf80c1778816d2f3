/** What it came to: in, waiting for the network, or refused; and the places that lack something. */
import { useEffect } from "preact/hooks";
import { number } from "../../text/format.ts";
import { Note, Ready } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { reading } from "../data/copy.ts";
import { outcome, unsent } from "../data/write.ts";
import { lacks } from "../lists/words.ts";
import { type Choices, opsOf, withdrawn } from "./choices.ts";
import type { Found, Job, Result } from "./job.ts";
import { came, leftOut } from "./words.ts";

export function Done(p: {
  job: Job;
  found: Found;
  choices: Choices;
  /** Asks the server once more: it knows whether the file went in, also when this computer keeps its receipt no more. */
  onLook: () => void;
  onChoose: (choices: Choices) => void;
  onAgain: () => void;
}) {
  const [apply, ...others] = opsOf(p.choices, p.job);
  const told = apply === undefined ? null : outcome(apply).value;
  const lies = apply !== undefined && unsent.value.some((op) => op.id === apply);
  useEffect(() => {
    if (!lies && !p.job.imported) p.onLook();
  }, [lies]);
  const done = told?.is === "applied" || p.job.imported;
  // The button that was pressed is gone: what is read next begins at the file's name.
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus();
  }, [done]);
  if (!done && !lies && reading.value.reached)
    return (
      <Note icon="info" live>
        <p>Filen er ikke hentet ind. Det, du valgte, står her endnu.</p>
        <Button onClick={() => p.onChoose({ ...p.choices, sent: null })}>Se filen igen</Button>
      </Note>
    );
  if (!done && told?.is !== "refused")
    return (
      <Note icon="wait" live>
        <p>Det er gemt her, og det bliver sendt af sig selv. En stor fil kan tage et halvt minut.</p>
      </Note>
    );
  if (!done && told?.is === "refused")
    return (
      <div role="alert">
        <Note tone="bad" icon="warn">
          <p>{told.detail}</p>
          <p>Intet er ændret. Læs filen igen, så ser du, hvad den gør nu.</p>
        </Note>
        <Button onClick={p.onAgain}>Læs filen igen</Button>
      </div>
    );
  const result = told?.is === "applied" && "new" in told.result ? (told.result as unknown as Result) : p.found.result;
  return (
    <>
      <Ready title="Hentet ind">
        <p>{came({ at: "", by: p.job.by, name: null, source: null, ...result, left_out: leftOut(result) })}.</p>
        {others.length > 0 && <p>{number(others.length)} trækkes tilbage.</p>}
      </Ready>
      <Refusals found={p.found} choices={p.choices} ops={others} />
      {result.lacking.length > 0 && <Lacking of={result} />}
      <div class="btns start">
        <LinkButton href="/desk/ind">Hent en fil mere ind</LinkButton>
        <LinkButton look="quiet" href="/desk/steder">
          Se stederne
        </LinkButton>
      </div>
    </>
  );
}

/** Of what was to be withdrawn, what could not be: a place that all have seen, a route that a place uses. */
function Refusals({ found, choices, ops }: { found: Found; choices: Choices; ops: readonly string[] }) {
  const things = withdrawn(found, choices);
  return (
    <>
      {ops.map((id, i) => {
        const said = outcome(id).value;
        return said.is === "refused" ? (
          <Note key={id} tone="bad" icon="warn">
            <p>
              {things[i]?.name ?? "En ting"} er her endnu. {said.detail}
            </p>
          </Note>
        ) : null;
      })}
    </>
  );
}

function Lacking({ of }: { of: Result }) {
  return (
    <section class="panel">
      <header>
        <h2>Mangler noget, før alle kan se dem</h2>
        <span class="note-text">
          {of.lacking_count === 1 ? "Ét sted" : `${number(of.lacking_count)} steder`} fra filen
        </span>
      </header>
      <div class="in">
        <ul class="ticks bare">
          {of.lacking.map((place) => (
            <li key={place.id}>
              <span class="long">
                <a href={`/desk/steder/${place.id}`}>{place.name}</a>
                <br />
                <span class="note-text">{lacks(place.missing)}</span>
              </span>
            </li>
          ))}
        </ul>
        {of.lacking_count > of.lacking.length && (
          <p class="note-text">De første {number(of.lacking.length)} er nævnt. De andre står under Steder.</p>
        )}
      </div>
    </section>
  );
}

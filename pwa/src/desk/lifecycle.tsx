/** A place's life: the next steps as buttons with what lacks in their own words, when the centre appointed it, and the way back. */
import { useState } from "preact/hooks";
import { Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { places } from "./data/copy.ts";
import type { LivePlace, StaffPlace } from "./data/things.ts";
import { act } from "./data/write.ts";
import { Appointed } from "./lifecycle-appointed.tsx";
import { Dissolve, Withdraw } from "./lifecycle-ask.tsx";
import { SEEN, type Step, steps } from "./lifecycle-steps.ts";
import { SaidNote, useActing } from "./lists/acting.tsx";
import { STATES, today, when } from "./lists/words.ts";

/** The whole of it, as a panel. `onGone`: the place was withdrawn and is in no list any more. */
export function Lifecycle({ place, onGone }: { place: StaffPlace; onGone?: () => void }) {
  const acting = useActing();
  const [asking, setAsking] = useState<Step | null>(null);
  const lacks = place.state === "dissolved" ? [] : (place.staff?.missing ?? []);
  const subject = { kind: "place", id: place.id } as const;
  const move = (args: object) =>
    acting.run(
      () => act("move_state", subject, { ...args }),
      () => setAsking(null),
    );
  return (
    <section class="panel" aria-label="Stedets liv">
      <header>
        <h2>
          Stedet{" "}
          {place.state === "idea" ? "er en idé" : place.state === "dissolved" ? "er nedlagt" : WORDS[place.state]}
        </h2>
        <span class="note-text">{SEEN[place.state]}</span>
      </header>
      <div class="in stack">
        {place.state === "dissolved" && <Gone place={place} />}
        <div class="btns">
          {steps(place.state, lacks).map((step) => (
            <Button
              key={step.to}
              look={step.look}
              small
              off={acting.busy || step.off !== null}
              onClick={() => (step.asks ? setAsking(step) : move({ to: step.to }))}
            >
              {step.off ? `${step.words}. ${step.off}` : step.words}
            </Button>
          ))}
        </div>
        {!asking && <SaidNote acting={acting} />}
        {place.state !== "dissolved" && <Appointed place={place} />}
      </div>
      {asking?.to === "dissolved" && (
        <Dissolve
          place={place as LivePlace}
          acting={acting}
          onClose={() => setAsking(null)}
          onDo={(why, successor_id) => move({ to: "dissolved", why: { da: why }, successor_id })}
        />
      )}
      {asking?.to === "withdrawn" && (
        <Withdraw
          name={place.name.da}
          acting={acting}
          onClose={() => setAsking(null)}
          onDo={(why) =>
            acting.run(
              () => act("withdraw", subject, { why }),
              () => {
                setAsking(null);
                onGone?.();
              },
            )
          }
        />
      )}
    </section>
  );
}

const WORDS = { developing: "er under opbygning", active: "er i brug", resting: "hviler" } as const;

function Gone({ place }: { place: Extract<StaffPlace, { state: "dissolved" }> }) {
  const to = place.successor_id ? places.value.get(place.successor_id) : undefined;
  return (
    <Note icon="info">
      <p>
        Nedlagt {when(place.dissolved_on, today())}. {place.why?.da}
      </p>
      {to && (
        <p>
          Siden sender videre til <a href={`/desk/steder/${to.id}`}>{to.name.da}</a>.
        </p>
      )}
    </Note>
  );
}

/** After a withdrawal: the place is in no list, and comes back by one tap. */
export function Withdrawn({
  kind = "place",
  id,
  name,
}: {
  kind?: "place" | "route" | "facility";
  id: string;
  name: string;
}) {
  const acting = useActing();
  return (
    <section class="panel" aria-label={`${name} er trukket tilbage`}>
      <div class="in stack t3">
        <p>
          <b>{name}</b> er trukket tilbage og står ikke i listerne. Det, der var skrevet, er gemt.
        </p>
        <div class="btns">
          <Button
            look="quiet"
            icon="repeat"
            off={acting.busy}
            onClick={() => acting.run(() => act("restore", { kind, id }, {}))}
          >
            Hent tilbage
          </Button>
        </div>
        <SaidNote acting={acting} />
      </div>
    </section>
  );
}

/** In a row of a list: the one step that goes on, or nothing. */
export function NextStep({ place }: { place: LivePlace }) {
  const acting = useActing();
  const next = steps(place.state, place.staff?.missing ?? []).find((step) => !step.asks && step.to !== "resting");
  if (!next || next.off) return null;
  return (
    <>
      <Button
        look="quiet"
        small
        off={acting.busy}
        label={`${next.words}: ${place.name.da}`}
        onClick={() => acting.run(() => act("move_state", { kind: "place", id: place.id }, { to: next.to }))}
      >
        {next.words}
      </Button>
      <SaidNote acting={acting} />
    </>
  );
}

/** The state as a badge: its form differs too, so that it is read without colour. */
export function StateBadge({ state }: { state: StaffPlace["state"] }) {
  const look = state === "active" ? "badge good" : state === "developing" || state === "idea" ? "badge wait" : "badge";
  return <span class={look}>{STATES[state]}</span>;
}

/** A place's life: the next steps as buttons with what lacks in their own words, when the centre appointed it, and the way back. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { tell } from "../ui/sheet.tsx";
import { places, site } from "./data/copy.ts";
import type { LivePlace, StaffPlace } from "./data/things.ts";
import { act, discard, unsent } from "./data/write.ts";
import { Appointed } from "./lifecycle-appointed.tsx";
import { Dissolve, Withdraw } from "./lifecycle-ask.tsx";
import { SEEN, steps } from "./lifecycle-steps.ts";
import { SaidNote, useActing } from "./lists/acting.tsx";
import { STATES, today, when } from "./lists/words.ts";
import { whyWords } from "./waits-words.ts";

/** A step that is asked about first, with what was written of it before the server said no. */
interface Asking {
  readonly to: "dissolved" | "withdrawn";
  readonly why: string;
  readonly successor: string | null;
}

/** The whole of it, as a panel. `onGone`: the place was withdrawn and is in no list any more. */
export function Lifecycle({ place, onGone }: { place: StaffPlace; onGone?: () => void }) {
  const acting = useActing("left");
  const [asking, setAsking] = useState<Asking | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const stepped = useRef(false);
  // The step that was pressed is gone with the state before: what came of it is read first.
  useEffect(() => {
    if (document.activeElement === document.body && stepped.current) head.current?.focus({ preventScroll: true });
    stepped.current = false;
  }, [place.state]);
  const lacks = place.state === "dissolved" ? [] : (place.staff?.missing ?? []);
  const subject = { kind: "place", id: place.id } as const;
  // The dialog closes once the step lies here: what comes of it is said in the panel, also where the whole screen is drawn anew.
  const move = (args: object) => {
    setAsking(null);
    stepped.current = true;
    acting.run(() => act("move_state", subject, { ...args }));
  };
  const withdraw = (why: string) => {
    setAsking(null);
    acting.run(
      () => act("withdraw", subject, { why }),
      () => {
        if (location.pathname.includes(place.id)) onGone?.();
        const undo = () => void act("restore", subject, {});
        tell(`${place.name.da} er trukket tilbage.`, { words: "Hent tilbage", run: undo });
      },
    );
  };
  return (
    <section class="panel" aria-label="Stedets liv">
      <header>
        <h2 ref={head} tabIndex={-1}>
          Stedet {WORDS[place.state]}
        </h2>
        <span class="note-text">{seen(place.state)}</span>
      </header>
      <div class="in stack">
        {place.state === "dissolved" && <Gone place={place} />}
        <SentBack place={place} onAgain={setAsking} />
        <div class="btns">
          {steps(place.state, lacks).map(({ to, ...step }) => (
            <Button
              key={to}
              look={step.look}
              small
              off={acting.busy || step.off !== null}
              onClick={() =>
                to === "dissolved" || to === "withdrawn" ? setAsking({ to, why: "", successor: null }) : move({ to })
              }
            >
              {step.off ? `${step.words}. ${step.off}` : step.words}
            </Button>
          ))}
        </div>
        <SaidNote acting={acting} />
        {place.state !== "dissolved" && <Appointed place={place} />}
      </div>
      {asking?.to === "dissolved" && (
        <Dissolve
          place={place as LivePlace}
          why={asking.why}
          successor={asking.successor}
          onClose={() => setAsking(null)}
          onDo={(why, successor_id) => move({ to: "dissolved", why: { da: why }, successor_id })}
        />
      )}
      {asking?.to === "withdrawn" && (
        <Withdraw name={place.name.da} why={asking.why} onClose={() => setAsking(null)} onDo={withdraw} />
      )}
    </section>
  );
}

/** Before the map is open nobody sees any of it. */
function seen(state: StaffPlace["state"]): string {
  const launch = site.value?.launch;
  const shut = launch && launch.state !== "open";
  return shut && (state === "active" || state === "resting") ? "Alle kan se det, når kortet er åbent." : SEEN[state];
}

const REFUSED: Readonly<Record<string, string>> = {
  developing: "Stedet kunne ikke begyndes",
  active: "Stedet kunne ikke tages i brug",
  resting: "Stedet kunne ikke sættes til at hvile",
  dissolved: "Stedet kunne ikke nedlægges",
  withdrawn: "Stedet kunne ikke trækkes tilbage",
};

/** A step that the server did not take: why, and what was written of it. */
function SentBack({ place, onAgain }: { place: StaffPlace; onAgain: (asking: Asking) => void }) {
  const steps = ["move_state", "withdraw"];
  const op = unsent.value.find(
    ({ state, subject, verb }) => state === "refused" && subject.id === place.id && steps.includes(verb),
  );
  if (!op) return null;
  const args = op.args as { to?: string; why?: string | { da: string } | null; successor_id?: string | null };
  const to = op.verb === "withdraw" ? "withdrawn" : (args.to ?? "");
  const why = typeof args.why === "string" ? args.why : (args.why?.da ?? "");
  const asks = to === "dissolved" || to === "withdrawn";
  return (
    <Note tone="bad" icon="warn" live>
      <p>
        <b>{REFUSED[to] ?? "Det kunne ikke gøres"}.</b> {whyWords(op.code, op.detail)}
      </p>
      {why && <p>Du skrev: {why}</p>}
      <div class="btns">
        {asks && (
          <Button
            look="quiet"
            small
            onClick={() => {
              void discard(op.id);
              onAgain({ to, why, successor: args.successor_id ?? null });
            }}
          >
            Ret, og prøv igen
          </Button>
        )}
        <Button look="quiet" small onClick={() => void discard(op.id)}>
          {asks ? "Lad være" : "Luk"}
        </Button>
      </div>
    </Note>
  );
}

const WORDS = {
  ...{ idea: "er en idé", developing: "er under opbygning", active: "er i brug", resting: "hviler" },
  dissolved: "er nedlagt",
} as const;

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

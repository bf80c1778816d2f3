/** An event's life: shown, sent back, called off and on again, each step with what follows from it. */
import { useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog, tell } from "../../ui/sheet.tsx";
import type { Event } from "../data/things.ts";
import { act, discard, unsent } from "../data/write.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { Reason, useReason } from "../parts/reason.tsx";
import { verbWords, whyWords } from "../waits-words.ts";
import { AnswerLink } from "./answer-link.tsx";
import { type Ask as Asked, type Step, stepsOf, type To } from "./steps.ts";
import { EVENT_STATES, type EventState } from "./words.ts";

const HEADS: Readonly<Record<EventState, readonly [string, string]>> = {
  draft: ["Det er en kladde", "Ingen borgere kan se den."],
  proposed: ["Det er et forslag", "Ingen borgere kan se den endnu."],
  public: ["Den vises", "Alle kan se den i appen."],
  cancelled: ["Den er aflyst", "Siden siger det, og hvorfor."],
};

/** The head of what was refused: by its verb and where it was to go. */
const REFUSED: Readonly<Record<string, string>> = {
  public: "Den kunne ikke vises",
  proposed: "Den kunne ikke sendes til kommunen",
  cancelled: "Den kunne ikke aflyses",
  draft: "Den kunne ikke sendes tilbage",
};
const STEP_VERBS = ["move_event", "change_time", "split_event", "withdraw"];

/** `sent`: it has just been proposed, and what comes of that is said elsewhere on the page. */
export function StatePanel(p: { event: Event; staff: boolean; atOnce: boolean; sent: boolean; onGone: () => void }) {
  const { event, staff } = p;
  const acting = useActing("left");
  const [asking, setAsking] = useState<Step | null>(null);
  const subject = { kind: "event", id: event.id } as const;
  const [title, note] = HEADS[event.state];
  const missing = event.staff?.missing ?? [];
  const take = (to: To, why: string | null) => {
    setAsking(null);
    if (to !== "withdrawn")
      return acting.run(() => act("move_event", subject, { to, ...(why ? { why: { da: why } } : {}) }));
    acting.run(
      () => act("withdraw", subject, { why }),
      () => {
        if (location.pathname.includes(event.id)) p.onGone();
        tell(`${event.name.da} er trukket tilbage.`, {
          words: "Hent tilbage",
          run: () => void act("restore", subject, {}),
        });
      },
    );
  };
  return (
    <section class="panel" aria-label="Begivenhedens liv">
      <header>
        <h2>{title}</h2>
        <span class="note-text">{note}</span>
      </header>
      <div class="in stack">
        {event.state === "cancelled" && event.why && <p>{event.why.da}</p>}
        {event.state === "proposed" && !staff && !p.sent && <AnswerLink id={event.id} />}
        {event.staff?.decided && event.state === "draft" && (
          <Note icon="info">
            <p>
              <b>Kommunen har sendt den tilbage.</b> {event.staff.decided.da}
            </p>
          </Note>
        )}
        <SentBack id={event.id} />
        <div class="btns">
          {stepsOf(event.state, staff, p.atOnce).map((step) => {
            const lacks = (step.to === "public" || step.to === "proposed") && missing.length > 0;
            return (
              <Button
                key={step.to}
                look={step.look}
                small
                off={acting.busy || lacks}
                onClick={() => (step.ask ? setAsking(step) : take(step.to, null))}
              >
                {lacks ? `${step.words}. Skriv først hvor og hvornår` : step.words}
              </Button>
            );
          })}
        </div>
        <SaidNote acting={acting} />
      </div>
      {asking?.ask && <Ask ask={asking.ask} onClose={() => setAsking(null)} onDo={(why) => take(asking.to, why)} />}
    </section>
  );
}

function Ask(p: { ask: Asked; onClose: () => void; onDo: (why: string) => void }) {
  const { ask } = p;
  const reason = useReason("", ask.lacks);
  return (
    <Dialog title={ask.title} onClose={p.onClose}>
      <p>{ask.what}</p>
      <Reason {...reason} label={ask.label} hint={ask.hint} />
      <div class="btns">
        <Button
          look={ask.look}
          onClick={() => {
            const why = reason.told();
            if (why !== null) p.onDo(why);
          }}
        >
          {ask.button}
        </Button>
        <Button look="quiet" onClick={p.onClose}>
          Lad være
        </Button>
      </div>
    </Dialog>
  );
}

/** A step that the server did not take, and what was written of it. */
function SentBack({ id }: { id: string }) {
  const op = unsent.value.find(
    ({ state, subject, verb }) => state === "refused" && subject.id === id && STEP_VERBS.includes(verb),
  );
  if (!op) return null;
  const args = op.args as { to?: string; why?: string | { da: string } | null };
  const why = typeof args.why === "string" ? args.why : args.why?.da;
  const title = op.verb === "move_event" ? REFUSED[args.to ?? ""] : `${verbWords(op.verb)}: det gik ikke`;
  return (
    <Note tone="bad" icon="warn" live>
      <p>
        <b>{title ?? "Det kunne ikke gøres"}.</b> {whyWords(op.code, op.detail)}
      </p>
      {why && <p>Du skrev: {why}</p>}
      <div class="btns">
        <Button look="quiet" small onClick={() => void discard(op.id)}>
          Luk
        </Button>
      </div>
    </Note>
  );
}

/** Its form differs too, so that it is read without colour. */
export function EventBadge({ state }: { state: EventState }) {
  const look = state === "public" ? "badge good" : state === "cancelled" ? "badge" : "badge wait";
  return <span class={look}>{EVENT_STATES[state]}</span>;
}

/** One time to come: how many want to be met at the door, and one answer to all of them. */
import { useId, useState } from "preact/hooks";
import { drafts, dropDraft, keepDraft } from "../../store/drafts.ts";
import { Button } from "../../ui/button.tsx";
import { act } from "../data/write.ts";
import { timeWords } from "../events/words.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { today } from "../lists/words.ts";
import { AreaField, NOTHING_WRONG } from "../parts/field.tsx";
import { lengthOf } from "../parts/loose.ts";
import { sentence } from "./sentence.ts";
import type { Turn } from "./turns.ts";

/** server/domain/met.py */
const ANSWER_MOST = 300;

const keyOf = (turn: Turn): string => `desk/met/${turn.key}`;
const bare = (words: string): string => words.trim().replace(/[\s,;…]+$/u, "");

/** `wanted`: somebody came for this one. */
export function Meet({ turn, wanted }: { turn: Turn; wanted: boolean }) {
  const { event, time, number, answer } = turn;
  const title = useId();
  const kept = drafts.value.get(keyOf(turn));
  const [open, setOpen] = useState(wanted);
  const writing = typeof kept === "string";
  const form = writing || open || (number > 0 && answer === null);
  return (
    <li class="panel turn" aria-labelledby={title}>
      <header>
        <div>
          <h2 id={title}>{event.name.da}</h2>
          <span class="note-text">{timeWords(time, today())}</span>
        </div>
      </header>
      <div class={number > 0 ? "in meet now" : "in meet"}>
        {number > 0 ? (
          <>
            <p class="big-num">
              <b>{number}</b> <span>vil gerne mødes ved døren</span>
            </p>
            <p>Du kan ikke se, hvem det er. Svaret går til alle, der har spurgt.</p>
          </>
        ) : (
          <p>{answer === null ? "Ingen har spurgt endnu." : "Ingen har spurgt. Den, der spørger nu, ser svaret."}</p>
        )}
        {answer !== null && (
          <p class="said">
            Dit svar: <q>{answer}</q>
          </p>
        )}
        {form ? (
          <Write turn={turn} onClose={() => setOpen(false)} />
        ) : (
          <Button
            look="quiet"
            small
            icon="edit"
            label={`${steps(answer)}: ${event.name.da}`}
            onClick={() => setOpen(true)}
          >
            {steps(answer)}
          </Button>
        )}
      </div>
    </li>
  );
}

const steps = (answer: string | null): string => (answer === null ? "Skriv på forhånd" : "Ret svaret");

function Write({ turn, onClose }: { turn: Turn; onClose: () => void }) {
  const { event, time, day, answer } = turn;
  const acting = useActing();
  const [wrong, setWrong] = useState<string | null>(null);
  const key = keyOf(turn);
  const kept = drafts.value.get(key);
  const words = typeof kept === "string" ? kept : (answer ?? sentence(event, time));
  const send = () => {
    const said = bare(words);
    if (said === "") return setWrong("Skriv, hvor du står, og hvornår.");
    if (lengthOf(said) > ANSWER_MOST) return;
    setWrong(null);
    acting.run(
      () => act("answer_met", { kind: "event", id: event.id }, { day, answer: { da: said } }),
      () => {
        void dropDraft(key, drafts.peek().get(key));
        onClose();
      },
    );
  };
  const path = `met-${turn.key}`;
  return (
    <form
      class="stack"
      noValidate
      aria-label={`Svar: ${event.name.da}`}
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!acting.busy) send();
      }}
    >
      {event.host === null ? (
        <p>
          Der er ingen vært endnu. <a href={`/desk/begivenheder/${event.id}`}>Skriv, hvem der tager imod</a>, så kan
          nogen spørge.
        </p>
      ) : null}
      <AreaField
        path={path}
        label="Hvor står du, hvornår, og hvad har du på?"
        hint="For eksempel: gul jakke, en hund, en kande kaffe."
        rows={2}
        limit={ANSWER_MOST}
        value={words}
        wrongs={wrong === null ? NOTHING_WRONG : new Map([[path, wrong]])}
        onChange={(text) => {
          setWrong(null);
          void keepDraft(key, text);
        }}
      />
      <SaidNote acting={acting} />
      <div class="btns">
        <button type="submit" class="btn" aria-disabled={acting.busy}>
          {acting.busy ? "Et øjeblik …" : answer === null ? "Send svaret" : "Send det nye svar"}
        </button>
        {answer !== null && (
          <Button
            look="quiet"
            onClick={() => {
              void dropDraft(key, drafts.peek().get(key));
              onClose();
            }}
          >
            Fortryd
          </Button>
        )}
      </div>
    </form>
  );
}

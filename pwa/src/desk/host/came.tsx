/** One time that was: how many came, and how many of them for the first time. Two taps, and it is said. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { act } from "../data/write.ts";
import { timeWords } from "../events/words.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { today } from "../lists/words.ts";
import type { Turn } from "./turns.ts";

/** So many keys; who had more writes the number. */
const CAME_KEYS = 11;
const NEW_KEYS = 5;
/** server/model/met.py */
const MOST = 10_000;

export function Came({ turn }: { turn: Turn }) {
  const { event, time, day, counted } = turn;
  const title = useId();
  const acting = useActing();
  const [mending, setMending] = useState(false);
  const [came, setCame] = useState<number | null>(null);
  const said = useRef<HTMLDivElement>(null);
  const news = useRef<HTMLFieldSetElement>(null);
  const tapped = useRef(false);
  const send = (all: number, fresh: number) => {
    tapped.current = true;
    setMending(false);
    setCame(null);
    acting.run(() => act("count_event", { kind: "event", id: event.id }, { day, came: all, new: fresh }));
  };
  const shown = counted !== null && !mending;
  // Whoever goes by keyboard stands where the next tap is, and at last where it is said.
  useEffect(() => {
    if (shown && tapped.current) said.current?.focus();
  }, [shown]);
  useEffect(() => {
    if (came !== null) news.current?.querySelector("button")?.focus();
  }, [came]);
  return (
    <li aria-labelledby={title}>
      <div class="in">
        <h3 id={title}>{event.name.da}</h3>
        <p class="note-text">{timeWords(time, today())}</p>
        {shown && counted ? (
          <div class="thanks" ref={said} tabIndex={-1} role="status">
            <span>
              Tak. Kom: {counted.came}, heraf nye: {counted.new}.
            </span>
            <Button look="plain" small label={`Ret: ${event.name.da}`} onClick={() => setMending(true)}>
              Ret
            </Button>
          </div>
        ) : (
          <>
            <Numbers
              legend="Kom i alt"
              keys={CAME_KEYS}
              most={MOST}
              chosen={came ?? (mending ? (counted?.came ?? null) : null)}
              onChoose={(all) => (all === 0 ? send(0, 0) : setCame(all))}
            />
            {came !== null && (
              <Numbers
                legend="Heraf nye"
                keys={Math.min(NEW_KEYS, came)}
                most={came}
                chosen={mending ? (counted?.new ?? null) : null}
                fieldset={news}
                onChoose={(fresh) => send(came, fresh)}
              />
            )}
            {mending && (
              <Button
                look="quiet"
                small
                onClick={() => {
                  setMending(false);
                  setCame(null);
                }}
              >
                Fortryd
              </Button>
            )}
          </>
        )}
        <SaidNote acting={acting} />
      </div>
    </li>
  );
}

/** 0, 1, 2 … as keys; "flere" asks for the number itself. */
function Numbers(p: {
  legend: string;
  keys: number;
  most: number;
  chosen: number | null;
  fieldset?: { current: HTMLFieldSetElement | null };
  onChoose: (number: number) => void;
}) {
  const [more, setMore] = useState("");
  const [asks, setAsks] = useState(false);
  const field = useId();
  const number = /^\d{1,5}$/.test(more.trim()) ? Number(more) : null;
  const wrong = more.trim() !== "" && (number === null || number > p.most);
  const keys = Array.from({ length: p.keys + 1 }, (_, at) => at);
  return (
    <fieldset class="how-many" {...(p.fieldset ? { ref: p.fieldset } : {})}>
      <legend>{p.chosen === null ? p.legend : `${p.legend}: ${p.chosen}`}</legend>
      <div class="numbers">
        {keys.map((at) => (
          <button key={at} type="button" class="key" aria-pressed={p.chosen === at} onClick={() => p.onChoose(at)}>
            {at}
          </button>
        ))}
        {p.most > p.keys && (
          <button type="button" class="key word" aria-expanded={asks} onClick={() => setAsks(!asks)}>
            flere
          </button>
        )}
      </div>
      {asks && (
        <form
          class="btns"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (number !== null && number <= p.most) p.onChoose(number);
          }}
        >
          <div class={wrong ? "field wrong" : "field"}>
            <label for={field}>Hvor mange?</label>
            <input
              id={field}
              class="short"
              inputMode="numeric"
              autocomplete="off"
              value={more}
              aria-invalid={wrong}
              aria-describedby={wrong ? `${field}-wrong` : undefined}
              onInput={(event) => setMore(event.currentTarget.value)}
            />
            {wrong && (
              <span class="err" id={`${field}-wrong`}>
                Skriv et tal fra 0 til {p.most}.
              </span>
            )}
          </div>
          <button type="submit" class="btn small" aria-disabled={number === null || wrong}>
            Det er det
          </button>
        </form>
      )}
    </fieldset>
  );
}

/** What becomes of a fault, and a word back to those who read the place's page. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Err } from "../parts/field.tsx";

export interface Said {
  readonly state: "taken" | "fixed" | "closed";
  readonly taken_by: string | null;
  readonly answer: { readonly da: string } | null;
}

/** What is being written, or was before the server said no. */
export interface Answering {
  readonly state: Said["state"];
  readonly who: string;
  readonly words: string;
}

/** server/model/fault.py */
const TAKER_MOST = 80;
const ANSWER_MOST = 500;

const HEAD = { taken: "Hvem tager den?", fixed: "Den er lavet", closed: "Luk uden at lave" } as const;
const HINT = {
  taken: "Valgfrit. For eksempel: Vi kommer i næste uge.",
  fixed: "Valgfrit. Borgerne får et tak i forvejen.",
  closed: "For eksempel: Vi har set efter og kunne ikke finde fejlen.",
} as const;
const SEND = { taken: "Tag den", fixed: "Den er lavet", closed: "Luk den" } as const;

export function Answer(p: {
  id: string;
  begun: Answering;
  takers: readonly string[];
  taken_by: string | null;
  busy: boolean;
  onSend: (said: Said) => void;
  onClose: () => void;
}) {
  const { state } = p.begun;
  const [who, setWho] = useState(p.begun.who);
  const [words, setWords] = useState(p.begun.words);
  const [wrong, setWrong] = useState<{ readonly at: "who" | "words"; readonly words: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // At once: whoever types on loses no letter.
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  const at = (name: string) => `${name}-${p.id}`;
  const send = () => {
    const [taker, said] = [who.trim(), words.trim()];
    const over = [...said].length - ANSWER_MOST;
    if (state === "taken" && taker === "")
      return setWrong({ at: "who", words: "Skriv, hvem der har den: en afdeling eller et navn." });
    if (state === "closed" && said === "")
      return setWrong({ at: "words", words: "Skriv hvorfor, så den, der meldte det, kan læse det." });
    if (over > 0) return setWrong({ at: "words", words: `Der er ${over} tegn for meget. Gør teksten kortere.` });
    setWrong(null);
    p.onSend({ state, taken_by: taker || null, answer: said ? { da: said } : null });
  };
  const told = (name: "who" | "words", hint: string) => (wrong?.at === name ? at(`${name}-wrong`) : hint);
  const error = (name: "who" | "words") => wrong?.at === name && <Err id={at(`${name}-wrong`)}>{wrong.words}</Err>;
  return (
    <form
      ref={form}
      class="answer-form stack"
      noValidate
      aria-label={HEAD[state]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!p.busy) send();
      }}
      onKeyDown={(event) => event.key === "Escape" && p.onClose()}
    >
      {state === "taken" && (
        <div class={wrong?.at === "who" ? "field wrong" : "field"}>
          <label for={at("who")}>{HEAD.taken}</label>
          <p class="hint" id={at("who-hint")}>
            {p.taken_by ? `Nu har ${p.taken_by} den.` : "For eksempel: Vej og Park."}
          </p>
          <input
            id={at("who")}
            value={who}
            maxLength={TAKER_MOST}
            list={at("takers")}
            autocomplete="off"
            aria-describedby={told("who", at("who-hint"))}
            aria-invalid={wrong?.at === "who"}
            onInput={(event) => {
              setWho(event.currentTarget.value);
              setWrong(null);
            }}
          />
          <datalist id={at("takers")}>
            {p.takers.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          {error("who")}
        </div>
      )}
      <div class={wrong?.at === "words" ? "field wrong" : "field"}>
        <label for={at("words")}>Et ord til borgerne</label>
        <p class="hint" id={at("words-hint")}>
          {HINT[state]}
        </p>
        <textarea
          id={at("words")}
          rows={2}
          value={words}
          aria-describedby={told("words", at("words-hint"))}
          aria-invalid={wrong?.at === "words"}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            setWrong(null);
          }}
        />
        {error("words")}
      </div>
      <div class="btns">
        <button type="submit" class="btn small" aria-disabled={p.busy}>
          {p.busy ? "Et øjeblik …" : SEND[state]}
        </button>
        <Button look="quiet" small onClick={p.onClose}>
          Fortryd
        </Button>
      </div>
    </form>
  );
}

/** Why: asked for in plain words before a step that others read of. */
import { useState } from "preact/hooks";
import { Err } from "./field.tsx";

/** As long as a reason may be (server/model/place.py Withdraw). One that all read is no longer. */
const WHY_MOST = 500;

interface ReasonState {
  readonly why: string;
  readonly wrong: string | null;
  setWhy(why: string): void;
  /** The reason, or null where it can not be used and the field says so. */
  told(): string | null;
}

/** `before`: what was written before. `lacks`: what is said where nothing is written; null: it may be left out. */
export function useReason(before: string, lacks: string | null): ReasonState {
  const [why, setWhy] = useState(before);
  const [wrong, setWrong] = useState<string | null>(null);
  return {
    ...{ why, wrong },
    setWhy(words) {
      setWhy(words);
      setWrong(null);
    },
    told() {
      const words = why.trim();
      const over = [...words].length - WHY_MOST;
      const trouble =
        words === "" && lacks ? lacks : over > 0 ? `Der er ${over} tegn for meget. Gør teksten kortere.` : null;
      setWrong(trouble);
      if (trouble) document.getElementById("reason")?.focus();
      return trouble ? null : words;
    },
  };
}

export function Reason(p: ReasonState & { label: string; hint: string }) {
  return (
    <div class={p.wrong ? "field wrong" : "field"}>
      <label for="reason">{p.label}</label>
      <p class="hint" id="reason-hint">
        {p.hint}
      </p>
      <textarea
        id="reason"
        rows={3}
        value={p.why}
        aria-describedby={p.wrong ? "reason-wrong" : "reason-hint"}
        aria-invalid={p.wrong !== null}
        onInput={(event) => p.setWhy(event.currentTarget.value)}
      />
      {p.wrong && <Err id="reason-wrong">{p.wrong}</Err>}
    </div>
  );
}

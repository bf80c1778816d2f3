/** What lies at the bottom of an editor: whether the draft is kept, and the two ways on. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { keptAt, unkept } from "../data/draft.ts";
import { clock, today } from "../lists/words.ts";

export function Dock(p: {
  /** Fields that two have written: all of them, and how many are chosen. */
  clashes?: { readonly all: number; readonly chosen: number };
  /** There is something to save. */
  changed: boolean;
  /** An edit of this thing waits for the network. */
  waits: boolean;
  /** ms: when the draft was kept, in this visit or before it. Null: there is no draft; all that was written is saved. */
  at: number | null;
  busy: boolean;
  save: string;
  onSave: () => void;
  onClose: () => void;
  children?: ComponentChildren;
}) {
  useEffect(() => {
    const main = document.getElementById("main");
    main?.classList.add("has-dock");
    return () => main?.classList.remove("has-dock");
  }, []);
  const { all, chosen } = p.clashes ?? { all: 0, chosen: 0 };
  const left = all - chosen;
  return (
    <section class="dock" aria-label="Handlinger">
      <p aria-live="polite">
        {all > 0 && (
          <>
            <b>
              {chosen} af {all} {all === 1 ? "felt" : "felter"} er valgt.
            </b>{" "}
          </>
        )}
        {keptWords(p)}
      </p>
      <div class="btns">
        <Button look="quiet" small onClick={p.onClose}>
          {p.changed && p.at !== null ? "Luk, gem kladde" : "Luk"}
        </Button>
        {left > 0 && !p.busy ? (
          // It says what is lacking, and leads there.
          <button type="button" class="btn small" aria-disabled="true" onClick={p.onSave}>
            {p.save}
          </button>
        ) : (
          <Button small off={p.busy || !p.changed} onClick={p.onSave}>
            {p.busy ? "Gemmer …" : p.changed ? p.save : "Alt er gemt"}
          </Button>
        )}
      </div>
    </section>
  );
}

interface Kept {
  readonly changed: boolean;
  readonly waits: boolean;
  readonly at: number | null;
  readonly busy: boolean;
}

function keptWords({ changed, waits, at, busy }: Kept): string {
  const written = changed && at !== null;
  if (written && unkept.value) return "Kladden kan ikke gemmes på denne computer. Gem, før du lukker.";
  if (written) {
    const kept = keptOf(at);
    return kept === null ? "Din kladde gemmes …" : `Din kladde er gemt ${keptClock(kept)}.`;
  }
  if (busy) return "Gemmer …";
  return waits ? "Det er gemt her. Det bliver sendt, når der er net." : "Alt er gemt.";
}

/** ms: when the words of `at` were kept; null while they are on their way. What is older than this page was read from the disk. */
function keptOf(at: number): number | null {
  const kept = keptAt.value;
  if (kept !== null && kept >= at) return kept;
  return at < performance.timeOrigin ? at : null;
}

/** "kl. 9.41" of today, else with its day. */
function keptClock(ms: number): string {
  const at = new Date(ms);
  return clock(at.toISOString(), today()).replace(/^i dag /, "");
}

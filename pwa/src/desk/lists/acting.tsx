/** One op at a time from a screen, with what became of it said where it was asked for. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { discard, type Outcome, settled } from "../data/write.ts";
import { whyWords } from "../waits-words.ts";

export interface Acting {
  readonly busy: boolean;
  /** What came of the last one; null while nothing is to be said. */
  readonly said: Said | null;
  /** `work` puts ops into the outbox and gives the last one's id. `done` hears of what was taken, or lies here for later. */
  run(work: () => Promise<string>, done?: (outcome: Outcome) => void): void;
}
export interface Said {
  readonly tone: "bad" | "wait";
  readonly words: string;
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;
}

export const KEPT = "Det er gemt her. Det bliver sendt, når der er net.";

/** `refused` "left": what the server says no to stays in the outbox, and the screen tells of it from there. */
export function useActing(refused: "said" | "left" = "said"): Acting {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const work = async (start: () => Promise<string>, done?: (outcome: Outcome) => void): Promise<void> => {
    const id = await start();
    // It lies here and shows: the next can be done while the server answers.
    setBusy(false);
    const outcome = await settled(id);
    if (outcome.is === "refused") {
      // Whoever has left the screen is told of it in "Venter" instead.
      if (!here.current || refused === "left") return;
      await discard(id);
      const words = whyWords(outcome.code, outcome.detail);
      setSaid({ tone: "bad", words, code: outcome.code, extra: outcome.extra });
      return;
    }
    if (outcome.is === "waiting" && here.current) setSaid({ tone: "wait", words: KEPT, code: "", extra: {} });
    done?.(outcome);
  };
  return {
    busy,
    said,
    run(start, done) {
      if (busy) return;
      setBusy(true);
      setSaid(null);
      void work(start, done)
        .catch((why: unknown) => {
          console.error(why);
          const words = "Det kunne ikke gemmes på denne computer. Det, du skrev, står her endnu. Prøv igen.";
          setSaid({ tone: "bad", words, code: "", extra: {} });
        })
        .finally(() => setBusy(false));
    },
  };
}

/** What became of it, said aloud too. */
export function SaidNote({ acting }: { acting: Acting }) {
  const { said } = acting;
  return (
    <div role="status">
      {said && (
        <Note {...(said.tone === "bad" ? { tone: "bad" as const } : {})} icon={said.tone === "bad" ? "warn" : "wait"}>
          <p>{said.words}</p>
        </Note>
      )}
    </div>
  );
}

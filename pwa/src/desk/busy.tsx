/** A thing that is being done: one at a time, with what went wrong said where it was asked for. */
import { useState } from "preact/hooks";
import { Note } from "../ui/band.tsx";
import { No } from "./ask.ts";
import { NoPasskey } from "./webauthn.ts";

export interface Doing {
  readonly busy: boolean;
  readonly wrong: string | null;
  /** The server's code for it, where it has one. */
  readonly code: string | null;
  run(work: () => Promise<unknown>): void;
}

const words = (why: unknown): string => {
  if (why instanceof No) return why.message;
  if (why instanceof NoPasskey) return "Der blev ikke brugt nogen adgangsnøgle. Prøv igen, når du er klar.";
  return "Noget gik galt hos os. Det, du skrev, står her endnu. Prøv igen.";
};

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ readonly words: string; readonly code: string | null } | null>(null);
  return {
    busy,
    wrong: wrong?.words ?? null,
    code: wrong?.code ?? null,
    run(work) {
      if (busy) return;
      setBusy(true);
      setWrong(null);
      void work()
        .catch((why: unknown) => {
          if (!(why instanceof No) && !(why instanceof NoPasskey)) console.error(why);
          setWrong({ words: words(why), code: why instanceof No ? why.code : null });
        })
        .finally(() => setBusy(false));
    },
  };
}

/** What went wrong, said aloud too. */
export function Wrong({ doing }: { doing: Doing }) {
  return (
    <div role="alert">
      {doing.wrong && (
        <Note tone="bad" icon="warn">
          <p>{doing.wrong}</p>
        </Note>
      )}
    </div>
  );
}

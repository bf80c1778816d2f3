import { lang, type Told, told } from "../text/t.ts";
import { Steps } from "./more.tsx";

interface Piece {
  readonly steps: boolean;
  readonly lines: readonly string[];
}

/** Lines of a text; those that begin with a number stand together as steps. */
export function pieces(text: string): Piece[] {
  const found: { steps: boolean; lines: string[] }[] = [];
  for (const line of text
    .split("\n")
    .map((l) => l.trim())
    .filter(Boolean)) {
    const step = /^\d+\.\s+/.test(line);
    const words = step ? line.replace(/^\d+\.\s+/, "") : line;
    const last = found.at(-1);
    if (step && last?.steps) last.lines.push(words);
    else found.push({ steps: step, lines: [words] });
  }
  return found;
}

/** A longer text with its own lines and numbered steps, in the language it really is in. */
export function Prose({ of }: { of: Told }) {
  const { words, lang: own } = told(of);
  const all = pieces(words);
  const foreign = own === lang() ? {} : { lang: own };
  if (all.length <= 1 && !all[0]?.steps) return <span {...foreign}>{words}</span>;
  return (
    <div class="prose" {...foreign}>
      {all.map((piece) =>
        piece.steps ? <Steps key={piece.lines[0]} items={piece.lines} /> : <p key={piece.lines[0]}>{piece.lines[0]}</p>,
      )}
    </div>
  );
}

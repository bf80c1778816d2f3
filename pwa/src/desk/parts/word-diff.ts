/** Two texts beside each other: which words stand in one of them alone. */

export interface Piece {
  readonly words: string;
  /** It stands here and not in the other. */
  readonly only: boolean;
}

interface Token {
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** Pairs of words that are compared at most: beyond it the middle counts as other words altogether. */
const MOST = 4_000_000;

const tokens = (text: string): Token[] =>
  [...text.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
    words: found[0],
  }));

/** Both texts in pieces; the pieces of each joined are that text, unchanged. */
export function wordDiff(mine: string, theirs: string): { mine: Piece[]; theirs: Piece[] } {
  const [a, b] = [tokens(mine), tokens(theirs)];
  const [inA, inB] = shared(
    a.map((one) => one.words),
    b.map((one) => one.words),
  );
  return { mine: pieces(mine, a, inA), theirs: pieces(theirs, b, inB) };
}

/** Of each list, whether the word at a place belongs to the longest run of words that both have in one order. */
function shared(a: readonly string[], b: readonly string[]): [boolean[], boolean[]] {
  const inA = a.map(() => false);
  const inB = b.map(() => false);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    inA[head] = inB[head] = true;
    head++;
  }
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    inA[a.length - 1 - tail] = inB[b.length - 1 - tail] = true;
    tail++;
  }
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  if (n * m === 0 || n * m > MOST) return [inA, inB];
  // The longest run from (i, j) to the ends, row by row from the last.
  const wide = m + 1;
  const best = new Uint16Array((n + 1) * wide);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      best[i * wide + j] =
        a[head + i] === b[head + j]
          ? (best[(i + 1) * wide + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * wide + j] ?? 0, best[i * wide + j + 1] ?? 0);
  for (let i = 0, j = 0; i < n && j < m; )
    if (a[head + i] === b[head + j]) {
      inA[head + i++] = true;
      inB[head + j++] = true;
    } else if ((best[(i + 1) * wide + j] ?? 0) >= (best[i * wide + j + 1] ?? 0)) i++;
    else j++;
  return [inA, inB];
}

/** The text in pieces. A space is underlined only between two words that are, so that no line is drawn under nothing. */
function pieces(text: string, all: readonly Token[], common: readonly boolean[]): Piece[] {
  const found: { words: string; only: boolean }[] = [];
  const add = (words: string, only: boolean) => {
    const last = found.at(-1);
    if (!words) return;
    if (last?.only === only) last.words += words;
    else found.push({ words, only });
  };
  let at = 0;
  for (const [i, token] of all.entries()) {
    const only = !common[i];
    add(text.slice(at, token.from), only && i > 0 && !common[i - 1]);
    add(token.words, only);
    at = token.to;
  }
  add(text.slice(at), false);
  return found;
}

// Undo and redo: what was, what is, and what was taken back.
export interface Steps<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly next: readonly T[];
}

/** So many steps back. */
const MOST = 200;

export const first = <T>(now: T): Steps<T> => ({ past: [], now, next: [] });

export const step = <T>({ past, now }: Steps<T>, to: T): Steps<T> => ({
  past: [...past, now].slice(-MOST),
  now: to,
  next: [],
});

export function undo<T>(steps: Steps<T>): Steps<T> {
  if (steps.past.length === 0) return steps;
  return { past: steps.past.slice(0, -1), now: steps.past.at(-1) as T, next: [steps.now, ...steps.next] };
}

export function redo<T>(steps: Steps<T>): Steps<T> {
  const [now, ...next] = steps.next;
  return now === undefined ? steps : { past: [...steps.past, steps.now], now, next };
}

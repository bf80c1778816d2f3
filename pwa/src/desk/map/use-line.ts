// The line under the pen: its points, which of them is held, and every step back and forth. What leaves here is whole lines, encoded.
import { useState } from "preact/hooks";
import { decode } from "../../geo/line.ts";
import { type Bounds, wrongLine, wrongStroke } from "./allowed.ts";
import { encode } from "./encode.ts";
import { onPath, stroke } from "./follow.ts";
import { exact, movedWords, whereWords } from "./keys.ts";
import { inserted, lengthOf, moved, nearestOn, type Points, tidy, without } from "./line.ts";
import { first, redo, type Steps, step, undo } from "./steps.ts";
import type { DrawMapProps, Point } from "./types.ts";
import type { DrawView } from "./view.ts";

export interface Said {
  readonly words: string;
  readonly wrong?: true;
}
export type Say = (said: Said) => void;

export interface LineWork {
  /** As it is drawn now, with what is being dragged. */
  readonly points: Points;
  readonly held: number | null;
  readonly follow: boolean;
  /** New points are put before the first. */
  readonly atStart: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  setFollow(on: boolean): void;
  setAtStart(on: boolean): void;
  hold(at: number | null): void;
  add(at: Point): void;
  insert(at: Point): void;
  /** A corner halfway to the next. */
  insertAfter(at: number): void;
  /** `keys`: meant to the pixel, so that no path draws it to itself. */
  move(at: number, to: Point, done: boolean, keys?: boolean): void;
  remove(at: number): void;
  close(): void;
  back(): void;
  forth(): void;
}

interface State {
  readonly id: string;
  /** The line that these steps have led to. */
  readonly line: string;
  readonly steps: Steps<Points>;
  readonly held: number | null;
}

const lineOf = (points: Points): string => (points.length < 2 ? "" : encode(points));

export function useLine(
  p: Pick<DrawMapProps, "lines" | "editing" | "onLine">,
  view: () => DrawView | null,
  bounds: Bounds | null,
  say: Say,
): LineWork | null {
  const current = p.onLine ? p.lines?.find(({ id }) => id === p.editing) : undefined;
  const [state, setState] = useState<State | null>(null);
  const [dragged, setDragged] = useState<Point | null>(null);
  const [follow, setFollow] = useState(true);
  const [atStart, setAtStart] = useState(false);
  if (!current) return null;
  // Another line, or another hand's: what was done to the one before can not be taken back here.
  const mine = state?.id === current.id && state.line === current.line ? state : null;
  const { steps, held } = mine ?? { steps: first<Points>(decode(current.line)), held: null };
  const points = steps.now;

  const put = (next: Steps<Points>, hold: number | null): void => {
    const line = lineOf(next.now);
    setState({ id: current.id, line, steps: next, held: hold });
    setDragged(null);
    if (line !== current.line) p.onLine?.(current.id, line);
  };
  const go = (next: Points, hold: number | null, words: string): void => {
    const line = tidy(next);
    const wrong = wrongLine(line, bounds);
    setDragged(null);
    if (wrong) {
      say({ words: wrong, wrong: true });
      return;
    }
    put(step(steps, line), hold === null ? null : Math.min(hold, line.length - 1));
    say({ words: `${words} Linjen er ${exact(lengthOf(line))}.` });
  };
  const hold = (at: number | null): void => {
    setState({ id: current.id, line: current.line, steps, held: at });
    setDragged(null);
    const point = at === null ? undefined : points[at];
    if (at === null || !point) return;
    view()?.follow(point);
    say({ words: `Punkt ${at + 1} af ${points.length}: ${whereWords(point)}.` });
  };
  const shown = held !== null && dragged ? moved(points, held, dragged) : points;

  return {
    points: shown,
    held,
    follow,
    atStart,
    canUndo: steps.past.length > 0,
    canRedo: steps.next.length > 0,
    setFollow,
    setAtStart,
    hold,
    add(at) {
      const from = (atStart ? points[0] : points.at(-1)) ?? null;
      const now = view();
      const way = follow && now ? stroke(now, from, at) : { points: [at], followed: false, snapped: false };
      const to = way.points.at(-1) as Point;
      const wrong = from && !way.followed ? wrongStroke(from, to) : null;
      if (wrong) return say({ words: wrong, wrong: true });
      const words = way.followed
        ? "Linjen følger stien."
        : follow && !way.snapped
          ? "Ingen sti her: lige linje."
          : "Punkt sat.";
      if (atStart) go([...[...way.points].reverse(), ...points], 0, words);
      else go([...points, ...way.points], points.length + way.points.length - 1, words);
    },
    insert(at) {
      const on = nearestOn(points, at);
      if (on) go(inserted(points, on.part + 1, on.at), on.part + 1, "Punkt sat ind på linjen.");
    },
    insertAfter(at) {
      const [a, b] = [points[at], points[at + 1]];
      if (a && b) go(inserted(points, at + 1, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]), at + 1, "Punkt sat ind.");
    },
    move(at, to, done, keys = false) {
      const from = points[at];
      if (!from) return;
      if (!done) {
        if (held !== at) setState({ id: current.id, line: current.line, steps, held: at });
        setDragged(to);
        return;
      }
      const now = view();
      const there = follow && now && !keys ? onPath(now, to) : to;
      go(moved(points, at, there), at, movedWords(from, there));
    },
    remove(at) {
      if (points.length === 0) return;
      go(without(points, at), points.length > 1 ? Math.max(0, at - 1) : null, "Punktet er slettet.");
    },
    close() {
      const [start] = points;
      if (start && points.length > 2) go([...points, start], points.length, "Linjen ender, hvor den begynder.");
    },
    back() {
      if (steps.past.length === 0) return;
      put(undo(steps), null);
      say({ words: "Fortrudt." });
    },
    forth() {
      if (steps.next.length === 0) return;
      put(redo(steps), null);
      say({ words: "Gjort igen." });
    },
  };
}

// The one point of a thing: where it is drawn while it is moved, and what is said when it has come to rest.
import { useState } from "preact/hooks";
import { type Bounds, wrongPoint } from "./allowed.ts";
import { movedWords, whereWords } from "./keys.ts";
import type { DrawMapProps, Point } from "./types.ts";
import type { Say } from "./use-line.ts";

export interface PointWork {
  readonly at: Point | null;
  readonly label: string;
  set(to: Point, done: boolean): void;
  move(to: Point, done: boolean): void;
}

const six = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Null where no point is asked for, or while a line is drawn. */
export function usePoint(p: DrawMapProps, bounds: Bounds | null, say: Say): PointWork | null {
  const [dragged, setDragged] = useState<Point | null>(null);
  const { onPoint } = p;
  if (!onPoint || p.editing) return null;
  const from = p.point ?? null;
  const move = (to: Point, done: boolean): void => {
    setDragged(done ? null : to);
    if (!done) return;
    const at: Point = [six(to[0]), six(to[1])];
    const wrong = wrongPoint(at, bounds);
    if (!wrong) onPoint(at);
    say(
      wrong
        ? { words: wrong, wrong: true }
        : { words: `${from ? movedWords(from, at) : "Punktet er sat."} ${whereWords(at)}.` },
    );
  };
  return {
    at: dragged ?? from,
    label: from ? `Punktet: ${whereWords(from)}` : "Punktet",
    set: move,
    move,
  };
}

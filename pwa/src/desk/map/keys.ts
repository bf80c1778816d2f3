// The keyboard's way of moving a point, and its words: pure.
import { direction, metres, type Point } from "../../geo/distance.ts";
import { distance, NB, number } from "../../text/format.ts";

/** px of one press; with Shift held ten times as far. Zooming in makes the step finer on the ground. */
export const STEP = 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far a key moves a point, in px; null for a key that does not. */
export function pxOf({ key, shiftKey }: { key: string; shiftKey: boolean }): { x: number; y: number } | null {
  const way = ARROWS[key];
  const far = STEP * (shiftKey ? 10 : 1);
  return way ? { x: way[0] * far, y: way[1] * far } : null;
}

const WINDS = ["nord", "nordøst", "øst", "sydøst", "syd", "sydvest", "vest", "nordvest"] as const;

/** "Flyttet 12 m mod nordøst." */
export function movedWords(from: Point, to: Point): string {
  return `Flyttet ${exact(metres(from, to))} mod ${WINDS[direction(from, to)]}.`;
}

/** Whole metres up to a kilometre: what is drawn is told as it is. */
export const exact = (m: number): string => (m < 1000 ? `${number(Math.round(m))}${NB}m` : distance(m));

/** "54,76512 nord, 11,87234 øst" */
export const whereWords = ([lon, lat]: Point): string => `${number(lat, 5)} nord, ${number(lon, 5)} øst`;

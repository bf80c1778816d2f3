// What can not be meant: a point in the sea off Norway, a line across the world. Each refusal is one sentence that says what to do.
import { metres, type Point } from "../../geo/distance.ts";
import { lengthOf, type Points } from "./line.ts";

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** As server/model/values.py. */
export const DENMARK: Bounds = [7.5, 54.3, 15.6, 58];
/** As server/domain/route.py. */
const LONGEST_KM = 500;
/** A path may go over the border; so far beyond it, as a share of the municipality's size, the map goes too. */
export const BEYOND = 0.25;
/** A line so long between two taps is a slip of the hand. */
const JUMP_KM = 20;

export const within = ([w, s, e, n]: Bounds, [lon, lat]: Point): boolean =>
  w <= lon && lon <= e && s <= lat && lat <= n;

const wider = ([w, s, e, n]: Bounds, share: number): Bounds => {
  const [x, y] = [(e - w) * share, (n - s) * share];
  return [w - x, s - y, e + x, n + y];
};

/** Why a thing can not stand there; null where it can. `bounds`: the municipality's own. */
export function wrongPoint(at: Point, bounds: Bounds | null): string | null {
  if (!at.every(Number.isFinite)) return "Punktet er ikke et sted på jorden. Sæt det igen på kortet.";
  if (!within(DENMARK, at))
    return within(DENMARK, [at[1], at[0]])
      ? "Punktet ligger uden for Danmark. Skriv bredden (54–58) først og så længden (8–15)."
      : "Punktet ligger uden for Danmark. Sæt det på kortet over kommunen.";
  if (bounds && !within(wider(bounds, BEYOND), at))
    return "Punktet ligger uden for kommunens kort. Sæt det inden for kortet.";
  return null;
}

/** The same of a whole line. */
export function wrongLine(points: Points, bounds: Bounds | null): string | null {
  for (const point of points) {
    const wrong = wrongPoint(point, bounds);
    if (wrong)
      return wrong.replace("Punktet ligger", "Linjen går").replace(/Sæt det .*$/, "Tegn den på kortet over kommunen.");
  }
  if (lengthOf(points) > LONGEST_KM * 1000)
    return `Linjen er ${Math.round(lengthOf(points) / 1000)} km lang. Højst ${LONGEST_KM} km: del ruten i flere.`;
  return null;
}

/** Why the line can not go on to there in one stroke. */
export function wrongStroke(from: Point, to: Point): string | null {
  const km = metres(from, to) / 1000;
  return km > JUMP_KM
    ? `Der er ${Math.round(km)} km fra det sidste punkt. Højst ${JUMP_KM} km ad gangen: sæt et punkt nærmere.`
    : null;
}

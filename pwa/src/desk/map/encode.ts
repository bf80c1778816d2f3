// The other way than geo/line.ts: points as an encoded polyline, precision 5, latitude first; to the character as server/model/line.py.
import type { Point } from "../../geo/distance.ts";

const SCALE = 1e5;

/** Each coordinate rounded half away from zero, to 0.00001 degree (about 1 m). */
export function encode(points: readonly Point[]): string {
  let out = "";
  let before: readonly [number, number] = [0, 0];
  for (const [lon, lat] of points) {
    const at = [whole(lat), whole(lon)] as const;
    out += number(at[0] - before[0]) + number(at[1] - before[1]);
    before = at;
  }
  return out;
}

/** The point as it comes back from an encoded line. */
export const onGrid = ([lon, lat]: Point): Point => [whole(lon) / SCALE, whole(lat) / SCALE];

export const same = (a: Point, b: Point): boolean => whole(a[0]) === whole(b[0]) && whole(a[1]) === whole(b[1]);

/** Six decimals first: binary noise of a half is no reason to go the other way. */
function whole(degrees: number): number {
  const scaled = Math.round(Math.abs(degrees) * SCALE * 1e6) / 1e6;
  return Math.floor(scaled + 0.5) * (degrees < 0 ? -1 : 1);
}

function number(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let out = "";
  for (; rest >= 32; rest >>= 5) out += String.fromCharCode((32 | (rest & 31)) + 63);
  return out + String.fromCharCode(rest + 63);
}

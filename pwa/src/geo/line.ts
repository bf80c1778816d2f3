/** Lines as they travel: encoded polylines, precision 5, latitude first. */
import { metres, type Point } from "./distance.ts";

/** Points of an encoded line, [lon, lat]. A broken tail is dropped, never invented. */
export function decode(line: string): Point[] {
  const points: Point[] = [];
  let at = 0;
  let lat = 0;
  let lon = 0;
  while (at < line.length) {
    const dLat = number();
    const dLon = number();
    if (dLat === null || dLon === null) break;
    lat += dLat;
    lon += dLon;
    points.push([lon / 1e5, lat / 1e5]);
  }
  return points;

  function number(): number | null {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      if (at >= line.length) return null;
      const five = line.charCodeAt(at++) - 63;
      value |= (five & 31) << shift;
      if (five < 32) return value & 1 ? ~(value >> 1) : value >> 1;
    }
  }
}

/** Metres from a point to a line: to its nearest part, not to its nearest corner. */
export function metresToLine(p: Point, points: readonly Point[]): number {
  const first = points[0];
  if (!first) return Number.POSITIVE_INFINITY;
  const k = Math.cos((p[1] * Math.PI) / 180);
  let best = metres(p, first);
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const bx = (b[0] - a[0]) * k;
    const by = b[1] - a[1];
    const square = bx * bx + by * by;
    if (square === 0) continue;
    const f = Math.min(1, Math.max(0, ((p[0] - a[0]) * k * bx + (p[1] - a[1]) * by) / square));
    best = Math.min(best, metres(p, [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f]));
  }
  return best;
}

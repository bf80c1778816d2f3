/** Which side of the water: the land is told as polygons, and two places on different ones have water between them. */
import type { Point } from "./distance.ts";
import { decode, metresToLine } from "./line.ts";

const BANDS = 64;
/** A pier, a bench on the beach: the shore is simplified, so this far out still belongs to the land. */
const NEAR_SHORE_M = 400;

interface Land {
  readonly rings: Point[][];
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
  /** Edges by band of latitude, four numbers each, so that a point meets a few edges instead of all. */
  readonly bands: number[][];
}

export interface Shore {
  /** The number of the land that holds the point, or null where no land is near. */
  landOf(p: Point): number | null;
}

/** `land` as in settings/site: polygons, each a list of encoded rings, the outer first. */
export function shoreOf(land: readonly (readonly string[])[]): Shore {
  const lands = land.map((polygon) => measure(polygon.map(decode)));
  const inside = (p: Point) => lands.findIndex((l) => holds(l, p));
  return {
    landOf(p) {
      const hit = inside(p);
      if (hit >= 0) return hit;
      let best: number | null = null;
      let least = NEAR_SHORE_M;
      lands.forEach((l, i) => {
        if (p[1] < l.south - 0.01 || p[1] > l.north + 0.01 || p[0] < l.west - 0.02 || p[0] > l.east + 0.02) return;
        for (const ring of l.rings) {
          const m = metresToLine(p, ring);
          if (m < least) {
            least = m;
            best = i;
          }
        }
      });
      return best;
    },
  };
}

function measure(rings: Point[][]): Land {
  const all = rings.flat();
  const lats = all.map((p) => p[1]);
  const lons = all.map((p) => p[0]);
  const south = lats.reduce((a, b) => Math.min(a, b), 90);
  const north = lats.reduce((a, b) => Math.max(a, b), -90);
  const bands: number[][] = Array.from({ length: BANDS }, () => []);
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as Point;
      const b = ring[(i + 1) % ring.length] as Point;
      const from = bandOf(Math.min(a[1], b[1]), south, north);
      const to = bandOf(Math.max(a[1], b[1]), south, north);
      for (let k = from; k <= to; k++) bands[k]?.push(a[0], a[1], b[0], b[1]);
    }
  }
  const west = lons.reduce((a, b) => Math.min(a, b), 180);
  const east = lons.reduce((a, b) => Math.max(a, b), -180);
  return { rings, south, north, west, east, bands };
}

function bandOf(lat: number, south: number, north: number): number {
  const share = north > south ? (lat - south) / (north - south) : 0;
  return Math.min(BANDS - 1, Math.max(0, Math.floor(share * BANDS)));
}

function holds(land: Land, p: Point): boolean {
  const [x, y] = p;
  if (y < land.south || y > land.north || x < land.west || x > land.east) return false;
  const edges = land.bands[bandOf(y, land.south, land.north)] ?? [];
  let inside = false;
  for (let i = 0; i < edges.length; i += 4) {
    const ax = edges[i] as number;
    const ay = edges[i + 1] as number;
    const bx = edges[i + 2] as number;
    const by = edges[i + 3] as number;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

// The edge of what is saved, and the shape of the municipality: GeoJSON that moves with neither the feed nor the walker.
import type * as GeoJSON from "geojson";
import type { Site } from "../api/types.gen.ts";
import { decode } from "../geo/line.ts";

export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Far enough that no screen shows its other end. */
const FAR = 20;

/** `saved` (the ground), `outside` (all else), `frame` (between them) and a word at the middle of each side. */
export function frameOf(bounds: Bounds, words: string): GeoJSON.Feature[] {
  const [w, s, e, n] = bounds;
  const ring = box(bounds);
  const far = box([w - FAR, Math.max(-85, s - FAR), e + FAR, Math.min(85, n + FAR)]);
  const sides = [
    { at: [(w + e) / 2, s], anchor: "top" },
    { at: [(w + e) / 2, n], anchor: "bottom" },
    { at: [w, (s + n) / 2], anchor: "right" },
    { at: [e, (s + n) / 2], anchor: "left" },
  ];
  return [
    feature("saved", { type: "Polygon", coordinates: [ring] }),
    feature("outside", { type: "Polygon", coordinates: [far, [...ring].reverse()] }),
    feature("frame", { type: "LineString", coordinates: ring }),
    ...sides.map(({ at, anchor }) => feature("edge", { type: "Point", coordinates: at }, { name: words, anchor })),
  ];
}

/** The municipality's own land (settings/site), so that it stands out from its neighbours on the overview. */
export function homeOf(land: Site["land"]): GeoJSON.Feature[] {
  if (land.length === 0) return [];
  const coordinates = land.map((polygon) => polygon.map((ring) => closed(decode(ring).map((at) => [at[0], at[1]]))));
  return [feature("home", { type: "MultiPolygon", coordinates })];
}

/** Bounds wider by a share of their own size on each side: as far as one can pan. */
export function padded([w, s, e, n]: Bounds, share: number): [number, number, number, number] {
  const x = (e - w) * share;
  const y = (n - s) * share;
  return [w - x, Math.max(-85, s - y), e + x, Math.min(85, n + y)];
}

function box([w, s, e, n]: Bounds): number[][] {
  return [
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ];
}

function closed(ring: number[][]): number[][] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}

function feature(
  what: string,
  geometry: GeoJSON.Geometry,
  properties: GeoJSON.GeoJsonProperties = {},
): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: { what, ...properties } };
}

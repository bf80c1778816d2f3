// The edge of what is saved: GeoJSON that moves with neither the feed nor the walker.
import type * as GeoJSON from "geojson";

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

function feature(
  what: string,
  geometry: GeoJSON.Geometry,
  properties: GeoJSON.GeoJsonProperties = {},
): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: { what, ...properties } };
}

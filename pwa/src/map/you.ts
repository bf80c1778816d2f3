// Where the person is, as the map draws it. It stays in this page: nothing here is stored or sent.
import type * as GeoJSON from "geojson";

export interface Position {
  /** [lon, lat], WGS84. */
  point: readonly [number, number];
  /** Metres; null where the phone does not say. */
  accuracy: number | null;
  /** Degrees from north, clockwise; null where the person stands still. */
  heading?: number | null;
}

/** px at z0 of one metre at a latitude: the world is 512 px wide there. */
function pxOf(metres: number, lat: number): number {
  return (metres * 512) / (40_075_016.69 * Math.cos((lat * Math.PI) / 180));
}

export function youOf(at: Position | null): GeoJSON.FeatureCollection {
  if (!at) return { type: "FeatureCollection", features: [] };
  const heading = Number.isFinite(at.heading) ? { heading: at.heading } : {};
  const properties = { ring: pxOf(at.accuracy ?? 0, at.point[1]), ...heading };
  return {
    type: "FeatureCollection",
    features: [{ type: "Feature", geometry: { type: "Point", coordinates: [...at.point] }, properties }],
  };
}

// Where the map looks: at the municipality first, at what is chosen, at you; and in this visit where it was left.
import { Map as GlMap, type StyleSpecification } from "maplibre-gl";
import type { Bounds } from "./frame.ts";
import type { LifeFeature } from "./life.ts";

/** This phone can not draw the map: the list has all that stands on it. */
export class NoMap extends Error {
  readonly why = "webgl";
}

type Box = [number, number, number, number];

const DENMARK: Bounds = [8, 54.5, 13, 57.8];
/** LOOK: 260 ms moves a sheet, and the map under it. */
const CALM = 260;
const NEAR = 14.5;
/** px that stay free round the municipality, and round a route: keys, tabs, the chosen pin on its foot. */
const WHOLE = { top: 36, bottom: 92, left: 12, right: 12 };
const ROOM = { top: 120, bottom: 60, left: 36, right: 84 };

/** In this page's memory alone. */
let left: { center: [number, number]; zoom: number } | null = null;

/** A map that looks at where it was left, else at `bounds`. Throws NoMap where there is no WebGL 2. */
export function begin(el: HTMLElement, style: StyleSpecification, bounds: Bounds | null): GlMap {
  const where = left ?? { bounds: box(bounds ?? DENMARK) };
  try {
    return new GlMap({
      container: el,
      style,
      ...where,
      fitBoundsOptions: { padding: WHOLE },
      minZoom: 6,
      maxZoom: 18,
      attributionControl: false,
      // North is up, and the ground is flat: a map that turns under a finger loses people.
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      renderWorldCopies: false,
      // Nothing moves that nobody touched: names do not fade in either.
      fadeDuration: 0,
      refreshExpiredTiles: false,
      validateStyle: false,
    });
  } catch (cause) {
    el.replaceChildren();
    throw new NoMap("no WebGL 2 here", { cause });
  }
}

/** Whether the map was opened before in this visit, and so stands where it was left. */
export function wasOpen(): boolean {
  return left !== null;
}

export function leave(map: GlMap): void {
  const { lng, lat } = map.getCenter();
  left = { center: [lng, lat], zoom: map.getZoom() };
}

export function showWhole(map: GlMap, bounds: Bounds): void {
  map.fitBounds(box(bounds), { padding: WHOLE, duration: 0 });
}

export function showPoint(map: GlMap, [lon, lat]: readonly [number, number]): void {
  map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), NEAR), duration: calm() });
}

/** Brings a point back where a smaller box has left it outside, or under the sheet's edge. */
export function keepInView(map: GlMap, [lon, lat]: readonly [number, number]): void {
  const { x, y } = map.project([lon, lat]);
  const { clientWidth, clientHeight } = map.getContainer();
  const inside = x > ROOM.left && x < clientWidth - ROOM.left && y > ROOM.top && y < clientHeight - ROOM.bottom;
  if (!inside) map.panTo([lon, lat], { duration: calm() });
}

export function showLines(map: GlMap, lines: readonly LifeFeature[]): void {
  const all = lines.flatMap((f) => (f.geometry.type === "LineString" ? f.geometry.coordinates : []));
  if (all.length === 0) return;
  const lons = all.map((at) => at[0] ?? 0);
  const lats = all.map((at) => at[1] ?? 0);
  const around: Box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  map.fitBounds(around, { padding: ROOM, maxZoom: NEAR + 1, duration: calm() });
}

export function zoomBy(map: GlMap, steps: 1 | -1): void {
  map.zoomTo(map.getZoom() + steps, { duration: calm() });
}

function calm(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : CALM;
}

function box([w, s, e, n]: Bounds): Box {
  return [w, s, e, n];
}

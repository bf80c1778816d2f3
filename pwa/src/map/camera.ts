// Where the map looks: at the municipality first, at what is chosen, at you; and in this visit where it was left.
import { Map as GlMap, type StyleSpecification } from "maplibre-gl";
import { around, type Camera, fitted, LOWEST, type Room } from "./fit.ts";
import type { Bounds } from "./frame.ts";
import type { LifeFeature } from "./life.ts";

/** This phone can not draw the map: the list has all that stands on it. */
export class NoMap extends Error {
  readonly why = "webgl";
}

const DENMARK: Bounds = [8, 54.5, 13, 57.8];
/** 260 ms moves a sheet, and the map under it. */
const CALM = 260;
const NEAR = 14.5;
const MOST = 18;
/** px that stay free round the municipality, and round a route: tabs above, keys at the right, the sheet's edge below. */
const WHOLE: Room = { top: 76, bottom: 80, left: 16, right: 80 };
const ROOM: Room = { top: 136, bottom: 110, left: 36, right: 84 };
/** The same in a box so low that all can not be kept clear: what stands highest is what was asked for. */
const LOW: Room = { ...ROOM, top: 110, bottom: 46 };
const LOW_BELOW = 300;

/** In this page's memory alone. */
let left: { center: [number, number]; zoom: number } | null = null;

/** A map that looks at where it was left, else at `bounds`. Throws NoMap where there is no WebGL 2. */
export function begin(el: HTMLElement, style: StyleSpecification, bounds: Bounds | null): GlMap {
  const where = left ?? fitted(bounds ?? DENMARK, sizeOf(el), WHOLE, MOST);
  try {
    return new GlMap({
      container: el,
      style,
      ...where,
      minZoom: LOWEST,
      maxZoom: MOST,
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
  map.jumpTo(fitted(bounds, sizeOf(map.getContainer()), WHOLE, MOST));
}

export function showPoint(map: GlMap, [lon, lat]: readonly [number, number]): void {
  map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), NEAR), duration: calm() });
}

/** Brings a point back where a smaller box has left it outside, or under the sheet's edge. */
export function keepInView(map: GlMap, [lon, lat]: readonly [number, number]): void {
  const { x, y } = map.project([lon, lat]);
  const { clientWidth, clientHeight } = map.getContainer();
  const { top, bottom, left: side } = roomIn(clientHeight);
  const inside = x > side && x < clientWidth - side && y > top && y < clientHeight - bottom;
  if (!inside) map.panTo([lon, lat], { duration: calm() });
}

export function showLines(map: GlMap, lines: readonly LifeFeature[]): void {
  showAll(
    map,
    lines.flatMap((f) => (f.geometry.type === "LineString" ? f.geometry.coordinates : [])),
    NEAR + 1,
  );
}

/** Goes to where all of these points are seen, clear of the keys and the sheet's edge. */
export function showAll(map: GlMap, points: readonly (readonly number[])[], highest = NEAR): void {
  const box = around(points);
  if (!box) return;
  const size = sizeOf(map.getContainer());
  const to: Camera = fitted(box, size, roomIn(size.height), highest);
  map.easeTo({ ...to, duration: calm() });
}

export function zoomBy(map: GlMap, steps: 1 | -1): void {
  map.zoomTo(map.getZoom() + steps, { duration: calm() });
}

function calm(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : CALM;
}

function roomIn(height: number): Room {
  return height < LOW_BELOW ? LOW : ROOM;
}

function sizeOf({ clientWidth: width, clientHeight: height }: HTMLElement): { width: number; height: number } {
  return { width, height };
}

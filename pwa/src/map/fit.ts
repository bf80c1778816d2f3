// Where the camera stands so that something lies whole in the free part of the map's box. Pure: px and degrees, no MapLibre.

export type Box = readonly [west: number, south: number, east: number, north: number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** px along each edge that keys, tabs and the sheet cover. */
export interface Room {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Camera {
  readonly center: [number, number];
  readonly zoom: number;
}

/** The lowest zoom of every saved map: under it there is no land to draw. What does not fit at it is cropped. */
export const LOWEST = 8;
/** px of the world at zoom 0. */
const WORLD = 512;
/** At least this share of the box is used, however much lies over it. */
const FREE = 0.35;

/** Fits `box` into what `room` leaves of `size`; never under LOWEST, never closer than `highest`. */
export function fitted([w, s, e, n]: Box, size: Size, room: Room, highest: number): Camera {
  const across = squeezed(room.left, room.right, size.width);
  const down = squeezed(room.top, room.bottom, size.height);
  const [west, east, north, south] = [xOf(w), xOf(e), yOf(n), yOf(s)];
  const wide = (size.width - across.before - across.after) / Math.max(east - west, Number.MIN_VALUE);
  const high = (size.height - down.before - down.after) / Math.max(south - north, Number.MIN_VALUE);
  const zoom = Math.min(highest, Math.max(LOWEST, Math.log2(Math.max(1, Math.min(wide, high)))));
  const scale = 2 ** zoom;
  // The middle of the free part is not the middle of the box.
  const x = (west + east) / 2 - (across.before - across.after) / 2 / scale;
  const y = (north + south) / 2 - (down.before - down.after) / 2 / scale;
  return { center: [lonOf(x), latOf(y)], zoom };
}

/** The smallest box round some points; null without any. */
export function around(points: readonly (readonly number[])[]): Box | null {
  if (points.length === 0) return null;
  const lons = points.map((at) => at[0] ?? 0);
  const lats = points.map((at) => at[1] ?? 0);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function squeezed(before: number, after: number, size: number): { before: number; after: number } {
  const most = size * (1 - FREE);
  const share = before + after > most ? most / (before + after) : 1;
  return { before: before * share, after: after * share };
}

function xOf(lon: number): number {
  return ((lon + 180) / 360) * WORLD;
}

function yOf(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * WORLD;
}

function lonOf(x: number): number {
  return (x / WORLD) * 360 - 180;
}

function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD))) * 180) / Math.PI;
}

import { expect, test } from "vitest";
import { around, type Box, type Camera, fitted, LOWEST, type Room, type Size } from "../../../pwa/src/map/fit.ts";

const TOWN: Box = [11.53, 54.55, 12.18, 54.98];
const ROOM: Room = { top: 76, bottom: 44, left: 16, right: 80 };

/** Where a point stands in the map's box, px: Web Mercator, by its own words and not by the code that is tested. */
function seen([lon, lat]: readonly number[], { center, zoom }: Camera, size: Size): { x: number; y: number } {
  const world = 512 * 2 ** zoom;
  const y = (deg: number) => Math.log(Math.tan(Math.PI / 4 + (deg * Math.PI) / 360));
  return {
    x: size.width / 2 + (((lon ?? 0) - center[0]) / 360) * world,
    y: size.height / 2 - ((y(lat ?? 0) - y(center[1])) / (2 * Math.PI)) * world,
  };
}

test("a municipality lies whole in what keys, tabs and sheet leave free", () => {
  const size = { width: 390, height: 520 };
  const camera = fitted(TOWN, size, ROOM, 18);
  const [nw, se] = [seen([TOWN[0], TOWN[3]], camera, size), seen([TOWN[2], TOWN[1]], camera, size)];
  expect(camera.zoom).toBeGreaterThan(LOWEST);
  expect(nw.x).toBeGreaterThanOrEqual(ROOM.left - 0.5);
  expect(nw.y).toBeGreaterThanOrEqual(ROOM.top - 0.5);
  expect(se.x).toBeLessThanOrEqual(size.width - ROOM.right + 0.5);
  expect(se.y).toBeLessThanOrEqual(size.height - ROOM.bottom + 0.5);
});

test("a small screen crops it: never under the lowest zoom that has land", () => {
  for (const size of [
    { width: 320, height: 190 },
    { width: 320, height: 0 },
    { width: 835, height: 190 },
  ])
    expect(fitted(TOWN, size, ROOM, 18).zoom).toBeGreaterThanOrEqual(8);
  const size = { width: 320, height: 190 };
  const { x, y } = seen([11.86, 54.77], fitted(TOWN, size, ROOM, 18), size);
  expect(x > 0 && x < 320 && y > 0 && y < 190).toBe(true);
});

test("never closer than asked: a point alone, or a walk of two steps", () => {
  const size = { width: 390, height: 500 };
  expect(fitted([11.87, 54.77, 11.87, 54.77], size, ROOM, 14.5).zoom).toBe(14.5);
  const { x, y } = seen([11.87, 54.77], fitted([11.87, 54.77, 11.87, 54.77], size, ROOM, 14.5), size);
  expect([Math.round(x), Math.round(y)]).toEqual([163, 266]);
});

test("what lies over a low box leaves a third of it", () => {
  const size = { width: 320, height: 150 };
  const camera = fitted([11.86, 54.76, 11.88, 54.77], size, { top: 120, bottom: 60, left: 36, right: 84 }, 18);
  const [n, s] = [seen([11.87, 54.77], camera, size), seen([11.87, 54.76], camera, size)];
  expect(s.y - n.y).toBeLessThanOrEqual(53);
  expect(n.y).toBeGreaterThan(0);
  expect(s.y).toBeLessThan(150);
});

test("the box round some points; none round nothing", () => {
  expect(around([])).toBeNull();
  expect(
    around([
      [11.9, 54.6],
      [11.7, 54.8],
    ]),
  ).toEqual([11.7, 54.6, 11.9, 54.8]);
});

import { expect, test } from "vitest";
import { strokeOn } from "../../../../pwa/src/desk/map/follow.ts";
import { exact, movedWords, pxOf, STEP, whereWords } from "../../../../pwa/src/desk/map/keys.ts";
import { graphOf } from "../../../../pwa/src/desk/map/paths.ts";
import type { Point } from "../../../../pwa/src/geo/distance.ts";

const at = (x: number, y: number): Point => [11.87 + x / 64_300, 54.77 + y / 111_200];
const paths = graphOf([[at(0, 0), at(300, 0), at(300, 300)]]);

test("a tap beside a path goes to it along the path, from an end that lies on it", () => {
  const way = strokeOn(paths, at(10, 0), at(303, 200), 10);
  expect([way.followed, way.snapped, way.points.length]).toEqual([true, true, 2]);
  expect(way.points[1]?.[0]).toBeCloseTo(at(300, 0)[0], 6);
});

test("from an end that lies on no path the line goes straight to the path", () => {
  const way = strokeOn(paths, at(10, 50), at(303, 200), 10);
  expect([way.followed, way.snapped, way.points.length]).toEqual([false, true, 1]);
});

test("a tap far from all paths lands where it was", () => {
  const tap = at(100, 150);
  expect(strokeOn(paths, at(10, 0), tap, 10)).toEqual({ points: [tap], followed: false, snapped: false });
  expect(strokeOn(graphOf([]), null, tap, 10).points).toEqual([tap]);
});

test("the first tap of a line lies on the path beside it", () => {
  expect(strokeOn(paths, null, at(100, 4), 10).points[0]?.[1]).toBeCloseTo(54.77, 6);
});

test("arrows move a point, with Shift ten times as far, and other keys do not", () => {
  expect(pxOf({ key: "ArrowUp", shiftKey: false })).toEqual({ x: 0, y: -STEP });
  expect(pxOf({ key: "ArrowRight", shiftKey: true })).toEqual({ x: STEP * 10, y: 0 });
  expect(pxOf({ key: "a", shiftKey: false })).toBeNull();
});

test("where a point has come to is said in metres, winds and figures", () => {
  expect(movedWords(at(0, 0), at(0, 12))).toBe("Flyttet 12\u00a0m mod nord.");
  expect(movedWords(at(0, 0), at(-30, -30))).toBe("Flyttet 42\u00a0m mod sydvest.");
  expect(whereWords([11.87234, 54.76512])).toBe("54,76512 nord, 11,87234 øst");
  expect(exact(4_230)).toBe("4,2\u00a0km");
});

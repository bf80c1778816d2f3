import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wrongLine, wrongPoint, wrongStroke } from "../../../../pwa/src/desk/map/allowed.ts";
import { encode } from "../../../../pwa/src/desk/map/encode.ts";
import {
  inserted,
  joined,
  lengthOf,
  moved,
  nearestOn,
  split,
  tidy,
  without,
} from "../../../../pwa/src/desk/map/line.ts";
import { first, redo, step, undo } from "../../../../pwa/src/desk/map/steps.ts";
import type { Point } from "../../../../pwa/src/geo/distance.ts";
import { decode } from "../../../../pwa/src/geo/line.ts";

const A: Point = [11.87, 54.77];
const B: Point = [11.88, 54.77];
const C: Point = [11.88, 54.775];
const GULDBORGSUND = [11.5, 54.5, 12.2, 55.0] as const;

test("a line is encoded to the character as the server does it", () => {
  const path = join(import.meta.dirname, "../../../vectors/line.json");
  const { lines } = JSON.parse(readFileSync(path, "utf8")) as { lines: { points: Point[]; line: string }[] };
  expect(lines.length).toBeGreaterThan(3);
  for (const { points, line } of lines) expect(encode(points.map(([lat, lon]): Point => [lon, lat]))).toBe(line);
});

test("what is encoded comes back to the fifth decimal", () => {
  for (let n = 0; n < 500; n++) {
    const points = Array.from({ length: 5 }, (): Point => [8 + Math.random() * 7, 54.5 + Math.random() * 3]);
    const back = decode(encode(points));
    points.forEach((point, i) => {
      expect(back[i]?.[0]).toBeCloseTo(point[0], 4.9);
      expect(back[i]?.[1]).toBeCloseTo(point[1], 4.9);
    });
    expect(encode(back)).toBe(encode(points));
  }
});

test("points are moved, put in and taken out, and the line before is as it was", () => {
  const line = [A, B];
  expect(moved(line, 1, C)).toEqual([A, C]);
  expect(inserted(line, 1, C)).toEqual([A, C, B]);
  expect(without([A, C, B], 1)).toEqual(line);
  expect(line).toEqual([A, B]);
});

test("the nearest point of a line is on its piece, with how far along it is", () => {
  const on = nearestOn([A, B, C], [11.875, 54.7705]);
  expect(on?.part).toBe(0);
  expect(on?.at[0]).toBeCloseTo(11.875, 6);
  expect(on?.off_m).toBeCloseTo(55.6, 0);
  expect(on?.along_m).toBeCloseTo(lengthOf([A, B]) / 2, 0);
  expect(nearestOn([A], B)).toBeNull();
});

test("both halves of a split meet at the cut and are as long as the whole", () => {
  const cut = split([A, B, C], [11.88, 54.772]);
  expect(cut?.first).toEqual([A, B, [11.88, 54.772]]);
  expect(cut?.second).toEqual([[11.88, 54.772], C]);
  const long = lengthOf(cut?.first ?? []) + lengthOf(cut?.second ?? []);
  expect(long).toBeCloseTo(lengthOf([A, B, C]), 3);
});

test("a line is not cut at its ends: half of it would be nothing", () => {
  expect(split([A, B], A)).toBeNull();
  expect(split([A, B], [11.9, 54.77])).toBeNull();
});

test("two lines are joined where they meet, the second turned round where it came from the other side", () => {
  expect(joined([A, B], [B, C])).toEqual([A, B, C]);
  expect(joined([A, B], [C, B])).toEqual([A, B, C]);
  expect(joined([A, B], [[11.89, 54.78], C])).toBeNull();
});

test("a point that lies on the one before is no point", () => {
  expect(tidy([A, A, [11.870001, 54.770001], B])).toEqual([A, B]);
});

test("every step is taken back and done again, and a new one forgets what was taken back", () => {
  const done = step(step(first("a"), "b"), "c");
  expect(undo(undo(undo(done))).now).toBe("a");
  expect(redo(undo(done))).toEqual(done);
  expect(redo(step(undo(done), "d")).now).toBe("d");
});

test.each([
  [[0, 0], "uden for Danmark"],
  [[54.77, 11.87], "bredden (54–58) først"],
  [[10, 56], "uden for kommunens kort"],
  [[Number.NaN, 54], "ikke et sted på jorden"],
] as const)("a point at %s is refused in words", (at, words) => {
  expect(wrongPoint(at, GULDBORGSUND)).toContain(words);
});

test("a line across the world, or out of the municipality, is refused; a path over the border is not", () => {
  expect(wrongLine([A, [-70, 40]], GULDBORGSUND)).toBe(
    "Linjen går uden for Danmark. Tegn den på kortet over kommunen.",
  );
  expect(wrongLine([A, [10, 56]], GULDBORGSUND)).toContain("Linjen går uden for kommunens kort.");
  expect(wrongLine([A, [11.87, 55.05]], GULDBORGSUND)).toBeNull();
  expect(wrongLine([A, B], null)).toBeNull();
});

test("a stroke of fifty kilometres is a slip of the hand", () => {
  expect(wrongStroke(A, B)).toBeNull();
  expect(wrongStroke(A, [11.87, 55.22])).toContain("50 km");
});

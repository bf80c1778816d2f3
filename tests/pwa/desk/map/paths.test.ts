import { expect, test } from "vitest";
import { lengthOf } from "../../../../pwa/src/desk/map/line.ts";
import { graphOf, snap, wayBetween } from "../../../../pwa/src/desk/map/paths.ts";
import type { Point } from "../../../../pwa/src/geo/distance.ts";

/** A point so many metres east and north of a corner in Guldborgsund. */
const at = (x: number, y: number): Point => [11.87 + x / 64_300, 54.77 + y / 111_200];
const near = (point: Point | undefined): [number, number] => [
  Math.round(((point?.[0] ?? 0) - 11.87) * 64_300),
  Math.round(((point?.[1] ?? 0) - 54.77) * 111_200),
];

/** A town of 5 × 5 blocks, 100 m each, cut where they cross. */
const town = [0, 1, 2, 3, 4, 5].flatMap((n) => [
  [0, 1, 2, 3, 4, 5].map((m) => at(m * 100, n * 100)),
  [0, 1, 2, 3, 4, 5].map((m) => at(n * 100, m * 100)),
]);

function way(lines: readonly (readonly Point[])[], from: Point, to: Point): Point[] | null {
  const graph = graphOf(lines);
  const [a, b] = [snap(graph, from, 20), snap(graph, to, 20)];
  return a && b && wayBetween(graph, a, b);
}

test("a tap beside a path lands on it, and one far from all lands on none", () => {
  const graph = graphOf(town);
  const on = snap(graph, at(250, 6), 20);
  expect(near(on?.at)).toEqual([250, 0]);
  expect(on?.off_m).toBeCloseTo(6, 0);
  expect(snap(graph, at(250, 50), 20)).toBeNull();
});

test("the way goes round the corners, begins and ends where the taps landed, and is the shortest", () => {
  const found = way(town, at(50, 2), at(200, 350)) ?? [];
  expect(near(found[0])).toEqual([50, 0]);
  expect(near(found.at(-1))).toEqual([200, 350]);
  expect(lengthOf(found)).toBeCloseTo(150 + 350, -1);
});

test("between two points of one piece the way is that piece", () => {
  expect(way(town, at(210, 0), at(290, 0))?.map(near)).toEqual([
    [210, 0],
    [290, 0],
  ]);
});

test("a road that a tile's edge has cut goes on: the halves overlap and share no corner", () => {
  const cut = [
    [at(0, 0), at(520, 0)],
    [at(480, 0), at(1000, 0), at(1000, 300)],
  ];
  const found = way(cut, at(10, 1), at(1000, 290)) ?? [];
  expect(lengthOf(found)).toBeCloseTo(990 + 290, -1);
});

test("a path that ends on a road a hair beside it meets it", () => {
  const lines = [
    [at(0, 0), at(1000, 0)],
    [at(500, 1), at(500, 400)],
  ];
  expect(way(lines, at(100, 0), at(500, 390))?.map(near)).toEqual([
    [100, 0],
    [500, 1],
    [500, 390],
  ]);
});

test("a bridge that only crosses is no crossing", () => {
  const lines = [
    [at(0, 0), at(1000, 0)],
    [at(500, -200), at(500, 200)],
  ];
  expect(way(lines, at(300, 0), at(500, 150))).toBeNull();
});

test("paths that do not meet, or only a long way round, give no way", () => {
  const apart = [
    [at(0, 0), at(100, 0)],
    [at(0, 50), at(100, 50)],
  ];
  expect(way(apart, at(50, 0), at(50, 50))).toBeNull();
  const round = [[at(0, 0), at(3000, 0), at(3000, 50), at(0, 50)]];
  expect(way(round, at(10, 0), at(10, 50))).toBeNull();
  expect(way(round, at(2950, 0), at(2950, 50))).not.toBeNull();
});

test("the way through a large town is found at once", () => {
  const large = Array.from({ length: 120 }, (_, n) => n).flatMap((n) => [
    Array.from({ length: 120 }, (_, m) => at(m * 40, n * 40)),
    Array.from({ length: 120 }, (_, m) => at(n * 40, m * 40)),
  ]);
  const found = way(large, at(0, 0), at(4760, 4760)) ?? [];
  expect(lengthOf(found)).toBeCloseTo(2 * 4760, -2);
});

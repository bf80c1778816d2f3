import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { direction, metres, type Point } from "../../../pwa/src/geo/distance.ts";
import { decode, metresToLine } from "../../../pwa/src/geo/line.ts";
import { nearest } from "../../../pwa/src/geo/near.ts";
import { shoreOf } from "../../../pwa/src/geo/shore.ts";

const here: Point = [11.8747, 54.7691];

describe("distance", () => {
  test("a degree of latitude is 111.2 km", () => {
    expect(metres([12, 54], [12, 55])).toBeCloseTo(111_195, -1);
  });
  test("a degree of longitude here is 64 km", () => {
    expect(metres([11, 54.77], [12, 54.77])).toBeGreaterThan(64_100);
    expect(metres([11, 54.77], [12, 54.77])).toBeLessThan(64_200);
  });
  test("nothing is nothing", () => {
    expect(metres(here, here)).toBe(0);
  });
});

test.each([
  ["north", 0, 0.01, 0],
  ["north-east", 0.0174, 0.01, 1],
  ["east", 0.01, 0, 2],
  ["south-east", 0.0174, -0.01, 3],
  ["south", 0, -0.01, 4],
  ["south-west", -0.0174, -0.01, 5],
  ["west", -0.01, 0, 6],
  ["north-west", -0.0174, 0.01, 7],
] as const)("what lies to the %s is told so", (_, lon, lat, to) => {
  expect(direction(here, [here[0] + lon, here[1] + lat])).toBe(to);
});

describe("lines", () => {
  const { lines } = JSON.parse(readFileSync("tests/vectors/line.json", "utf8")) as {
    lines: { points: [number, number][]; line: string }[];
  };
  test.each(lines.map((l) => [l.line, l] as const))("%s decodes to its points", (_, l) => {
    const points = decode(l.line);
    expect(points.length).toBe(l.points.length);
    l.points.forEach(([lat, lon], i) => {
      expect(points[i]?.[0]).toBeCloseTo(lon, 5);
      expect(points[i]?.[1]).toBeCloseTo(lat, 5);
    });
  });
  test("a line cut in the middle keeps its whole points and invents none", () => {
    const whole = "}jgmIuwmgAqBqD_FV";
    expect(decode(whole.slice(0, -1)).length).toBe(2);
    expect(decode("")).toEqual([]);
  });
  test("a point beside a long straight part is near it, though far from its corners", () => {
    expect(
      metresToLine(
        [12.005, 54.0001],
        [
          [12, 54],
          [12.01, 54],
        ],
      ),
    ).toBeLessThan(12);
  });
});

/** Two squares with water between them, the second with a lake in it. */
function encode(points: readonly Point[]): string {
  let out = "";
  let last = [0, 0];
  for (const [lon, lat] of points) {
    const now = [Math.round(lat * 1e5), Math.round(lon * 1e5)];
    for (let i = 0; i < 2; i++) {
      let v = ((now[i] as number) - (last[i] as number)) << 1;
      if (v < 0) v = ~v;
      for (; v >= 32; v >>= 5) out += String.fromCharCode((32 | (v & 31)) + 63);
      out += String.fromCharCode(v + 63);
    }
    last = now;
  }
  return out;
}
const square = (w: number, s: number, e: number, n: number) =>
  encode([
    [w, s],
    [e, s],
    [e, n],
    [w, n],
    [w, s],
  ]);
const land = [[square(11.5, 54.6, 11.8, 54.9)], [square(11.85, 54.6, 12.1, 54.9), square(11.9, 54.7, 11.95, 54.75)]];

describe("on the other side of the sound", () => {
  const shore = shoreOf(land);
  test("two places on one land are on one side", () => {
    expect(shore.landOf([11.6, 54.7])).toBe(shore.landOf([11.7, 54.8]));
  });
  test("two places on two lands have water between them", () => {
    expect([shore.landOf([11.79, 54.7]), shore.landOf([11.86, 54.7])]).toEqual([0, 1]);
  });
  test("a bench on the pier still belongs to its land", () => {
    expect(shore.landOf([11.803, 54.7])).toBe(0);
  });
  test("far out at sea nothing is claimed", () => {
    expect(shore.landOf([13, 54.7])).toBeNull();
  });
});

describe("near ordering", () => {
  const places = [
    { id: "far", point: [11.6, 54.7] as Point },
    { id: "across", point: [11.86, 54.7] as Point },
    { id: "near", point: [11.79, 54.7] as Point },
    { id: "online", point: null },
  ];
  const from: Point = [11.78, 54.7];
  test("nearest first, what has no place last", () => {
    expect(nearest(from, places, (p) => p.point).map((n) => n.thing.id)).toEqual(["near", "across", "far", "online"]);
  });
  test("what lies across water comes after one's own side", () => {
    const found = nearest(from, places, (p) => p.point, shoreOf(land));
    expect(found.map((n) => n.thing.id)).toEqual(["near", "far", "across", "online"]);
    expect(found.map((n) => n.across)).toEqual([false, false, true, false]);
  });
  test("three thousand places are all ordered, none twice", () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      id: i,
      point: [11.5 + ((i * 7919) % 1000) / 1600, 54.6 + ((i * 104729) % 1000) / 3400] as Point,
    }));
    const found = nearest(from, many, (p) => p.point, shoreOf(land));
    expect(new Set(found.map((n) => n.thing.id)).size).toBe(3000);
    const mine = found.filter((n) => !n.across).map((n) => n.metres ?? 0);
    expect(mine).toEqual([...mine].sort((a, b) => a - b));
  });
});

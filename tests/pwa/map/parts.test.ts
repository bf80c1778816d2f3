import { describe, expect, test } from "vitest";
import { frameOf, padded } from "../../../pwa/src/map/frame.ts";
import type { LifeFeature } from "../../../pwa/src/map/life.ts";
import { picked } from "../../../pwa/src/map/pick.ts";
import { youOf } from "../../../pwa/src/map/you.ts";

describe("the edge of what is saved", () => {
  const drawn = frameOf([11.5, 54.5, 12.2, 55], "Kortet slutter her");
  const of = (what: string) => drawn.filter((f) => f.properties?.what === what);

  test("the frame runs round the bounds and closes", () => {
    expect(of("frame")[0]?.geometry).toEqual({
      type: "LineString",
      coordinates: [
        [11.5, 54.5],
        [12.2, 54.5],
        [12.2, 55],
        [11.5, 55],
        [11.5, 54.5],
      ],
    });
  });

  test("outside is all but a hole of the same shape", () => {
    const outside = of("outside")[0]?.geometry;
    const rings = outside?.type === "Polygon" ? outside.coordinates : [];
    expect(rings).toHaveLength(2);
    expect(new Set(rings[1]?.map(String))).toEqual(new Set(["11.5,54.5", "12.2,54.5", "12.2,55", "11.5,55"]));
  });

  test("every side says that the map ends, on its outer side", () => {
    expect(of("edge").map((f) => [f.properties?.name, f.properties?.anchor])).toEqual(
      ["top", "bottom", "right", "left"].map((anchor) => ["Kortet slutter her", anchor]),
    );
  });

  test("one can pan a share of its size beyond", () => {
    expect(padded([10, 50, 12, 51], 0.5)).toEqual([9, 49.5, 13, 51.5]);
  });
});

describe("you", () => {
  test("without a position nothing is drawn", () => {
    expect(youOf(null).features).toEqual([]);
  });

  test("the ring is as wide on the ground as the fix is unsure", () => {
    const ring = youOf({ point: [11.87, 54.77], accuracy: 60 }).features[0]?.properties?.ring as number;
    // At 54.77° a px of z15 is 78,271.5 m · cos 54.77° / 2^15 = 1.378 m on the ground.
    expect(ring * 2 ** 15).toBeCloseTo(60 / 1.378, 1);
  });

  test("a wedge only where the phone knows a heading; north is one", () => {
    const headed = (heading: number | null) =>
      youOf({ point: [11.87, 54.77], accuracy: null, heading }).features[0]?.properties;
    expect(headed(0)).toHaveProperty("heading", 0);
    expect(headed(null)).not.toHaveProperty("heading");
    expect(headed(Number.NaN)).not.toHaveProperty("heading");
  });
});

describe("what a finger meant", () => {
  const project = (at: number[]) => ({ x: at[0] ?? 0, y: at[1] ?? 0 });
  const pin = (id: string, x: number, y: number, chosen = false): LifeFeature => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [x, y] },
    properties: { what: "pin", kind: "place", id, chosen },
  });
  const way: LifeFeature = {
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: [
        [0, 100],
        [200, 100],
      ],
    },
    properties: { what: "stretch", kind: "route", id: "r" },
  };

  const ids = (x: number, y: number, features: readonly LifeFeature[]) =>
    picked({ x, y }, features, project).map((thing) => thing.id);

  test("a pin's target is 48 px wide", () => {
    expect(picked({ x: 124, y: 0 }, [pin("p", 100, 0)], project)).toEqual([{ kind: "place", id: "p" }]);
    expect(ids(125, 0, [pin("p", 100, 0)])).toEqual([]);
  });

  test("of two pins that stand apart the nearer one is meant", () => {
    expect(ids(122, 0, [pin("p", 90, 0), pin("q", 120, 0)])).toEqual(["q"]);
  });

  test("pins that lie on one another are all offered, the nearest first", () => {
    expect(ids(112, 0, [pin("p", 100, 0), pin("q", 110, 0), pin("far", 200, 0)])).toEqual(["q", "p"]);
    expect(ids(130, 0, [pin("p", 100, 0), pin("q", 110, 0)])).toEqual(["q", "p"]);
  });

  test("a touch between two pins within its reach means either", () => {
    expect(ids(118, 0, [pin("p", 100, 0), pin("q", 138, 0)])).toEqual(["p", "q"]);
  });

  test("a pin comes before the route it stands on", () => {
    expect(ids(100, 100, [way, pin("p", 110, 100)])).toEqual(["p"]);
  });

  test("a route is met beside its line, not only on its corners", () => {
    expect(ids(77, 120, [way])).toEqual(["r"]);
    expect(ids(77, 130, [way])).toEqual([]);
  });

  test("the chosen pin is met where its disc is, over its foot", () => {
    expect(ids(100, 46, [pin("p", 100, 100, true)])).toEqual(["p"]);
  });
});

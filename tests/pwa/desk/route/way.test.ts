import { expect, test } from "vitest";
import type { Stretch } from "../../../../pwa/src/api/types.gen.ts";
import { encode } from "../../../../pwa/src/desk/map/encode.ts";
import { beside } from "../../../../pwa/src/desk/route/along.ts";
import { setBack } from "../../../../pwa/src/desk/route/set-back.ts";
import { checkRoute } from "../../../../pwa/src/desk/route/values.ts";
import {
  cut,
  cutClosures,
  drawn,
  fresh,
  gaps,
  gone,
  isOurs,
  join,
  metresOf,
  removed,
  saidOf,
  shifted,
  type Way,
  wayOf,
} from "../../../../pwa/src/desk/route/way.ts";
import type { Point } from "../../../../pwa/src/geo/distance.ts";
import { decode } from "../../../../pwa/src/geo/line.ts";

const A: Point = [11.87, 54.77];
const B: Point = [11.88, 54.77];
const C: Point = [11.88, 54.775];
const D: Point = [11.89, 54.775];
const FIRM = { value: "firm", source: "Kommunen", seen_on: "2026-03-01" } as const;
const LOOSE = { ...FIRM, value: "loose" } as const;
const ACCESS = { step_free: null, width_cm: null, kerb_cm: null, gate_cm: null, slope_pct: null, door_cm: null };
const GULDBORGSUND = [11.5, 54.5, 12.2, 55.0] as const;

const stretch = (id: string, points: Point[], surface: Stretch["surface"] = null): Stretch => ({
  id,
  line: encode(points),
  length_m: 1,
  surface,
  access: ACCESS,
});
const stands = [stretch("a", [A, B], FIRM), stretch("b", [B, C])];
const points = (way: Way) => way.map(({ id, line }) => [id, decode(line)]);

test("a way that nobody touched says nothing", () => {
  expect(saidOf(stands, wayOf(stands, {}))).toEqual({ stretches: undefined, order: undefined });
});

test("what is said is only what differs, and laid over what stands it is the way again", () => {
  const way = wayOf(stands, {}).map((one) => (one.id === "b" ? { ...one, surface: LOOSE } : one));
  const said = saidOf(stands, way);
  expect(said).toEqual({ stretches: [{ id: "b", surface: LOOSE }], order: undefined });
  expect(wayOf(stands, said)).toEqual(way);
});

test("a new stretch brings its line and its place among the others, and little else", () => {
  const way: Way = [...wayOf(stands, {}), { ...fresh("c"), line: encode([C, D]) }];
  const said = saidOf(stands, way);
  expect(said).toEqual({ stretches: [{ id: "c", line: encode([C, D]) }], order: ["a", "b", "c"] });
  expect(wayOf(stands, said)).toEqual(way);
});

test("a neighbour that met a stretch at its end goes along with that end, and only it", () => {
  const moved = drawn(wayOf(stands, {}), "a", encode([A, [11.881, 54.771]]));
  expect(points(moved)).toEqual([
    ["a", [A, [11.881, 54.771]]],
    ["b", [[11.881, 54.771], C]],
  ]);
  const apart = drawn(wayOf([stretch("a", [A, B]), stretch("b", [C, D])], {}), "a", encode([A, D]));
  expect(points(apart)[1]).toEqual(["b", [C, D]]);
});

test("a ring stays a ring when its beginning is moved", () => {
  const ring = wayOf([stretch("a", [A, B]), stretch("b", [B, C]), stretch("c", [C, A])], {});
  const moved = drawn(ring, "a", encode([D, B]));
  expect(points(moved)[2]).toEqual(["c", [C, D]]);
});

test("both halves of a stretch are of what the whole was of, and closed where the whole was", () => {
  const way = cut(wayOf(stands, {}), "a", encode([A, [11.875, 54.77]]), encode([[11.875, 54.77], B]), "c");
  expect(way.map(({ id, surface }) => [id, surface])).toEqual([
    ["a", FIRM],
    ["c", FIRM],
    ["b", null],
  ]);
  expect(metresOf(way)).toBeCloseTo(metresOf(wayOf(stands, {})), 3);
  expect(cutClosures([{ stretch_ids: ["a"] }, { stretch_ids: null }], "a", "c")).toEqual([
    { stretch_ids: ["a", "c"] },
    { stretch_ids: null },
  ]);
});

test("joined stretches keep what was said of both alike, and tell that the rest is not known", () => {
  const alike = join(wayOf([stretch("a", [A, B], FIRM), stretch("b", [B, C], FIRM)], {}), 0);
  expect(alike?.lost).toBe(false);
  expect(alike?.way).toEqual([{ ...fresh("a"), line: encode([A, B, C]), surface: FIRM }]);
  const unlike = join(wayOf(stands, {}), 0);
  expect([unlike?.lost, unlike?.way[0]?.surface]).toEqual([true, null]);
  expect(join(wayOf([stretch("a", [A, B]), stretch("b", [D, [11.9, 54.78]])], {}), 0)).toBeNull();
});

test("a closure of a stretch that is gone goes with it, or to what it became", () => {
  const closures = [{ stretch_ids: ["a", "b"] }, { stretch_ids: ["b"] }];
  expect(gone(closures, "b", "a")).toEqual([{ stretch_ids: ["a"] }, { stretch_ids: ["a"] }]);
  expect(gone(closures, "b", null)).toEqual([{ stretch_ids: ["a"] }]);
});

test("stretches are taken out and change places", () => {
  const way = wayOf(stands, {});
  expect(saidOf(stands, removed(way, "a")).order).toEqual(["b"]);
  expect(saidOf(stands, shifted(way, 1, -1)).order).toEqual(["b", "a"]);
});

test("a gap between two stretches is told", () => {
  expect(gaps(wayOf(stands, {}))).toEqual([]);
  expect(gaps(wayOf([stretch("a", [A, B]), stretch("b", [C, D])], {}))[0]?.after).toBe(0);
});

test("what was made here is known by its id", () => {
  expect(isOurs("019d4000-0000-7000-8000-000000000001")).toBe(true);
  expect(isOurs("1f2e3d4c-0000-5000-8000-000000000001")).toBe(false);
});

test("a new route has a name and a line, and each is asked for where it is written", () => {
  expect([...checkRoute({}, true).wrongs.keys()]).toEqual(["name/da", "stretches"]);
  const undrawn = checkRoute({ stretches: [{ id: "a", line: "" }] });
  expect(undrawn.wrongs.get("stretches/a")).toContain("Tegn den på kortet");
  const far = checkRoute({ stretches: [{ id: "a", line: encode([A, [-70, 40]]) }] }, false, GULDBORGSUND);
  expect(far.wrongs.get("stretches/a")).toContain("uden for Danmark");
});

test("a width that is typed is sent as a number, or told at its own field", () => {
  const typed = (value: string) => ({
    stretches: [{ id: "a", access: { ...ACCESS, width_cm: { ...FIRM, value } } }],
  });
  const sent = checkRoute(typed("90 cm")).set.stretches as { access: { width_cm: { value: number } } }[];
  expect(sent[0]?.access.width_cm.value).toBe(90);
  expect([...checkRoute(typed("bred")).wrongs.keys()]).toEqual(["stretches/a/access/width_cm/value"]);
});

test("what lies within a hundred metres stands in the order one comes to it", () => {
  const things: Point[] = [
    [11.8801, 54.773],
    [11.875, 54.7702],
    [11.875, 54.78],
  ];
  const found = beside(wayOf(stands, {}), things, (at) => at);
  expect(found.map(({ thing }) => thing)).toEqual([things[1], things[0]]);
  expect(found[0]?.off_m).toBeCloseTo(22, 0);
});

test("a step is taken back with its line where the line is ours, and without it where it is a register's", () => {
  const before = encode([A, C]);
  const step = {
    fields: [
      { field: "order", before: ["a"], after: ["a", "b"] },
      { field: "stretches/a/line", before, after: encode([A, B]) },
      { field: "stretches/a/surface", before: LOOSE, after: FIRM },
      { field: "name", before: { da: "Stien" }, after: { da: "Søstien" } },
    ],
  };
  const ours = setBack(step, wayOf(stands, {}), true);
  expect(ours.fields).toEqual({ name: { da: "Stien" } });
  expect(ours.way).toEqual([{ ...fresh("a"), line: before, surface: LOOSE }]);
  const theirs = setBack(step, wayOf(stands, {}), false);
  expect(theirs.way?.map(({ id, surface }) => [id, surface])).toEqual([
    ["a", LOOSE],
    ["b", null],
  ]);
  expect(theirs.way?.[0]?.line).toBe(encode([A, B]));
});

import { beforeAll, expect, test } from "vitest";
import {
  along,
  benchMarks,
  partsOf,
  placed,
  quietMinutes,
  stopMarks,
  stripWords,
  worst,
} from "../../../../pwa/src/screens/words/route.ts";
import { later } from "../../../../pwa/src/text/da-later.ts";
import { add } from "../../../../pwa/src/text/t.ts";
import { facility, fact, fill, noAccess, route } from "../town.ts";

type Surface = "firm" | "loose" | "unpaved" | "other";
const stretch = (id: string, length_m: number, surface: Surface | null, access = {}) => ({
  id,
  line: "",
  length_m,
  surface: surface ? fact(surface) : null,
  access: { ...noAccess, ...access },
});

// LOOK's own route (page 03): 900 m firm, 800 m loose with a gate and steps, 200 m unknown, 500 m unpaved.
const way = route({
  id: "r",
  length_m: 2400,
  stretches: [
    stretch("1", 400, "firm"),
    stretch("2", 500, "firm"),
    stretch("3", 400, "loose", { gate_cm: fact(85) }),
    stretch("4", 400, "loose", { step_free: fact(false) }),
    stretch("5", 200, null),
    stretch("6", 500, "unpaved", { step_free: fact(true) }),
  ],
  near: [
    { facility_id: "b2", at_m: 1250, off_m: 4 },
    { facility_id: "b1", at_m: 350, off_m: 2 },
    { facility_id: "gone", at_m: 500, off_m: 2 },
  ],
});

beforeAll(() => {
  add(later);
  fill({ routes: [way], facilities: [facility({ id: "b1" }), facility({ id: "b2" })] });
});

test("neighbours of one surface are one part, and the parts add up to the route", () => {
  expect(partsOf(way)).toEqual([
    { surface: "firm", length_m: 900 },
    { surface: "loose", length_m: 800 },
    { surface: "unknown", length_m: 200 },
    { surface: "unpaved", length_m: 500 },
  ]);
  expect(placed(way).map((p) => p.from_m)).toEqual([0, 400, 900, 1300, 1700, 1900]);
});

test("the strip says in words all that it draws", () => {
  expect(stripWords(way).replaceAll("\u00a0", " ")).toBe(
    "Fra start: 900 m fast, 800 m løst, 200 m ved ikke, 500 m uden belægning. Bænke ved 350 m, 1,3 km. Låge på 85 cm ved 1,1 km. Trin ved 1,5 km.",
  );
});

test("benches stand over the strip, what stops a body under it", () => {
  expect(benchMarks(way).map((m) => Math.round(m.share))).toEqual([15, 52]);
  expect(stopMarks(way).map((m) => [Math.round(m.share), m.icon, m.stop ?? false])).toEqual([
    [46, "gate", true],
    [63, "step", false],
  ]);
});

test("an id that the phone does not have is passed over", () => {
  expect(along(way).map((a) => a.facility.id)).toEqual(["b1", "b2"]);
});

test("the worst is told with its own source, and how much is not known", () => {
  expect(worst(way, "gate_cm")).toMatchObject({ fact: { value: 85 }, unknown: 5 });
  expect(worst(way, "step_free")).toMatchObject({ fact: { value: false }, unknown: 4 });
  expect(worst(way, "slope_pct")).toEqual({ fact: null, unknown: 6 });
});

test("a quiet pace is told for those on foot only", () => {
  expect(quietMinutes(way)).toBe(50);
  expect(quietMinutes(route({ id: "c", modes: ["cycle"] }))).toBeNull();
});

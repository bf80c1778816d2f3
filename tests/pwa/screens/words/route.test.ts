import { beforeAll, expect, test } from "vitest";
import {
  along,
  benchMarks,
  partSources,
  partsOf,
  placed,
  quietMinutes,
  shutMarks,
  shutOn,
  stopMarks,
  stripWords,
  through,
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

// 900 m firm, 800 m loose with a gate and steps, 200 m unknown, 500 m unpaved.
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
  expect(stripWords(way, new Set()).replaceAll("\u00a0", " ")).toBe(
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

const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");
const span = (from: string, to: string | null, stretch_ids: readonly string[] | null) => ({
  from,
  to,
  stretch_ids,
  why: { da: "Diget bliver gjort højere." },
});

test("what is closed today lies as bars over its own metres, and is said in words", () => {
  const shut = route({ ...way, closures: [span("2026-10-19", null, ["4", "5"])] });
  const today = shutOn(shut, "2026-11-26");
  expect(shutMarks(shut, today).map((m) => [Math.round(m.from), Math.round(m.share)])).toEqual([[54, 25]]);
  expect(plain(stripWords(shut, today))).toContain("500 m uden belægning. Spærret mellem 1,3 km og 1,9 km. Bænke");
  expect(shutOn(shut, "2026-10-18").size).toBe(0);
});

test("a closure that names no stretch closes all of them, to its last day", () => {
  const shut = route({ ...way, closures: [span("2026-10-19", "2026-11-26", null)] });
  expect(shutMarks(shut, shutOn(shut, "2026-11-26"))).toEqual([{ from: 0, share: 100 }]);
  expect(shutOn(shut, "2026-11-27").size).toBe(0);
});

test("what is not measured everywhere is not known, however good the measured part is", () => {
  const on = (...access: object[]) =>
    route({ id: "x", stretches: access.map((a, i) => stretch(String(i), 100, null, a)) });
  const wide = through(on({ width_cm: fact(200) }, {}, {}, {}), "width_cm");
  expect(wide.value).toBeNull();
  expect(plain(wide.known)).toBe("Målt på 1 af 4 stræk: 200 cm.");
  const all = through(on({ slope_pct: fact(3) }, { slope_pct: fact(4.5) }), "slope_pct");
  expect([plain(all.value), all.known]).toEqual(["4,5 %", ""]);
  expect(through(on({}, {}), "kerb_cm")).toEqual({ value: null, known: "", source: "Ingen har målt den endnu." });
});

test("the narrowest place counts the gates", () => {
  const on = (...access: object[]) =>
    route({ id: "x", stretches: access.map((a, i) => stretch(String(i), 100, null, a)) });
  const some = through(on({ width_cm: fact(200) }, { gate_cm: fact(85) }), "width_cm");
  expect([some.value, plain(some.known)]).toEqual([null, "Målt på 1 af 2 stræk: 200 cm. En låge er 85 cm."]);
  const whole = through(on({ width_cm: fact(200), gate_cm: fact(85) }, { width_cm: fact(120) }), "width_cm");
  expect(plain(whole.value)).toBe("85 cm");
  const gate = through(on({ gate_cm: fact(85) }, {}), "width_cm");
  expect([gate.value, plain(gate.known)]).toEqual([null, "En låge er 85 cm."]);
});

test("a step that somebody saw is an answer, none seen on a part is not", () => {
  const on = (...free: (boolean | null)[]) =>
    route({
      id: "x",
      stretches: free.map((f, i) => stretch(String(i), 100, null, f === null ? {} : { step_free: fact(f) })),
    });
  expect(through(on(true, false, null), "step_free")).toMatchObject({
    value: "ja",
    known: "Ved 1 af 3 stræk ved vi det ikke.",
  });
  expect(through(on(true, true, null), "step_free")).toMatchObject({ value: null, known: "Ingen på 2 af 3 stræk." });
  expect(through(on(true, true), "step_free")).toMatchObject({ value: "ingen", known: "" });
});

test("each surface says who has seen it and when; one who came on several days is named once", () => {
  const on = (seen_on: string, source: string) => ({ value: "firm" as const, source, seen_on });
  const surfaces = [on("2024-05-01", "A"), on("2026-03-03", "A"), on("2025-01-02", "B"), null];
  const mixed = route({
    id: "m",
    stretches: surfaces.map((surface, i) => ({ ...stretch(`${i}`, 100, null), surface })),
  });
  const said = partSources(mixed).get("firm")?.replace(/\s/g, " ");
  expect(said).toBe("Set fra 1. maj 2024 til 3. marts 2026. Kilde: A. Set 2. januar 2025. Kilde: B");
  expect(partSources(mixed).has("unknown")).toBe(false);
});

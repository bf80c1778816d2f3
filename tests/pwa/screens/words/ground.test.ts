import { beforeAll, expect, test } from "vitest";
import { groundMeans } from "../../../../pwa/src/screens/words/ground.ts";
import { through } from "../../../../pwa/src/screens/words/route.ts";
import { later } from "../../../../pwa/src/text/da-later.ts";
import { add } from "../../../../pwa/src/text/t.ts";
import { noAccess, route } from "../town.ts";

beforeAll(() => add(later));

const by = (source: string, value = "firm") => ({ value, source, seen_on: "2024-05-01" });
const MEASURED = "GeoFA 5802, Natur for alle";

test("each source's own definition is told, once", () => {
  expect(groundMeans([by("GeoFA 5802"), null, by("GeoFA 5802"), by(MEASURED)])).toEqual([
    "Fast er i GeoFA belægning som asfalt, brolægning og beton.",
    "Fast er i Natur for alle det, der ikke giver efter for hjul og fødder, også stampet grus og hårde jordstier.",
  ]);
});

test("what the municipality has seen itself goes by its own words", () => {
  expect(groundMeans([by("en ruteguide", "loose")])).toEqual(["Løst er her grus, sten og sand."]);
});

test("what is not known, or a word that came later, is defined nowhere", () => {
  expect(groundMeans([null, by("GeoFA 5802", "other"), by(MEASURED, "unpaved"), by("GeoFA 5802", "ice")])).toEqual([]);
});

test("a measured gate stands with its source and day; what the register does not know is not told", () => {
  const gate = { value: 84, source: MEASURED, seen_on: "2024-05-01" };
  const stretch = { id: "1", line: "", length_m: 100, surface: null, access: { ...noAccess, gate_cm: gate } };
  const way = route({ id: "r", stretches: [stretch] });
  expect(through(way, "gate_cm").value).toBe("84\u00a0cm");
  expect(through(way, "gate_cm").source).toMatch(/^Målt 1\.\smaj\s2024\. Kilde: GeoFA 5802, Natur for alle$/);
  expect(through(way, "step_free")).toMatchObject({ value: null, source: "Ingen har set efter endnu." });
});

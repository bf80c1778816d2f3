/** The way from nothing to an open map: which places stand on the list, and what is to be done before. */
import { expect, test } from "vitest";
import { before, firstPlaces, firstTitle } from "../../../pwa/src/desk/overview-first.tsx";
import { lacking, place } from "./things.ts";

const site = (help: readonly object[]) => ({ help }) as never;
const todo = (...given: Parameters<typeof before>) =>
  before(...given)
    .filter(({ done }) => !done)
    .map(({ words, note }) => (note ? `${words}: ${note}` : words));

test("those in use first, then those that lack least, and no more than are needed", () => {
  const all = [
    lacking("a", "Idé", "idea", []),
    lacking("b", "Mangler to", "developing", ["purpose", "where"]),
    lacking("c", "Mangler én", "developing", ["purpose"]),
    place("d", "I brug"),
  ];
  const names = (needed: number) => firstPlaces(all, needed).map((one) => one.name.da);
  expect(names(3)).toEqual(["I brug", "Mangler én", "Mangler to"]);
  expect(names(1)).toEqual(["I brug"]);
});

test("what was dissolved is not among the first", () => {
  const gone = { ...place("a", "Nedlagt"), state: "dissolved" } as never;
  expect(firstPlaces([gone], 3)).toEqual([]);
});

test("the heading has the municipality's own number", () => {
  expect([firstTitle(3), firstTitle(1), firstTitle(14)]).toEqual([
    "Dine tre første mødesteder",
    "Dit første mødested",
    "Dine 14 første mødesteder",
  ]);
});

test("before people come there is data, a number with hours, and a crisis line", () => {
  const data = "Kommunens steder og stier er hentet ind";
  const hours = { weekly: [], holidays: null, except: [], note: null, source: "x", seen_on: "2026-01-01" };
  const phone = { what: "municipality", name: { da: "Kommunen" }, phone: "54731000", hours: null };
  expect(todo(site([]), 0)).toEqual([data, "Nummer og åbningstid til Hjælp", "En kriselinje"]);
  expect(todo(site([phone]), 573)).toEqual(["Nummer og åbningstid til Hjælp: Åbningstiden mangler.", "En kriselinje"]);
  expect(
    todo(
      site([
        { ...phone, hours },
        { ...phone, what: "crisis" },
      ]),
      573,
    ),
  ).toEqual([]);
});

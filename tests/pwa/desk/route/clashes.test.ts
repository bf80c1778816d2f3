import { expect, test } from "vitest";
import type { Clash } from "../../../../pwa/src/desk/data/draft.ts";
import { encode } from "../../../../pwa/src/desk/map/encode.ts";
import { say } from "../../../../pwa/src/desk/parts/say.ts";
import { chosenOf, grouped, wayWords } from "../../../../pwa/src/desk/route/clashes.ts";

const clash = (field: string, mine: unknown, theirs: unknown): Clash => ({
  field,
  mine,
  theirs,
  by: null,
  on: null,
  before: null,
});
const ACCESS = { step_free: null, width_cm: null, kerb_cm: null, gate_cm: null, slope_pct: null, door_cm: null };
const long = encode([
  [11.87, 54.77],
  [11.88, 54.77],
]);
const short = encode([
  [11.87, 54.77],
  [11.875, 54.77],
]);
const stands = [{ id: "a", line: long, length_m: 643, surface: null, access: ACCESS }];
const split = [
  clash("stretches", [{ id: "a", line: short }], [{ id: "a", line: long }]),
  clash("stretches", [{ id: "b", line: short }], [{ id: "b", line: null }]),
  clash("stretches", [{ id: "b", surface: "firm" }], [{ id: "b", surface: null }]),
  clash("order", ["a", "b"], ["a"]),
];
const fact = clash("stretches", [{ id: "a", surface: "loose" }], [{ id: "a", surface: "firm" }]);

test("the way is one choice, with all of a stretch that was not there; what is said of one that was is its own", () => {
  const groups = grouped([...split, fact, clash("name", 1, 2)], ["a"]);
  expect(groups.map(({ key, clashes }) => [key, clashes.length])).toEqual([
    ["way", 4],
    ["stretches/a/surface", 1],
  ]);
});

test("mine is sent again whole, beside what was written since; theirs is left to stand", () => {
  const groups = grouped([...split, fact], ["a"]);
  const mine = chosenOf(groups, new Set(["way"]), [{ id: "c", surface: null }]);
  expect(mine).toEqual({
    stretches: [
      { id: "c", surface: null },
      { id: "a", line: short },
      { id: "b", line: short, surface: "firm" },
    ],
    order: ["a", "b"],
  });
  expect(chosenOf(groups, new Set(), [])).toEqual({ stretches: [], order: undefined });
});

test("both ways are told by how many stretches and how long", () => {
  const [way] = grouped(split, ["a"]);
  expect(way && wayWords(way, "mine", stands)).toBe("2 stræk, 641\u00a0m");
  expect(way && wayWords(way, "theirs", stands)).toBe("1 stræk, 641\u00a0m");
});

test("what happened to a stretch is said in words: its line by its length, its surface as it is called", () => {
  const firm = { value: "firm", source: "Kommunen", seen_on: "2026-03-01" };
  expect(say("stretches/a/line", long).words).toBe("linjen, 641\u00a0m");
  expect(say("stretches/a/surface", firm).words).toBe("fast");
  expect(say("order", ["a", "b"]).words).toBe("2 stræk");
  expect(say("stretches", [{ id: "a", line: long }]).words).toBe("linjen, 641\u00a0m");
});

/** The steps of a place, by state and by what it lacks. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { steps } from "../../../pwa/src/desk/lifecycle-steps.ts";

const LACKS = ["purpose", "activities"];

test.each([
  ["idea", [], ["Begynd på det", "Træk tilbage"]],
  ["idea", LACKS, ["Begynd på det", "Træk tilbage"]],
  ["developing", [], ["Tag i brug", "Træk tilbage"]],
  ["developing", LACKS, ["Tag i brug – Mangler: formål og aktiviteter", "Træk tilbage"]],
  ["active", [], ["Lad det hvile", "Nedlæg"]],
  ["active", LACKS, ["Lad det hvile", "Nedlæg"]],
  ["resting", [], ["Tag i brug igen", "Nedlæg"]],
  ["resting", LACKS, ["Tag i brug igen – Mangler: formål og aktiviteter", "Nedlæg"]],
  ["dissolved", [], []],
] as const)("%s that lacks %j: %j", (state, lacks, expected) => {
  const told = steps(state, lacks).map((step) => (step.off ? `${step.words} – ${step.off}` : step.words));
  expect(told).toEqual(expected);
});

test("only the two that no other step undoes are asked about", () => {
  const asked = (["idea", "developing", "active", "resting"] as const).flatMap((state) =>
    steps(state, [])
      .filter((step) => step.asks)
      .map((step) => step.to),
  );
  expect(asked).toEqual(["withdrawn", "withdrawn", "dissolved", "dissolved"]);
});

test("the steps are those of the server's table", () => {
  const python = readFileSync("server/model/lifecycle.py", "utf8");
  for (const state of ["idea", "developing", "active", "resting", "dissolved"] as const) {
    const row = new RegExp(`"${state}": frozenset\\(\\{?([^)}]*)\\}?\\)`).exec(
      python.slice(python.indexOf("STEPS: Final[Steps]")),
    );
    const theirs = [...(row?.[1] ?? "").matchAll(/"(\w+)"/g)].map((found) => found[1]).sort();
    const ours = steps(state, [])
      .map((step) => step.to)
      .filter((to) => to !== "withdrawn")
      .sort();
    expect(ours, state).toEqual(theirs);
  }
});

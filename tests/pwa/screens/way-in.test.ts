import { expect, test } from "vitest";
import { stepsOf } from "../../../pwa/src/screens/way-in.tsx";

test("a sentence that leans on the one before is no step of its own", () => {
  const text =
    "Gå mod vandet i 80 m, og hold til højre. Den er sænket ved den røde postkasse. Den grønne dør er 12 m længere fremme.";
  expect(stepsOf(text)).toEqual([text]);
  expect(stepsOf("Gå gennem lågen. Den er 95 cm bred. Følg sporet i 300 m.")).toEqual([
    "Gå gennem lågen. Den er 95 cm bred.",
    "Følg sporet i 300 m.",
  ]);
});

test("an editor who writes lines has said what the steps are", () => {
  expect(stepsOf("Gå ned ad trappen. Hold til højre.\nDen grønne dør.")).toEqual([
    "Gå ned ad trappen. Hold til højre.",
    "Den grønne dør.",
  ]);
});

import { expect, test } from "vitest";
import { LONGEST, smaller } from "../../../pwa/src/ui/shrink.ts";

test("a photo becomes at most 1,600 pixels on its longer side, and never larger", () => {
  expect(smaller(4000, 3000, LONGEST)).toEqual({ w: 1600, h: 1200 });
  expect(smaller(3000, 4000, LONGEST)).toEqual({ w: 1200, h: 1600 });
  expect(smaller(640, 480, LONGEST)).toEqual({ w: 640, h: 480 });
  expect(smaller(40_000, 3, LONGEST)).toEqual({ w: 1600, h: 1 });
});

import { expect, test } from "vitest";
import { slugOf } from "../../../pwa/src/text/slug.ts";

// As tests/server/model/test_values.py has them.
test.each([
  ["Bænken på Søtoften", "baenken-paa-soetoften"],
  ["Plads; med  semikolon!", "plads-med-semikolon"],
  ["Café Müller é", "cafe-muller-e"],
  ["...", "sted"],
  ["ÆØÅ", "aeoeaa"],
  ["x".repeat(100), "x".repeat(60)],
  ["A\u030aen", "aaen"],
  ["Nykøbing Falster", "nykoebing-falster"],
])("%s is %s in an address", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { heavy, heavyWords } from "../../../../pwa/src/desk/parts/neutral.ts";

const table = JSON.parse(readFileSync("tests/vectors/neutral.json", "utf8")) as {
  readonly heavy: readonly { readonly words: string; readonly found: readonly string[] }[];
  readonly light: readonly string[];
};

test.each(table.heavy)("$words", ({ words, found }) => {
  expect(heavy(words)).toEqual(found);
});

test.each(table.light)("%s is left alone", (words) => {
  expect(heavy(words)).toEqual([]);
  expect(heavyWords(words)).toBeUndefined();
});

test("the words are named, and what to say instead", () => {
  expect(heavyWords("Er du ensom? Kom, så er du ikke alene")).toMatch(/^Skriv det uden ”ensom”, ”alene”\. .*kaffe/);
});

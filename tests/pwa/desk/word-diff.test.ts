import { describe, expect, test } from "vitest";
import { type Piece, wordDiff } from "../../../pwa/src/desk/parts/word-diff.ts";

const marked = (pieces: readonly Piece[]) => pieces.map(({ words, only }) => (only ? `[${words}]` : words)).join("");
const whole = (pieces: readonly Piece[]) => pieces.map(({ words }) => words).join("");
const both = (mine: string, theirs: string) => {
  const diff = wordDiff(mine, theirs);
  return [marked(diff.mine), marked(diff.theirs)];
};

describe("two texts beside each other", () => {
  test("what stands in one alone is marked, word by word", () => {
    expect(both("Et sted at hvile, drikke kaffe og falde i snak.", "Et sted at hvile og se på fugle.")).toEqual([
      "Et sted at hvile[, drikke kaffe] og [falde i snak].",
      "Et sted at hvile og [se på fugle].",
    ]);
  });
  test("a sentence that was added is marked whole", () => {
    expect(both("Fast sti. De sidste 20 m er grus.", "Fast sti hele vejen.")).toEqual([
      "Fast sti[. De sidste 20 m er grus].",
      "Fast sti [hele vejen].",
    ]);
  });
  test("the same text has no mark, and an empty one is all mark on the other side", () => {
    expect(both("Ved enden", "Ved enden")).toEqual(["Ved enden", "Ved enden"]);
    expect(both("", "Ved enden")).toEqual(["", "[Ved enden]"]);
  });
  test("nothing of either text is lost, whatever its spaces", () => {
    const [one, other] = ["  To\n linjer,  her ", "\tEn linje , her"];
    const diff = wordDiff(one, other);
    expect([whole(diff.mine), whole(diff.theirs)]).toEqual([one, other]);
  });
  test("texts of 100,000 characters are told apart too, within a second", () => {
    const [one, other] = ["ord ".repeat(25_000), "andre ".repeat(17_000)];
    const began = performance.now();
    expect(whole(wordDiff(one, other).mine)).toBe(one);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

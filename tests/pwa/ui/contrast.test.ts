/** The contrast of every pair of colours that stand on each other (WCAG 2's formula), in all four themes, from tokens.css itself. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("pwa/src/ui/look/tokens.css", "utf8");
const THEMES = ["light", "dark", "contrast", "contrast-dark"] as const;
type Theme = (typeof THEMES)[number];

function declared(block: string): ReadonlyMap<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = "", hex = ""]) => [name, hex]));
}

/** A theme's blocks (colours of things, colours of the map) together. */
function colours(theme: Theme): ReadonlyMap<string, string> {
  const blocks = css.matchAll(new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`, "g"));
  return declared([...blocks].map(([, block]) => block).join("\n"));
}
const known = Object.fromEntries(THEMES.map((theme) => [theme, colours(theme)])) as Record<
  Theme,
  ReadonlyMap<string, string>
>;

function hex(theme: Theme, name: string): string {
  const found = known[theme].get(name);
  if (found === undefined) throw new Error(`${theme} has no --${name}`);
  return found;
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["surface", "ground", "sky", "sunken"];
const SOFT = ["act-soft", "now-soft", "bad-soft", "good-soft"];
/** What is written, on what. `hair` is decoration alone and is in no pair. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ["ink", [...GROUNDS, ...SOFT]],
  ["ink-2", [...GROUNDS, "now-soft"]],
  ["act", [...GROUNDS, "now-soft"]],
  ["on-act", ["act", "act-press"]],
  ["on-act-soft", ["act-soft"]],
  ["on-now", ["now"]],
  ["good", ["surface", "ground", "sky", "good-soft"]],
  ["bad", ["surface", "ground", "sky", "bad-soft", "now-soft"]],
  ["info", ["surface", "sky"]],
  ["on-night", ["night"]],
];
/** Edges of what can be touched, and icons. */
const EDGES: readonly (readonly [string, readonly string[]])[] = [
  ["line", [...GROUNDS, ...SOFT]],
  ["act", GROUNDS],
];
const FOCUSED = [...GROUNDS, ...SOFT, "now", "act", "night"];

function tooLow(pairs: typeof TEXT, least: number): string[] {
  return THEMES.flatMap((theme) =>
    pairs.flatMap(([front, behind]) =>
      behind
        .map((ground) => [ground, ratio(hex(theme, front), hex(theme, ground))] as const)
        .filter(([, found]) => found < least)
        .map(([ground, found]) => `${theme}: ${front} on ${ground} ${found.toFixed(2)}`),
    ),
  );
}

test("the formula is WCAG's: black on white is 21:1, and #777777 on white just under 4.5", () => {
  expect(ratio("#000000", "#ffffff")).toBeCloseTo(21);
  expect(ratio("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

describe("in all four themes", () => {
  test("text stands 7:1 off what it is written on", () => {
    expect(TEXT.flatMap(([, behind]) => behind)).toHaveLength(34);
    expect(tooLow(TEXT, 7)).toEqual([]);
  });

  test("edges and icons stand 3:1 off what is behind them", () => {
    expect(tooLow(EDGES, 3)).toEqual([]);
  });

  test("of the focus ring's two rings one always stands 3:1 off", () => {
    const low = THEMES.flatMap((theme) =>
      FOCUSED.filter(
        (ground) => Math.max(...["focus", "focus-halo"].map((ring) => ratio(hex(theme, ring), hex(theme, ground)))) < 3,
      ).map((ground) => `${theme}: ${ground}`),
    );
    expect(low).toEqual([]);
  });

  const FILLS = "land field field-2 meadow wood heath wetland sand water park built yard".split(" ");
  test.each([
    ["label", FILLS, 7],
    ["label-nature", ["wood", "park", "meadow", "wetland"], 7],
    ["label-water", ["water"], 7],
    ["shore", ["water"], 3],
  ])("on the map: %s", (front, behind, least) => {
    const map = [[`m-${front}`, behind.map((fill) => `m-${fill}`)]] as const;
    expect(tooLow(map, least)).toEqual([]);
  });

  test("on the map: routes and places stand 3:1 off every fill, and a route off its own edge", () => {
    const fills = [...FILLS, "building", "road", "case"].map((fill) => `m-${fill}`);
    expect(tooLow([["act", fills]], 3)).toEqual([]);
  });
});

test("without script the colours are those of the themes, by what the phone asks for", () => {
  const asked = {
    "(prefers-color-scheme: dark)": "dark",
    "(prefers-contrast: more)": "contrast",
    "(prefers-contrast: more) and (prefers-color-scheme: dark)": "contrast-dark",
  } as const;
  for (const [query, theme] of Object.entries(asked)) {
    const block = css.split(`@media ${query} { :root:not([data-theme]) {`)[1]?.split("}")[0] ?? "";
    expect([...declared(block)].sort(), query).toEqual([...known[theme]].sort());
  }
});

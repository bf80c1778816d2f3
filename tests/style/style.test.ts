import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import type { LayerSpecification } from "maplibre-gl";
import { describe, expect, test } from "vitest";
import { COLOURS, known, style, THEMES, type Theme } from "#style/index.ts";

const SAVED = { land: "pmtiles://all-1", over: null };
const BOTH = { land: "pmtiles://nysted-1", over: "pmtiles://overview-1" };
const EMPTY = { land: null, over: null };

/** The layers, bottom to top; of the roads all edges first, so that crossings are open. */
const ORDER = [
  ...["land", "built", "yard", "field", "field-strip", "meadow", "heath", "wetland", "wetland-dash"],
  ...["wood", "wood-crown", "park", "sand", "sand-dot", "water-sea", "water-lake", "shore", "stream", "dyke"],
  ...["protect-band", "protect", "pier", "building", "ferry", "rail", "rail-tie", "track", "path", "steps", "cycle"],
  ...["street-edge", "minor-edge", "main-edge", "motor-edge", "street", "minor", "main", "motor"],
  ...["bridge-street-edge", "bridge-motor-edge", "bridge-street", "bridge-motor", "border"],
  ...["outside", "frame-case", "frame", "closed-case", "closed", "route-case"],
  ...["route-firm", "route-loose", "route-unpaved", "route-other", "route-unknown", "approach"],
  ...["name-street", "name-water", "name-nature", "name-place", "pin", "pin-sign", "you-ring", "you-wedge", "you"],
];

const ids = (layers: readonly LayerSpecification[]) => layers.map((layer) => layer.id);
const layerOf = (id: string, theme: Theme = "light") => {
  const found = style({ theme, ...SAVED }).layers.find((layer) => layer.id === id);
  if (!found) throw new Error(`no layer ${id}`);
  return found as LayerSpecification & { paint: Record<string, unknown>; layout: Record<string, unknown> };
};

/** Every string anywhere in a value. */
function words(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(words);
  return value && typeof value === "object" ? Object.values(value).flatMap(words) : [];
}

function hexOf(colour: string): string {
  const parts = /^rgba\((\d+),(\d+),(\d+),/.exec(colour)?.slice(1);
  return parts ? `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : colour;
}

describe.each(THEMES)("the style in %s", (theme) => {
  test.each([
    ["of a saved map", SAVED],
    ["of the overview alone", { land: null, over: "pmtiles://overview-1" }],
    ["of a small map over the overview", BOTH],
    ["of nothing saved", EMPTY],
  ])("%s is valid", (_, from) => {
    expect(validateStyleMin(style({ theme, ...from }) as never).map((wrong) => wrong.message)).toEqual([]);
  });

  test("has no colour beside the tokens of its theme", () => {
    const own = new Set<string>(Object.values(COLOURS[theme]));
    const colours = words(style({ theme, ...BOTH }).layers).filter((word) => /^(#|rgb|hsl)/.test(word));
    expect(colours.length).toBeGreaterThan(50);
    expect(colours.map(hexOf).filter((colour) => !own.has(colour))).toEqual([]);
  });

  test("asks for no image that is not drawn here", () => {
    const asked = words(style({ theme, ...BOTH }).layers).filter((word) => word.startsWith(`${theme}/`));
    const whole = asked.filter((name) => !name.endsWith("-"));
    expect(whole.length).toBeGreaterThan(8);
    expect(whole.filter((name) => !known(name))).toEqual([]);
    const sizes = ["-small", "", "-chosen"];
    const forms = ["building", "spot", "route", "online", "mental", "thing"];
    const pins = forms.flatMap((form) => sizes.map((size) => `${theme}/pin-${form}${size}`));
    const signs = ["fault", "shut", "today"].flatMap((sign) => sizes.map((size) => `${theme}/sign-${sign}${size}`));
    expect([...pins, ...signs].filter((name) => !known(name))).toEqual([]);
  });
});

describe.each(["light", "dark"] as const)("with a municipality's own colour, in %s", (theme) => {
  const own = style({ theme, act: "#123456", ...BOTH });

  test("routes and images have it, the look's own is nowhere, and nothing else has changed", () => {
    expect(validateStyleMin(own as never).map((wrong) => wrong.message)).toEqual([]);
    const text = JSON.stringify(own);
    expect(text).toContain("#123456");
    expect(text).not.toContain(COLOURS[theme].act);
    const back = text.replaceAll(`${theme}:#123456/`, `${theme}/`).replaceAll("#123456", COLOURS[theme].act);
    expect(JSON.parse(back)).toEqual(style({ theme, ...BOTH }));
  });

  test("every image has a name of its own, so that the one drawn before is not taken for it", () => {
    const asked = words(own.layers).filter((word) => word.startsWith(`${theme}:#123456/`));
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.filter((name) => !name.endsWith("-") && !known(name))).toEqual([]);
    expect(words(own.layers).filter((word) => word.startsWith(`${theme}/`))).toEqual([]);
  });
});

test.each(["contrast", "contrast-dark"] as const)("%s keeps its own colour", (theme) => {
  expect(style({ theme, act: "#123456", ...BOTH })).toEqual(style({ theme, ...BOTH }));
});

test("every layer of the table is there, in its order", () => {
  const there = ids(style({ theme: "light", ...SAVED }).layers).filter((id) => ORDER.includes(id));
  expect(there).toEqual(ORDER);
});

test("no layer stands twice, also with a small map over the overview", () => {
  const all = ids(style({ theme: "light", ...BOTH }).layers);
  expect(new Set(all).size).toBe(all.length);
});

test("the overview alone has the layers' own names, so that a theme and a test know them", () => {
  const alone = style({ theme: "light", land: null, over: "pmtiles://overview-1" });
  expect(ids(alone.layers)).toEqual(ids(style({ theme: "light", ...SAVED }).layers));
  expect(Object.keys(alone.sources)).toEqual(["over", "life", "pins", "you"]);
});

test("under a small map the overview lies below a plain floor", () => {
  const all = ids(style({ theme: "light", ...BOTH }).layers);
  expect(all.indexOf("over-water-sea")).toBeLessThan(all.indexOf("over-cover"));
  expect(all.indexOf("over-cover")).toBeLessThan(all.indexOf("water-sea"));
});

test("with nothing saved places, routes and you are drawn all the same", () => {
  const all = ids(style({ theme: "dark", ...EMPTY }).layers);
  expect(all).toEqual(expect.arrayContaining(["land", "route-unknown", "pin", "you"]));
  expect(all).not.toContain("water-sea");
});

test("nothing leads to another host: no glyph server, no sprite, fonts and maps from here", () => {
  const whole = style({ theme: "light", ...BOTH });
  expect(whole.glyphs).toBeUndefined();
  expect(whole.sprite).toBeUndefined();
  expect(words(whole).filter((word) => /^(https?:)?\/\//.test(word))).toEqual([]);
  expect(words(whole["font-faces"]).every((url) => url.endsWith(".woff2"))).toBe(true);
  const fonts = new Set(
    whole.layers.flatMap((layer) => words((layer.layout as { "text-font"?: string[] })?.["text-font"])),
  );
  expect([...fonts].sort()).toEqual(Object.keys(whole["font-faces"] ?? {}).sort());
});

test("widths grow by 1.5 between z10, z13 and z16", () => {
  expect(layerOf("shore").paint["line-width"]).toEqual([
    ...["interpolate", ["exponential", 1.5], ["zoom"]],
    ...[10, 1, 13, 1.8, 16, 2.5],
  ]);
  expect(layerOf("main").paint["line-width"]).toEqual(expect.arrayContaining([10, 1.5, 13, 5, 16, 12]));
  expect(layerOf("route-firm").paint["line-width"]).toEqual(expect.arrayContaining([10, 5, 13, 6, 16, 9]));
});

test("each surface of a route has a pattern of its own, and ved ikke is hollow", () => {
  const looks = ["firm", "loose", "unpaved", "other", "unknown"].map((surface) => {
    const { paint, layout } = layerOf(`route-${surface}`);
    return JSON.stringify([
      paint["line-dasharray"] ?? paint["line-pattern"] ?? (paint["line-gap-width"] ? "hollow" : "solid"),
      layout["line-cap"],
    ]);
  });
  expect(new Set(looks).size).toBe(5);
  expect(looks[4]).toContain("hollow");
});

test("no name on the map is smaller than 16 px, and each has a halo", () => {
  const names = style({ theme: "contrast", ...BOTH }).layers.filter((layer) => /^(over-)?name-/.test(layer.id));
  expect(names.length).toBeGreaterThan(5);
  for (const layer of names) {
    const { layout, paint } = layer as unknown as { layout: Record<string, unknown>; paint: Record<string, unknown> };
    const sizes =
      JSON.stringify(layout["text-size"])
        .match(/\b\d+(\.\d+)?\b/g)
        ?.map(Number) ?? [];
    const least = Math.min(...sizes.filter((size) => size > 13));
    expect([layer.id, least >= 16, paint["text-halo-width"]]).toEqual([layer.id, true, 2]);
  }
});

test("pins share no source with a pattern, whose rim would show under them", () => {
  const { layers } = style({ theme: "light", ...BOTH });
  const patterned = layers.filter((layer) => /-pattern"/.test(JSON.stringify(layer.paint ?? {})));
  const sources = new Set(patterned.map((layer) => "source" in layer && layer.source));
  expect(sources.has("life")).toBe(true);
  expect(sources.has("pins")).toBe(false);
});

test("names give way to pins and pins to you: later layers are placed first", () => {
  const all = ids(style({ theme: "light", ...SAVED }).layers);
  expect(all.indexOf("name-place")).toBeLessThan(all.indexOf("pin"));
  expect(all.indexOf("pin")).toBeLessThan(all.indexOf("you"));
});

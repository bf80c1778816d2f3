import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COLOURS, fade, type Role, THEMES, type Theme } from "#style/themes.ts";

/** Custom properties of a theme's own blocks in tokens.css; what a block inside a media query says is left out. */
function tokens(theme: Theme): Map<string, string> {
  const sheet = new URL("../../pwa/src/ui/look/tokens.css", import.meta.url);
  const css = readFileSync(sheet, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const found = new Map<string, string>();
  for (const [, selector = "", body = ""] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (!selector.includes(`[data-theme="${theme}"]`)) continue;
    for (const [, name = "", value = ""] of body.matchAll(/--([\w-]+):\s*([^;]+)/g)) found.set(name, value.trim());
  }
  return found;
}

describe.each(THEMES)("theme %s", (theme) => {
  const known = tokens(theme);

  test("every colour of the map is the token of that name", () => {
    for (const [role, colour] of Object.entries(COLOURS[theme]))
      expect([role, colour]).toEqual([role, known.get(role)]);
  });

  test("every map token is in the table", () => {
    const missing = [...known.keys()].filter((name) => name.startsWith("m-") && !(name in COLOURS[theme]));
    expect(missing).toEqual([]);
  });

  test("has the same roles as the others", () => {
    expect(Object.keys(COLOURS[theme])).toEqual(Object.keys(COLOURS.light) as Role[]);
  });
});

test("a share of a colour is that colour let through", () => {
  expect(fade("#12202a", 0.34)).toBe("rgba(18,32,42,0.34)");
});

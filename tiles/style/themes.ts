// The four themes as one table of colours. The keys are the names in tokens.css (pwa/src/ui/look) without the dashes,
// the values are its values; tests/style/themes.test.ts holds the two together. The map has no colour from elsewhere.

export type Theme = "light" | "dark" | "contrast" | "contrast-dark";
export const THEMES: readonly Theme[] = ["light", "dark", "contrast", "contrast-dark"];

export type Role =
  | "m-land"
  | "m-field"
  | "m-field-2"
  | "m-meadow"
  | "m-wood"
  | "m-heath"
  | "m-wetland"
  | "m-sand"
  | "m-water"
  | "m-shore"
  | "m-stream"
  | "m-park"
  | "m-built"
  | "m-building"
  | "m-yard"
  | "m-road"
  | "m-road-edge"
  | "m-main"
  | "m-main-edge"
  | "m-motor"
  | "m-track"
  | "m-path"
  | "m-rail"
  | "m-ferry"
  | "m-border"
  | "m-protect"
  | "m-dyke"
  | "m-label"
  | "m-label-water"
  | "m-label-nature"
  | "m-halo"
  | "m-case"
  | "m-veil"
  | "ink"
  | "ink-2"
  | "surface"
  | "act"
  | "on-act"
  | "now"
  | "on-now"
  | "bad";

export type Colours = Readonly<Record<Role, string>>;

export const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    "m-land": "#f3f0e3",
    "m-field": "#f0e9cc",
    "m-field-2": "#e9e4c6",
    "m-meadow": "#e1ebcd",
    "m-wood": "#c6dab8",
    "m-heath": "#e9ddd6",
    "m-wetland": "#d8e8df",
    "m-sand": "#f7eabf",
    "m-water": "#b9d9e7",
    "m-shore": "#437289",
    "m-stream": "#5f93ad",
    "m-park": "#d3e4c0",
    "m-built": "#e7e1d8",
    "m-building": "#cdc4b8",
    "m-yard": "#dfd8d2",
    "m-road": "#ffffff",
    "m-road-edge": "#867d70",
    "m-main": "#ffffff",
    "m-main-edge": "#6f675b",
    "m-motor": "#e2dacb",
    "m-track": "#7d715d",
    "m-path": "#6b604d",
    "m-rail": "#565b62",
    "m-ferry": "#2f6786",
    "m-border": "#6a5b7b",
    "m-protect": "#33664a",
    "m-dyke": "#6b7f63",
    "m-label": "#1f2d36",
    "m-label-water": "#0a4360",
    "m-label-nature": "#1c4529",
    "m-halo": "#ffffff",
    "m-case": "#ffffff",
    "m-veil": "#12202a",
    ink: "#12202a",
    "ink-2": "#334550",
    surface: "#ffffff",
    act: "#7a0f45",
    "on-act": "#ffffff",
    now: "#ffcf33",
    "on-now": "#12202a",
    bad: "#8a2206",
  },
  dark: {
    "m-land": "#161f20",
    "m-field": "#1a2422",
    "m-field-2": "#1e2824",
    "m-meadow": "#1b2a21",
    "m-wood": "#1c3325",
    "m-heath": "#2a2526",
    "m-wetland": "#182b2d",
    "m-sand": "#2c2a1e",
    "m-water": "#0b2230",
    "m-shore": "#4d7f97",
    "m-stream": "#376680",
    "m-park": "#1c2e20",
    "m-built": "#232a2e",
    "m-building": "#343d43",
    "m-yard": "#282d30",
    "m-road": "#5f6d76",
    "m-road-edge": "#0b1217",
    "m-main": "#76848d",
    "m-main-edge": "#0b1217",
    "m-motor": "#87959e",
    "m-track": "#77725f",
    "m-path": "#8f8870",
    "m-rail": "#7c8690",
    "m-ferry": "#5b9bbb",
    "m-border": "#9a8bb0",
    "m-protect": "#5f9a78",
    "m-dyke": "#6f8a72",
    "m-label": "#eaf0f3",
    "m-label-water": "#abdaf0",
    "m-label-nature": "#b9e2c4",
    "m-halo": "#0b1217",
    "m-case": "#0b1217",
    "m-veil": "#000000",
    ink: "#f3f6f8",
    "ink-2": "#c6d1d8",
    surface: "#141e26",
    act: "#f2b1c9",
    "on-act": "#33051c",
    now: "#ffd75a",
    "on-now": "#1a1500",
    bad: "#ffb9a3",
  },
  contrast: {
    "m-land": "#ffffff",
    "m-field": "#ffffff",
    "m-field-2": "#ffffff",
    "m-meadow": "#ffffff",
    "m-wood": "#e3f0df",
    "m-heath": "#ffffff",
    "m-wetland": "#ffffff",
    "m-sand": "#ffffff",
    "m-water": "#d3e9f5",
    "m-shore": "#00334d",
    "m-stream": "#00334d",
    "m-park": "#ffffff",
    "m-built": "#efefef",
    "m-building": "#bdbdbd",
    "m-yard": "#efefef",
    "m-road": "#ffffff",
    "m-road-edge": "#4a4a4a",
    "m-main": "#ffffff",
    "m-main-edge": "#000000",
    "m-motor": "#c9c9c9",
    "m-track": "#3a3a3a",
    "m-path": "#3a3a3a",
    "m-rail": "#000000",
    "m-ferry": "#00334d",
    "m-border": "#3a2a55",
    "m-protect": "#003d22",
    "m-dyke": "#3a3a3a",
    "m-label": "#000000",
    "m-label-water": "#00334d",
    "m-label-nature": "#003d22",
    "m-halo": "#ffffff",
    "m-case": "#ffffff",
    "m-veil": "#000000",
    ink: "#000000",
    "ink-2": "#000000",
    surface: "#ffffff",
    act: "#5b0030",
    "on-act": "#ffffff",
    now: "#ffdd33",
    "on-now": "#000000",
    bad: "#6b1500",
  },
  "contrast-dark": {
    "m-land": "#000000",
    "m-field": "#000000",
    "m-field-2": "#000000",
    "m-meadow": "#000000",
    "m-wood": "#0d2413",
    "m-heath": "#000000",
    "m-wetland": "#000000",
    "m-sand": "#000000",
    "m-water": "#06202e",
    "m-shore": "#9fd6f2",
    "m-stream": "#9fd6f2",
    "m-park": "#000000",
    "m-built": "#1a1a1a",
    "m-building": "#4d4d4d",
    "m-yard": "#1a1a1a",
    "m-road": "#6a6a6a",
    "m-road-edge": "#000000",
    "m-main": "#9a9a9a",
    "m-main-edge": "#000000",
    "m-motor": "#c0c0c0",
    "m-track": "#b0b0b0",
    "m-path": "#c4c4c4",
    "m-rail": "#d0d0d0",
    "m-ferry": "#9fd6f2",
    "m-border": "#cdbfe6",
    "m-protect": "#b8f5cf",
    "m-dyke": "#b0b0b0",
    "m-label": "#ffffff",
    "m-label-water": "#c4e9fb",
    "m-label-nature": "#b8f5cf",
    "m-halo": "#000000",
    "m-case": "#000000",
    "m-veil": "#000000",
    ink: "#ffffff",
    "ink-2": "#ffffff",
    surface: "#000000",
    act: "#ffe14d",
    "on-act": "#000000",
    now: "#ffe14d",
    "on-now": "#000000",
    bad: "#ffc9b8",
  },
};

/** What is drawn on a municipality's own `act`: as server/model/colours.py has it; the strong themes keep theirs. */
const ON_OWN: Readonly<Partial<Record<Theme, string>>> = { light: "#ffffff", dark: "#0d151b" };

/** A theme, and behind a colon the municipality's own `act` where it has one: `light`, `dark:#9fd0ff`. The name of all that is drawn. */
export type Look = Theme | `${Theme}:#${string}`;

export function lookOf(theme: Theme, act: string | null): Look {
  return act && ON_OWN[theme] ? `${theme}:${act as `#${string}`}` : theme;
}

/** The colours of a look; null for a name that is none. */
export function coloursOf(look: string): Colours | null {
  const [name, act] = look.split(":");
  const theme = THEMES.find((one) => one === name);
  if (!theme) return null;
  return act ? { ...COLOURS[theme], act, "on-act": ON_OWN[theme] ?? COLOURS[theme]["on-act"] } : COLOURS[theme];
}

/** `colour` (#rrggbb) let through: for the few colours that are a share of another, as "45 % of dyke". `share` is 0 to 1. */
export function fade(colour: string, share: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${share})`;
}

/** The four themes. `theme.js` sets one before the first paint; here the person's choice and the phone's wish are followed. */
import { signal } from "@preact/signals";
import { choice, choose } from "./choice.ts";

export type Theme = "light" | "dark" | "contrast" | "contrast-dark";
export const THEMES: readonly Theme[] = ["light", "dark", "contrast", "contrast-dark"];

const asks = (query: string) => matchMedia(query);

/** What is shown now. */
export const theme = signal<Theme>("light");

function wished(): Theme {
  const dark = asks("(prefers-color-scheme: dark)").matches;
  if (asks("(prefers-contrast: more)").matches) return dark ? "contrast-dark" : "contrast";
  return dark ? "dark" : "light";
}

function show(): void {
  const own = choice("theme").value;
  theme.value = THEMES.find((name) => name === own) ?? wished();
  document.documentElement.dataset.theme = theme.value;
}

/** "" is "as the phone". */
export function chooseTheme(next: Theme | ""): void {
  choose("theme", next);
  show();
}

export function followTheme(): void {
  show();
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    asks(query).addEventListener("change", show);
  }
}

import { paths } from "./paths.ts";
import type { deskPaths } from "./paths-desk.ts";
import type { laterPaths } from "./paths-later.ts";

export type IconName = keyof typeof paths | keyof typeof laterPaths | keyof typeof deskPaths;

let drawn: Partial<Record<IconName, string>> = paths;

/** The drawings of later screens, brought by the file that draws them. */
export function addIcons(more: Partial<Record<IconName, string>>): void {
  drawn = { ...drawn, ...more };
}

/** A drawing beside a word; it says nothing by itself, so a screen reader passes it over. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawn[name]} />
    </svg>
  );
}

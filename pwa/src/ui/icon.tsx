import { type IconName, paths } from "./paths.ts";

export type { IconName };

/** A drawing beside a word; it says nothing by itself, so a screen reader passes it over. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

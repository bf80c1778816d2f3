/**
 * The low horizon under a head: the only ornament. A municipality draws its own as look/horizon/<its code>.svg, two paths, and builds;
 * the settings that a server sends have no drawing yet. Where there is none, a plain line of land stands.
 */
import { signal } from "@preact/signals";

interface Land {
  readonly far: string;
  readonly near: string;
}

/** The paths of look/horizon/default.svg. */
const PLAIN: Land = {
  far: "M0 44V35q130-7 260-4t280 0q150-5 280 3v10z",
  near: "M0 44v-5q120-3 240-1t230-1q120-3 200 0t150 1v6z",
};
const drawings: Readonly<Record<string, () => Promise<unknown>>> = import.meta.glob("./look/horizon/[0-9]*.svg", {
  query: "?raw",
  import: "default",
});

/** null while a drawing is on its way: an empty sky does not change its shape before one's eyes. */
const land = signal<Land | null>(PLAIN);

/** The paths of a drawing by their class; the plain ones where it has not both. */
export function landOf(svg: string): Land {
  const path = (name: string) => svg.match(new RegExp(`class="${name}" d="([^"]+)"`))?.[1];
  const [far, near] = [path("far"), path("near")];
  return far && near ? { far, near } : PLAIN;
}

/** Called when the municipality is known; `code` is its number. */
export async function drawHorizon(code: string): Promise<void> {
  const drawing = drawings[`./look/horizon/${code}.svg`];
  if (!drawing) return;
  land.value = null;
  land.value = await drawing().then(
    (svg) => landOf(String(svg)),
    () => PLAIN,
  );
}

export function Horizon() {
  return (
    <svg class="horizon" aria-hidden="true" focusable="false" viewBox="0 0 820 44" preserveAspectRatio="xMinYMax slice">
      <path class="far" d={land.value?.far} />
      <path class="near" d={land.value?.near} />
    </svg>
  );
}

/** Maps on the phone in words: which there are, what each says of itself. */

import type { Point } from "../../geo/distance.ts";
import { metres } from "../../geo/distance.ts";
import type { Pack } from "../../pack/packs.ts";
import { site } from "../../store/signals.ts";
import { t, told } from "../../text/t.ts";

/** The overview comes and goes by itself and is nothing to choose. */
export function offered(packs: readonly Pack[]): Pack[] {
  return packs.filter((p) => p.manifest.id !== "overview");
}

export function wholeMap(packs: readonly Pack[]): Pack | undefined {
  return packs.find((p) => p.manifest.id === "all");
}

export function packName(pack: Pack): string {
  return pack.manifest.id === "all" ? t("saved.whole") : told(pack.manifest.name).words;
}

/** A map with detail that can be used now, by the state alone. */
export function isReady(pack: Pack): boolean {
  return pack.manifest.id !== "overview" && pack.usable;
}

/** The small map to offer first: around the person's town or position where one is known, else the first town. */
export function smallMap(packs: readonly Pack[], near: Point | null): Pack | undefined {
  const small = offered(packs).filter((p) => p.manifest.id !== "all");
  if (!near) {
    const first = site.value?.towns[0]?.point;
    return first ? closest(small, first) : small[0];
  }
  return closest(small, near);
}

function closest(packs: readonly Pack[], to: Point): Pack | undefined {
  const far = ({ manifest: { bounds } }: Pack) =>
    metres(to, [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2]);
  return [...packs].sort((a, b) => far(a) - far(b))[0];
}

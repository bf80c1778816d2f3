/** Underlag, in the words of the desk's choices. */
import type { Surface } from "../../api/types.gen.ts";
import type { Choice } from "./field.tsx";

export const SURFACES: readonly Choice<Surface>[] = [
  ["firm", "Fast: asfalt, fliser, hårdt grus"],
  ["loose", "Løst: sand, løst grus, flis"],
  ["unpaved", "Uden belægning: jord, græs, skovsti"],
  ["other", "Andet"],
];

/** The surface of a fact as it is typed; null of one that is not known. */
export const surfaceOf = (fact: { readonly value: unknown } | null): Surface | null =>
  SURFACES.find(([surface]) => surface === fact?.value)?.[0] ?? null;

/** What the overview reads of the desk's copy. */
import { computed } from "@preact/signals";
import { places, reading } from "./data/copy.ts";

export interface Place {
  readonly id: string;
  readonly slug: string;
  readonly form: string;
  readonly state: "idea" | "developing" | "active" | "resting" | "dissolved";
  readonly name: { readonly da: string };
  readonly staff?: { readonly missing: readonly string[] };
}
export const isRead = computed(() => reading.value.phase === "ready");

export function all<T>(kind: "place"): T[] {
  return kind === "place" ? ([...places.value.values()] as T[]) : [];
}

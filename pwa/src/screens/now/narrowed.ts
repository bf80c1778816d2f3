/** What the list is narrowed to: a search and filters. They outlive the screen, so that going back finds them as they were. */
import { signal } from "@preact/signals";

export const query = signal("");
export const hits = signal<ReadonlyMap<string, number> | null>(null);
export const openNow = signal(false);
export const noSteps = signal(false);
export const fromHome = signal(false);

/** Used by the welcome and by Det sker: shows the list with one filter on. */
export function showOnly(what: "home" | "open"): void {
  fromHome.value = what === "home";
  openNow.value = what === "open";
  noSteps.value = false;
  find("");
}

export function find(text: string): void {
  query.value = text;
  const asked = text.trim();
  if (!asked) {
    hits.value = null;
    return;
  }
  void finder()
    .then(({ search }) => search(asked))
    .then((ids) => {
      if (query.value.trim() === asked) hits.value = new Map(ids.map((id, i) => [id, i]));
    });
}

export function clearAll(): void {
  openNow.value = false;
  noSteps.value = false;
  fromHome.value = false;
  find("");
}

/** The index and its words come when the field is first touched. */
export const finder = () => import("./search.ts");

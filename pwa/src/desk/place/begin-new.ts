/** The way to a new place: its draft is there before its screen is, so that a killed browser comes back to it. */
import { change } from "../data/draft.ts";
import { newId } from "../data/write.ts";
import { go } from "../go.ts";
import type { Name } from "./values.ts";

/** Begins a new place with these fields as its draft, and goes there. */
export function beginNew(fields: Partial<Record<Name, unknown>>, replace = false): void {
  const id = newId();
  for (const [field, value] of Object.entries(fields)) change("place", id, field, value, true);
  const path = `/desk/steder/${id}`;
  if (replace) history.replaceState(null, "", path);
  go(path);
}

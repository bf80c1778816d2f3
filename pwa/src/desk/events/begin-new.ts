/** The way to a new event: its draft is there before its screen is, so that a killed browser comes back to it. */
import { change } from "../data/draft.ts";
import { newId } from "../data/write.ts";
import { go } from "../go.ts";
import { pathOf } from "./path.ts";
import type { Name } from "./values.ts";
import { NEW_WHEN } from "./when.ts";

/** Begins a new event with these fields as its draft, and goes there. */
export function beginNew(fields: Partial<Record<Name, unknown>> = {}, replace = false): void {
  const id = newId();
  for (const [field, value] of Object.entries({ schedule: NEW_WHEN, ...fields }))
    change("event", id, field, value, true);
  if (replace) history.replaceState(null, "", pathOf(id));
  go(pathOf(id));
}

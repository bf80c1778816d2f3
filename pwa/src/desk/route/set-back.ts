// One step of a route's history taken back: its fields as they stood before it, to be looked at and saved. Pure.
import type { AccessDraft } from "../parts/access.tsx";
import type { FactDraft } from "../parts/facts.tsx";
import type { Step } from "../parts/history.tsx";
import { NO_ROUTE } from "./values.ts";
import { fresh, type Part, type Way } from "./way.ts";

/** `ours`: the line is ours to change. `way` null: the way stays as it is. */
export function setBack(
  step: Pick<Step, "fields">,
  way: Way,
  ours: boolean,
): { readonly fields: Readonly<Record<string, unknown>>; readonly way: Way | null } {
  const fields: Record<string, unknown> = {};
  const parts = new Map<string, Part>(way.map((one) => [one.id, one]));
  let order = way.map(({ id }) => id);
  let touched = false;
  for (const { field, before } of step.fields) {
    const [first, id = "", what = ""] = field.split("/");
    if (field === "order" && ours && Array.isArray(before)) {
      order = before as string[];
      touched = true;
    } else if (first === "stretches" && before !== undefined && (what !== "line" || (ours && before))) {
      const part = parts.get(id) ?? fresh(id);
      const next: Part =
        what === "line"
          ? { ...part, line: String(before) }
          : what === "surface"
            ? { ...part, surface: before as FactDraft | null }
            : { ...part, access: (before ?? part.access) as AccessDraft };
      parts.set(id, next);
      touched = true;
    } else if (field in NO_ROUTE) fields[field] = before ?? NO_ROUTE[field as keyof typeof NO_ROUTE];
  }
  const back = order.flatMap((id) => parts.get(id) ?? []).filter(({ line }) => line !== "");
  return { fields, way: touched && back.length > 0 ? back : null };
}

/** A thing in the landscape between its body and its form. Pure. */
import type { Facility } from "../../api/types.gen.ts";
import { type AccessDraft, NO_ACCESS } from "../parts/access.tsx";
import { Checking } from "../parts/check.ts";
import type { FactDraft } from "../parts/facts.tsx";
import type { SeasonDraft } from "../parts/season.tsx";
import type { TextDraft } from "../parts/text.tsx";

export interface ThingValues {
  readonly code: number | null;
  readonly type_text: string;
  readonly name: TextDraft | null;
  readonly point: Facility["point"] | null;
  readonly access: AccessDraft;
  readonly season: SeasonDraft | null;
  readonly open_24h: FactDraft | null;
  /** Null: as it is. No body says it. */
  readonly public: boolean | null;
}
export type ThingName = keyof ThingValues;

export const NO_THING: ThingValues = {
  code: null,
  type_text: "",
  name: null,
  point: null,
  access: NO_ACCESS,
  season: null,
  open_24h: null,
  public: null,
};

export function thingOf(facility: Facility | null, set: Readonly<Record<string, unknown>> = {}): ThingValues {
  const stands = (facility ?? {}) as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const [name, empty] of Object.entries(NO_THING)) found[name] = (name in set ? set[name] : stands[name]) ?? empty;
  return found as unknown as ThingValues;
}

export function checkThing(
  set: Readonly<Record<string, unknown>>,
  isNew = false,
): { set: Record<string, unknown>; wrongs: Map<string, string> } {
  const c = new Checking();
  const sent: Record<string, unknown> = { ...set };
  if ("name" in set) sent.name = c.text(set.name as TextDraft | null, "name", 120);
  if ("access" in set) sent.access = c.access(set.access as AccessDraft | null, "access");
  if ("open_24h" in set) sent.open_24h = c.fact(set.open_24h as FactDraft | null, "open_24h");
  if ("type_text" in set || isNew)
    sent.type_text =
      c.line(String(set.type_text ?? ""), "type_text", 200, "Skriv, hvad det er: bænk, toilet, bord.") ?? "";
  if (("point" in set || isNew) && !set.point) c.tell("point", "Skriv, hvor det står: 54,765, 11,872.");
  if (set.public === null) delete sent.public;
  return { set: sent, wrongs: c.wrongs };
}

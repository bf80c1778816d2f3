// A route between its body and its form. Pure.
import type { Mode, Route } from "../../api/types.gen.ts";
import { decode } from "../../geo/line.ts";
import { type Bounds, wrongLine } from "../map/allowed.ts";
import type { AccessDraft } from "../parts/access.tsx";
import type { ApproachDraft } from "../parts/approaches.tsx";
import { Checking } from "../parts/check.ts";
import type { ClosureDraft } from "../parts/closures.tsx";
import type { FactDraft } from "../parts/facts.tsx";
import type { SeasonDraft } from "../parts/season.tsx";
import type { TextDraft } from "../parts/text.tsx";
import type { Said } from "./way.ts";

export interface RouteValues {
  readonly name: TextDraft | null;
  readonly slug: string;
  readonly modes: readonly Mode[];
  readonly season: SeasonDraft | null;
  readonly approaches: readonly ApproachDraft[];
  readonly closures: readonly ClosureDraft[];
  /** Null: as it is. No body says it. */
  readonly public: boolean | null;
}
export type RouteName = keyof RouteValues;

export const NO_ROUTE: RouteValues = {
  name: null,
  slug: "",
  modes: [],
  season: null,
  approaches: [],
  closures: [],
  public: null,
};

export function routeOf(route: Route | null, set: Readonly<Record<string, unknown>> = {}): RouteValues {
  const stands = (route ?? {}) as Readonly<Record<string, unknown>>;
  const found: Record<string, unknown> = {};
  for (const [name, empty] of Object.entries(NO_ROUTE)) found[name] = (name in set ? set[name] : stands[name]) ?? empty;
  return found as unknown as RouteValues;
}

const NO_LINE = "Tegn ruten på kortet. En rute uden linje kan ikke gemmes.";

/** `set` as it is sent, and what is wrong, by the path of the field; of a stretch by its id. */
export function checkRoute(
  set: Readonly<Record<string, unknown>>,
  isNew = false,
  bounds: Bounds | null = null,
): { set: Record<string, unknown>; wrongs: Map<string, string> } {
  const c = new Checking();
  const sent: Record<string, unknown> = { ...set };
  if ("name" in set || isNew)
    sent.name = c.text((set.name as TextDraft | undefined) ?? null, "name", 120, "Skriv, hvad ruten hedder.");
  if ("slug" in set) sent.slug = c.slug(String(set.slug ?? ""), "slug");
  if (Array.isArray(set.approaches)) sent.approaches = c.approaches(set.approaches as ApproachDraft[], "approaches");
  if (Array.isArray(set.closures)) sent.closures = c.closures(set.closures as ClosureDraft[], "closures");
  if (Array.isArray(set.stretches)) sent.stretches = (set.stretches as Said[]).map((one) => stretch(one, c, bounds));
  if (isNew && !(Array.isArray(set.stretches) && set.stretches.length > 0)) c.tell("stretches", NO_LINE);
  if (set.public === null) delete sent.public;
  return { set: sent, wrongs: c.wrongs };
}

function stretch(said: Said, c: Checking, bounds: Bounds | null): Said {
  const at = `stretches/${said.id}`;
  const points = said.line === undefined ? null : decode(said.line);
  if (points && points.length < 2) c.tell(at, "Strækket har ingen linje. Tegn den på kortet, eller fjern strækket.");
  const wrong = points && wrongLine(points, bounds);
  if (wrong) c.tell(at, wrong);
  return {
    ...said,
    ...("surface" in said ? { surface: c.fact(said.surface as FactDraft | null, `${at}/surface`) } : {}),
    ...("access" in said ? { access: c.access(said.access as AccessDraft | null, `${at}/access`) } : {}),
  };
}

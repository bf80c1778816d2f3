// The way of a route while it is written: its stretches in order, drawn, cut, joined, moved. Pure; and what of it is sent.
import type { Closure, Stretch } from "../../api/types.gen.ts";
import { metres, type Point } from "../../geo/distance.ts";
import { decode } from "../../geo/line.ts";
import { encode, same } from "../map/encode.ts";
import { joined, lengthOf, moved } from "../map/line.ts";
import type { AccessDraft } from "../parts/access.tsx";
import { NO_ACCESS } from "../parts/access.tsx";
import type { FactDraft } from "../parts/facts.tsx";

export interface Part {
  readonly id: string;
  /** Encoded; "" until it is drawn. */
  readonly line: string;
  readonly surface: FactDraft | null;
  readonly access: AccessDraft;
}
export type Way = readonly Part[];

/** What save_route takes of one stretch. */
export interface Said {
  readonly id: string;
  readonly line?: string;
  readonly surface?: FactDraft | null;
  readonly access?: AccessDraft | null;
}

export const fresh = (id: string): Part => ({ id, line: "", surface: null, access: NO_ACCESS });

/** As it stands, with what was said anew laid over. */
export function wayOf(stands: readonly Stretch[], set: Readonly<Record<string, unknown>>): Way {
  const said = (set.stretches as readonly Said[] | undefined) ?? [];
  const order = (set.order as readonly string[] | undefined) ?? stands.map(({ id }) => id);
  return order.flatMap((id): Part[] => {
    const here = stands.find((one) => one.id === id);
    const over = said.find((one) => one.id === id);
    if (!here && over?.line === undefined) return [];
    const base = here ? { id, line: here.line, surface: here.surface, access: here.access as AccessDraft } : fresh(id);
    return [{ ...base, ...over, access: (over?.access === undefined ? base.access : over.access) ?? NO_ACCESS }];
  });
}

/** The fields of save_route that make of what stands this way; undefined where one says nothing. */
export function saidOf(
  stands: readonly Stretch[],
  way: Way,
): { stretches: readonly Said[] | undefined; order: readonly string[] | undefined } {
  const stretches = way.flatMap((part): Said[] => {
    const here = stands.find(({ id }) => id === part.id);
    const said: Record<string, unknown> = {};
    for (const name of ["line", "surface", "access"] as const)
      if (here ? !alike(here[name], part[name]) : name === "line" || !alike(fresh("")[name], part[name]))
        said[name] = part[name];
    return Object.keys(said).length > 0 ? [{ id: part.id, ...said }] : [];
  });
  const ids = way.map(({ id }) => id);
  return {
    stretches: stretches.length > 0 ? stretches : undefined,
    order: alike(
      ids,
      stands.map(({ id }) => id),
    )
      ? undefined
      : ids,
  };
}

const alike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Of the whole way, as it is drawn. */
export const metresOf = (way: Way): number => way.reduce((sum, { line }) => sum + lengthOf(decode(line)), 0);

/** A line drawn anew. A neighbour that met it at an end goes along with that end. */
export function drawn(way: Way, id: string, line: string): Way {
  const at = way.findIndex((one) => one.id === id);
  const [before, after] = [decode(way[at]?.line ?? ""), decode(line)];
  const ends = (points: readonly Point[]) => [points[0], points.at(-1)] as const;
  const [oldStart, oldEnd] = ends(before);
  const [start, end] = ends(after);
  return way.map((one, i) => {
    if (i === at) return { ...one, line };
    const points = decode(one.line);
    const last = points.length - 1;
    const follows = (corner: Point | undefined, old: Point | undefined, now: Point | undefined): Point | null =>
      corner && old && now && same(corner, old) && !same(old, now) ? now : null;
    const ring = way.length > 1;
    const tail =
      i === at - 1 || (ring && at === 0 && i === way.length - 1) ? follows(points[last], oldStart, start) : null;
    const head = i === at + 1 || (ring && at === way.length - 1 && i === 0) ? follows(points[0], oldEnd, end) : null;
    const tailed = tail ? moved(points, last, tail) : points;
    const both = head ? moved(tailed, 0, head) : tailed;
    return tail || head ? { ...one, line: encode(both) } : one;
  });
}

/** In two at a point of it: both halves are of what the whole was of. */
export function cut(way: Way, id: string, first: string, second: string, newId: string): Way {
  return way.flatMap((one) =>
    one.id === id
      ? [
          { ...one, line: first },
          { ...one, id: newId, line: second },
        ]
      : [one],
  );
}

/** A closure of a stretch that was cut is of both halves. */
export function cutClosures<C extends Pick<Closure, "stretch_ids">>(
  closures: readonly C[],
  id: string,
  newId: string,
): C[] {
  return closures.map((one) =>
    one.stretch_ids?.includes(id)
      ? { ...one, stretch_ids: one.stretch_ids.flatMap((at) => (at === id ? [id, newId] : [at])) }
      : one,
  );
}

/** One with the next. What is said of both alike stays; of the rest nobody knows any more which part it is of. Null: they do not meet. */
export function join(way: Way, at: number): { readonly way: Way; readonly lost: boolean } | null {
  const [one, other] = [way[at], way[at + 1]];
  if (!one || !other) return null;
  const points = joined(decode(one.line), decode(other.line));
  if (!points) return null;
  const keep = <T>(a: T | null, b: T | null): T | null => (alike(a, b) ? a : null);
  const names = Object.keys(NO_ACCESS) as (keyof AccessDraft)[];
  const access = Object.fromEntries(names.map((name) => [name, keep(one.access[name], other.access[name])]));
  const whole: Part = {
    id: one.id,
    line: encode(points),
    surface: keep(one.surface, other.surface),
    access: access as unknown as AccessDraft,
  };
  const lost = !alike([one.surface, one.access], [other.surface, other.access]);
  return { way: [...way.slice(0, at), whole, ...way.slice(at + 2)], lost };
}

/** A closure of a stretch that is gone into another (`to`), or is gone (null). One that is left with none goes. */
export function gone<C extends Pick<Closure, "stretch_ids">>(
  closures: readonly C[],
  id: string,
  to: string | null,
): C[] {
  return closures.flatMap((one) => {
    if (!one.stretch_ids?.includes(id)) return [one];
    const left = one.stretch_ids.flatMap((at) => (at !== id ? [at] : to ? [to] : []));
    return left.length > 0 ? [{ ...one, stretch_ids: [...new Set(left)] }] : [];
  });
}

export const removed = (way: Way, id: string): Way => way.filter((one) => one.id !== id);

/** The stretch at `at` one place on, or back. */
export function shifted(way: Way, at: number, by: 1 | -1): Way {
  const next = [...way];
  const [one] = next.splice(at, 1);
  if (one) next.splice(Math.max(0, at + by), 0, one);
  return next;
}

/** Where the end of a stretch and the beginning of the next lie apart: told, since a route is walked from one to the other. */
export function gaps(way: Way): readonly { readonly after: number; readonly metres: number }[] {
  return way.flatMap((one, i) => {
    const [end, start] = [decode(one.line).at(-1), decode(way[i + 1]?.line ?? "")[0]];
    const far = end && start ? metres(end, start) : 0;
    return far > 25 ? [{ after: i, metres: far }] : [];
  });
}

/** Made here: a UUIDv7. What is imported has a UUIDv5, and its line is its register's. */
export const isOurs = (id: string): boolean => id[14] === "7";

// Edits of one thing: those that were never sent become one, and one goes at a time (PROTOCOL.md, B17). Pure.
import { isOpen, keyOf } from "./batch.ts";
import { type Doing, setOf } from "./op.ts";
import type { KeptOp } from "./port.ts";
import type { Op } from "./wire.gen.ts";

/**
 * The op that takes these fields in: the last of its subject that waits, where that is an edit by the same verb under the same credential
 * and the server can not know it. null: there is none, so this is an op of its own.
 */
export function foldsInto(doing: Doing, ops: readonly KeptOp[]): KeptOp | null {
  const last = ops.filter((op) => isOpen(op) && keyOf(op.subject) === keyOf(doing.subject)).at(-1);
  const same = last?.edit === true && last.verb === doing.verb && last.credential === doing.credential;
  return same && !last.offered && setOf(doing.args) !== null ? last : null;
}

/** Both as one: what was said last of a field counts, and `base` is what the person saw before the first. */
export function folded(into: KeptOp, doing: Doing): Doing {
  const { args, base }: Op & { readonly args: unknown } = JSON.parse(into.line);
  return { ...doing, base, args: { ...doing.args, set: setWith(setOf(args) ?? {}, setOf(doing.args) ?? {}) } };
}

type Fields = Readonly<Record<string, unknown>>;
type Part = Fields & { readonly id: string };

/** The fields of both, the later ones over the earlier; of `stretches`, which says things of parts by their ids, part by part. */
export function setWith(first: Fields, then: Fields): Fields {
  const set = { ...first, ...then };
  if (!Array.isArray(first.stretches) || !Array.isArray(set.stretches)) return set;
  const parts = new Map((first.stretches as Part[]).map((one) => [one.id, one]));
  for (const one of (then.stretches ?? []) as Part[]) parts.set(one.id, { ...parts.get(one.id), ...one });
  // What was said of a part that has gone since is said of nothing.
  const stretches = [...parts.values()].filter(({ id }) => !Array.isArray(set.order) || set.order.includes(id));
  if (stretches.length > 0) return { ...set, stretches };
  const { stretches: _, ...rest } = set as Fields & { stretches: unknown };
  return rest;
}

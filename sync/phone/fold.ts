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
  return { ...doing, base, args: { ...doing.args, set: { ...setOf(args), ...setOf(doing.args) } } };
}

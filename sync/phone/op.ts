// An op as the phone keeps it: made here and nowhere else, whether the person makes it or a file brings it (PROTOCOL.md, B1 and B10). Pure.
import type { Around, Credential, KeptOp } from "./port.ts";
import type { Op, Subject } from "./wire.gen.ts";

export interface Doing {
  readonly verb: string;
  readonly subject: Subject;
  readonly args: Readonly<Record<string, unknown>>;
  /** The staff `v` that the person saw; null for all that knows none. */
  readonly base?: string | null;
  readonly credential: Credential;
}

/** What makes an op this one: drawn once, however often its write is tried. */
export interface Drawn {
  readonly id: string;
  /** To the second, UTC. */
  readonly made_at: string;
}

export function drawn(around: Around): Drawn {
  return { id: around.id(), made_at: `${new Date(around.now()).toISOString().slice(0, 19)}Z` };
}

/** The op as it waits before it was ever sent. */
export function made(doing: Doing, order: number, { id, made_at }: Drawn): KeptOp {
  const { verb, subject, args, base = null, credential } = doing;
  // The server keeps a line's hash: with all but the second known, the second could be found by trying each of a day. A device's op says
  // no more: what stands beside the phone's anonymous ops in the inbox must not tell when the phone was in use.
  const day = credential === "none" || credential === "device";
  const at = day ? `${made_at.slice(0, 10)}T00:00:00Z` : made_at;
  const line = JSON.stringify(wellFormed({ id, verb, at, subject, base, args }));
  const op = keptOp({ id, line, made_at, verb, subject, credential, order });
  return setOf(args) ? { ...op, edit: true } : op;
}

/** An op in the outbox, waiting, of which nothing else is known yet. */
export function keptOp(
  told: Pick<KeptOp, "id" | "line" | "made_at" | "verb" | "subject" | "credential" | "order">,
): KeptOp {
  return {
    ...told,
    subject: { kind: told.subject.kind, id: told.subject.id },
    state: "waiting",
    delays: 0,
    offered: false,
    not_before: 0,
    reply: null,
    epoch: null,
    settled_at: null,
  };
}

/** The op as an object, for overlay and screens. Never written back: the line is what counts. */
export function opOf(kept: KeptOp): Op & { readonly args: Readonly<Record<string, unknown>> } {
  const said = JSON.parse(kept.line);
  return { ...said, at: kept.made_at ?? said.at };
}

/** What an op sets: fields of its thing, by name. null for an op that does something else. */
export function setOf(args: unknown): Readonly<Record<string, unknown>> | null {
  const set = typeof args === "object" && args !== null && "set" in args ? args.set : null;
  return typeof set === "object" && set !== null && !Array.isArray(set) ? (set as Record<string, unknown>) : null;
}

/** The order of what comes after these. */
export function nextOrder(ops: readonly KeptOp[]): number {
  return ops.reduce((last, op) => Math.max(last, op.order), 0) + 1;
}

/** Half a character (a lone surrogate) becomes U+FFFD, in names too: what `toWellFormed` does, which Firefox 115 lacks. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), wellFormed(inner)]));
}

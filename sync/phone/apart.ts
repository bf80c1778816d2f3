// Who waits for whom, so that what arrives together joins no anonymous op with a request under a credential, nor with another anonymous
// op of the same phone (PROTOCOL.md, B11-B14; docs/decisions/0005). Pure: from what is kept and a moment to what is kept.
import type { Apart, Hold, KeptOp } from "./port.ts";

/** Least and most ms, drawn evenly, between an anonymous op and a request that carries a credential, whichever comes first. */
export const APART_MS = [120_000, 1_200_000] as const;
/** The same between two anonymous ops; one that a new epoch has brought back waits APART_MS. */
export const GAP_MS = [10_000, 60_000] as const;
/** However many requests follow one another: this much in all, then what waits goes. */
export const AT_MOST_MS = 3_600_000;

/** Who looks on: nobody (false), a person at the outbox (true), or one who has just asked for the ops with these ids. */
export type Looking = boolean | readonly string[];

/** Until when this op waits for what was sent before it (ms); 0: it may go. */
export function heldUntil(op: KeptOp, apart: Apart, now: number, looking: Looking): number {
  if (looking === true || (looking !== false && looking.includes(op.id)) || op.id === apart.last) return 0;
  if (op.credential !== "none") return until(apart.known, now);
  // Settled once and open again: a new epoch has brought it back, and nobody waits for it.
  return until(op.settled_at === null ? apart.first : apart.again, now);
}

/** Until when a request that carries a credential and no op (a scope with a login, what concerns one device) waits; 0: it may go. */
export function knownUntil(apart: Apart, now: number): number {
  return until(apart.known, now);
}

/** What is kept after a request has gone out. `op`: the anonymous op in it; null: it carried a credential. */
export function sentNow(apart: Apart, op: string | null, now: number, random: () => number): Apart {
  const hold = (old: Hold, [least, most]: readonly [number, number]): Hold =>
    until(old, now) > 0
      ? { since: old.since, until: Math.min(Math.max(old.until, now + least), old.since + AT_MOST_MS) }
      : { since: now, until: now + Math.round(least + random() * (most - least)) };
  return {
    last: op,
    first: hold(apart.first, op === null ? APART_MS : GAP_MS),
    again: hold(apart.again, APART_MS),
    known: op === null ? apart.known : hold(apart.known, APART_MS),
  };
}

/** 0 where it is over, or further off than any wait: then a clock has jumped. */
function until(hold: Hold, now: number): number {
  return hold.until > now && hold.until - now <= AT_MOST_MS ? hold.until : 0;
}

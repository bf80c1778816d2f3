// Which ops go out next, and how long one waits that was put off. Pure: from ops and a moment to ops.
import type { Credential, KeptOp } from "./port.ts";
import type { Subject } from "./wire.gen.ts";

/** A moment further off than this is a clock that has jumped, not a wait. */
export const LONGEST_WAIT_MS = 6 * 3_600_000;
/** First wait after `later`, doubled each time. What a server does not know yet, it will not know in five seconds. */
const FIRST_WAIT_MS: Readonly<Record<string, number>> = { unknown_verb: 600_000, blob_missing: 60_000, full: 300_000 };
const WAIT_MS = 5_000;
const DOUBLINGS = 10;

/** ms to wait: never less than the server asked for, else doubling; up to 40 % more by `chance`, so that phones come back apart. */
export function wait(code: string, delays: number, retry_after_s: number | undefined, chance: number): number {
  const ours = (FIRST_WAIT_MS[code] ?? WAIT_MS) * 2 ** Math.min(delays, DOUBLINGS);
  return Math.min(LONGEST_WAIT_MS, Math.max(ours, (retry_after_s ?? 0) * 1000) * (1 + 0.4 * chance));
}

export function isOpen(op: KeptOp): boolean {
  return op.state === "waiting" || op.state === "sent";
}

/** Not held back by its own clock. What its subject has before it is `pick`'s affair. */
export function isDue(op: KeptOp, now: number): boolean {
  return op.not_before <= now || op.not_before - now > LONGEST_WAIT_MS;
}

export interface Limits {
  readonly ops: number;
  readonly bytes: number;
  /** Credentials that the server does not take now; their ops wait. */
  readonly without: ReadonlySet<Credential>;
  /** Until when an op waits for what was sent before it; 0: it may go (apart.ts). */
  readonly held: (op: KeptOp) => number;
}

/**
 * The next batch, in order: all of one credential, within the limits, and never past an earlier op of the same subject that stays behind.
 * After an edit the rest of its subject waits for the receipt: it was made on what the edit makes of the thing.
 * An anonymous op goes alone, so that no request, and no transaction of a server, holds two of one phone.
 */
export function pick(ops: readonly KeptOp[], now: number, limits: Limits): readonly KeptOp[] {
  const batch: KeptOp[] = [];
  const behind = new Set<string>();
  let bytes = 0;
  for (const op of ops) {
    if (!isOpen(op)) continue;
    const subject = keyOf(op.subject);
    const size = bytesOf(op.line) + 1;
    const goes =
      !behind.has(subject) &&
      isDue(op, now) &&
      !limits.without.has(op.credential) &&
      limits.held(op) === 0 &&
      (batch[0] === undefined ||
        (op.credential !== "none" &&
          batch[0].credential === op.credential &&
          batch.length < limits.ops &&
          bytes + size <= limits.bytes));
    if (goes) {
      batch.push(op);
      bytes += size;
    }
    if (!goes || op.edit) behind.add(subject);
  }
  return batch;
}

/** When something that waits by the clock is next due; null when nothing does. */
export function nextDue(ops: readonly KeptOp[], now: number, held: Limits["held"]): number | null {
  const heads = new Map<string, number>();
  for (const op of ops) {
    const subject = keyOf(op.subject);
    if (isOpen(op) && !heads.has(subject)) heads.set(subject, Math.max(isDue(op, now) ? now : op.not_before, held(op)));
  }
  return heads.size === 0 ? null : Math.min(...heads.values());
}

export function keyOf(subject: Subject): string {
  return `${subject.kind}\n${subject.id}`;
}

/** UTF-8 bytes of a well-formed string (no TextEncoder in this room's library). */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

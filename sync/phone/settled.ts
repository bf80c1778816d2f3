// What becomes of an op once it is answered: drawn until what it says has been read, kept for a server that has to begin from a backup.
import { isOpen } from "./batch.ts";
import { reached } from "./cursor.ts";
import type { KeptOp, OutboxPort } from "./port.ts";
import type { Result, Scope } from "./wire.gen.ts";

/** Applied ops stay so long, to be offered again if the server has to begin from a backup. */
export const KEPT_MS = 14 * 24 * 3_600_000;

/**
 * A page or a reply tells the server's epoch. Applied ops that another epoch took go back to waiting, before a copy of the new epoch is
 * shown; those of more than 14 days ago leave, whoever took them. Doing it twice changes nothing.
 */
export function epochSeen(epoch: string, port: OutboxPort, now: number): Promise<void> {
  return port.tx(async (tx) => {
    for (const op of await tx.all()) {
      if (!isApplied(op)) continue;
      if (isPast(op, now)) await tx.remove(op.id);
      else if (op.epoch !== epoch) await tx.put(reopened(op));
    }
  });
}

export function reopened({ unread: _, ...op }: KeptOp): KeptOp {
  return { ...op, state: "waiting", epoch: null, reply: null, delays: 0, not_before: 0 };
}

/** A read that began after these ops were applied has come to its end: whatever they said is on screen. */
export function caughtUp(ids: readonly string[], port: OutboxPort): Promise<void> {
  return port.tx(async (tx) => {
    for (const { unread, ...op } of await tx.all()) if (unread && ids.includes(op.id)) await tx.put(op);
  });
}

/**
 * Whether screens still draw this op over what they show. `onScreen`: the cursor of the copy on screen, by scope.
 * Refused: no. Applied: until every copy on screen that the reply names is of the reply's epoch and has reached its seq; without `seq`
 * until the phone has read on (`caughtUp`), and a device's not at all (its result is in `own` since the same transaction).
 */
export function inOverlay(op: KeptOp, onScreen: Readonly<Partial<Record<Scope, string | null>>>): boolean {
  if (isOpen(op)) return true;
  if (op.state === "refused" || op.reply?.status !== "applied") return false;
  const named = Object.entries(op.reply.seq);
  if (named.length === 0) return op.unread === true;
  let shown = false;
  for (const [scope, seq] of named) {
    const cursor = onScreen[scope as Scope];
    const at = cursor ? reached(cursor) : null;
    if (at === null) continue;
    shown = true;
    if (at.epoch !== op.epoch || at.seq < seq) return true;
  }
  return !shown;
}

export function isApplied(op: KeptOp): boolean {
  return op.state === "applied";
}

/** Applied so long ago that it is neither kept nor offered to anybody again. */
export function isPast(op: KeptOp, now: number): boolean {
  return isApplied(op) && op.settled_at !== null && now - op.settled_at > KEPT_MS;
}

/** Whether an answer tells by itself when the op is on screen. A device's result is in `own` with it. */
export function says(reply: Result, { credential }: KeptOp): boolean {
  const known = credential === "device" || credential === "guide";
  return reply.status !== "applied" || known || Object.keys(reply.seq).length > 0;
}

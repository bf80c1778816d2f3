// An op of the outbox as screens read it.
import { opOf } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";
import type { OutboxItem } from "./things.ts";

export function itemOf(op: KeptOp): OutboxItem {
  const { id, verb, subject, state, offered, reply } = op;
  const { at, args } = opOf(op);
  const item = {
    id,
    verb,
    subject,
    args: { ...args },
    at,
    state,
    offered,
    notBefore: op.not_before,
    settledAt: op.settled_at,
  };
  if (!reply || reply.status === "applied") return item;
  const { detail, name, on } = reply.status === "refused" ? reply : {};
  return { ...item, code: reply.code, ...(detail ? { detail } : {}), ...(name ? { name } : {}), ...(on ? { on } : {}) };
}

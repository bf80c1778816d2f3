// What an op will have done, shown before the server has said so. One pure function a verb: the thing as it stands and the op give the thing as shown.
import type { FaultNote, FaultWhat, Subject } from "./things.ts";

export interface OpShown {
  verb: string;
  subject: Subject;
  /** UTC, as told to the server. */
  at: string;
  args: Record<string, unknown>;
}

type Overlay = <T extends object>(thing: T, op: OpShown) => T;

/** Adds the fault with state "waiting", unless one of that kind is there and not mended. */
const reportFault: Overlay = (thing, op) => {
  const faults = (thing as { faults?: FaultNote[] }).faults;
  if (!faults) return thing;
  const what = op.args.what as FaultWhat;
  if (faults.some((one) => one.what === what && one.state !== "fixed")) return thing;
  const since = dayHere(op.at);
  return {
    ...thing,
    faults: [...faults.filter((one) => one.what !== what), { what, since, state: "waiting" as const }],
  };
};

export const overlay: Readonly<Record<string, Overlay>> = { report_fault: reportFault };

/** `things` by id, with every op of this kind laid over in order. The same map where nothing changes. */
export function laidOver<T extends object>(
  things: ReadonlyMap<string, T>,
  kind: string,
  ops: readonly OpShown[],
): ReadonlyMap<string, T> {
  let shown: Map<string, T> | null = null;
  for (const op of ops) {
    const thing = op.subject.kind === kind ? (shown ?? things).get(op.subject.id) : undefined;
    const next = thing && overlay[op.verb]?.(thing, op);
    if (!next || next === thing) continue;
    shown ??= new Map(things);
    shown.set(op.subject.id, next);
  }
  return shown ?? things;
}

/** Made when first needed: making one costs a cold start milliseconds. */
let day: Intl.DateTimeFormat | undefined;

/** The local date of a moment, YYYY-MM-DD. */
function dayHere(at: string): string {
  day ??= new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" });
  return day.format(new Date(at));
}

// The phone's end of the protocol, as a run uses it: today's, or an older one that is still out there on phones.
import { join } from "node:path";
import type { Doing } from "#phone/op.ts";
import * as outbox from "#phone/outbox.ts";
import type { Around, FeedPort, Generation, KeptOp, Net, OutboxPort } from "#phone/port.ts";
import * as reading from "#phone/pull.ts";
import type { Scope } from "#phone/wire.gen.ts";
import { ROOT } from "./teller.ts";

export interface PhoneEnd {
  readonly name: string;
  pull(scope: Scope, port: FeedPort, net: Net, around: Around, told: reading.Told): Promise<reading.Pulled>;
  enqueue(doing: Doing, port: OutboxPort, around: Around): Promise<KeptOp>;
  discard(id: string, port: OutboxPort): Promise<void>;
  retry(id: string, port: OutboxPort, around: Around): Promise<KeptOp | null>;
  epochSeen(epoch: string, port: OutboxPort, now: number): Promise<void>;
  /** Absent: a phone that draws a report no longer once it is taken, even if it has not read yet what another had said before. */
  caughtUp?(ids: readonly string[], port: OutboxPort): Promise<void>;
  /** Up to where a copy is whole: what the overlay goes by. */
  wholeOf(copy: Generation | null): string | null;
  inOverlay(op: KeptOp, onScreen: Readonly<Partial<Record<Scope, string | null>>>): boolean;
  /** `looking`: a person looks on, so that nothing waits for its own sake. */
  send(port: OutboxPort, net: Net, around: Around, looking: boolean): Promise<{ readonly next_at: number | null }>;
}

export const TODAY: PhoneEnd = {
  ...outbox,
  ...reading,
  name: "today",
  send: (port, net, around, looking) => outbox.send(port, net, around, { looking }),
};

/** The phone of the first release, as one module that nobody changes. Without it there is no simulation. */
const first = await import(/* @vite-ignore */ join(ROOT, "tests/recorded/first-slice/phone.mjs"));

export const FIRST_RELEASE: PhoneEnd = {
  ...first,
  name: "first release",
  wholeOf: (copy) => copy?.cursor ?? null,
  send: (port, net, around) => first.send(port, net, around),
};

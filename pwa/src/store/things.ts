// What screens and map read: the bodies of the wire, with the one state more that only a phone knows: a fault that waits here.
import type * as wire from "../api/types.gen.ts";

export type { Dissolved, Event, FaultWhat, Notice, Organiser, Site, Time } from "../api/types.gen.ts";

export type FaultNote = Omit<wire.FaultNote, "state"> & { state: wire.FaultNote["state"] | "waiting" };
export type Place = Omit<wire.Place, "faults"> & { readonly faults: readonly FaultNote[] };
export type Facility = Omit<wire.Facility, "faults"> & { readonly faults: readonly FaultNote[] };
export type Route = Omit<wire.Route, "faults"> & { readonly faults: readonly FaultNote[] };

export interface Subject {
  kind: string;
  id: string;
}

export interface OutboxItem {
  id: string;
  verb: string;
  subject: Subject;
  args: Record<string, unknown>;
  /** UTC: when it was made, as the person knows it. */
  at: string;
  state: "waiting" | "sent" | "applied" | "refused";
  /** It has been out at least once: the municipality may have it. */
  offered: boolean;
  /** ms, server's clock: not sent by itself before; 0: as soon as it can be. */
  notBefore: number;
  /** ms, server's clock: when it was applied or refused. */
  settledAt: number | null;
  /** Of the last answer, where it was no "applied". `name`, `on`: of what is gone. `detail`: Danish, for a code without words here. */
  code?: string;
  detail?: string;
  name?: string;
  on?: string;
}

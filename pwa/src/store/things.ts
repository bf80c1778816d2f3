// What screens and map read: the bodies of the wire, with the one state more that only a phone knows: a fault that waits here.
import type * as wire from "../api/types.gen.ts";

export type { Dissolved, FaultWhat, Site } from "../api/types.gen.ts";

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
  /** UTC, as told to the server. */
  at: string;
  state: "waiting" | "sent" | "applied" | "refused";
  code?: string;
  detail?: string;
}

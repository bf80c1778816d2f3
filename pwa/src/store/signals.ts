// The phone's data as signals. Screens and map read these and nothing below them.
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Dissolved, Facility, FaultWhat, OutboxItem, Place, Route, Site, Subject } from "./things.ts";

export type { Dissolved, Facility, FaultNote, FaultWhat, OutboxItem, Place, Route, Site, Subject } from "./things.ts";

export interface State {
  phase: "empty" | "reading" | "ready";
  /** Server's clock, in ms, of the last whole pull; null before the first. */
  readAt: number | null;
  /** "memory": the phone keeps nothing past this visit. */
  kept: "disk" | "memory";
  /** full: no room left; lost: the phone has deleted what was saved; closed: another version has the database. */
  trouble: null | "full" | "lost" | "closed";
  /** The copy did not add up and was read afresh. */
  reread: boolean;
}

export const places: ReadonlySignal<ReadonlyMap<string, Place | Dissolved>> = signal(new Map());
export const facilities: ReadonlySignal<ReadonlyMap<string, Facility>> = signal(new Map());
export const routes: ReadonlySignal<ReadonlyMap<string, Route>> = signal(new Map());
export const site: ReadonlySignal<Site | null> = signal(null);
export const state: ReadonlySignal<State> = signal({
  phase: "empty",
  readAt: null,
  kept: "disk",
  trouble: null,
  reread: false,
});
export const online: ReadonlySignal<boolean> = signal(false);
export const outbox: ReadonlySignal<readonly OutboxItem[]> = signal([]);

export async function reportFault(_subject: Subject, _args: { what: FaultWhat; text: string }): Promise<void> {}
export async function discard(_opId: string): Promise<void> {}
export async function retry(_opId: string): Promise<void> {}
export function now(): Date {
  return new Date();
}
export async function start(): Promise<void> {}
export async function pullNow(): Promise<void> {}

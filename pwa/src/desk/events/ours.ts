/** Whose an event is, and which ones who is logged in may touch. */
import { organisers } from "../data/copy.ts";
import { besides } from "../data/own.ts";
import type { Event, Organiser } from "../data/things.ts";

/** What staff, or its own organiser, read of an event stands in it: without, it is somebody else's. */
export const isOurs = (event: Event): boolean => event.staff !== undefined;

/** The organiser of an event; of one that is being made, the one for whom this person makes events. */
export function ownOrganiser(event: Event | null): Organiser | null {
  const id = event?.organiser_id ?? besides.value.organiser_id;
  return id === null ? null : (organisers.value.get(id) ?? null);
}

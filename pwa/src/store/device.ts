// What this phone follows and what it asked of hosts, as signals, and how that is changed. Comes late: no first row waits for it.
import { computed, type ReadonlySignal } from "@preact/signals";

/** The evening before; in time to order transport; one hour before. */
export type When = "evening" | "transport" | "hour";
export type FollowedKind = "event" | "place" | "organiser" | "area" | "settings";

/** What can be followed. `settings` (id "site"): all of it. `area`: round a town, by the slug of its Danish name. */
export interface Followed {
  readonly kind: FollowedKind;
  readonly id: string;
}

/** waiting: made here, and the server has not answered yet. refused: it said no; the outbox has the reason. */
export type Said = "known" | "waiting" | "refused";

export interface MyFollow extends Followed {
  /** Empty: told of changes alone. */
  readonly when: readonly When[];
  /** Of a series, the one time that the rule gives on this day; null: all of it. */
  readonly only: string | null;
  /** Local date. */
  readonly since: string;
  readonly said: Said;
}

export interface MySkip {
  readonly event_id: string;
  /** The day on which the rule gives it, YYYY-MM-DD. */
  readonly day: string;
  readonly said: Said;
}

export interface MyMet {
  readonly event_id: string;
  readonly day: string;
  /** The host's words to all who asked; null before. */
  readonly answer: Readonly<{ da: string; en?: string; de?: string }> | null;
  /** UTC. */
  readonly answered_at: string | null;
  readonly said: Said;
}

export const follows: ReadonlySignal<readonly MyFollow[]> = computed(() => []);
export const skips: ReadonlySignal<readonly MySkip[]> = computed(() => []);
export const met: ReadonlySignal<readonly MyMet[]> = computed(() => []);

/** Follows it, or follows it otherwise. Shown at once; sent when it can be. */
export async function follow(_what: Followed, _when: readonly When[], _only: string | null = null): Promise<void> {}

/** Stops. */
export async function unfollow(_what: Followed): Promise<void> {}

/** No reminder of the time that the rule gives on `day`; false takes it back. */
export async function skip(_eventId: string, _day: string, _skips = true): Promise<void> {}

/** "Jeg vil gerne mødes ved døren"; false takes it back. */
export async function askMet(_eventId: string, _day: string, _asks = true): Promise<void> {}

/** Asks for permission, from a tap alone, and tells the server where this phone is reached. */
export async function startPush(): Promise<"on" | "denied" | "install" | "none" | "later"> {
  return "none";
}

// What somebody reads who makes events and is no staff: GET /api/v1/organise. It is told whole each time, and lies in this computer's
// database `desk` in the place of what staff read: the same screens read it, with or without network. Staff read of it what is asked and
// counted alone.
import { type ReadonlySignal, signal } from "@preact/signals";
import type { FeedPort } from "#phone/port.ts";
import { ask } from "../../api/ask.ts";
import type { Event, Organiser, Text, Told } from "../../api/types.gen.ts";
import { serverNow } from "../../store/clock.ts";
import { getSetting, putSetting } from "../../store/own.ts";

/** How many want to be met at the door at a time, and what was answered. `day`: YYYY-MM-DD, on which the rule gives the time. */
export interface Asked {
  readonly event_id: string;
  readonly day: string;
  readonly number: number;
  readonly answer: Text | null;
}
/** How many came, and how many of them for the first time. */
export interface Counted {
  readonly event_id: string;
  readonly day: string;
  readonly came: number;
  readonly new: number;
}
interface Own {
  readonly organiser: Organiser | null;
  readonly events: readonly Event[];
  /** The v of each thing by its id: what an edit of it is based on. */
  readonly versions: Readonly<Record<string, string>>;
  readonly asked: readonly Asked[];
  readonly counts: readonly Counted[];
  readonly told: readonly Told[];
}

/** The key among the settings of what is asked and counted. */
const KEPT = "desk.asked";
interface Beside {
  readonly asked: readonly Asked[];
  readonly counts: readonly Counted[];
  /** Nothing where it was kept by an edition before. */
  readonly told?: readonly Told[];
  /** For whom this person makes events. */
  readonly organiser_id: string | null;
}
const NOTHING: Beside = { asked: [], counts: [], organiser_id: null };
const beside = signal<Beside>(NOTHING);
export const besides: ReadonlySignal<Beside> = beside;

/** Shows what was kept of it. */
export async function openBeside(): Promise<void> {
  beside.value = (await getSetting<Beside>(KEPT).catch(() => undefined)) ?? NOTHING;
}

export async function forgetBeside(): Promise<void> {
  beside.value = NOTHING;
  await putSetting(KEPT, NOTHING).catch(() => undefined);
}

export type OwnEnd = "done" | "login" | "forbidden" | "failed";

/** Asks for it. Into `port` go the events and the organiser, as one whole copy of the scope; null: what is asked and counted alone. */
export async function readOwn(port: FeedPort | null): Promise<{ readonly end: OwnEnd; readonly gen: number | null }> {
  const { status, body } = await ask<Own>("/api/v1/organise", { credentials: "same-origin" });
  if (status === 401) return { end: "login", gen: null };
  if (status === 403) return { end: "forbidden", gen: null };
  if (status !== 200 || body === null) return { end: "failed", gen: null };
  const { asked, counts, told, organiser } = body;
  beside.value = { asked, counts, told, organiser_id: organiser?.id ?? null };
  await putSetting(KEPT, beside.value).catch(() => undefined);
  return { end: "done", gen: port ? await keep(port, body) : null };
}

function keep(port: FeedPort, { organiser, events, versions }: Own): Promise<number> {
  const row = (kind: string, thing: Event | Organiser) => {
    return { kind, id: thing.id, v: versions?.[thing.id] ?? "", body: thing };
  };
  const rows = [...events.map((one) => row("event", one)), ...(organiser ? [row("organiser", organiser)] : [])];
  return port.tx("staff", async (tx) => {
    const { next } = await tx.kept();
    await tx.write(next, rows);
    const shown = { gen: next, cursor: null, whole: null, digest: 0, read_at: serverNow(), reload: false };
    await tx.keep({ shown, fresh: null, next: next + 1, reread_at: null, differs: false });
    await tx.sweep([next]);
    return next;
  });
}

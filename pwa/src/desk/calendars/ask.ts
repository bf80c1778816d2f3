/** What the room of calendars asks of the server. */
import { signal } from "@preact/signals";
import type { CalendarList, CalendarNow, CalendarSet, LookedAt } from "../../api/types.gen.ts";
import { ask, get, No, op } from "../ask.ts";
import { newId } from "../data/write.ts";
import { megabytes } from "../imports/send.ts";

export const LIMIT = 5 * 1024 * 1024;
/** A large calendar is read for up to a minute. */
const LOOK_MS = 90_000;

/** Those that were read last; null before that. */
export const calendars = signal<readonly CalendarNow[] | null>(null);

export async function read(): Promise<void> {
  calendars.value = (await get<CalendarList>("/calendars")).calendars;
}

/** Sends a file and has it looked at; nothing of it goes in. Throws `No`. */
export async function look(file: File): Promise<LookedAt> {
  if (file.size > LIMIT)
    throw new No(
      0,
      "too_large",
      `${file.name} fylder ${megabytes(file.size)}. Højst 5 MB. Gem kun de kommende måneder, og prøv igen.`,
    );
  let body: ArrayBuffer;
  try {
    body = await file.arrayBuffer();
  } catch {
    throw new No(0, "unread", "Filen kan ikke læses mere. Er den flyttet? Vælg den igen.");
  }
  return (await ask("/api/v1/calendars/look", {
    method: "POST",
    headers: { "content-type": "text/calendar" },
    body,
    signal: AbortSignal.timeout(LOOK_MS),
  })) as LookedAt;
}

/** A new one, or what is changed of one that is there. Returns its id. */
export async function save(set: Partial<CalendarSet>, id = newId()): Promise<string> {
  await op("save_calendar", "calendar", id, { set });
  await read();
  return id;
}

export interface Brought {
  readonly name?: string;
  readonly organiser_id?: string;
  readonly place_id?: string;
}

/** Brings in a file that was looked at; with `id` to the calendar that it is another file of. */
export async function bring(blob: string, more: Brought, id = newId()): Promise<string> {
  await op("import_calendar", "calendar", id, { blob, ...more });
  await read();
  return id;
}

export async function end(id: string): Promise<void> {
  await op("end_calendar", "calendar", id, {});
  await read();
}

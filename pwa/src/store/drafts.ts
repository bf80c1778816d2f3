// What is being written and not yet sent, in the store `drafts` of `own`: a deletion of choices leaves it, and so does a dead battery.
import { type ReadonlySignal, signal } from "@preact/signals";
import { own } from "./own.ts";

const written = signal<ReadonlyMap<string, unknown>>(new Map());
/** By the screen's own key. What was typed in this visit goes before what the phone had. */
export const drafts: ReadonlySignal<ReadonlyMap<string, unknown>> = written;

const failing = signal(false);
/** The last word could not be kept on the phone: it stands on the screen alone. */
export const unkept: ReadonlySignal<boolean> = failing;

let read: Promise<void> | null = null;

/** Once a visit, by the first screen that writes or lists. Never rejects. */
export function readDrafts(): Promise<void> {
  read ??= (async () => {
    const [keys, values] = await own.run((db) => {
      const { store } = db.transaction("drafts");
      return Promise.all([store.getAllKeys(), store.getAll()]);
    });
    written.value = new Map([...keys.map((key, at) => [key, values[at]] as const), ...written.peek()]);
  })().catch(() => undefined);
  return read;
}

/** Shows it at once; resolves when it is kept, or could not be (`unkept`). null takes it away. */
export async function keepDraft(key: string, value: unknown): Promise<void> {
  const next = new Map(written.peek());
  if (value === null) next.delete(key);
  else next.set(key, value);
  written.value = next;
  try {
    await own.run<unknown>((db) => (value === null ? db.delete("drafts", key) : db.put("drafts", value, key)));
    failing.value = false;
  } catch {
    failing.value = value !== null;
  }
}

/** After the person was asked. */
export async function eraseDrafts(): Promise<void> {
  await own.run((db) => db.clear("drafts"));
  written.value = new Map();
}

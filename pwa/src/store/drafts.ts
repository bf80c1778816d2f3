// What is being written and not yet sent, in the store `drafts` of `own`: a deletion of choices leaves it, and so does a dead battery.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { own } from "./own.ts";

const written = signal<ReadonlyMap<string, unknown>>(new Map());
/** By the screen's own key. What was typed in this visit goes before what the phone had. */
export const drafts: ReadonlySignal<ReadonlyMap<string, unknown>> = written;

/** Keys of what could not be kept: it stands on the screen alone. */
const failing = signal<ReadonlySet<string>>(new Set());
export const unkept: ReadonlySignal<boolean> = computed(() => failing.value.size > 0);

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
    fails(key, false);
  } catch {
    fails(key, value !== null);
  }
}

function fails(key: string, so: boolean): void {
  if (failing.peek().has(key) === so) return;
  const next = new Set(failing.peek());
  if (so) next.add(key);
  else next.delete(key);
  failing.value = next;
}

/** There may be room again: what stands on the screen alone is kept. False where it still can not be. */
export async function keepUnkept(): Promise<boolean> {
  for (const key of failing.peek()) await keepDraft(key, written.peek().get(key) ?? null);
  return !unkept.peek();
}

/** After the person was asked. */
export async function eraseDrafts(): Promise<void> {
  await own.run((db) => db.clear("drafts"));
  written.value = new Map();
}

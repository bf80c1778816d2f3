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

/** Keys of what was typed in this visit: what was only read may be old words of another tab. */
const typed = new Set<string>();

interface Dropped {
  readonly key: string;
  readonly value: unknown;
}
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("drafts");
channel?.addEventListener("message", ({ data }) => void dropped(data as Dropped));
// Node alone, where tests run: a listening channel must not keep the process alive.
(channel as unknown as { unref?: () => void } | null)?.unref?.();

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

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

/** Shows it at once; resolves when it is kept, or could not be (`unkept`). */
export async function keepDraft(key: string, value: unknown): Promise<void> {
  show(key, value);
  typed.add(key);
  try {
    await own.run((db) => db.put("drafts", value, key));
    fails(key, false);
  } catch {
    fails(key, true);
  }
}

/** Takes these words away, and no others: another tab may write there too, and what it has stays, on the disk as well. */
export async function dropDraft(key: string, value: unknown): Promise<void> {
  if (same(written.peek().get(key), value)) show(key, null);
  fails(key, false);
  await own
    .run(async (db) => {
      const { store, done } = db.transaction("drafts", "readwrite");
      if (same(await store.get(key), value)) await store.delete(key);
      await done;
    })
    .catch(() => undefined);
  channel?.postMessage({ key, value } satisfies Dropped);
}

/** Another tab has taken its words away, perhaps over those that were typed here. */
async function dropped({ key, value }: Dropped): Promise<void> {
  const mine = written.peek().get(key);
  if (mine === undefined) return;
  if (same(mine, value) || !typed.has(key)) return show(key, null);
  await own
    .run(async (db) => {
      const { store, done } = db.transaction("drafts", "readwrite");
      if ((await store.get(key)) === undefined) await store.put(mine, key);
      await done;
    })
    .catch(() => fails(key, true));
}

function show(key: string, value: unknown): void {
  const next = new Map(written.peek());
  if (value === null) next.delete(key);
  else next.set(key, value);
  written.value = next;
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
  for (const key of failing.peek()) {
    const value = written.peek().get(key);
    if (value === undefined) fails(key, false);
    else await keepDraft(key, value);
  }
  return !unkept.peek();
}

/** After the person was asked. */
export async function eraseDrafts(): Promise<void> {
  await own.run((db) => db.clear("drafts"));
  written.value = new Map();
  typed.clear();
}

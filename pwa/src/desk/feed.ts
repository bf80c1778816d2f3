/** What staff read, held in memory while the desk is open: read whole at start, then what is new. Nothing of it stays on the computer. */
import { signal } from "@preact/signals";
import { No } from "./ask.ts";

export interface Place {
  readonly id: string;
  readonly slug: string;
  readonly form: string;
  readonly state: "idea" | "developing" | "active" | "resting" | "dissolved";
  readonly name: { readonly da: string };
  readonly staff?: { readonly missing: readonly string[] };
}
interface Change {
  readonly kind: string;
  readonly id: string;
  readonly body: unknown;
}
interface Page {
  readonly cursor: string;
  readonly more: boolean;
  readonly changes: readonly Change[];
}

/** "kind id" → body. */
export const things = signal<ReadonlyMap<string, unknown>>(new Map());
export const isRead = signal(false);
let cursor: string | null = null;

export async function pull(): Promise<void> {
  const next = new Map(things.peek());
  for (let more = true; more; ) {
    const path = `/api/v1/sync/staff${cursor ? `?since=${encodeURIComponent(cursor)}` : ""}`;
    const answer = await fetch(path, { credentials: "same-origin", signal: AbortSignal.timeout(30_000) }).catch(
      () => null,
    );
    if (answer?.status === 410) {
      cursor = null;
      next.clear();
      continue;
    }
    if (answer?.status === 403) break; // this role reads no staff list, and that is no fault
    if (!answer?.ok) throw new No(answer?.status ?? 0, "unreached", "Listen kunne ikke hentes. Prøv igen om lidt.");
    const page = (await answer.json()) as Page;
    for (const { kind, id, body } of page.changes)
      if (body === null) next.delete(`${kind} ${id}`);
      else next.set(`${kind} ${id}`, body);
    cursor = page.cursor;
    more = page.more;
  }
  things.value = next;
  isRead.value = true;
}

/** Empties what was read: whoever logs in next on this computer reads afresh. */
export function forget(): void {
  cursor = null;
  things.value = new Map();
  isRead.value = false;
}

export function all<T>(kind: string): T[] {
  return [...things.value].filter(([key]) => key.startsWith(`${kind} `)).map(([, body]) => body as T);
}

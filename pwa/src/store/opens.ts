// Whether the app opens without network, by the only one who knows: the service worker, which looks whether it can read what it keeps.
import { type ReadonlySignal, signal } from "@preact/signals";
import { say } from "./worker.ts";

const told = signal<boolean | null>(null);
/** null: nobody has said so yet; there may be no worker. */
export const opens: ReadonlySignal<boolean | null> = told;

/** Asks once more. Where no worker comes it never ends, and nothing is said. */
export async function askOpens(): Promise<void> {
  await navigator.serviceWorker?.ready;
  const answer = await say({ do: "opens" });
  // A worker of the edition before does not know the question.
  if (typeof answer === "boolean") told.value = answer;
}

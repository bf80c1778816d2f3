// What one tab tells the others: a commit, not a request. Each tab shows the same without asking the server.
import type { FeedNews, Kept } from "#phone/port.ts";

export type Word =
  | { of: "feed"; news: FeedNews; kept: Kept }
  | { of: "outbox" }
  /** Everything is being deleted: ask for nothing, so that nothing comes back. */
  | { of: "halt" }
  | { of: "setting"; key: string; value: unknown };

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("store");

export function tell(word: Word): void {
  channel?.postMessage(word);
}

export function listen(hear: (word: Word) => void): void {
  channel?.addEventListener("message", (event) => hear(event.data as Word));
  // Node alone, where tests run: a listening channel must not keep the process alive.
  (channel as unknown as { unref?: () => void } | null)?.unref?.();
}

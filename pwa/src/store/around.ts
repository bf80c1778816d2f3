// Locks, clock, chance and ids as sync/phone wants them, from the browser.
import type { Around } from "#phone/port.ts";
import { serverNow } from "./clock.ts";

/** A lock held longer than this is taken from its holder; both then work at once, which the protocol stands. */
export const STEAL_MS = 60_000;

/** `work` under the lock of this name, in every tab. What a thief does to the lock never spoils the work of the one who had it. */
export function locked<T>(name: string, work: () => Promise<T>, stealMs = STEAL_MS): Promise<T> {
  if (!navigator.locks) return work();
  return new Promise<T>((done, failed) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), stealMs);
    const held = async (): Promise<void> => {
      clearTimeout(timer);
      await Promise.race([work().then(done, failed), asPageLeaves()]);
    };
    navigator.locks.request(name, { signal: patience.signal }, held).catch(() => {
      // Ours was stolen while we work (then `work` still answers), or patience ended before we had it.
      if (patience.signal.aborted) navigator.locks.request(name, { steal: true }, held).catch(() => undefined);
    });
  });
}

/** WebKit keeps a page that is left as it stands, with its locks: the next page would wait for them until they are stolen. */
const asPageLeaves = (): Promise<void> =>
  new Promise((left) => globalThis.addEventListener?.("pagehide", () => left(), { once: true }));

export const around: Around = {
  lock: locked,
  now: serverNow,
  random: Math.random,
  id: () => {
    throw new Error("reading makes no ids; writing.ts does");
  },
};

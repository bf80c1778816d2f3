// A phone in Node: IndexedDB by fake-indexeddb, a window that hears events, and modules that are loaded afresh, as after a kill.
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import type { Town } from "./town.ts";

/** What screens read, and what they do. */
export type Signals = typeof import("../../../pwa/src/store/signals.ts") &
  typeof import("../../../pwa/src/store/report.ts");

export class Phone {
  /** What the disk holds outlives every start. */
  disk = new IDBFactory();
  readonly marks = new Map<string, string>();
  window = new EventTarget();
  /** By which tabs hear of one another; undefined: there is one alone. */
  channel: unknown = undefined;
  readonly town: Town;
  #before: Signals | null = null;

  constructor(town: Town) {
    this.town = town;
  }

  /** A new process on the same disk. What the one before had in memory is gone. */
  async start(): Promise<Signals> {
    await this.end();
    vi.resetModules();
    this.window = new EventTarget();
    vi.stubGlobal("indexedDB", this.disk);
    vi.stubGlobal("BroadcastChannel", this.channel);
    vi.stubGlobal("fetch", this.town.fetch);
    vi.stubGlobal("addEventListener", this.window.addEventListener.bind(this.window));
    vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => this.marks.get(key) ?? null,
      setItem: (key: string, value: string) => this.marks.set(key, value),
      removeItem: (key: string) => this.marks.delete(key),
    });
    const signals: Signals = {
      ...(await import("../../../pwa/src/store/signals.ts")),
      ...(await import("../../../pwa/src/store/report.ts")),
    };
    this.#before = signals;
    await signals.start();
    return signals;
  }

  async end(): Promise<void> {
    await this.#before?.halt();
    this.#before = null;
  }

  /** Started, and its first pull over. */
  async settled(): Promise<Signals> {
    const signals = await this.start();
    await signals.pullNow();
    return signals;
  }
}

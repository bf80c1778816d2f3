// A phone in Node with the real page and the real downloader on one disk (IndexedDB), and a service worker that answers as told.
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import type { PackManifest } from "../../../pwa/src/api/types.gen.ts";
import type { PackRecord } from "../../../pwa/src/pack/records.ts";

type Packs = typeof import("../../../pwa/src/pack/packs.ts");
type Hear = (event: { data: unknown }) => void;

/** One channel a name, heard by everybody but the one who speaks. */
class Channel {
  static all: Channel[] = [];
  onmessage: Hear | null = null;
  readonly name: string;
  readonly #hear: Hear[] = [];
  constructor(name: string) {
    this.name = name;
    Channel.all.push(this);
  }
  addEventListener(_: "message", hear: Hear): void {
    this.#hear.push(hear);
  }
  /** Neither heard nor hearing, as its process is gone. */
  die(): void {
    Channel.all = Channel.all.filter((one) => one !== this);
    this.postMessage = () => undefined;
  }
  postMessage(data: unknown): void {
    for (const other of Channel.all)
      if (other !== this && other.name === this.name)
        queueMicrotask(() => {
          other.onmessage?.({ data });
          for (const hear of other.#hear) hear({ data });
        });
  }
}

export class Phone {
  disk = new IDBFactory();
  /** Answers each message to the service worker; the map's code is the one that matters here. */
  worker: (doing: string) => boolean | "full" | Promise<boolean> = () => true;
  readonly told: string[] = [];
  /** The page's window, to which its coming and going can be told. */
  window = new EventTarget();
  /** The caches that the person can throw away by a tap. */
  readonly caches = new Set(["shell-1", "map-1"]);
  network = true;
  /** What `navigator.storage` has; undefined: the browser has none. */
  storage: object | undefined = undefined;
  readonly #base: string;
  /** The maps that the server has. */
  offered: PackManifest[];

  constructor(base: string, offered: PackManifest[]) {
    this.#base = base;
    this.offered = offered;
  }

  /** A new process on the same disk. */
  async start(): Promise<Packs> {
    vi.resetModules();
    Channel.all = [];
    vi.stubGlobal("indexedDB", this.disk);
    vi.stubGlobal("BroadcastChannel", Channel);
    this.window = new EventTarget();
    vi.stubGlobal("addEventListener", this.window.addEventListener.bind(this.window));
    vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
    vi.stubGlobal("caches", {
      keys: async () => [...this.caches],
      delete: async (name: string) => this.caches.delete(name),
    });
    const locks = new Locks();
    vi.stubGlobal("navigator", {
      locks,
      storage: this.storage,
      serviceWorker: { getRegistration: async () => this.#registration() },
    });
    vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
      if (!this.network) throw new TypeError("Failed to fetch");
      if (path.startsWith("/packs/")) return this.#bytes(path, init);
      if (path !== "/api/v1/packs") return new Response("{}", { status: 502 });
      return new Response(JSON.stringify({ packs: this.offered }), {
        headers: { "content-type": "application/json" },
      });
    });
    await this.#downloader(locks);
    return import("../../../pwa/src/pack/packs.ts");
  }

  readonly #fetch = globalThis.fetch;
  #bytes(path: string, init?: RequestInit): Promise<Response> {
    return this.#fetch(this.#base + path, init);
  }

  /** pack/worker.ts as it is, in this thread. When it is ended another takes its place, and its locks are free. */
  async #downloader(locks: Locks): Promise<void> {
    const begin = async (): Promise<{ post: Hear; die: () => void }> => {
      const inside: { onmessage: Hear | null } = { onmessage: null };
      vi.stubGlobal("self", inside);
      const before = Channel.all.length;
      // By name alone: its types are a worker's, which no page's project has.
      await vi.importActual("../../../pwa/src/pack/worker.ts");
      const channels = Channel.all.slice(before);
      return { post: (event) => inside.onmessage?.(event), die: () => channels.map((one) => one.die()) };
    };
    let one = begin();
    vi.stubGlobal(
      "Worker",
      class {
        onerror = null;
        postMessage(data: unknown): void {
          void one.then(({ post }) => post({ data }));
        }
        terminate(): void {
          void one.then(({ die }) => die());
          locks.free();
          vi.resetModules();
          one = begin();
        }
      },
    );
    await one;
  }

  #registration(): object {
    const postMessage = async (message: { do: string }, [port]: [MessagePort]): Promise<void> => {
      this.told.push(message.do);
      port.postMessage(await this.worker(message.do));
    };
    return { active: { postMessage } };
  }

  /** Turns a bit of a saved piece, as a bad disk does. */
  async spoil(sha256: string, piece: number): Promise<void> {
    const { own } = await import("../../../pwa/src/store/own.ts");
    await own.run(async (db) => {
      const bytes = new Uint8Array((await db.get("pieces", [sha256, piece])) as ArrayBuffer);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      await db.put("pieces", bytes.buffer, [sha256, piece]);
    });
  }

  async record(id: string): Promise<PackRecord> {
    const { record } = await import("../../../pwa/src/pack/records.ts");
    return record(id);
  }
}

/** Locks of one process, first come first served. */
class Locks {
  readonly #last = new Map<string, Promise<unknown>>();
  free(): void {
    this.#last.clear();
  }
  request(name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.at(-1) as (lock: object) => Promise<unknown>;
    const mine = (this.#last.get(name) ?? Promise.resolve()).then(() => work({}));
    this.#last.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }
}

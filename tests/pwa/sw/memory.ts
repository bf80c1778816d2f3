// A browser's caches in memory, as far as the service worker uses them, and a server whose files can be missing.
import type { Lists, World } from "../../../pwa/src/sw/lists.ts";

const keyOf = (request: RequestInfo | URL): string => (request instanceof Request ? request.url : String(request));

class MemoryCache {
  readonly entries = new Map<string, Response>();
  readonly noRoom: (url: string) => boolean;
  constructor(noRoom: (url: string) => boolean) {
    this.noRoom = noRoom;
  }
  async match(request: RequestInfo): Promise<Response | undefined> {
    return this.entries.get(keyOf(request))?.clone();
  }
  async put(request: RequestInfo, response: Response): Promise<void> {
    if (this.noRoom(keyOf(request))) throw new DOMException("no room", "QuotaExceededError");
    this.entries.set(keyOf(request), response.clone());
  }
  async delete(request: RequestInfo): Promise<boolean> {
    return this.entries.delete(keyOf(request));
  }
  async keys(): Promise<Request[]> {
    return [...this.entries.keys()].map((url) => new Request(url));
  }
}

export class Browser {
  readonly shelves = new Map<string, MemoryCache>();
  readonly asked: string[] = [];
  /** What the server answers; null is no network. */
  server: (path: string) => Response | null;
  /** What the phone has no room for. */
  noRoom: (url: string) => boolean = () => false;
  /** Whether its caches can be read at all. */
  readable = true;

  constructor(server: (path: string) => Response | null) {
    this.server = server;
  }

  get world(): World {
    const shelves = this.shelves;
    const look = () => {
      if (!this.readable) throw new TypeError("Failed reading data from the file system");
    };
    const open = async (name: string): Promise<Cache> => {
      look();
      const cache = shelves.get(name) ?? new MemoryCache((url) => this.noRoom(url));
      shelves.set(name, cache);
      return cache as unknown as Cache;
    };
    const caches = {
      open,
      async keys() {
        look();
        return [...shelves.keys()];
      },
      delete: async (name: string) => shelves.delete(name),
      async match(request: RequestInfo, options: { cacheName?: string } = {}) {
        look();
        for (const [name, cache] of shelves) {
          const found = options.cacheName && options.cacheName !== name ? undefined : await cache.match(request);
          if (found) return found;
        }
        return undefined;
      },
    };
    return {
      caches: caches as unknown as CacheStorage,
      origin: "https://m.test",
      fetch: async (request) => {
        const path = new URL(request.url).pathname;
        this.asked.push(path);
        const answer = this.server(path);
        if (!answer) throw new TypeError("Failed to fetch");
        return answer;
      },
    };
  }

  paths(name: string): string[] {
    return [...(this.shelves.get(name)?.entries.keys() ?? [])].map((url) => new URL(url).pathname).sort();
  }
}

/** A build: its page names its own files, as Vite writes it. */
export function build(version: string): Lists {
  return {
    version,
    first: ["/", `/assets/index-${version}.js`, `/assets/index-${version}.css`],
    own: [`/assets/writing-${version}.js`],
    rest: [`/assets/font-${version}.woff2`, "/icon.svg", "/theme-colours.json"],
    map: [`/assets/map-${version}.js`, `/assets/map-worker-${version}.js`],
  };
}

export const html = (lists: Lists): Response =>
  new Response(`<html>${lists.first.join(" ")} version ${lists.version}</html>`, {
    headers: { "content-type": "text/html; charset=utf-8" },
  });

/** Serves every file of this build and nothing else. */
export function serving(lists: Lists, but: readonly string[] = []): (path: string) => Response | null {
  return (path) => {
    if (but.includes(path)) return new Response("not found", { status: 404 });
    if (path === "/hjaelp") return html(lists);
    if (path === "/")
      return new Response("<html>the list of the day</html>", { headers: { "content-type": "text/html" } });
    if (![...lists.first, ...lists.own, ...lists.rest, ...lists.map].includes(path))
      return new Response("not found", { status: 404 });
    return new Response(`${path} of ${lists.version}`, { headers: { "content-type": "text/javascript" } });
  };
}

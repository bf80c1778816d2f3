// The desk's own entry and files, a build of their own: asked for each time, and kept as they last came, for a desk without network.
// Kept apart from the app's shelves: a phone that no one works on never has them.
import type { World } from "./lists.ts";

export const DESK = "desk";
/** The addresses of desk/, all of one page. */
const PAGE = /^\/(?:desk(?:\/.*)?|login|invite)$/;
const FILE = /^\/assets\/desk-[\w.-]+$/;
/** As many files as are kept, of this build and those before; the longest kept go first. */
const MOST = 120;

export const isDesk = (path: string): boolean => PAGE.test(path) || FILE.test(path);

/** A page from the server, else as it last came; null where neither is to be had. A file by its hash is for ever. */
export async function desk(request: Request, w: World): Promise<Response | null> {
  const path = new URL(request.url).pathname;
  const page = PAGE.test(path);
  const name = w.origin + (page ? "/desk" : path);
  const cache = await w.caches.open(DESK).catch(() => null);
  const kept = () => cache?.match(name, { ignoreVary: true }).catch(() => undefined);
  const before = page ? undefined : await kept();
  if (before) return before;
  const came = await w.fetch(request).catch(() => null);
  if (came?.status === 200 && !came.redirected) {
    // A full disk keeps nothing, and the desk works all the same.
    await cache?.put(name, came.clone()).catch(() => undefined);
    if (page && cache) await trim(cache).catch(() => undefined);
  }
  if (came && came.status < 500) return came;
  return (await kept()) ?? came;
}

async function trim(cache: Cache): Promise<void> {
  const files = (await cache.keys()).filter(({ url }) => FILE.test(new URL(url).pathname));
  for (const old of files.slice(0, Math.max(0, files.length - MOST))) await cache.delete(old);
}

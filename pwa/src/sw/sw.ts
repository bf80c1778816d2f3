// The service worker: hears, and hands on to shelves.ts (what is kept) and answer.ts (what is answered).
import { answer } from "./answer.ts";
import type { Done, Lists, World } from "./lists.ts";
import { changed, netIsBack, type Reached, show, tapped } from "./push.ts";
import { activate, dropMap, install, keepMap, keepMedia, keepPage, mend, opens } from "./shelves.ts";

declare const self: ServiceWorkerGlobalScope;
declare const __LISTS__: Lists;

const lists = __LISTS__;
/** pack/files.ts has the name. It is not made here: who never saved a map has none. */
const wake = (root: FileSystemDirectoryHandle): unknown => root.getDirectoryHandle("packs").catch(() => undefined);
const world: World = {
  caches: self.caches,
  fetch: (request) => self.fetch(request),
  origin: self.location.origin,
  // After a cold start the first question to a store takes 50-200 ms, whatever it is: it is over when the page asks its own.
  starting(path) {
    self.indexedDB.databases?.().catch(() => undefined);
    if (path === "/kort") void navigator.storage?.getDirectory?.().then(wake, () => undefined);
  },
};

// No skipWaiting here: a page in use keeps the version that it began with, until the person taps or the app is next started cold.
self.addEventListener("install", (event) => event.waitUntil(install(lists, world)));
// The first visit is in the worker's hands at once, so that it can be followed by a start without network.
self.addEventListener("activate", (event) =>
  event.waitUntil(
    activate(lists, world)
      .catch(() => undefined)
      .then(() => self.clients.claim()),
  ),
);

self.addEventListener("fetch", (event) => {
  const response = answer(event.request, lists, world);
  if (response) event.respondWith(response);
});

export type Message =
  | { do: "swap" }
  /** Fetch what an install left out. */
  | { do: "mend" }
  /** A pack has been saved: keep the map's code with it. */
  | { do: "map" }
  | { do: "no-map" }
  /** The municipality's colours are others than the kept page's. */
  | { do: "page" }
  /** Can the app be opened without network? */
  | { do: "opens" }
  /** Pictures that were shown before the worker was there, or are kept beside a pack. */
  | { do: "media"; paths: string[] };

async function act(message: Message): Promise<Done> {
  switch (message.do) {
    case "swap":
      await self.skipWaiting();
      return true;
    case "mend":
      return mend(lists, world);
    case "map":
      return keepMap(lists, world);
    case "no-map":
      await dropMap(world);
      return true;
    case "page":
      return keepPage(lists, world);
    case "opens":
      return opens(lists, world);
    case "media":
      // One after another: a list of pictures must not stand in the way of the map.
      for (const path of message.paths) await keepMedia(path, world).catch(() => undefined);
      return true;
  }
}

self.addEventListener("message", (event) => {
  const port = event.ports[0];
  event.waitUntil(
    act(event.data as Message).then(
      (done) => port?.postMessage(done),
      () => port?.postMessage(false),
    ),
  );
});

const reached: Reached = {
  registration: self.registration as Reached["registration"],
  clients: self.clients,
  origin: self.location.origin,
};

self.addEventListener("push", (event) => event.waitUntil(show(textOf(event.data), reached)));

/** Undecodable bytes are a message all the same. */
function textOf(data: PushMessageData | null): string | null {
  try {
    return data?.text() ?? null;
  } catch {
    return null;
  }
}

self.addEventListener("notificationclick", (event) =>
  event.waitUntil(tapped(event.notification, event.action, reached)),
);
self.addEventListener("pushsubscriptionchange", (event) => (event as ExtendableEvent).waitUntil(changed(reached)));
// Background Sync, which TypeScript does not list.
self.addEventListener("sync" as "activate", (event) =>
  event.waitUntil(netIsBack((event as ExtendableEvent & { readonly tag: string }).tag)),
);

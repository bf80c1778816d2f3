// The least that shows a page without a server: what the build lists is kept, and given out from there.
declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: readonly string[];

self.addEventListener("install", (event) =>
  event.waitUntil(caches.open("barest").then((cache) => cache.addAll([...__FILES__]))),
);
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});

// The page's side of the service worker: register, hear of a new version, swap when the person taps, keep the map's code.
import { type ReadonlySignal, signal } from "@preact/signals";

const told = signal<"none" | "ready" | "failed">("none");
/** ready: a new version waits for a tap or the next cold start. failed: a new version is there and could not be fetched whole. */
export const update: ReadonlySignal<"none" | "ready" | "failed"> = told;

/** Ask for a new version at most this often while the app stays open. */
const HOUR = 3_600_000;
let registration: ServiceWorkerRegistration | null = null;

function watch(coming: ServiceWorker): void {
  let installed = false;
  coming.addEventListener("statechange", () => {
    if (coming.state === "installed" || coming.state === "activating") installed = true;
    // Without a worker before it this is the first visit, and nothing waits.
    if (coming.state === "installed" && navigator.serviceWorker.controller) told.value = "ready";
    if (coming.state === "redundant" && !installed) told.value = "failed";
  });
}

/** Pictures that came before the worker did are in the browser's own cache: hand their names over once. */
function handOver(): void {
  const paths = performance
    .getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/media/"))
    .map((url) => url.pathname);
  if (paths.length > 0) void say({ do: "media", paths });
}

/** No answer for so long is "no": a browser ends an event of its worker after five minutes. */
const ANSWER_MS = 300_000;

/** "full": the phone has no room for it. */
type Done = boolean | "full";

/** Answers false where there is no worker and none is coming, or where it could not do it whole. */
export async function say(message: { do: string; paths?: string[] }): Promise<Done> {
  if (!("serviceWorker" in navigator)) return false;
  const there = await navigator.serviceWorker.getRegistration();
  if (!there) return false;
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answer = new Promise<Done>((done) => {
    timer = setTimeout(() => done(false), ANSWER_MS);
    port1.onmessage = (event) => done(event.data);
    const tell = (worker: ServiceWorker | null): void => worker?.postMessage(message, [port2]);
    // On the very first visit it may still be installing.
    if (there.active) tell(there.active);
    else void navigator.serviceWorker.ready.then(({ active }) => tell(active));
  });
  return answer.finally(() => {
    clearTimeout(timer);
    port1.close();
  });
}

/** A server that answers and has no working sw.js is told; no network is nothing new. */
async function failedToAsk(): Promise<void> {
  const there = await fetch("/sw.js", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (there && there.status < 500) told.value = "failed";
}

/** Safe to call where workers are missing or forbidden: the app then runs without, and is not kept. */
export async function register(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const first = navigator.serviceWorker.controller === null;
  try {
    registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch {
    await failedToAsk();
    return;
  }
  if (registration.waiting && !first) told.value = "ready";
  if (registration.installing) watch(registration.installing);
  registration.addEventListener("updatefound", () => {
    if (registration?.installing) watch(registration.installing);
  });
  await navigator.serviceWorker.ready;
  if (first) handOver();
  void say({ do: "mend" });
  // With a worker there already, `register` says nothing of a new one that could not be fetched; this does.
  if (!first) registration.update().catch(failedToAsk);
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < HOUR) return;
    asked = Date.now();
    registration?.update().catch(failedToAsk);
  });
}

/** The person's tap: the waiting version takes over and this page starts again on it. */
export function swap(): void {
  const waiting = registration?.waiting;
  if (!waiting) {
    // It has taken over already, by a tap in another tab.
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage({ do: "swap" });
}

/** Called when a pack is whole, and at each start while one is. True: every file that opens its map without network is kept. */
export const keepMapCode = (): Promise<Done> => say({ do: "map" });
/** Called when the municipality's colours are others than the page began with: it is kept anew. */
export const keepPage = (): Promise<Done> => say({ do: "page" });
/** Called when the last pack is gone. */
export const dropMapCode = (): Promise<Done> => say({ do: "no-map" });
/** The small pictures of these hashes, kept beside the packs. */
export const keepPictures = (sha256s: readonly string[]): Promise<Done> =>
  say({ do: "media", paths: sha256s.map((sha256) => `/media/${sha256}-320.webp`) });

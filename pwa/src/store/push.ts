// Messages on this phone: whether it may show them, where it is reached, and that the server knows it. Asked for by a tap alone.
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { askMine, change, expect, forgetting, kept, onMine, sayQuietly } from "./device.ts";
import { base64url, DEVICE, type Mine } from "./mine.ts";
import { outbox, pullNow } from "./signals.ts";

/** A browser that asks its push service and is not answered (no network, a net that shuts it out) is asked again another time. */
const SUBSCRIBE_MS = 20_000;
const WORKER_MS = 10_000;

/**
 * none: this browser has no messages. ask: nobody has said yes. denied: the phone says no. waits: yes, but the server does not know yet
 * where. on: it does.
 */
export type Pushing = "none" | "ask" | "denied" | "waits" | "on";

const able = (): boolean =>
  "serviceWorker" in navigator && typeof PushManager !== "undefined" && typeof Notification !== "undefined";

const permission = signal<NotificationPermission | "none">("none");
const look = (): void => {
  permission.value = able() ? Notification.permission : "none";
};

export const pushing: ReadonlySignal<Pushing> = computed(() => {
  const may = permission.value;
  if (may === "none" || may === "denied") return may;
  const mine = kept.value;
  if (may === "default" || !mine?.wants) return "ask";
  if (mine.no_push !== null) return "none";
  return mine.push ? "on" : "waits";
});

/**
 * Called within the tap: the phone asks the person now. `first`: what they asked for, which is kept whatever they answer. Never rejects;
 * what came of it stands in `pushing`.
 */
export async function startPush(first: Promise<unknown>): Promise<void> {
  look();
  const asked = permission.peek() === "default" ? Notification.requestPermission() : null;
  await Promise.allSettled([first, asked]);
  look();
  if (permission.peek() !== "granted") return;
  await change((mine) => ({ ...mine, wants: true })).catch(() => undefined);
  // With the key that the server tells: the first time it is not here yet, and comes with the next round.
  expect();
  await pullNow();
  await askMine();
  await settle();
}

let language: () => "da" | "en" | "de" = () => "da";
let settling: Promise<void> | null = null;
/** An address that the server has lost (its service said that it is no more), or said no to, is made anew, once a visit. */
let renewed = false;

/** Brings where this phone is reached, and what the server knows of it, into step. Never rejects. */
export function settle(): Promise<void> {
  settling ??= inStep()
    .catch(() => undefined)
    .finally(() => {
      settling = null;
    });
  return settling;
}

const waits = (): boolean =>
  outbox.peek().some(({ verb, state }) => verb === "save_push" && (state === "waiting" || state === "sent"));

async function inStep(): Promise<void> {
  look();
  const mine = kept.peek();
  if (!mine || !able() || forgetting.peek()) return;
  if (permission.peek() !== "granted") {
    // Taken back in the phone's own settings: nothing is sent to where nobody is.
    if ((mine.push || mine.told !== null) && !waits()) await tellNone();
    return;
  }
  if (!mine.wants || mine.vapid_key === null) return;
  const found = await subscription(mine, mine.vapid_key);
  if (!found) return;
  // All was stopped while the browser asked its service.
  if (forgetting.peek() || !kept.peek()?.wants) return void (await found.unsubscribe());
  const { endpoint, keys } = found.toJSON();
  const told = JSON.stringify([endpoint, mine.vapid_key, language()]);
  if ((told === mine.told && mine.push) || waits()) return;
  const args = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, key: mine.vapid_key, lang: language() };
  await sayQuietly({ verb: "save_push", subject: DEVICE, args }, (before) => ({ ...before, told }));
}

async function subscription(mine: Mine, key: string): Promise<PushSubscription | null> {
  const worker = await within(navigator.serviceWorker.ready, WORKER_MS);
  if (!worker) return null;
  let found = await worker.pushManager.getSubscription();
  const lost = (mine.told !== null || mine.no_push !== null) && !mine.push && !waits();
  if (lost && renewed) return null;
  const { applicationServerKey: made } = found?.options ?? {};
  if (found && (lost || !made || base64url(new Uint8Array(made)) !== key)) {
    renewed ||= lost;
    await found.unsubscribe();
    found = null;
  }
  return (
    found ?? within(worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }), SUBSCRIBE_MS)
  );
}

async function tellNone(): Promise<void> {
  const args = { endpoint: null };
  await sayQuietly({ verb: "save_push", subject: DEVICE, args }, (before) => ({ ...before, told: null }));
}

/** Everything is stopped: from here on this phone is reached nowhere, whatever the server has heard. */
export async function endPush(): Promise<void> {
  if (!able()) return;
  const worker = await navigator.serviceWorker.getRegistration();
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
}

function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((done) => {
    const timer = setTimeout(() => done(null), ms);
    work.then(done, () => done(null)).finally(() => clearTimeout(timer));
  });
}

let watching = false;

/** From here on it is kept in step: at each start, when the person comes back, when another language is chosen. `lang` is a signal's. */
export function watchPush(lang: () => "da" | "en" | "de"): void {
  if (watching) return;
  watching = true;
  language = lang;
  look();
  onMine(settle);
  addEventListener("focus", () => void settle());
  navigator.permissions?.query({ name: "notifications" }).then(
    (status) => status.addEventListener("change", () => void settle()),
    () => undefined,
  );
  effect(() => {
    void lang();
    if (kept.value) void settle();
  });
}

/** A tap on a message opens what it is about in the window that is open: the worker says where, and hears that it was heard. */
export function openTapped(go: (path: string) => void): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
    if (data?.do !== "open" || typeof data.path !== "string") return;
    go(data.path);
    ports[0]?.postMessage(true);
  });
}

// Messages: each is shown, always, whatever it holds and whoever looks on; a tap opens what it is about, in the window that is open.
import { isDesk } from "./desk.ts";
import { isReminder, langIn, type Message, read, wordsOf } from "./message.ts";
import { isSeries, langOf, markShown, reachedAt, readMine, sendMine, skip } from "./mine.ts";

/** A store that does not answer must not keep a message from being shown. */
const STORE_MS = 1_500;
/** A window that has only just been opened does not listen yet. */
const HEARD_MS = 1_500;
const WAITS = "mine";
const PICTURES = { icon: "/icons/icon-192.png", badge: "/icons/badge-96.png" } as const;

/** What the worker needs of the browser; tests give their own. */
export interface Reached {
  readonly registration: Pick<ServiceWorkerRegistration, "showNotification" | "getNotifications" | "pushManager"> & {
    /** Where there is Background Sync. */
    readonly sync?: { register(tag: string): Promise<void> };
  };
  readonly clients: Pick<Clients, "matchAll" | "openWindow">;
  readonly origin: string;
}

/** TypeScript's list lacks what every browser with actions has. */
interface Options extends NotificationOptions {
  readonly renotify?: boolean;
  readonly actions?: readonly { readonly action: string; readonly title: string }[];
}

const soon = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([work.catch(() => otherwise), new Promise<T>((done) => setTimeout(() => done(otherwise), STORE_MS))]);

/** `text`: the payload; null where there is none or it is none. Rejects only where the browser does not show it. */
export async function show(text: string | null, w: Reached): Promise<void> {
  const message = read(text, await soon(langOf(), "da"));
  const { about, tag } = message;
  const again = tag !== null && (await soon(markShown(tag), false));
  const mayskip = isReminder(about) && about.event_id !== null && about.day !== null;
  const series = mayskip && (await soon(isSeries(about.event_id ?? ""), false));
  await w.registration.showNotification(message.title, options(message, again, series));
  if (about.what === "changed") await closeOvertaken(message, w).catch(() => undefined);
}

function options(message: Message, again: boolean, series: boolean): Options {
  const { body, lang, tag, about } = message;
  return {
    body,
    lang,
    // What can not be read may come often: one is enough.
    tag: tag ?? "news",
    data: about,
    ...PICTURES,
    // The same once more, because a server was killed in the middle: it is there, and nobody is disturbed.
    silent: again,
    renotify: false,
    ...(series ? { actions: [{ action: "skip", title: wordsOf(lang).skip }] } : {}),
  };
}

/** A reminder of the time as it was is wrong from now on. */
async function closeOvertaken({ about, tag }: Message, w: Reached): Promise<void> {
  for (const one of await w.registration.getNotifications()) {
    const same = one.data?.event_id === about.event_id && one.data?.day === about.day;
    if (same && one.tag !== tag && (isReminder(one.data) || one.data.what === "changed")) one.close();
  }
}

/** A tap on it, or on its one button. */
export async function tapped(notification: Notification, action: string, w: Reached): Promise<void> {
  const about = notification.data as Message["about"] | null;
  notification.close();
  if (action === "skip" && about?.event_id && about.day) {
    const sent = await skip(about.event_id, about.day).catch(() => null);
    // Where the phone could not even keep it, the page is where it can be said.
    if (sent === null) return open(about.open, w);
    if (!sent) await waitForNet(w);
    const lang = langIn(notification.lang);
    const said = { ...PICTURES, body: wordsOf(lang).skipped, lang, tag: notification.tag, data: about, silent: true };
    return w.registration.showNotification(notification.title, said);
  }
  await open(about?.open ?? "/", w);
}

/** In the window that is open and looked at; in a new one where there is none. */
async function open(path: string, w: Reached): Promise<void> {
  const url = new URL(path, w.origin);
  const href = url.origin === w.origin ? url.href : w.origin;
  const all = await w.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = all.filter((one) => !isDesk(new URL(one.url).pathname)) as WindowClient[];
  const there =
    ours.find(({ focused }) => focused) ?? ours.find(({ visibilityState }) => visibilityState === "visible") ?? ours[0];
  if (!there) {
    await w.clients.openWindow(href);
    return;
  }
  await there.focus().catch(() => undefined);
  if (await hears(there, path)) return;
  // It does not listen: an older page, or one that is being opened.
  const gone = await there.navigate(href).catch(() => null);
  if (!gone) await w.clients.openWindow(href);
}

/** The page goes there by itself: nothing that was begun in it is lost. */
function hears(window: WindowClient, path: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<boolean>((done) => {
    const timer = setTimeout(() => done(false), HEARD_MS);
    port1.onmessage = () => {
      clearTimeout(timer);
      done(true);
    };
    window.postMessage({ do: "open", path }, [port2]);
  }).finally(() => port1.close());
}

/** The browser has changed where this phone is reached: asked for anew, with the key that the server told last. */
export async function changed(w: Reached): Promise<void> {
  const mine = await readMine();
  if (!mine?.wants || mine.vapid_key === null) return;
  const how = { userVisibleOnly: true, applicationServerKey: mine.vapid_key };
  const found =
    (await w.registration.pushManager.getSubscription()) ?? (await w.registration.pushManager.subscribe(how));
  if (!(await reachedAt(found.toJSON(), mine.vapid_key))) await waitForNet(w);
}

/** There is a network again, says the browser. */
export async function netIsBack(tag: string): Promise<void> {
  // Rejecting asks the browser to come again.
  if (tag === WAITS && !(await sendMine())) throw new Error("not yet");
}

/** What is kept goes out with the app's next start; sooner where the browser tells of the network. */
async function waitForNet(w: Reached): Promise<void> {
  await w.registration.sync?.register(WAITS).catch(() => undefined);
}

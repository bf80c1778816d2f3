// Messages in the worker: whatever comes is shown, once aloud; a tap opens it where somebody looks; a time is skipped without network.
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { DeviceTown } from "../store/device-town.ts";

type Push = typeof import("../../../pwa/src/sw/push.ts");

interface Shown {
  title: string;
  options: NotificationOptions & { actions?: readonly { action: string; title: string }[] };
  closed: boolean;
}

class Window {
  focused: boolean;
  visibilityState: string;
  url: string;
  /** What it was told, and where it was sent. */
  told: unknown[] = [];
  went: string[] = [];
  listens = true;
  constructor(url: string, focused = true) {
    this.url = url;
    this.focused = focused;
    this.visibilityState = focused ? "visible" : "hidden";
  }
  async focus() {
    this.focused = true;
    return this;
  }
  async navigate(to: string) {
    this.went.push(to);
    return this;
  }
  postMessage(message: unknown, [port]: [MessagePort]) {
    this.told.push(message);
    if (this.listens) port.postMessage(true);
  }
}

let push: Push;
let town: DeviceTown;
let shown: Shown[];
let windows: Window[];
let opened: string[];
let subscribed: unknown[];
let synced: string[];
// biome-ignore lint/suspicious/noExplicitAny: a browser's own objects, as far as the worker uses them
let world: any;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", undefined);
  town = new DeviceTown();
  vi.stubGlobal("fetch", town.fetch);
  [shown, windows, opened, subscribed, synced] = [[], [], [], [], []];
  push = await import("../../../pwa/src/sw/push.ts");
  world = {
    origin: "https://her.example",
    registration: {
      showNotification: async (title: string, options: NotificationOptions) => {
        for (const one of shown) if (one.options.tag === options.tag) one.closed = true;
        shown.push({ title, options, closed: false });
      },
      getNotifications: async () =>
        shown
          .filter(({ closed }) => !closed)
          .map((one) => ({
            tag: one.options.tag,
            data: one.options.data,
            close: () => {
              one.closed = true;
            },
          })),
      pushManager: {
        getSubscription: async () => null,
        subscribe: async (how: unknown) => {
          subscribed.push(how);
          return { toJSON: () => ({ endpoint: "https://push.example/2", keys: { p256dh: "P", auth: "A" } }) };
        },
      },
      sync: {
        register: async (tag: string) => {
          synced.push(tag);
        },
      },
    },
    clients: {
      matchAll: async () => windows,
      openWindow: async (url: string) => {
        opened.push(url);
      },
    },
  };
});

const DATA = { open: "/det-sker/kaffe#20990312", what: "evening", event_id: "e1", day: "2099-03-12" };
const payload = (part: object = {}, data: object = {}) =>
  JSON.stringify({
    web_push: 8030,
    notification: {
      title: "Kaffe",
      body: "I morgen kl. 14.",
      lang: "da",
      tag: "e1.20990312/evening/1",
      data: { ...DATA, ...data },
      ...part,
    },
  });
const there = () => shown.filter(({ closed }) => !closed);
const notification = (of: Shown | undefined) =>
  ({ title: of?.title, ...of?.options, close: () => of && Object.assign(of, { closed: true }) }) as never;

/** The phone has read a feed in which this event is a series. */
async function withEvent(rule: object | null): Promise<void> {
  const { feed } = await import("../../../pwa/src/store/feed.ts");
  await feed.run(async (db) => {
    const gen = { gen: 1, cursor: "e.1", whole: "e.1", digest: 0, read_at: 1, reload: false };
    await db.put("kept", { shown: gen, fresh: null, next: 2, reread_at: null, differs: false }, "public");
    await db.put("things", { gen: 1, scope: "public", kind: "event", id: "e1", v: "00000000", body: { rule } });
  });
}

async function following(part: object = {}): Promise<void> {
  const { own } = await import("../../../pwa/src/store/own.ts");
  const { begun } = await import("../../../pwa/src/store/mine.ts");
  const mine = { ...begun((bytes) => bytes.fill(3)), vapid_key: "K", wants: true, ...part };
  await own.run((db) => db.put("device", mine, "mine"));
}

test("a message is shown as it is, whole, with what a tap needs", async () => {
  await push.show(payload(), world);
  expect(there()).toHaveLength(1);
  expect(shown[0]).toMatchObject({
    title: "Kaffe",
    options: { body: "I morgen kl. 14.", lang: "da", tag: "e1.20990312/evening/1", silent: false, data: DATA },
  });
});

test("the same once more is shown in the place of the first, without a sound", async () => {
  await push.show(payload(), world);
  await push.show(payload(), world);
  expect(there()).toHaveLength(1);
  expect(shown.map(({ options }) => options.silent)).toEqual([false, true]);
});

test("also after the worker was ended in between: which were shown is kept on the phone", async () => {
  await push.show(payload(), world);
  vi.resetModules();
  push = await import("../../../pwa/src/sw/push.ts");
  await push.show(payload(), world);
  expect(shown[1]?.options.silent).toBe(true);
});

test("a window that is open and looked at changes nothing: it is shown", async () => {
  windows.push(new Window("https://her.example/"));
  await push.show(payload(), world);
  expect(there()).toHaveLength(1);
});

test.each([
  ["nothing at all", null],
  ["no JSON", "\u0000\u0001"],
  ["a list", "[]"],
  ["a number for a title", payload({ title: 3 })],
  ["no notification", "{}"],
  ["an empty title", payload({ title: "" })],
])("what can not be read is told in plain words: %s", async (_, text) => {
  await push.show(text, world);
  expect(shown[0]).toMatchObject({ title: "Der er nyt i Mødesteder", options: { lang: "da" } });
});

test("in the language of this phone", async () => {
  await following({ told: JSON.stringify(["https://push.example/1", "K", "de"]) });
  await push.show(null, world);
  expect(shown[0]?.title).toBe("Neues in Mødesteder");
});

test("a store that does not answer keeps no message from being shown", async () => {
  const { own } = await import("../../../pwa/src/store/own.ts");
  vi.spyOn(own, "run").mockReturnValue(new Promise(() => undefined));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const showing = push.show(payload(), world);
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  await showing;
  expect(there()).toHaveLength(1);
});

test("a reminder of a series can be skipped from the message; of what comes once it can not", async () => {
  await withEvent({ da: "hver torsdag" });
  await push.show(payload(), world);
  expect(shown[0]?.options.actions).toEqual([{ action: "skip", title: "Spring over denne gang" }]);
  await withEvent(null);
  await push.show(payload({ tag: "other" }), world);
  expect(shown[1]?.options.actions).toBeUndefined();
  await withEvent({ da: "hver torsdag" });
  await push.show(payload({ tag: "third" }, { what: "changed" }), world);
  expect(shown[2]?.options.actions).toBeUndefined();
});

test("a change closes the reminder of the time as it was, and no other", async () => {
  await push.show(payload(), world);
  await push.show(payload({ tag: "e1.20990319/evening/1" }, { day: "2099-03-19" }), world);
  await push.show(payload({ tag: "e1.20990312/met/1" }, { what: "met" }), world);
  await push.show(payload({ tag: "e1.20990312/changed/2", title: "Aflyst: Kaffe" }, { what: "changed" }), world);
  expect(there().map(({ options }) => options.tag)).toEqual([
    "e1.20990319/evening/1",
    "e1.20990312/met/1",
    "e1.20990312/changed/2",
  ]);
});

test("a tap goes there in the window that is open, which goes by itself", async () => {
  windows.push(new Window("https://her.example/desk"), new Window("https://her.example/gemt", false));
  await push.show(payload(), world);
  await push.tapped(notification(shown[0]), "", world);
  expect(windows[1]?.told).toEqual([{ do: "open", path: DATA.open }]);
  expect([windows[1]?.focused, windows[1]?.went, windows[0]?.told, opened, there()]).toEqual([true, [], [], [], []]);
});

test("a window that does not listen yet is sent there, and where there is none one is opened", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const deaf = new Window("https://her.example/");
  deaf.listens = false;
  windows.push(deaf);
  await push.show(payload(), world);
  const going = push.tapped(notification(shown[0]), "", world);
  await vi.advanceTimersByTimeAsync(10_000);
  await going;
  vi.useRealTimers();
  expect(deaf.went).toEqual([`https://her.example${DATA.open}`]);
  windows.length = 0;
  await push.tapped(notification(shown[0]), "", world);
  expect(opened).toEqual([`https://her.example${DATA.open}`]);
});

test.each(["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", 7])(
  "no message leads away from us: %s",
  async (open) => {
    await push.show(payload({}, { open }), world);
    await push.tapped(notification(shown[0]), "", world);
    expect(opened).toEqual(["https://her.example/gemt#foelger"]);
  },
);

test("skipped from the message: the server hears it under the phone's secret, and the person reads that it is so", async () => {
  await following();
  town.devices.set("AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM", { follows: [], skips: [], met: [], push: null });
  await push.show(payload(), world);
  await push.tapped(notification(shown[0]), "skip", world);
  expect([...town.devices.values()][0]?.skips).toEqual([{ event_id: "e1", day: "2099-03-12" }]);
  expect(there()).toMatchObject([{ title: "Kaffe", options: { body: "Du springer over denne gang.", silent: true } }]);
  expect([opened, synced]).toEqual([[], []]);
});

test("skipped without network: it waits in the outbox, and the browser is asked to say when there is one", async () => {
  await following();
  town.network = "cut";
  await push.show(payload(), world);
  await push.tapped(notification(shown[0]), "skip", world);
  expect(synced).toEqual(["mine"]);
  await expect(push.netIsBack("mine")).rejects.toThrow();
  town.network = "there";
  await push.netIsBack("mine");
  expect(town.said.map(({ verb, args }) => [verb, args])).toEqual([["skip", { day: "2099-03-12", skip: true }]]);
});

test("the worker sends nothing that is not this phone's own: a report waits for the app", async () => {
  await following();
  const { enqueue } = await import("#phone/outbox.ts");
  const { outboxOnDisk } = await import("../../../pwa/src/store/outbox.ts");
  const { around } = await import("../../../pwa/src/store/around.ts");
  const report = { verb: "report_fault", subject: { kind: "place", id: "p1" }, args: { what: "broken" } };
  await enqueue({ ...report, credential: "none" }, outboxOnDisk, { ...around, id: () => crypto.randomUUID() });
  await push.netIsBack("mine");
  expect([town.sent, town.said]).toEqual([[], []]);
});

test("another address: asked for with the key that the server told, said to the server by the worker itself", async () => {
  await following();
  await push.changed(world);
  expect(subscribed).toEqual([{ userVisibleOnly: true, applicationServerKey: "K" }]);
  expect(town.said.map(({ verb, args }) => [verb, args.endpoint, args.key])).toEqual([
    ["save_push", "https://push.example/2", "K"],
  ]);
});

test("who never said yes to messages is not asked for an address", async () => {
  await following({ wants: false });
  await push.changed(world);
  expect([subscribed, town.said]).toEqual([[], []]);
});

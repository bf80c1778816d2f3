// Where a phone is reached, held in step between its browser, what it keeps and the server: by a tap first, then at each start.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeviceTown } from "./device-town.ts";
import { Phone, type Signals } from "./phone.ts";

let town: DeviceTown;
let phone: Phone;
/** The browser's own push service. */
let browser: {
  permission: NotificationPermission;
  /** What the person answers when asked. */
  answers: NotificationPermission;
  asked: number;
  made: { endpoint: string; key: string } | null;
  count: number;
  unsubscribed: number;
  shut: boolean;
};
let language: "da" | "en" | "de";
const EVENT = { kind: "event", id: "e1" } as const;

const bytes = (key: string): ArrayBuffer => Uint8Array.from(Buffer.from(key, "base64url")).buffer;

function subscription() {
  const { made } = browser;
  return (
    made && {
      options: { applicationServerKey: bytes(made.key) },
      toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: "P", auth: "A" } }),
      unsubscribe: async () => {
        browser.unsubscribed++;
        browser.made = null;
        return true;
      },
    }
  );
}

function stub(): void {
  const worker = {
    pushManager: {
      getSubscription: async () => subscription(),
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        if (browser.shut) throw new DOMException("no push service", "AbortError");
        browser.made = { endpoint: `https://push.example/${++browser.count}`, key: applicationServerKey };
        return subscription();
      },
    },
  };
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", {
    get permission() {
      return browser.permission;
    },
    requestPermission: async () => {
      browser.asked++;
      browser.permission = browser.answers;
      return browser.permission;
    },
  });
  vi.stubGlobal("navigator", {
    onLine: true,
    serviceWorker: {
      ready: Promise.resolve(worker),
      getRegistration: async () => worker,
      addEventListener: () => undefined,
    },
  });
}

beforeEach(() => {
  town = new DeviceTown();
  town.put("event", "e1", { id: "e1", slug: "kaffe", name: { da: "Kaffe" }, rule: null, times: [] });
  phone = new Phone(town);
  browser = { permission: "default", answers: "granted", asked: 0, made: null, count: 0, unsubscribed: 0, shut: false };
  language = "da";
  stub();
});
afterEach(async () => {
  await phone.end();
  vi.unstubAllGlobals();
});

type Device = typeof import("../../../pwa/src/store/device.ts");
type Push = typeof import("../../../pwa/src/store/push.ts");

async function started(): Promise<[Signals, Device, Push]> {
  const signals = await phone.settled();
  const device: Device = await import("../../../pwa/src/store/device.ts");
  const push: Push = await import("../../../pwa/src/store/push.ts");
  device.startDevice();
  push.watchPush(() => language);
  device.expect();
  await device.askMine();
  await push.settle();
  await signals.pullNow();
  return [signals, device, push];
}

async function following(): Promise<[Signals, Device, Push]> {
  const [signals, device, push] = await started();
  await push.startPush(device.follow(EVENT, ["hour"]));
  await signals.pullNow();
  await vi.waitFor(() => expect(push.pushing.value).toBe("on"));
  return [signals, device, push];
}

const said = () => town.said.filter(({ verb }) => verb === "save_push").map(({ args }) => args.endpoint);

test("nobody is asked before a tap, and a start without a follow asks the browser for nothing", async () => {
  const [, , push] = await started();
  expect([browser.asked, browser.count, push.pushing.value]).toEqual([0, 0, "ask"]);
});

test("a tap: the phone asks, is subscribed with the server's key, and the server is told where", async () => {
  await following();
  expect(browser.made?.key).toBe(town.vapid);
  expect(town.said.map(({ verb }) => verb)).toEqual(["follow", "save_push"]);
  const [args] = town.said.filter(({ verb }) => verb === "save_push").map((one) => one.args);
  expect(args).toEqual({ endpoint: "https://push.example/1", p256dh: "P", auth: "A", key: town.vapid, lang: "da" });
});

test("the next start changes nothing and says nothing", async () => {
  await following();
  const [, , push] = await started();
  expect([browser.count, said(), push.pushing.value]).toEqual([1, ["https://push.example/1"], "on"]);
});

test("another language is told", async () => {
  await following();
  language = "de";
  await started();
  const [, last] = town.said.filter(({ verb }) => verb === "save_push");
  expect(last?.args).toMatchObject({ lang: "de", endpoint: "https://push.example/1" });
});

test("a server with another key: the subscription is made anew at the next start, under the same secret", async () => {
  await following();
  town.vapid = Buffer.alloc(65, 5).toString("base64url");
  await started();
  expect([browser.unsubscribed, browser.made?.key]).toEqual([1, town.vapid]);
  expect(said()).toEqual(["https://push.example/1", "https://push.example/2"]);
  expect(town.devices.size).toBe(1);
});

test("a permission that is taken back is told, once", async () => {
  await following();
  browser.permission = "denied";
  await started();
  const [, , push] = await started();
  expect([said(), push.pushing.value]).toEqual([["https://push.example/1", null], "denied"]);
});

test("an address that the server has given up is made anew, once a visit", async () => {
  await following();
  for (const row of town.devices.values()) row.push = null;
  await started();
  expect(said()).toEqual(["https://push.example/1", "https://push.example/2"]);
});

test("who says no follows all the same, and is not asked again by a start", async () => {
  browser.answers = "denied";
  const [, device, push] = await started();
  await push.startPush(device.follow(EVENT, ["hour"]));
  expect(push.pushing.value).toBe("denied");
  await started();
  expect([browser.asked, said(), [...town.devices.values()][0]?.follows.length]).toEqual([1, [], 1]);
});

test("followed without network: the phone is subscribed with the first start that has one", async () => {
  const [, device, push] = await started();
  town.network = "cut";
  await push.startPush(device.follow(EVENT, ["hour"]));
  expect(push.pushing.value).toBe("waits");
  town.network = "there";
  await started();
  await started();
  expect(said()).toEqual(["https://push.example/1"]);
});

test("a browser whose push service can not be had waits, and says nothing to the server", async () => {
  browser.shut = true;
  const [, device, push] = await started();
  await push.startPush(device.follow(EVENT, ["hour"]));
  expect([push.pushing.value, said()]).toEqual(["waits", []]);
});

test("an address that the server says no to: this phone has no messages, and nobody is shown an error", async () => {
  town.no.set("save_push", "invalid");
  const [signals, device, push] = await started();
  await push.startPush(device.follow(EVENT, ["hour"]));
  await signals.pullNow();
  await vi.waitFor(() => expect(push.pushing.value).toBe("none"));
  expect(device.refused.value).toEqual([]);
});

test("all is stopped: the browser ends its address at once", async () => {
  const [, device, push] = await following();
  town.network = "cut";
  await device.forgetMe(push.endPush);
  await push.settle();
  expect([browser.made, browser.unsubscribed]).toEqual([null, 1]);
});

test("a browser without messages has none, and follows", async () => {
  vi.stubGlobal("PushManager", undefined);
  const [signals, device, push] = await started();
  await push.startPush(device.follow(EVENT, ["hour"]));
  await signals.pullNow();
  expect([push.pushing.value, [...town.devices.values()][0]?.follows.length]).toEqual(["none", 1]);
});

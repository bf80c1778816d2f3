/**
 * Messages in Chromium, from the push service's last step on (its own is not to be had without Google): shown, once however often they
 * come, with the window open too; a tap goes there in the window that is open; a time is skipped from the message without network.
 */
import type { CDPSession, Page, Worker } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { op } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { does, type Made, noQuiet, uuidv7, weekly } from "./happenings.ts";
import { opens } from "./opens.ts";
import { come, offline, online, shot } from "./reports.ts";
import { heading, inHand, menu, open, words } from "./screens.ts";
import { rows, type Server, until } from "./server.ts";

const NAME = "Sangaften i Toreby";
/** What is done by the command line beside a running server, that server sees with its own clock: each minute. */
const CLOCK_MS = 150_000;
let dir: string;
let server: Server;
let gate: Gate;
let page: Page;
let event: Made;
let slug: string;
let cdp: CDPSession;
let registration = "";

opens(async (it) => {
  ({ dir, server, gate } = it);
  noQuiet(dir);
  event = weekly(dir, NAME);
  slug = rows<[string]>(dir, `SELECT slug FROM thing WHERE uid = '${event.id}'`)[0]?.[0] ?? "";
  page = await it.phone.open();
  await it.phone.context.grantPermissions(["geolocation", "notifications"], { origin: server.url });
  cdp = await it.phone.context.newCDPSession(page);
  cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    for (const one of registrations) if (one.scopeURL.startsWith(server.url)) registration = one.registrationId;
  });
  await cdp.send("ServiceWorker.enable");
  await open(page, server.url);
  await inHand(page);
  await until("Chromium to name the worker", () => registration !== "");
});
afterAll(() => cdp?.detach().catch(() => undefined));

const TAG = () => `${event.id}.${event.fragment}/evening/1`;
const message = (part: object = {}) =>
  JSON.stringify({
    web_push: 8030,
    notification: {
      title: NAME,
      body: "I morgen kl. 14.",
      lang: "da",
      tag: TAG(),
      navigate: `${server.url}/det-sker/${slug}#${event.fragment}`,
      data: {
        open: `/det-sker/${slug}#${event.fragment}`,
        tag: TAG(),
        what: "evening",
        event_id: event.id,
        day: event.day,
      },
      ...part,
    },
  });
const deliver = (data: string) =>
  cdp.send("ServiceWorker.deliverPushMessage", { origin: server.url, registrationId: registration, data });

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean | null;
  readonly actions: readonly string[];
}
const shown = (): Promise<readonly Shown[]> =>
  page.evaluate(async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications();
    return all.map((one) => {
      const { actions = [] } = one as { actions?: { action: string }[] };
      return { title: one.title, body: one.body, silent: one.silent, actions: actions.map(({ action }) => action) };
    });
  });
const count = async () => (await shown()).length;

const worker = (): Worker => {
  const found = page.context().serviceWorkers()[0];
  if (!found) throw new Error("the worker does not run");
  return found;
};
/** As the browser tells its worker of a tap; that it came of a finger it can not be told. */
const tapOn = (action: string) =>
  worker().evaluate(async (which) => {
    // biome-ignore lint/suspicious/noExplicitAny: a worker's own, which this page's library does not know
    const scope = self as any;
    const [notification] = await scope.registration.getNotifications();
    scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification, action: which }));
  }, action);

describe("with the window open", () => {
  test("a message is shown, with a button to skip this time", async () => {
    await deliver(message());
    await until("it to be shown", async () => (await count()) === 1);
    const [one] = await shown();
    expect(one).toMatchObject({ title: NAME, body: "I morgen kl. 14.", silent: false, actions: ["skip"] });
  });

  test("delivered twice it stands there once, and the second makes no sound", async () => {
    await deliver(message());
    await until("the second to have taken its place", async () => (await shown())[0]?.silent === true);
    expect(await count()).toBe(1);
  });

  test("a tap goes to the event in the window that is open, without loading it anew", async () => {
    await page.evaluate(() => Object.assign(window, { same: true }));
    await tapOn("");
    await heading(page, NAME).waitFor();
    expect(page.url()).toBe(`${server.url}/det-sker/${slug}#${event.fragment}`);
    expect(await page.evaluate(() => "same" in window)).toBe(true);
    expect(await count()).toBe(0);
  });

  test("what can not be read is told in plain words", async () => {
    await deliver("\u0000 no JSON");
    await until("it to be shown", async () => (await shown())[0]?.title === "Der er nyt i Mødesteder");
    await tapOn("");
    await heading(page, "Det, du følger").waitFor();
  });
});

describe("without network", () => {
  test("a tap opens the event from the phone's own data", async () => {
    await menu(page, "Gemt").click();
    await heading(page, "Gemt").waitFor();
    await offline(page, gate);
    await deliver(message({ tag: `${TAG()}y` }));
    await until("it to be shown", async () => (await count()) === 1);
    await tapOn("");
    await heading(page, NAME).waitFor();
    await page.getByText("Kirsten Bach").first().waitFor();
    await online(page, gate);
  });

  test("a time is skipped from the message: it waits, and the server hears of it later", async () => {
    await page.goto(`${server.url}/det-sker/${slug}#${event.fragment}`);
    await page.getByRole("button", { name: "Følg", exact: true }).click();
    await heading(page, "Du følger", 2).waitFor();
    await until("the server to know of it", () => rows(dir, "SELECT * FROM follow").length === 1);
    await offline(page, gate);
    await deliver(message({ tag: `${TAG()}x` }));
    await until("it to be shown", async () => (await count()) === 1);
    await tapOn("skip");
    await until("it to say so", async () => (await shown())[0]?.body === "Du springer over denne gang.");
    await page.getByText("Du springer over denne gang.").waitFor();
    expect(rows(dir, "SELECT * FROM skipped")).toEqual([]);
    await online(page, gate);
    await until("the server to have heard", () => rows(dir, "SELECT * FROM skipped").length === 1);
  });

  test("a cancellation takes the reminder's place", async () => {
    does(
      dir,
      op("change_time", "event", event.id, {
        change: { day: event.day, state: "cancelled", why: { da: "Kirsten er syg." } },
      }),
    );
    const data = { open: `/det-sker/${slug}#${event.fragment}`, what: "changed", event_id: event.id, day: event.day };
    await deliver(message({ title: `Aflyst: ${NAME}`, tag: `${event.id}.${event.fragment}/changed/2`, data }));
    await until(
      "the change alone to stand there",
      async () => (await shown()).map(({ title }) => title).join() === `Aflyst: ${NAME}`,
    );
  });
});

describe("a message from the municipality", () => {
  test("is read in the archive by everybody; a tap on it opens it there", async () => {
    const id = uuidv7();
    const text = {
      title: { da: "Havnestuen har lukket på fredag" },
      body: { da: "Gulvet bliver lavet. Kaffen er på biblioteket." },
    };
    does(dir, op("send_notice", "notice", id, { to: { kind: "all", id: null }, ...text }));
    await page.goto(`${server.url}/beskeder`);
    const title = heading(page, text.title.da, 2);
    await until(
      "it to have been sent",
      async () => {
        await come(page);
        return title.isVisible();
      },
      CLOCK_MS,
    );
    expect(await words(page)).toContain(text.body.da);
    await shot(page, "notices-01");
    await menu(page, "Gemt").click();
    await page.getByRole("link", { name: "Beskeder fra kommunen" }).waitFor();
    const data = { open: `/beskeder#${id}`, what: "notice", event_id: null, day: null };
    await deliver(message({ title: text.title.da, body: text.body.da, tag: `${id}/notice/1`, data }));
    await until("it to be shown", async () => (await shown()).some(({ title: said }) => said === text.title.da));
    await worker().evaluate(async (tag) => {
      // biome-ignore lint/suspicious/noExplicitAny: a worker's own, which this page's library does not know
      const scope = self as any;
      const [notification] = await scope.registration.getNotifications({ tag });
      scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification, action: "" }));
    }, `${id}/notice/1`);
    await heading(page, "Beskeder").waitFor();
    await until("the one that was tapped to have the focus", () =>
      page.evaluate((words) => document.activeElement?.textContent === words, text.title.da),
    );
  });
});

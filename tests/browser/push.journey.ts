/**
 * A real message, in a real browser (Firefox), by a stand-in of Mozilla's service on loopback: subscribed by a tap, sent by the server on
 * its own way, decrypted and shown by the service worker, once, and what it is about is read with the server stopped. Firefox shows what
 * it was given; that somebody taps on it can not be done from outside: messages.journey.ts does that in Chromium's worker.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { op } from "./feed.ts";
import { does, type Made, noQuiet, weekly } from "./happenings.ts";
import { PushService } from "./push-service.ts";
import { clean, demoCopy, freePort, rows, Server, until } from "./server.ts";
import { browser as firefox } from "./trouble/firefox.ts";
import type { Phone, Tab } from "./trouble/phone.ts";

const missing = firefox.missing();
const NAME = "Kaffe ved den røde dør";
/** What is done by the command line beside a running server, that server sees with its own clock: each minute. */
const CLOCK_MS = 150_000;

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly open: string;
}

describe.skipIf(missing !== null)("a message comes through", () => {
  let dir: string;
  let server: Server;
  let service: PushService;
  let phone: Phone;
  let tab: Tab;
  let event: Made;
  let slug: string;
  let opens = "";

  beforeAll(async () => {
    service = await new PushService().start();
    process.env.MOEDE_PUSH_HOSTS = `127.0.0.1:${service.port}`;
    process.env.MOEDE_PUSH_CONTACT = "mailto:drift@kommune.dk";
    dir = demoCopy();
    noQuiet(dir);
    event = weekly(dir, NAME);
    server = await new Server(await freePort(), dir, true).start();
    slug = rows<[string]>(dir, `SELECT slug FROM thing WHERE uid = '${event.id}'`)[0]?.[0] ?? "";
    phone = await firefox.phone(server.url);
    tab = await phone.start({
      prefs: {
        "dom.push.serverURL": `ws://127.0.0.1:${service.port}/`,
        "dom.push.testing.allowInsecureServerURL": true,
        "dom.push.connection.enabled": true,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": false,
      },
    });
  });
  afterAll(async () => {
    await phone?.stop();
    await server?.stop();
    await service?.stop();
    for (const name of ["HOSTS", "CONTACT"]) delete process.env[`MOEDE_PUSH_${name}`];
    if (dir) clean(dir);
  });

  const shown = (): Promise<readonly Shown[]> =>
    tab.run(
      `navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) =>
        all.map(({ title, body, tag, data }) => ({ title, body, tag, open: data.open })))`,
    );
  const reached = () => rows<[number]>(dir, "SELECT count(*) FROM push")[0]?.[0];
  const follows = () => rows<[number]>(dir, `SELECT count(*) FROM follow WHERE id = '${event.id}'`)[0]?.[0];

  test("a tap on Følg: the phone is subscribed with the server's key, and the server knows where it is", async () => {
    await tab.goto(`/det-sker/${slug}#${event.fragment}`);
    await tab.sees(NAME);
    await tab.sees("Hvornår skal vi minde dig om det?");
    await tab.tap("button", "Følg");
    await tab.sees("Du følger");
    await until("the phone to be known to the server", () => follows() === 1 && reached() === 1);
    await tab.sees("Beskederne kommer på den her telefon.");
    expect(service.registered).toBe(1);
  });

  test("a time is cancelled: the worker decrypts what the server sends, and shows it", async () => {
    const why = { da: "Kirsten er syg." };
    does(dir, op("change_time", "event", event.id, { change: { day: event.day, state: "cancelled", why } }));
    await until("a message to be shown", async () => (await shown()).length === 1, CLOCK_MS);
    const [one] = await shown();
    expect(one?.title).toContain(NAME);
    expect(`${one?.title} ${one?.body}`).toMatch(/aflyst/i);
    // Firefox takes a message from the screen after a while; where a tap leads is kept for the last step.
    opens = one?.open ?? "";
    expect(opens).toBe(`/det-sker/${slug}#${event.fragment}`);
    expect(service.acked).toEqual([100]);
    expect(service.posted.map(({ status, body }) => [status, body.length <= 3070])).toEqual([[201, true]]);
  });

  test("sent once more, as after a server that was killed, it stands there once", async () => {
    const [first] = service.posted;
    await fetch(`http://127.0.0.1:${service.port}/wpush/v2/${first?.token}`, {
      method: "POST",
      body: new Uint8Array(first?.body ?? []),
    });
    await until("the second to be taken", () => service.acked.length === 2);
    expect((await shown()).length).toBe(1);
  });

  test("one without words is shown in plain ones", async () => {
    const [first] = service.posted;
    await fetch(`http://127.0.0.1:${service.port}/wpush/v2/${first?.token}`, { method: "POST" });
    await until("it to be shown", async () => (await shown()).some(({ title }) => title === "Der er nyt i Mødesteder"));
  });

  test("what it is about is read from the phone's own data, the server being stopped", async () => {
    await tab.run(`dispatchEvent(new Event("focus"))`);
    await tab.sees("Kirsten er syg.");
    await server.stop();
    await tab.goto("/gemt");
    await tab.goto(opens);
    await tab.sees(NAME);
    await tab.sees(/aflyst/i);
    await tab.sees("Kirsten er syg.");
    await server.start();
  });

  test("an address that its service has forgotten is made anew, and the follow stays", async () => {
    service.forget();
    does(dir, op("change_time", "event", event.id, { change: { day: event.day, state: "on" } }));
    await until("the server to give the address up", () => reached() === 0, CLOCK_MS);
    await tab.goto("/");
    await tab.sees("Mødesteder");
    await until("the phone to be reached again", () => reached() === 1 && service.registered === 1);
    expect(follows()).toBe(1);
  });
});

/**
 * The main job in Firefox and in WebKit, on a narrow screen: visit, report, save the map; then no server at all and a browser that
 * was killed; then the server again. Each browser says by itself whether it can run here.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { COLOURS } from "#style/themes.ts";
import { type Feed, readFeed, theOne } from "./feed.ts";
import { pins, pixels, share } from "./map.ts";
import { lost } from "./narrow.ts";
import { clean, demoCopy, freePort, refused, rows, Server, until } from "./server.ts";
import { browser as firefox } from "./trouble/firefox.ts";
import type { Phone, Tab } from "./trouble/phone.ts";
import { browser as webkit } from "./trouble/webkit.ts";

const COLOUR = COLOURS.light;
const AT_SEA = [12.1, 54.62] as const;
const BENCH = "Aftenbænken ved sundet";
const CLUB = "Klubhuset i Gedser";
const NARROW = 320;

/** What reads a page needs of it no more than this. */
function asPage(tab: Tab): Page {
  const evaluate = (work: unknown, arg: unknown) => tab.run(`(${work})(${JSON.stringify(arg ?? null)})`);
  return { evaluate } as unknown as Page;
}

describe.each([firefox, webkit].map((browser) => [browser.name, browser] as const))("%s", (name, browser) => {
  const missing = browser.missing();
  const dir = missing ? "" : demoCopy();
  let server: Server;
  let phone: Phone;
  let tab: Tab;
  let feed: Feed;

  const toPlace = async (place: string): Promise<void> => {
    await tab.tap("link", "Mødesteder");
    await tab.tap("link", new RegExp(place));
    await tab.sees("Ser noget forkert ud?");
  };
  const report = async (text: string): Promise<void> => {
    await toPlace(BENCH);
    await tab.tap("link", "Meld en fejl");
    await tab.tap("radio", /affald/i);
    await tab.type(/./, text);
    await tab.tap("button", "Meld fejlen");
    await tab.sees("Fejlen er gemt her");
  };
  const landed = (text: string) =>
    rows(dir, "SELECT thing.uid, what, text FROM fault JOIN thing ON thing.id = subject").filter(
      (row) => row[2] === text,
    );

  beforeEach(({ skip }) => {
    if (missing) skip(missing);
  });
  beforeAll(async () => {
    if (missing) return;
    server = await new Server(await freePort(), dir, true).start();
    feed = await readFeed(server.url);
    phone = await browser.phone(server.url);
    tab = await phone.start({ width: NARROW });
  });
  afterAll(async () => {
    await phone?.stop();
    await server?.stop();
    if (dir) clean(dir);
  });

  test("the first visit shows the list, and a place in full", async () => {
    await tab.goto("/");
    await tab.sees(BENCH);
    expect(await tab.run("innerWidth")).toBe(NARROW);
    const club = theOne(feed.places, CLUB, (one) => one.name.da === CLUB);
    await toPlace(CLUB);
    for (const one of [club.where, club.amenities, club.ground, club.purpose, club.activities])
      await tab.sees(one?.da.replace(/\s+/g, " ") ?? "no words");
  });

  test("a fault is reported, and the municipality has it", async () => {
    await report("Flasker, set med nettet.");
    await tab.tap("link", "Gemt");
    await tab.sees("kommunen har fået det");
    expect(landed("Flasker, set med nettet.")).toHaveLength(1);
  });

  test("the whole map is saved, whether or not anybody answers the browser's question", async () => {
    await tab.tap("button", /^Hent hele kortet/);
    await tab.sees("Klar uden net");
  });

  test("no word is lost on a narrow screen", async () => {
    const found: string[] = [];
    for (const path of ["/", "/gemt", "/hjaelp", "/det-sker", "/om"]) {
      await tab.goto(path);
      await tab.sees("Hjælp");
      found.push(...(await lost(asPage(tab))).map((one) => `${path}: ${one}`));
    }
    await toPlace(CLUB);
    found.push(...(await lost(asPage(tab))));
    await tab.tap("link", "Meld en fejl");
    await tab.sees("Hvad er der galt?");
    found.push(...(await lost(asPage(tab))));
    expect(found).toEqual([]);
  });

  test("no server, and a new process on the same profile: list, place and map are there", async () => {
    await phone.kill();
    await server.stop();
    expect(await refused(server.port)).toBe(true);
    tab = await phone.start({ width: NARROW });
    await tab.goto("/");
    await tab.sees("Uden net");
    await tab.sees(BENCH);
    await toPlace(CLUB);
    await tab.tap("link", "Gemt");
    await tab.sees("Klar uden net");

    await tab.goto("/kort");
    const drawn = `document.querySelector('[data-map-drawn="all"]')?.moede.loaded() ?? false`;
    await until("the map to stand", () => tab.run<boolean>(drawn));
    const page = asPage(tab);
    const shown = (await pins(page)).map(({ id }) => id);
    expect(shown).toContain(theOne(feed.places, BENCH, (one) => one.name.da === BENCH).id);
    const [sea = []] = await pixels(page, [{ at: AT_SEA, reach: 4 }]);
    expect(share(sea, [COLOUR["m-water"]])).toBeGreaterThan(0.6);
  });

  test("nearness is told where the browser knows where it is, and a town is offered where it does not", async () => {
    await tab.goto("/");
    await tab.tap("button", "Nær mig");
    if (name === "firefox") return tab.sees(/\d (m|km) mod (nord|syd|øst|vest)/);
    await tab.sees("Må vi se, hvor du er?");
    await tab.tap("button", "Ja, find mig");
    await tab.sees("Vælg en by");
    await tab.tap("button", "Nykøbing Falster");
    await tab.sees(/\d (m|km) mod (nord|syd|øst|vest)/);
  });

  test("a fault waits for the net in a browser that is killed, and lands once", async () => {
    await report("Flasker, set uden net.");
    await phone.kill();
    tab = await phone.start({ width: NARROW });
    await tab.goto("/gemt");
    await tab.sees("venter på net");
    await tab.sees("Flasker, set uden net.");
    await server.start();
    await tab.goto("/gemt");
    await tab.unsees("venter på net");
    await until("the fault to land", () => landed("Flasker, set uden net.").length > 0);
    expect(landed("Flasker, set uden net.")).toHaveLength(1);
  });
});

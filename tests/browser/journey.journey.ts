/**
 * The main job, end to end: visit, save the map, lose the net in the middle, resume; then no server at all and a browser that was
 * killed; report a fault; then a server whose data has changed.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Phone } from "./chromium.ts";
import { Front } from "./front.ts";
import { mapFeatures, mapPixels, openMap } from "./map.ts";
import { positionsIn } from "./privacy.ts";
import { clean, command, demoCopy, freePort, PYTHON, ROOT, refused, Server, until } from "./server.ts";

let server: Server;
let front: Front;
const dir = demoCopy();
const phone = new Phone();
let page: Page;
const nav = (name: string) => page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name }).click();
const list = () => page.getByRole("list", { name: "Mødesteder" });

interface Manifest {
  readonly packs: readonly { readonly id: string; readonly bytes: number; readonly piece_bytes: number; readonly url: string }[];
}

beforeAll(async () => {
  server = await new Server(await freePort(), dir, true).start();
  front = await new Front(server.port).start();
});

afterAll(async () => {
  await phone.close().catch(() => undefined);
  await front.stop();
  await server.stop();
  clean(dir);
  phone.forget();
});

describe("a citizen, with network once and then never again", () => {
  test("the first visit shows the list, asks nothing, and says what is kept where", async () => {
    page = await phone.open();
    await page.goto(front.url);
    await list().getByRole("listitem").first().waitFor();
    expect(await list().getByRole("listitem").count()).toBeGreaterThanOrEqual(4);
    await expect.poll(() => page.locator("main").innerText()).toContain("Vi spørger ikke, hvem du er");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  });

  test("a map that is cut in the middle is resumed, and no piece is fetched twice", async () => {
    const { packs } = (await (await fetch(`${server.url}/api/v1/packs`)).json()) as Manifest;
    const all = packs.find((pack) => pack.id === "all");
    if (!all) throw new Error("no pack called all");
    await nav("Gemt");
    front.cutAfter = Math.floor(all.bytes * 0.45);
    await page.getByRole("button", { name: /Hent hele kortet/ }).first().click();
    await until("the cut", () => front.cutAfter === null);
    const asked = () => front.seen.filter((request) => request.url === all.url);
    await page.getByText("Klar uden net").first().waitFor({ timeout: 90_000 });
    const [first, ...rest] = asked();
    const whole = Math.floor((first?.sent ?? 0) / all.piece_bytes) * all.piece_bytes;
    const after = rest.reduce((sum, request) => sum + request.sent, 0);
    expect(first?.sent).toBeLessThan(all.bytes);
    expect(after).toBeLessThanOrEqual(all.bytes - whole + all.piece_bytes);
    expect(rest[0]?.headers, JSON.stringify(asked())).toMatch(/if-range/i);
  });

  test("the server is gone, the browser was killed: the list is there, search and nearness too", async () => {
    await front.stop();
    await server.stop();
    expect(await refused(server.port)).toBe(true);
    expect(await refused(front.port)).toBe(true);
    const before = await phone.kill();
    page = await phone.open();
    expect(phone.pid()).not.toBe(before);
    await page.goto(front.url);
    await list().getByRole("listitem").first().waitFor();
    await page.getByText("Uden net").first().waitFor();

    await page.getByRole("searchbox", { name: /^Søg/ }).fill("bænk");
    await until("only what fits is shown", async () => /bænk/i.test(await page.locator("main").innerText()));
    await page.getByRole("searchbox", { name: /^Søg/ }).fill("");

    await page.getByRole("button", { name: "Nær mig" }).click();
    await until("distances", async () => /\d\s?(m|km)\b/.test(await list().innerText()));
    const order = await list().getByRole("link").allInnerTexts();
    expect(await list().getByRole("link").allInnerTexts()).toEqual(order);
    await page.getByRole("button", { name: "Opdater rækkefølge" }).waitFor();
  });

  test("a place has its five descriptions and says ved ikke where nobody knows", async () => {
    await list().getByRole("link", { name: /Klubhuset i Gedser/ }).click();
    await page.getByRole("heading", { level: 1, name: /Klubhuset/ }).waitFor();
    const text = await page.locator("main").innerText();
    for (const words of ["I Gedser, ved vejen ned til lystbådene", "Et stort bord, et køkken", "Grus fra vejen", "Du kan varme dig", "spiser vi fisk sammen"])
      expect(text).toContain(words);
    expect(text.toLowerCase()).toContain("ved ikke");
  });

  test("a route tells its surfaces in words, and help is two taps away", async () => {
    await page.goto(`${front.url}/`);
    await list().getByRole("link", { name: /Kohaven|Digeturen|tur/i }).first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    const toRoute = page.getByRole("link", { name: /rute|Se turen|Ruten/i }).first();
    if (await toRoute.count()) await toRoute.click();
    await until("surfaces", async () => /fast|løs|uden belægning/i.test(await page.locator("main").innerText()));
    expect((await page.locator("main").innerText()).toLowerCase()).toContain("ved ikke");
    await nav("Hjælp");
    const help = page.getByRole("region", { name: "Hjælp" });
    await help.waitFor();
    expect(await page.locator("main").innerText()).toMatch(/112/);
    expect(await help.getByRole("link", { name: /112/ }).first().getAttribute("href")).toBe("tel:112");
  });

  test("the map draws land, a route and a place from the saved pack", async () => {
    const map = await openMap(page, front.url);
    const found = await mapFeatures(map);
    expect(found.streetsBeyondOverview).toBeGreaterThan(0);
    expect(found.places).toBeGreaterThan(0);
    expect(found.routes).toBeGreaterThan(0);
    const pixels = await mapPixels(map);
    expect(pixels.land).toBeGreaterThan(500);
    expect(pixels.route).toBeGreaterThan(20);
    expect(pixels.pin).toBeGreaterThan(20);
  });

  test("a fault is kept and waits for the net", async () => {
    await page.goto(`${front.url}/`);
    await list().getByRole("link", { name: /Aftenbænken/ }).click();
    await page.getByRole("link", { name: "Meld en fejl" }).first().click();
    await page.getByRole("radio", { name: /affald/i }).check();
    await page.getByRole("textbox").first().fill("Der ligger flasker under bænken.");
    await page.getByRole("button", { name: /^Send|^Meld|^Gem/ }).first().click();
    await page.getByText(/venter på net/i).first().waitFor();
    const again = await phone.kill();
    page = await phone.open();
    expect(phone.pid()).not.toBe(again);
    await page.goto(`${front.url}/gemt`);
    await page.getByText(/venter på net/i).first().waitFor();
  });

  test("the server comes back with other data: the fault is one row, and list and map say the rest", async () => {
    const op = (verb: string, id: string, args: object) =>
      JSON.stringify({ id: crypto.randomUUID(), verb, at: "2026-03-03T12:00:00Z", subject: { kind: "place", id }, base: null, args });
    const text = (da: string) => ({ da });
    const fresh = "0190f3a0-0000-7000-8000-000000000001";
    const five = { where: text("Ved kirken."), amenities: text("En bænk."), ground: text("Græs."), purpose: text("En pause."), activities: text("Snak.") };
    const gone = (await publicPlaces(dir)).find((place) => place.name.da.includes("Krolf"));
    if (!gone) throw new Error("the demo has no krolf");
    const lines = [
      op("save_place", fresh, { set: { form: "spot", name: text("Bænken ved Nyskabte Kirke"), point: [11.87, 54.77], ...five } }),
      op("move_state", fresh, { to: "developing", why: null, successor_id: null }),
      op("move_state", fresh, { to: "active", why: null, successor_id: null }),
      op("move_state", gone.id, { to: "dissolved", why: text("Banen er væk."), successor_id: fresh }),
    ];
    command(dir, ["op", "-"], lines.join("\n"));
    await server.start();
    await front.start();
    await page.goto(`${front.url}/`);
    await list().getByRole("link", { name: /Nyskabte Kirke/ }).waitFor({ timeout: 30_000 });
    expect(await list().getByRole("link", { name: /Krolf/ }).count()).toBe(0);
    await page.goto(`${front.url}/steder/${gone.slug}`);
    await until("the dissolved place says so", async () => /findes ikke mere/.test(await page.locator("main").innerText()));

    await until("the fault to land", async () => (await faults(dir)).some((text) => text.includes("flasker")));
    await until("the receipt", async () => {
      await page.goto(`${front.url}/gemt`);
      return !/venter på net/i.test(await page.locator("main").innerText());
    });
    expect((await faults(dir)).filter((text) => text.includes("flasker"))).toHaveLength(1);
    const feed = await (await fetch(`${server.url}/api/v1/sync/public`)).text();
    expect(feed).toContain('"what":"litter"');

    const other = new Phone();
    const stranger = await other.open();
    await stranger.goto(front.url);
    await stranger.getByRole("list", { name: "Mødesteder" }).getByRole("link", { name: /Aftenbænken/ }).click();
    await until("another phone tells of it", async () => /affald/i.test(await stranger.locator("main").innerText()));
    await other.close();
    other.forget();
  });

  test("nothing that left the phone holds its position", () => {
    expect(front.seen.length).toBeGreaterThan(5);
    expect(positionsIn(front.seen)).toEqual([]);
  });
});

async function publicPlaces(_dir: string): Promise<{ id: string; slug: string; name: { da: string } }[]> {
  const script = "import sqlite3,sys,json; print(json.dumps([json.loads(r[0]) for r in sqlite3.connect(sys.argv[1]).execute(\"select body from feed where scope='public' and kind='place' and body is not null\")]))";
  return JSON.parse(execFileSync(PYTHON, ["-c", script, join(_dir, "moedesteder.db")], { cwd: ROOT, encoding: "utf8" }));
}

async function faults(_dir: string): Promise<string[]> {
  const file = join(_dir, "moedesteder.db");
  if (!existsSync(file)) return [];
  const script = "import sqlite3,sys,json; print(json.dumps([r[0] for r in sqlite3.connect(sys.argv[1]).execute('select text from fault')]))";
  return JSON.parse(execFileSync(PYTHON, ["-c", script, file], { encoding: "utf8" }));
}

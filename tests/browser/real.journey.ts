/**
 * The same without demo: the municipality's own layers imported, settings and three places sent by the command line. Their names are
 * random words of this run, so nothing built in can stand in for them. The server stays away behind a proxy that answers 502.
 */
import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { COLOURS } from "#style/themes.ts";
import type { Facility, PackList, Route } from "../../pwa/src/api/types.gen.ts";
import { metres } from "../../pwa/src/geo/distance.ts";
import { decode } from "../../pwa/src/geo/line.ts";
import { HERE, type Phone } from "./chromium.ts";
import { type Feed, op, readFeed, step, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { alongLine, mapStands, pins, pixels, share, ways } from "./map.ts";
import { opens } from "./opens.ts";
import { foreignHosts, positionsIn } from "./privacy.ts";
import { heading, inHand, list, menu, open, said, search, toList, toMap, toPlace, words } from "./screens.ts";
import { command, emptyDir, openToAll, refused, rows, run, type Server, SHARED, until } from "./server.ts";

const LAYERS = join(SHARED, "guldborgsund");
const HERE_POINT = [HERE.longitude, HERE.latitude] as const;
const TOILET = 1012;
const BENCH = 1371;
const text = (da: string) => ({ da });

/** A word that nobody has written before: "Tovalirup". */
function word(): string {
  const part = () => "bdfgklmnprstv".charAt(randomInt(13)) + "aeiou".charAt(randomInt(5));
  const made = part() + part() + part() + part();
  return `${made.charAt(0).toUpperCase()}${made.slice(1)}rup`;
}

/** A UUIDv7 of now. */
function uuid(): string {
  const hex = Date.now().toString(16).padStart(12, "0") + randomBytes(10).toString("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const five = () => ({
  where: text(`Tæt ved ${word()}.`),
  amenities: text(`Noget at sidde på ved ${word()}.`),
  ground: text(`Stien til ${word()} er af grus.`),
  purpose: text(`En pause hos ${word()}.`),
  activities: text(`Vi taler om ${word()}.`),
});

const bench = { id: uuid(), name: `Bænken ${word()}`, five: five() };
const walk = { id: uuid(), name: `Turen ${word()}`, five: five() };
const house = { id: uuid(), name: `Huset ${word()}`, five: five() };
const late = { id: uuid(), name: `Pladsen ${word()}`, five: five() };
const FAULT = `Brættet mod ${word()} er knækket.`;
const NUMBER = "54 73 10 00";
const MUNICIPALITY = `Kommunen i ${word()}`;

const settings = {
  bounds: [11.53, 54.55, 12.18, 54.98],
  towns: [
    { name: text("Nykøbing Falster"), point: [11.87425, 54.76906] },
    { name: text("Nysted"), point: [11.73426, 54.66513] },
  ],
  languages: ["da"],
  help: [
    { what: "emergency", name: text("Ved fare og sygdom"), phone: "112" },
    { what: "municipality", name: text(MUNICIPALITY), phone: NUMBER },
  ],
};

/** Sends a file of ops as a clerk does, and fails where one is not applied. */
function send(dir: string, lines: readonly string[]): void {
  const file = join(dir, "ops.ndjson");
  writeFileSync(file, `${lines.join("\n")}\n`);
  command(dir, ["op", file]);
}

function importLayers(dir: string): string {
  const files = readdirSync(LAYERS).filter((name) => name.endsWith(".gpkg"));
  return command(dir, ["import", ...files.sort().map((name) => join(LAYERS, name))]);
}

const nearest = (things: readonly Facility[], code: number) =>
  theOne(
    things.filter((one) => one.code === code).sort((a, b) => metres(HERE_POINT, a.point) - metres(HERE_POINT, b.point)),
    `facility of ${code}`,
    () => true,
  );

if (!existsSync(LAYERS))
  test("the municipality's own layers", ({ skip }) => skip("needs ../shared/data, which is not here"));
else describe("the municipality's own layers", journey);

function journey(): void {
  let dir = "";
  let server: Server;
  let gate: Gate;
  let phone: Phone;
  let page: Page;
  let feed: Feed;
  let at: { bench: Facility; toilet: Facility; route: Route };

  const imported = (): string => {
    const made = emptyDir();
    importLayers(made);
    send(made, [op("save_settings", "settings", "site", { set: settings })]);
    return openToAll(made);
  };
  opens(
    async (it) => {
      ({ dir, server, gate, phone } = it);
      feed = await readFeed(server.url);
      const routes = [...feed.routes].sort((a, b) => a.length_m - b.length_m);
      at = {
        bench: nearest(feed.facilities, BENCH),
        toilet: nearest(feed.facilities, TOILET),
        route: theOne(routes, "walk of a few km", ({ modes, length_m }) => modes.includes("walk") && length_m > 2500),
      };
      send(dir, [
        ...placed(bench, { form: "spot", point: at.bench.point, facility_ids: [at.bench.id] }),
        ...placed(walk, { form: "route", route_id: at.route.id }),
        ...placed(house, {
          form: "building",
          point: at.toilet.point,
          facility_ids: [at.toilet.id],
          hours: { weekly: null, holidays: null, source: "Værten", seen_on: "2026-03-01" },
          access: { step_free: { value: true, source: "Værten", seen_on: "2026-03-01" } },
        }),
      ]);
      const site = join(dir, "site.json");
      writeFileSync(site, command(dir, ["site"]));
      const area = join(LAYERS, "boundary.geojson");
      const land = join(SHARED, "dk-kommuner.geojson");
      const layers = ["--layers", LAYERS, "--area", area, "--land", land, "--site", site];
      run(["tiles", "build", ...layers, "--out", join(dir, "packs")]);
      page = await phone.open();
    },
    { data: imported },
  );

  function placed(place: typeof bench, more: object): string[] {
    const set = { name: text(place.name), ...place.five, ...more };
    return [op("save_place", "place", place.id, { set }), step(place.id, "developing"), step(place.id, "active")];
  }

  test("one visit brings the three places, hundreds of facilities and the map", async () => {
    expect(feed.facilities.length).toBeGreaterThan(300);
    expect(feed.routes.length).toBeGreaterThan(700);
    await open(page, server.url);
    await list(page).getByRole("link", { name: walk.name }).waitFor();
    await until("three places", async () => (await list(page).getByRole("listitem").count()) === 3);
    await inHand(page);
  });

  test("hundreds of routes without a name can be told apart, each with one word for what it is; those by car stand last", async () => {
    const ways = list(page, "Ture");
    await page.getByRole("button", { name: `Se alle ${feed.routes.length - 1} ture` }).click();
    const more = page.getByRole("button", { name: /^Vis \d+ til$/ });
    while (await more.count()) await more.first().click();
    const rows = (await ways.getByRole("link").allInnerTexts()).map((row) => row.replace(/\s+/g, " ").trim());
    expect(rows.length).toBe(feed.routes.length - 1);
    expect(rows.filter((row) => /uden navn|Vandrerute|Bilrute/.test(row))).toEqual([]);
    expect(rows[0]).toMatch(/^(Gå|Cykel)tur på [\d,]+ km .*(Nykøbing Falster|Nysted)/);
    // Two may begin in one corner and be as long to a hundred metres; most are one of a kind.
    expect(new Set(rows).size / rows.length).toBeGreaterThan(0.6);
    const [last = ""] = rows.slice(-1);
    if (rows.some((row) => row.startsWith("Køretur"))) expect(last).toMatch(/^Køretur/);
    await open(page, server.url);
  });

  test("its map is cut in the middle and goes on from there", async () => {
    const { packs } = (await (await fetch(`${server.url}/api/v1/packs`)).json()) as PackList;
    const all = theOne(packs, "pack called all", ({ id }) => id === "all");
    await menu(page, "Gemt").click();
    gate.stallAfter = Math.floor(all.bytes / 2);
    await page
      .getByRole("button", { name: /^Hent hele kortet/ })
      .first()
      .click();
    const done = page.getByRole("progressbar", { name: "Hele kommunen" });
    await until("some pieces", async () => Number(await done.getAttribute("aria-valuenow")) >= 30);
    gate.cut();
    await page.getByRole("button", { name: "Hent resten" }).click();
    await page.getByText("Klar uden net").first().waitFor();
    const [first, ...rest] = gate.passed.filter(({ method, url }) => method === "GET" && url === all.url);
    const whole = Math.floor((first?.sent ?? 0) / all.piece_bytes) * all.piece_bytes;
    const after = rest.reduce((sum, { sent }) => sum + sent, 0);
    expect(whole).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(all.bytes - whole + all.piece_bytes);
  });

  test("the server is gone, the browser was killed: the places are found by words that only they have", async () => {
    await server.stop();
    expect(await refused(server.port)).toBe(true);
    const before = await phone.kill();
    page = await phone.open();
    expect(phone.pid()).not.toBe(before);
    await open(page, server.url);
    await page.getByRole("status").filter({ hasText: "Uden net" }).waitFor();
    expect(await page.evaluate(() => fetch("/live").then(({ status }) => status))).toBe(502);
    for (const { name } of [bench, walk, house]) {
      await search(page).fill(name.split(" ")[1] ?? "");
      await until(`only ${name}`, async () => (await list(page).getByRole("listitem").count()) === 1);
      await list(page).getByRole("link", { name }).waitFor();
    }
    // The register's benches are found by their kind.
    await search(page).fill("bænk");
    await until("benches", async () => /bænk/i.test(await said(page.locator("main"))));
    // Words of a description are found too.
    await search(page).fill(house.five.activities.da.replace("Vi taler om ", "").replace(".", ""));
    await list(page).getByRole("link", { name: house.name }).waitFor();
    await search(page).fill("");
    await until("three places", async () => (await list(page).getByRole("listitem").count()) === 3);
  });

  test("near me puts them in the order of their distance", async () => {
    await page.getByRole("button", { name: "Nær mig" }).click();
    await page.getByRole("button", { name: "Opdater rækkefølge" }).waitFor();
    const start = decode(at.route.stretches[0]?.line ?? "")[0] ?? HERE_POINT;
    const far = [
      { name: bench.name, m: metres(HERE_POINT, at.bench.point) },
      { name: house.name, m: metres(HERE_POINT, at.toilet.point) },
      { name: walk.name, m: metres(HERE_POINT, start) },
    ].sort((a, b) => a.m - b.m);
    expect(await list(page).locator(".name").allTextContents()).toEqual(far.map(({ name }) => name));
    expect(await said(list(page).getByRole("listitem").last())).toMatch(/[\d,]+ km mod /);
    // Things in the landscape stand by distance too, from the register itself.
    await list(page, "I nærheden").getByRole("listitem").first().waitFor();
  });

  test("a place says its five descriptions, and ved ikke", async () => {
    await toPlace(page, house.name);
    const shown = await words(page);
    for (const one of Object.values(house.five)) expect(shown).toContain(one.da);
    expect(shown).toMatch(/Trin ingen Set 1\. marts 2026\. Kilde: Værten/);
    expect(shown).toMatch(/Døren ved ikke/);
    expect(shown).toMatch(/Åbent ved ikke/);
    expect(shown).toMatch(/Ting på stedet.* Toilet/);
  });

  test("a route of the register says how long it is, and that its surface is not known", async () => {
    await toPlace(page, walk.name);
    await page.getByRole("link", { name: "Se turen" }).click();
    expect(at.route.name.da).toBe("Vandrerute, uden navn");
    await heading(page, /^Gåtur på [\d,]+.km$/).waitFor();
    const shown = await words(page);
    expect(shown).toContain(`Længde ${(at.route.length_m / 1000).toFixed(1).replace(".", ",").replace(",0", "")} km`);
    expect(at.route.stretches.every(({ surface }) => surface === null)).toBe(true);
    expect(shown).toMatch(/Turen på én linje .*Ved ikke [\d,]+ km/);
    expect(shown).toMatch(/Trin på turen ved ikke/);
    expect(shown).toContain(walk.name);
    expect(shown).toContain(`Kilde: ${at.route.source}`);
  });

  test("help has the numbers that were sent", async () => {
    await menu(page, "Hjælp").click();
    const help = page.getByRole("region", { name: "Hjælp" });
    expect(await help.getByRole("link", { name: /112/ }).getAttribute("href")).toBe("tel:112");
    expect(await said(help)).toContain(MUNICIPALITY);
    expect(await help.getByRole("link", { name: NUMBER }).getAttribute("href")).toMatch(/^tel:(\+45)?54731000$/);
  });

  test("the map has the land of the layers, the three places and the route", async () => {
    await toMap(page);
    await mapStands(page, "all");
    const drawn = (await pins(page)).map(({ id }) => id);
    for (const { id } of [bench, walk, house]) expect(drawn).toContain(id);
    const [sea = []] = await pixels(page, [{ at: [12.1, 54.62], reach: 4 }]);
    expect(share(sea, [COLOURS.light["m-water"]])).toBeGreaterThan(0.6);

    await toPlace(page, walk.name);
    await page.getByRole("link", { name: "Se turen" }).click();
    await page.getByRole("link", { name: /^Vis på kortet/ }).click();
    await mapStands(page, "all");
    expect((await ways(page)).length).toBeGreaterThan(0);
    // "Ved ikke" is drawn hollow: two thin lines with the ground between them.
    const line = decode(at.route.stretches[0]?.line ?? "");
    const { points, on, beside } = await alongLine(page, line, [COLOURS.light.act], 5);
    expect(points).toBeGreaterThan(5);
    expect(on).toBeGreaterThan(0.1);
    expect(beside).toBeLessThan(on / 2);
    await toList(page);
  });

  test("a fault on a bench of the register waits for the net, and lands once; what has changed meanwhile is told", async () => {
    await toPlace(page, bench.name);
    await list(page, "Ting på stedet").getByRole("link").first().click();
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: /i stykker/i }).click();
    await page.getByRole("textbox").fill(FAULT);
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await page.getByText("Fejlen er gemt her og sendes, når der er net.").waitFor();

    send(dir, [
      ...placed(late, { form: "spot", point: at.toilet.point }),
      op("move_state", "place", house.id, { to: "dissolved", why: text("Huset er solgt."), successor_id: bench.id }),
    ]);
    await server.start();
    await open(page, server.url);
    await list(page).getByRole("link", { name: late.name }).waitFor();
    expect(await list(page).getByRole("link", { name: house.name }).count()).toBe(0);
    await menu(page, "Gemt").click();
    await page.getByText("kommunen har fået det", { exact: true }).waitFor();
    const landed = "SELECT thing.uid, what, text FROM fault JOIN thing ON thing.id = subject";
    expect(rows(dir, landed)).toEqual([[at.bench.id, "broken", FAULT]]);
    const { facilities } = await readFeed(server.url);
    const told = theOne(facilities, "bench", ({ id }) => id === at.bench.id);
    expect(told.faults.map(({ what }) => what)).toEqual(["broken"]);
  });

  test("importing the same layers again changes nothing: every scope's head stays, and the phone has nothing to fetch", async () => {
    const heads = () => rows(dir, "SELECT scope, head, digest FROM feed_scope ORDER BY scope");
    const before = heads();
    const { cursor } = await readFeed(server.url);
    importLayers(dir);
    expect(heads()).toEqual(before);
    const after = await fetch(`${server.url}/api/v1/sync/public?since=${cursor}`);
    expect(await after.json()).toMatchObject({ cursor, more: false, changes: [] });
  });

  test("nothing that left the phone holds its position, none went to another host, no page went wrong", async () => {
    expect(positionsIn(gate.passed, feed.epoch)).toEqual([]);
    expect(foreignHosts(gate, phone, new URL(server.url).host)).toEqual([]);
    expect(phone.wrong).toEqual([]);
  });
}

/**
 * The main job, end to end: visit, save the map, lose the net in the middle, resume; then no server at all and a browser that was
 * killed; report a fault; then a server whose data has changed.
 */

import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { COLOURS } from "#style/themes.ts";
import type { PackList, PackManifest } from "../../pwa/src/api/types.gen.ts";
import { decode } from "../../pwa/src/geo/line.ts";
import { Phone } from "./chromium.ts";
import { type Feed, op, readFeed, step, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { alongLine, mapStands, pins, pixels, share, ways } from "./map.ts";
import { opens } from "./opens.ts";
import { foreignHosts, positionsIn } from "./privacy.ts";
import { heading, inHand, list, menu, open, said, search, toList, toMap, toPlace, words } from "./screens.ts";
import { command, refused, rows, type Server, until } from "./server.ts";

const COLOUR = COLOURS.light;
const LAND = (["m-land", "m-field", "m-field-2", "m-meadow", "m-wood", "m-built", "m-park"] as const).map(
  (role) => COLOUR[role],
);
/** Where nothing but land, and nothing but water, is drawn: a field on Falster, the Baltic. */
const INLAND = [11.62, 54.75] as const;
const AT_SEA = [12.1, 54.62] as const;
const BENCH = "Aftenbænken ved sundet";
const FRESH = "0190f3a0-0000-7000-8000-000000000001";
const FLASKS = "Der ligger flasker under bænken.";

let dir: string;
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;
let all: PackManifest;
let feed: Feed;
const place = (name: string) => theOne(feed.places, name, (one) => one.name.da === name);
const gone = () => place("Krolf i Nørre Alslev");

async function killAndOpen(): Promise<void> {
  const before = await phone.kill();
  page = await phone.open();
  expect(phone.pid()).not.toBe(before);
}

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open();
  feed = await readFeed(server.url);
  const { packs } = (await (await fetch(`${server.url}/api/v1/packs`)).json()) as PackList;
  all = theOne(packs, "pack called all", ({ id }) => id === "all");
});

describe("a citizen, with network once and then never again", () => {
  test("the first visit shows the list, asks nothing, and says what is kept where", async () => {
    await open(page, server.url);
    expect(await list(page).getByRole("listitem").count()).toBeGreaterThanOrEqual(4);
    const text = await words(page);
    expect(text).toContain("Vi spørger ikke, hvem du er.");
    expect(text).toContain("Hvor du går, bliver på din telefon.");
    expect(text).toContain("Din sagsbehandler kan ikke se, at du bruger Mødesteder.");
    await inHand(page);
  });

  test("a map that is cut in the middle is resumed, and no piece is fetched twice", async () => {
    const asked = () => gate.passed.filter(({ url }) => url === all.url);
    await menu(page, "Gemt").click();
    // In the middle of the second piece nothing more comes; once the phone says that it has the first, the net is gone.
    gate.stallAfter = Math.floor(all.piece_bytes * 1.5);
    await page
      .getByRole("button", { name: /^Hent hele kortet/ })
      .first()
      .click();
    const done = page.getByRole("progressbar", { name: "Hele kommunen" });
    const firstPiece = Math.floor((all.piece_bytes / all.bytes) * 100);
    await until("the first piece", async () => Number(await done.getAttribute("aria-valuenow")) >= firstPiece);
    gate.cut();
    await page.getByRole("button", { name: "Hent resten" }).waitFor();
    expect(await words(page)).toContain("Nettet forsvandt.");
    expect(await words(page)).not.toContain("Klar uden net");

    // The archive alone is no map: without the code that draws it nothing is ready.
    gate.hold = /\/assets\/map-.*\.js$/;
    await page.getByRole("button", { name: "Hent resten" }).click();
    await until("the map's code to be asked for", () => gate.held > 0);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await words(page)).not.toContain("Klar uden net");
    gate.letGo();
    await page.getByText("Klar uden net").first().waitFor();

    const [first, ...rest] = asked().filter(({ method }) => method === "GET");
    const whole = Math.floor((first?.sent ?? 0) / all.piece_bytes) * all.piece_bytes;
    const after = rest.reduce((sum, { sent }) => sum + sent, 0);
    expect(whole).toBe(all.piece_bytes);
    expect(after).toBeLessThanOrEqual(all.bytes - whole + all.piece_bytes);
    expect(after).toBeGreaterThanOrEqual(all.bytes - whole - all.piece_bytes);
    expect(rest[0]?.headers).toMatch(new RegExp(`^range\nbytes=${all.piece_bytes}-`, "im"));
    expect(rest[0]?.headers).toMatch(/^if-range\n/im);
  });

  test("the server is gone and the browser was killed: the list is there, and says from when", async () => {
    await gate.stop();
    await server.stop();
    expect(await refused(server.port)).toBe(true);
    expect(await refused(gate.port)).toBe(true);
    await killAndOpen();
    await open(page, server.url);
    await page.getByRole("status").filter({ hasText: "Uden net" }).waitFor();
    expect(
      await page.evaluate(() =>
        fetch("/live").then(
          () => "there",
          () => "gone",
        ),
      ),
    ).toBe("gone");
  });

  test("search finds benches, however they are spelled", async () => {
    const before = await list(page).getByRole("listitem").count();
    for (const query of ["bænk", "baenk", "bænkk"]) {
      await search(page).fill(query);
      await list(page, "I nærheden").getByRole("link", { name: /^Bænk/ }).first().waitFor();
      await until(`fewer places for ${query}`, async () => (await list(page).getByRole("listitem").count()) < before);
      await list(page)
        .getByRole("link", { name: /Aftenbænken/ })
        .waitFor();
    }
    await search(page).fill("xyzzyx");
    await page.getByText("Ingen steder passer").waitFor();
    await page.getByRole("button", { name: "Vis alle steder" }).click();
    await until("all places again", async () => (await list(page).getByRole("listitem").count()) === before);
  });

  test("near me: the nearest first, how far and whither, and the order stands as long as nobody asks", async () => {
    const rows = list(page).getByRole("listitem");
    const names = () => rows.locator(".name").allTextContents();
    await page.getByRole("button", { name: "Nær mig" }).click();
    await page.getByRole("button", { name: "Opdater rækkefølge" }).waitFor();
    const order = await names();
    expect(await said(rows.first())).toMatch(/\d\s(m|km)\s+mod (nord|syd|øst|vest)/);
    const far = (await rows.locator(".far").allTextContents()).flatMap((text) => {
      const [, n = "", unit] = /^\s*([\d,.]+)\s(m|km)/.exec(text) ?? [];
      return unit ? [Number(n.replace(/\./g, "").replace(",", ".")) * (unit === "km" ? 1000 : 1)] : [];
    });
    expect(far.length).toBeGreaterThan(5);
    expect(far[0]).toBeLessThan(far.at(-1) ?? 0);

    await phone.context.setGeolocation({ latitude: 54.5764, longitude: 11.927 });
    await toPlace(page, "Klubhuset i Gedser");
    await toList(page);
    expect(await names()).toEqual(order);
  });

  test("a place has its five descriptions and says ved ikke where nobody knows", async () => {
    await toPlace(page, "Klubhuset i Gedser");
    const text = await words(page);
    const { where, amenities, ground, purpose, activities } = place("Klubhuset i Gedser");
    for (const one of [where, amenities, ground, purpose, activities]) expect(text).toContain(one?.da);
    const facts = page.getByRole("heading", { name: "Kan jeg komme ind?" }).locator("xpath=ancestor::section");
    const told = await said(facts);
    expect(told).toMatch(/Trin ja/);
    expect(told).toMatch(/Døren ved ikke/);
    expect(told).toMatch(/3\. september 2026\. Kilde: Ruteguide \(demo\)/);
    expect(text).toMatch(/Åbent.*ved ikke/);
  });

  test("a route tells its surfaces, its gate and what is closed in words", async () => {
    await toPlace(page, "Digeturen i Marielyst");
    await page.getByRole("link", { name: "Se turen" }).click();
    await heading(page, "Digeturen fra Marielyst").waitFor();
    expect(new URL(page.url()).pathname).toBe("/ruter/digeturen-fra-marielyst");
    const text = await words(page);
    for (const surface of [/Fast [\d,]+ (k?m)/, /Uden belægning [\d,]+ (k?m)/, /Andet [\d,]+ (k?m)/])
      expect(text).toMatch(surface);
    expect(text).toContain("Låge, 85 cm bred");
    expect(text).toMatch(/Smalleste låge .{0,40}85 cm/);
    expect(text).toContain("Diget bliver gjort højere her.");
    expect(text).toMatch(/spærret [\d,]+ k?m/i);
    expect(text).toMatch(/Højeste kantsten ved ikke/);
    // The drawing of the way says the same to who does not see it.
    const strip = page.getByRole("img", { name: /^Fra start: [\d,]+ k?m fast/ });
    expect(await strip.getAttribute("aria-label")).toMatch(/Låge på 85\scm ved/);

    await toPlace(page, "Mandagsturen i Kohaven");
    await page.getByRole("link", { name: "Se turen" }).click();
    await page.getByRole("heading", { name: "Turen på én linje" }).waitFor();
    for (const surface of [/Fast [\d,]+/, /Løst [\d,]+/, /Uden belægning [\d,]+/, /Ved ikke [\d,]+/])
      expect(await words(page)).toMatch(surface);
  });

  test("the map draws land, water and every place from the saved pack", async () => {
    await toMap(page);
    await mapStands(page, "all");
    const drawn = await pins(page);
    const expected = feed.places.filter(({ point }) => point !== null);
    expect(drawn.map(({ id }) => id)).toEqual(expect.arrayContaining(expected.map(({ id }) => id)));

    const [inland = [], sea = []] = await pixels(page, [
      { at: INLAND, reach: 4 },
      { at: AT_SEA, reach: 4 },
    ]);
    expect(share(inland, LAND)).toBeGreaterThan(0.6);
    expect(share(inland, [COLOUR["m-water"]])).toBe(0);
    expect(share(sea, [COLOUR["m-water"]])).toBeGreaterThan(0.6);

    const at = place("Shelterne ved Skejten").point as [number, number];
    const [plate = [], ...around] = await pixels(page, [
      { at, reach: 7 },
      ...[-24, 24].flatMap((px) => [
        { at, dx: px, reach: 4 },
        { at, dy: px, reach: 4 },
      ]),
    ]);
    // A plate with a white picture on it, and no line that passes.
    expect(share(plate, [COLOUR.act])).toBeGreaterThan(0.25);
    expect(share(around.flat(), [COLOUR.act])).toBe(0);

    // The overview ends at z10 and has roads alone.
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: /^Vis på kortet/ }).click();
    await mapStands(page, "all");
    expect(await ways(page)).toContain("residential");
  });

  test("a route lies on the map where it goes", async () => {
    const route = theOne(feed.routes, "dyke walk", ({ slug }) => slug === "digeturen-fra-marielyst");
    await toPlace(page, "Digeturen i Marielyst");
    await page.getByRole("link", { name: "Se turen" }).click();
    await page.getByRole("link", { name: /^Vis på kortet/ }).click();
    await mapStands(page, "all");
    const firm = theOne(route.stretches, "firm stretch", ({ surface }) => surface?.value === "firm");
    const { points, on, beside } = await alongLine(page, decode(firm.line), [COLOUR.act]);
    expect(points).toBeGreaterThan(5);
    expect(on).toBeGreaterThan(0.5);
    expect(beside).toBe(0);
  });

  test("asked again, the order is that of where one is by now", async () => {
    await toList(page);
    const first = list(page).locator(".name").first();
    // A fix of the last ten seconds is still good to the phone, so this may take some taps.
    await until("the club house in Gedser to stand first", async () => {
      await page.getByRole("button", { name: "Opdater rækkefølge" }).click();
      return (await first.textContent()) === "Klubhuset i Gedser";
    });
  });

  test("help is two taps away, with 112 and where one is", async () => {
    await menu(page, "Hjælp").click();
    const help = page.getByRole("region", { name: "Hjælp" });
    await help.waitFor();
    expect(await help.getByRole("link", { name: /112/ }).getAttribute("href")).toBe("tel:112");
    expect(await words(page)).toContain("Guldborgsundlinjen");
    await page.getByText("Nærmeste mødested").waitFor();
    expect(await words(page)).toMatch(/Grader 54,5764 nord 11,9270 øst/);
  });

  test("a fault is kept, shown at once, and waits for the net", async () => {
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: /affald/i }).click();
    await page.getByRole("textbox").fill(FLASKS);
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await page.getByText("Fejlen er gemt her og sendes, når der er net.").waitFor();
    await page.getByRole("link", { name: `Tilbage til ${BENCH}` }).click();
    await page.getByText("Meldt af dig. Venter på net.").waitFor();
    await killAndOpen();
    await page.goto(`${server.url}/gemt`);
    await page.getByText("venter på net", { exact: true }).waitFor();
    expect(await words(page)).toContain(FLASKS);
  });
});

describe("the server comes back with other data", () => {
  beforeAll(async () => {
    const text = (da: string) => ({ da });
    const five = {
      where: text("Ved kirken."),
      amenities: text("En bænk."),
      ground: text("Græs."),
      purpose: text("En pause."),
      activities: text("Snak."),
    };
    const lines = [
      op("save_place", "place", FRESH, {
        set: { form: "spot", name: text("Bænken ved Nyskabte Kirke"), point: [11.8, 54.83], ...five },
      }),
      step(FRESH, "developing"),
      step(FRESH, "active"),
      op("move_state", "place", gone().id, { to: "dissolved", why: text("Banen er væk."), successor_id: FRESH }),
    ];
    command(dir, ["op", "-"], lines.join("\n"));
    await server.start();
    await gate.start();
  });

  test("list and page say so", async () => {
    await open(page, server.url);
    await list(page)
      .getByRole("link", { name: /Nyskabte Kirke/ })
      .waitFor();
    expect(await list(page).getByRole("link", { name: gone().name.da }).count()).toBe(0);
    await page.goto(`${server.url}/steder/${gone().slug}`);
    await page.getByText("Stedet findes ikke mere").waitFor();
    expect(await words(page)).toContain("Banen er væk.");
  });

  test("the map says so: one pin gone, one new", async () => {
    await toMap(page);
    await mapStands(page, "all");
    const ids = (await pins(page)).map(({ id }) => id);
    expect(ids).toContain(FRESH);
    expect(ids).toContain(place(BENCH).id);
    expect(ids).not.toContain(gone().id);
  });

  test("the fault landed once, and the phone has its receipt", async () => {
    await menu(page, "Gemt").click();
    await page.getByText("kommunen har fået det", { exact: true }).waitFor();
    const landed = rows(dir, "SELECT thing.uid, what, text FROM fault JOIN thing ON thing.id = subject").filter(
      ([, , text]) => text === FLASKS,
    );
    expect(landed).toEqual([[place(BENCH).id, "litter", FLASKS]]);
  });

  test("everybody reads of it: in the feed, and on a phone that was never here before", async () => {
    const now = await readFeed(server.url);
    const bench = theOne(now.places, "bench", ({ id }) => id === place(BENCH).id);
    expect(bench.faults.map(({ what, state }) => [what, state])).toContainEqual(["litter", "reported"]);
    expect(JSON.stringify(now)).not.toContain("flasker");

    const other = new Phone(gate);
    try {
      const stranger = await other.open();
      await open(stranger, server.url);
      await toPlace(stranger, BENCH);
      await stranger.getByText("Her ligger affald.").waitFor();
    } finally {
      await other.forget();
    }
  });

  test("nothing that left the phone holds its position, none went to another host, no page went wrong", async () => {
    expect(gate.passed.length).toBeGreaterThan(20);
    expect(positionsIn(gate.passed, feed.epoch)).toEqual([]);
    expect(foreignHosts(gate, phone, new URL(server.url).host)).toEqual([]);
    expect(phone.wrong).toEqual([]);
  });
});

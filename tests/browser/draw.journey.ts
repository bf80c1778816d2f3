/** A route drawn at the desk: along the paths of the map, by mouse, by keys alone and by a finger at 390 px; cut, described, closed, saved. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Route } from "../../pwa/src/api/types.gen.ts";
import { encode } from "../../pwa/src/desk/map/encode.ts";
import { decode } from "../../pwa/src/geo/line.ts";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { op, readFeed, theOne } from "./feed.ts";
import { mapStands } from "./map.ts";
import { small } from "./narrow.ts";
import { clean, command, demoCopy, freePort, Server, until } from "./server.ts";

type LonLat = [number, number];
interface Map {
  jumpTo(where: { center: LonLat; zoom: number }): void;
  project(at: LonLat): { x: number; y: number };
  querySourceFeatures(source: string, options: object): { geometry: { type: string; coordinates: LonLat[] } }[];
}
type Host = HTMLElement & { moede: Map };

let page: Page;
let server: Server;
let url = "";
const dir = demoCopy();
const phone = new Phone();

beforeAll(async () => {
  server = await new Server(await freePort(), dir, true).start();
  url = `http://localhost:${server.port}`;
  page = await phone.open({ width: 1280, height: 900, touch: true });
  await comeIn(page, url, dir, "editor", "Mette");
  if (process.env.SHOTS) page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await phone.forget();
  await server.stop();
  clean(dir);
});

/** For whoever wants to lay them beside the drawings. */
const picture = async (name: string): Promise<void> => {
  const to = process.env.SHOTS;
  if (!to) return;
  await page.locator(".draw").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(to, `${name}-sight.png`) });
  await page.screenshot({ path: join(to, `${name}.png`), fullPage: true });
};

const look = async (center: LonLat, zoom: number): Promise<void> => {
  await page.evaluate(
    ([at, z]) => {
      const host = document.querySelector("[data-map-drawn]") as Host;
      // A tap is where it is seen: neither under the dock nor above the screen.
      host.scrollIntoView({ block: "center" });
      host.moede.jumpTo({ center: at, zoom: z });
    },
    [center, zoom] as const,
  );
  await mapStands(page, "all");
};

/** A tap on the ground. */
const tap = async (at: LonLat): Promise<void> => {
  const px = await page.evaluate((to) => (document.querySelector("[data-map-drawn]") as Host).moede.project(to), at);
  const box = await page.locator("[data-map-drawn]").boundingBox();
  await page.mouse.click((box?.x ?? 0) + px.x, (box?.y ?? 0) + px.y);
};

/** The longest road in sight: it has corners, so that a line along it has them too. */
const road = (): Promise<LonLat[]> =>
  page.evaluate(() => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    const inSight = ([x, y]: LonLat): boolean => {
      const px = map.project([x, y]);
      const { clientWidth: w, clientHeight: h } = document.querySelector("[data-map-drawn]") as Host;
      return px.x > 60 && px.y > 60 && px.x < w - 120 && px.y < h - 60;
    };
    const all = map
      .querySourceFeatures("land", {
        sourceLayer: "streets",
        filter: ["match", ["get", "kind"], ["residential", "tertiary", "primary", "path"], true, false],
      })
      .flatMap(({ geometry }) => (geometry.type === "LineString" ? [geometry.coordinates.filter(inSight)] : []));
    return all.sort((a, b) => b.length - a.length)[0] ?? [];
  });

const said = () => page.locator(".draw-said");
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const route = async (name: string): Promise<Route> =>
  theOne((await readFeed(url)).routes, name, (one) => one.name.da === name);

describe("a route is drawn at the desk", () => {
  test("the land comes when it is asked for, with its size told first", async () => {
    await page.goto(`${url}/desk/ruter/ny`);
    await page.getByLabel("Navn", { exact: true }).fill("Engstien");
    await mapStands(page, "overview");
    await picture("rute-oversigt-1280");
    await button(/^Hent stier og veje, [\d,]+.MB$/).click();
    await mapStands(page, "all");
    await picture("rute-ny-1280");
  });

  test("a line between two taps follows the road", async () => {
    await look([11.8747, 54.7691], 14.5);
    const way = await road();
    expect(way.length).toBeGreaterThan(2);
    await tap(way[0] as LonLat);
    await said().getByText("Punkt sat.").waitFor();
    await tap(way.at(-1) as LonLat);
    await said().getByText("Linjen følger stien.").waitFor();
    const told = await page.locator(".draw-points legend").textContent();
    expect(Number(/^(\d+) punkter/.exec(told ?? "")?.[1])).toBeGreaterThan(2);
    await picture("rute-tegnet-1280");
  });

  test("a step is taken back and done again, by keys", async () => {
    const before = await page.locator(".draw-points legend").textContent();
    await page.keyboard.press("Control+z");
    await button("Fortryd").click();
    await said().getByText("Fortrudt.").waitFor();
    await button("Gør igen").click();
    await button("Gør igen").click();
    expect(await page.locator(".draw-points legend").textContent()).toBe(before);
  });

  test("a point is found, moved, put in and deleted by keys alone", async () => {
    await button("Næste punkt").focus();
    await page.keyboard.press("Enter");
    const pin = page.getByRole("button", { name: /^Punkt \d+ af \d+$/ });
    await pin.focus();
    await page.keyboard.press("ArrowUp");
    await said()
      .getByText(/Flyttet \d+\s+m mod nord\./)
      .waitFor();
    await page.keyboard.press("Shift+ArrowDown");
    await said()
      .getByText(/Flyttet \d+\s+m mod syd\./)
      .waitFor();
    const many = await page.locator(".draw-points legend").textContent();
    await page.keyboard.press("Delete");
    await said().getByText("Punktet er slettet.").waitFor();
    expect(await page.locator(".draw-points legend").textContent()).not.toBe(many);
    await button("Punkt på kortets midte").focus();
    await page.keyboard.press("Enter");
    await button("Færdig").click();
  });

  test("a page that dies brings back what was drawn", async () => {
    const drawn = await page.getByRole("group", { name: /^Stræk 1, \d/ }).getAttribute("id");
    await page.reload();
    await page.getByRole("group", { name: /^Stræk 1, \d/ }).waitFor();
    expect(await page.getByRole("group", { name: /^Stræk 1, \d/ }).getAttribute("id")).toBe(drawn);
    await mapStands(page, "all");
  });

  test("it is cut where the surface changes, and each half says its own", async () => {
    await button("Del stræk 1").click();
    await page.getByRole("slider").focus();
    await page.keyboard.press("ArrowRight");
    await button("Del her").click();
    await page.getByText("2 stræk,").first().waitFor();
    const surfaces = page.getByLabel("Underlag", { exact: true });
    await surfaces.nth(0).selectOption("firm");
    await surfaces.nth(1).selectOption("loose");
    await picture("rute-delt-1280");
  });

  test("it is saved whole, and read by everybody", async () => {
    await button("Gem").click();
    await page.getByRole("button", { name: "Alt er gemt" }).waitFor();
    const saved = await route("Engstien");
    expect(saved.stretches.map(({ surface }) => surface?.value)).toEqual(["firm", "loose"]);
    const [first, second] = saved.stretches.map(({ line }) => decode(line));
    expect(first?.at(-1)).toEqual(second?.[0]);
    expect(saved.length_m).toBeGreaterThan(100);
  });

  test("a stretch is chosen on the map and closed", async () => {
    await button("Tilføj en spærring").click();
    await page.getByLabel("Hvorfor er der lukket?", { exact: true }).fill("Højvande.");
    await button("Vælg stræk til spærring 1 på kortet").click();
    await page.getByRole("group", { name: "Valgt på kortet" }).getByLabel("Stræk 1").uncheck();
    await button("Færdig").click();
    await button("Gem").click();
    await until("the closure", async () => (await route("Engstien")).closures.length === 1);
    const { closures, stretches } = await route("Engstien");
    expect(closures[0]?.stretch_ids).toEqual([stretches[1]?.id]);
  });

  test("at 390 px a finger drags a point by its handle, and every key is a whole target", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await button("Ret linjen: stræk 1").click();
    await button("Forrige punkt").click();
    const pin = page.getByRole("button", { name: /^Punkt \d+ af \d+$/ });
    await pin.scrollIntoViewIfNeeded();
    const box = await pin.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(48);
    const [x, y] = [(box?.x ?? 0) + 24, (box?.y ?? 0) + 24];
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", by: number) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + by, y: y + by }],
      });
    await touch("touchStart", 0);
    for (const by of [8, 16, 24, 30]) await touch("touchMove", by);
    await touch("touchEnd", 30);
    await said()
      .getByText(/Flyttet \d+\s+m mod/)
      .waitFor();
    await picture("rute-390");
    const wrong = [...(await small(page)), ...(await findings(page))];
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(wrong).toEqual([]);
  });

  test("two who draw the same stretch choose between both lines, and nothing is lost", async () => {
    const before = await route("Engstien");
    const [first] = before.stretches;
    const theirs = first ? decode(first.line).map(([lon, lat]) => [lon, lat + 0.0005] as const) : [];
    const line = encode(theirs);
    const said = op("save_route", "route", before.id, { set: { stretches: [{ id: first?.id, line }] } });
    command(dir, ["op", "-"], said);
    await button("Gem").click();
    await page.getByText("to udgaver, vælg").waitFor();
    await picture("rute-to-udgaver-1280");
    expect((await route("Engstien")).stretches[0]?.line).toBe(line);
    await page.getByRole("radio", { name: /^Din/ }).click();
    await page.getByText("Valgt. Det bliver sendt, når du gemmer.").waitFor();
    await button("Gem").click();
    await until("mine", async () => (await route("Engstien")).stretches[0]?.line !== line);
    expect((await route("Engstien")).stretches[0]?.line).not.toBe(first?.line);
  });

  test("a register's line says why it stays, and nothing on it can be drawn", async () => {
    const theirs = theOne((await readFeed(url)).routes, "register's route", ({ id }) => id[14] === "5");
    await page.goto(`${url}/desk/ruter/${theirs.id}`);
    await page.getByText("Linjen er registrets.").waitFor();
    await mapStands(page, "all");
    expect(await button(/^(Tegn linjen|Ret linjen|Del) /).count()).toBe(0);
    await picture("rute-register-1280");
  });

  test("nothing went wrong unseen, and only our own server was asked", () => {
    expect(phone.wrong).toEqual([]);
    expect([...phone.hosts]).toEqual([new URL(url).host]);
  });
});

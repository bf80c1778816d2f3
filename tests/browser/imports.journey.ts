/** A register comes in at the desk: sent, looked at, taken in; comes again, and by field somebody chooses whose word stands. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { clean, command, emptyDir, freePort, Server } from "./server.ts";

const dir = emptyDir();
const hers = new Phone();
let server: Server;
let url = "";
let page: Page;

beforeAll(async () => {
  command(dir, ["prepare"]);
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 390, height: 844 });
  await comeIn(page, url, dir, "editor", "Jette Holm");
});
afterAll(async () => {
  await hers.forget();
  await server.stop();
  clean(dir);
});

const HEAD = "Navn;Bredde;Længde;Underlag;Sag";
const file = (name: string, ...rows: string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${[HEAD, ...rows].join("\n")}\n`),
});
const send = (name: string, ...rows: string[]): Promise<void> =>
  page.locator("input[type=file]").setInputFiles(file(name, ...rows));
const found = (): Promise<void> => page.getByRole("heading", { name: "Det sker, når du henter filen ind" }).waitFor();

/** Nothing hinders anybody here, and nothing is wider than the screen. */
async function fine(what: string, wide: number): Promise<void> {
  expect(await findings(page), what).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(wide);
}

describe("an editor with a spreadsheet", () => {
  test("what the file would do is seen before it does it", async () => {
    await page.goto(`${url}/desk/ind`);
    await page.getByRole("heading", { level: 1, name: "Ind og ud" }).waitFor();
    await fine("the room", 390);
    await send("steder.csv", "Bænken ved åen;54,7690;11,8745;fast;Grus", "Bordet i skoven;54,7700;11,8800;løst;Flis");
    await found();
    await page.getByText("2 mødesteder").waitFor();
    expect(await page.getByText("Intet er ændret endnu.").count()).toBe(1);
    await fine("what was found", 390);
    const listed = await page.evaluate(async () => (await fetch("/api/v1/sync/staff")).json());
    expect(listed.changes.filter((one: { kind: string }) => one.kind === "place")).toEqual([]);
  });

  test("a column that was guessed wrongly is chosen, and the file read anew", async () => {
    await page.getByLabel("Kolonnen Sag læses som").selectOption({ label: "hvad der er på stedet" });
    const before = page.url();
    await page.getByRole("button", { name: "Læs med de valgte kolonner" }).click();
    await page.waitForURL((to) => to.href !== before);
    await found();
    expect(await page.getByLabel("Kolonnen Sag læses som").inputValue()).toBe("amenities");
  });

  test("a window that is closed finds it again, and takes it in", async () => {
    await page.goto("about:blank");
    await page.goto(`${url}/desk/ind`);
    await page.getByRole("link", { name: "steder.csv" }).first().click();
    await found();
    await page.getByRole("button", { name: "Hent ind" }).click();
    await page.getByRole("heading", { name: "Hentet ind" }).waitFor();
    await page.getByRole("link", { name: "Bænken ved åen" }).waitFor();
    await fine("what it came to", 390);
  });

  test("it comes again: somebody has written otherwise, and one is gone", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(async () => {
      const { changes } = await (await fetch("/api/v1/sync/staff")).json();
      const place = changes.find((one: { body: { name?: { da: string } } }) => one.body?.name?.da === "Bænken ved åen");
      const op = {
        id: crypto.randomUUID(),
        verb: "save_place",
        at: `${new Date().toISOString().slice(0, 19)}Z`,
        subject: { kind: "place", id: place.id },
        base: null,
        args: { set: { name: { da: "Annas bænk" } } },
      };
      const headers = { "content-type": "application/x-ndjson" };
      await fetch("/api/v1/ops", { method: "POST", headers, body: JSON.stringify(op) });
    });
    await page.goto(`${url}/desk/ind`);
    await page.getByRole("cell", { name: "2 nye" }).waitFor();
    await send("steder.csv", "Bænken ved kirken;54,7690;11,8745;løst;Grus");
    await found();
    const both = page.getByRole("group", { name: "Annas bænk, navn" });
    await both.getByText(/Jeres, Jette Holm, i dag/).waitFor();
    await both.getByText("Filens, nyt i den").waitFor();
    await fine("two words for one field", 1280);
    await both.getByRole("radio", { name: /Filens/ }).check();
    await page
      .getByRole("group", { name: /Bordet i skoven/ })
      .getByRole("radio", { name: "Træk tilbage" })
      .check();
    await page.reload();
    await found();
    expect(await both.getByRole("radio", { name: /Filens/ }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Hent ind" }).click();
    await page.getByRole("heading", { name: "Hentet ind" }).waitFor();
    const { changes } = await page.evaluate(async () => (await fetch("/api/v1/sync/staff")).json());
    const names = changes.flatMap((one: { kind: string; body: { name: { da: string } } | null }) =>
      one.kind === "place" && one.body ? [one.body.name.da] : [],
    );
    expect(names).toEqual(["Bænken ved kirken"]);
  });

  test("a file that can not be read says why, what to do, and that nothing is changed", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${url}/desk/ind`);
    await page.locator("input[type=file]").setInputFiles({
      name: "stier.geojson",
      mimeType: "application/geo+json",
      buffer: Buffer.from('{"type": "FeatureCollection", "features": ['),
    });
    await page.getByText(/stier\.geojson: .*skåret over/).waitFor();
    await page.getByText("Intet er ændret.").waitFor();
    await fine("refused", 320);
    await page.getByRole("link", { name: "Vælg en anden fil" }).click();
    await page.getByRole("link", { name: "Mødesteder som CSV" }).waitFor();
    await fine("the room again", 320);
  });
});

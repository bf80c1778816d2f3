/** A photo with a report: taken without network, kept, sent before it, seen by all once the municipality accepts it, and the thanks when it is mended. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import type { Phone } from "./chromium.ts";
import { type Feed, op, readFeed, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { opens } from "./opens.ts";
import { offline, online, shot, status } from "./reports.ts";
import { heading, inHand, list, open, toList, toPlace, words } from "./screens.ts";
import { command, rows, type Server, until } from "./server.ts";

const BENCH = "Aftenbænken ved sundet";
let dir: string;
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;
let bench: Feed["places"][number];

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open({ width: 320, height: 640 });
  bench = theOne((await readFeed(server.url)).places, BENCH, (one) => one.name.da === BENCH);
  await open(page, server.url);
  await inHand(page);
});

/** A photo as a phone takes it: large, and of this colour. */
async function photo(colour: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const bytes = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(3000, 2000);
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 3000, 2000);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, colour);
  return { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

const chosen = () => page.locator("input[type=file][multiple]");
const own = (nr: number) => page.getByRole("img", { name: `Billede ${nr}, som du har taget` });
const staff = (verb: string, kind: string, id: string, args: object) =>
  command(dir, ["op", "-"], op(verb, kind, id, args));
const fault = () =>
  rows<[string, string]>(dir, "SELECT uid, photos FROM fault WHERE text = 'Brædtet er knækket.'")[0] ?? ["", "[]"];

describe("without network", () => {
  test("photos are chosen, seen and taken away again", async () => {
    await offline(page, gate);
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: "I stykker" }).click();
    await page.getByRole("textbox").fill("Brædtet er knækket.");
    await chosen().setInputFiles([await photo("green"), await photo("brown")]);
    await own(2).waitFor();
    await shot(page, "photo-01-form");
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole("button", { name: "Fjern billede 2" }).click();
    await own(2).waitFor({ state: "detached" });
  });

  test("what is no picture is told in words, and nothing is lost", async () => {
    const body = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
    await chosen().setInputFiles([{ name: "x.jpg", mimeType: "image/jpeg", buffer: body }]);
    await page.getByText("Filen kan ikke åbnes som et billede her.").waitFor();
    await own(1).waitFor();
  });

  test("a killed browser has words and photo still", async () => {
    await phone.kill();
    page = await phone.open({ width: 320, height: 640 });
    await page.goto(`${server.url}/steder/${bench.slug}/fejl`);
    await own(1).waitFor();
    expect(await page.getByRole("textbox").inputValue()).toBe("Brædtet er knækket.");
  });

  test("reported, both wait, and stand under what was reported", async () => {
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await page.getByRole("link", { name: /Følg den/ }).click();
    await status(page, "Den venter på net.").waitFor();
    await own(1).waitFor();
    await shot(page, "photo-02-waits");
  });
});

describe("with network", () => {
  test("the photo goes first, made smaller, and nobody but staff can see it", async () => {
    await online(page, gate);
    await until("the report to land", () => fault()[0] !== "");
    const [name] = JSON.parse(fault()[1]) as string[];
    expect(readdirSync(join(dir, "blobs")).filter((file) => file.startsWith(name ?? "?"))).toHaveLength(2);
    expect((await fetch(`${server.url}/media/${name}-1280.webp`)).status).toBe(404);
  });

  test("accepted, words and photo stand on the place, with the municipality's word back", async () => {
    const [id, photos] = fault();
    const show = { words: true, photos: JSON.parse(photos) };
    staff("answer_fault", "fault", id, {
      state: "taken",
      taken_by: "Jens",
      answer: { da: "Vi kommer på mandag." },
      show,
    });
    await page.goto(`${server.url}/steder/${bench.slug}`);
    await page.getByText("Vi kommer på mandag.").waitFor();
    await page.getByRole("img", { name: "Billede 1 fra den, der meldte det" }).waitFor();
    const told = await words(page);
    expect(told).toContain("Kommunen er i gang.");
    expect(told).toContain("”Brædtet er knækket.”");
    expect(told).not.toContain("Jens");
    await until("the photo to be drawn", () =>
      page
        .getByRole("img", { name: "Billede 1 fra den, der meldte det" })
        .evaluate((img) => (img as HTMLImageElement).naturalWidth > 0),
    );
    await shot(page, "photo-03-place");
    expect(await findings(page)).toEqual([]);
  });

  test("it is there without network too", async () => {
    await offline(page, gate);
    await page.reload();
    const img = page.getByRole("img", { name: "Billede 1 fra den, der meldte det" });
    await img.waitFor();
    await until("the photo to be drawn", () => img.evaluate((one) => (one as HTMLImageElement).naturalWidth > 0));
    await online(page, gate);
  });

  test("mended, the place says thanks", async () => {
    staff("answer_fault", "fault", fault()[0], { state: "fixed" });
    await page.reload();
    await page.getByText("Det er lavet. Tak til den, der sagde til.").waitFor();
  });

  test("a place that is closed says so on its page and in the list", async () => {
    const why = { da: "Jagt i skoven." };
    staff("save_place", "place", bench.id, { set: { closures: [{ from: "2020-01-01", to: null, why }] } });
    await page.reload();
    await page.getByText("Jagt i skoven.").waitFor();
    await heading(page, BENCH).waitFor();
    await toList(page);
    expect(await list(page).getByRole("link", { name: BENCH }).first().textContent()).toContain("lukket indtil videre");
  });
});

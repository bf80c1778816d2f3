/** What can go wrong while a place is written at the desk: numbers, long words, files that are no photo; and what there is already. */
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { clean, command, emptyDir, freePort, Server } from "./server.ts";

let server: Server;
let url = "";
let mette: Page;
const dir = emptyDir();
const hers = new Phone();
const WIDE = { width: 1280, height: 900 };

const text = (da: string) => ({ da });
const op = (verb: string, kind: string, id: string, args: object) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind, id },
    base: null,
    args,
  });
const BENCH = "0190f3a0-0000-7000-8000-000000000001";
const DOUBLE = "0190f3a0-0000-7000-8000-000000000002";
const THING = "0190f3a0-0000-7000-8000-000000000003";

beforeAll(async () => {
  command(dir, ["prepare"]);
  const set = {
    form: "spot",
    name: text("Bænken ved noret"),
    point: [11.872, 54.765],
    purpose: text("Et sted at hvile."),
  };
  command(
    dir,
    ["op", "-"],
    [
      op("save_place", "place", BENCH, { set }),
      op("save_place", "place", DOUBLE, { set: { ...set, name: text("Bænk ved nor"), point: [11.8721, 54.7651] } }),
      op("save_facility", "facility", THING, { set: { code: 1371, type_text: "Bænk", point: [11.8722, 54.765] } }),
    ].join("\n"),
  );
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  mette = await hers.open(WIDE);
  await comeIn(mette, url, dir, "editor", "Mette Holm");
});
afterAll(async () => {
  await hers.forget();
  await server.stop();
  clean(dir);
});

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const dock = (page: Page) => page.getByRole("region", { name: "Handlinger" });
const save = (page: Page) => dock(page).getByRole("button", { name: "Gem", exact: true }).click();
const saved = (page: Page) => dock(page).getByText("Alt er gemt.").waitFor();
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`${url}/desk/steder/${id}`);
  await field(page, "Formål").waitFor();
}

describe("a new place", () => {
  test("has its address at once, and comes back there with what was written", async () => {
    await mette.goto(`${url}/desk/steder/ny`);
    await mette.waitForURL(/\/desk\/steder\/[0-9a-f-]{36}$/);
    await field(mette, "Navn").fill("Huset ved havnen");
    await field(mette, "Aktiviteter").fill("Kaffe hver torsdag.");
    await field(mette, "Aktiviteter").blur();
    await dock(mette).getByText("Din kladde er gemt kl.").waitFor();
    await mette.reload();
    await heading(mette, "Huset ved havnen");
    expect(await field(mette, "Aktiviteter").inputValue()).toBe("Kaffe hver torsdag.");
  });

  test("says what it lacks, and leads there by the keyboard alone", async () => {
    await field(mette, "Slags").selectOption("building");
    await mette.getByRole("link", { name: "Åbningstid", exact: true }).focus();
    await mette.keyboard.press("Enter");
    await expect.poll(() => mette.evaluate(() => document.activeElement?.id)).toBe("f-hours");
  });

  test("what is wrong stands under its field, and the focus goes to the first of it", async () => {
    await field(mette, "Navn").fill("");
    await field(mette, "Smalleste sted, i cm").fill("11");
    await mette.getByRole("radio", { name: "Disse tider" }).check();
    await field(mette, "Åbner kl.").fill("20");
    await field(mette, "Lukker kl.").fill("2");
    await save(mette);
    await mette.getByText("Skriv, hvad stedet hedder.").waitFor();
    await mette.getByText("11\u00a0cm er for smalt. Mente du 110\u00a0cm?").waitFor();
    await expect.poll(() => mette.evaluate(() => document.activeElement?.id)).toBe("f-name-da");
    expect(await field(mette, "Smalleste sted, i cm").getAttribute("aria-invalid")).toBe("true");
    expect(await findings(mette)).toEqual([]);
    await mette.getByRole("button", { name: "Ret til 110" }).click();
    await mette.getByText("Næste dag").waitFor();
  });

  test("100,000 characters are told before they are sent, and kept", async () => {
    await field(mette, "Navn").fill("Huset ved havnen");
    await field(mette, "Sted").fill(`${"ord ".repeat(25_000).slice(0, -1)}.`);
    await mette.getByText("96.000 tegn for lang").waitFor();
    await save(mette);
    await dock(mette).getByText("Din kladde er gemt").waitFor();
    await mette.reload();
    expect((await field(mette, "Sted").inputValue()).length).toBe(100_000);
    await field(mette, "Sted").fill("På havnen, det røde hus.");
    await save(mette);
    await saved(mette);
    await mette.reload();
    expect(await field(mette, "Sted").inputValue()).toBe("På havnen, det røde hus.");
    expect(await field(mette, "Smalleste sted, i cm").inputValue()).toBe("110");
    expect(await field(mette, "Lukker kl.").inputValue()).toBe("02.00");
  });

  test("a photo is told in words before it is saved; what is no photo is said, and loses nothing", async () => {
    const choose = (name: string, mimeType: string, buffer: Buffer) =>
      field(mette, "Vælg et billede").setInputFiles({ name, mimeType, buffer });
    await field(mette, "Formål").fill("At mødes over kaffe.");
    await choose(
      "hus.jpg",
      "image/jpeg",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    );
    await mette.getByText("Filen er en tegning (SVG)").waitFor();
    const lying = Buffer.from("89504e470d0a1a0a0000000d494844520000c3500000c3500806000000", "hex");
    await choose("hus.png", "image/png", lying);
    await mette.getByText("50.000 × 50.000 punkter").waitFor();
    expect(await field(mette, "Formål").inputValue()).toBe("At mødes over kaffe.");
    const bytes = await mette.evaluate(async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 3000;
      canvas.height = 2000;
      canvas.getContext("2d")?.fillRect(10, 10, 500, 900);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
    });
    await choose("hus.png", "image/png", Buffer.from(bytes));
    await field(mette, "Hvad man ser").waitFor();
    await save(mette);
    await mette.getByText("Skriv, hvad man ser.").waitFor();
    await field(mette, "Hvad man ser").fill("Et rødt hus ved vandet.");
    await field(mette, "Hvem har taget det?").fill("Mette Holm");
    await save(mette);
    await saved(mette);
    await mette.reload();
    const image = mette.getByRole("img", { name: "Et rødt hus ved vandet." });
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((el) => (el as HTMLImageElement).naturalWidth), { timeout: 20_000 })
      .toBe(320);
  });
});

describe("what there is already", () => {
  test("a thing becomes a meeting place, with its point and itself", async () => {
    await mette.goto(`${url}/desk/ting/${THING}`);
    await heading(mette, "Bænk");
    expect(await findings(mette)).toEqual([]);
    await mette.getByRole("button", { name: "Gør denne facilitet til et mødested" }).click();
    await mette.waitForURL(/\/desk\/steder\//);
    expect(await field(mette, "Punkt på kortet, i tal").inputValue()).toBe("54,765, 11,8722");
    expect(await mette.getByRole("checkbox", { name: /Bænk/ }).isChecked()).toBe(true);
    await save(mette);
    await saved(mette);
  });

  test("a double is laid together with the one that stays, after it is said what happens", async () => {
    await open(mette, DOUBLE);
    await mette.getByRole("button", { name: "Læg sammen med et andet" }).click();
    const dialog = mette.getByRole("dialog", { name: "Læg sammen" });
    await dialog
      .getByRole("radio", { name: /Bænken ved noret/ })
      .first()
      .check();
    await dialog.getByText("trækkes tilbage").waitFor();
    await dialog.getByRole("button", { name: "Læg sammen" }).click();
    await heading(mette, "Bænken ved noret");
    await mette.goto(`${url}/desk/steder/${DOUBLE}`);
    await heading(mette, "Stedet er her ikke");
  });

  test("on a phone of 320 and 390 px nothing stands outside the screen, and the dock is in reach", async () => {
    for (const width of [320, 390]) {
      await mette.setViewportSize({ width, height: 700 });
      await open(mette, BENCH);
      expect(await mette.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await dock(mette).isVisible()).toBe(true);
      expect(await findings(mette)).toEqual([]);
    }
  });

  test("nothing went wrong that nobody caught", () => {
    expect(hers.wrong).toEqual([]);
  });
});

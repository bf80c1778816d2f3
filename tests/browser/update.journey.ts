/** A new edition between two visits: built from a copy of the source with one word and one colour changed, and deployed over the first. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COLOURS } from "#style/themes.ts";
import { Phone } from "./chromium.ts";
import { Front } from "./front.ts";
import { mapStands, pixels, share } from "./map.ts";
import { inHand, menu, open, toMap, words } from "./screens.ts";
import { clean, demoCopy, freePort, PYTHON, ROOT, Server } from "./server.ts";

const BEFORE = "Det her virker, også uden net.";
const AFTER = "Anden udgave, også uden net.";
const WATER = COLOURS.light["m-water"];
const NEW_WATER = "#c9a0dc";
const AT_SEA = [12.1, 54.62] as const;

const dir = demoCopy();
const next = mkdtempSync(join(tmpdir(), "moede-next-"));
let server: Server;
let front: Front;
let phone: Phone;
let page: Page;

function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(next, file), "utf8");
  expect(text, `${file} has it`).toContain(from);
  writeFileSync(join(next, file), text.replaceAll(from, to));
}

function build(): void {
  for (const part of ["pwa", "sync", "tiles", "server", "package.json", "tsconfig.base.json", "settings.toml"])
    cpSync(join(ROOT, part), join(next, part), {
      recursive: true,
      filter: (path) => !["dist", "__pycache__"].includes(basename(path)),
    });
  symlinkSync(join(ROOT, "node_modules"), join(next, "node_modules"));
  change("pwa/src/text/da/saved.ts", BEFORE, AFTER);
  change("tiles/style/themes.ts", WATER, NEW_WATER);
  const bin = dirname(PYTHON);
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  execFileSync(join(bin, "npm"), ["run", "--silent", "build"], { cwd: next, env, stdio: "pipe" });
}

const lead = async () => {
  await menu(page, "Gemt").click();
  await page.getByRole("heading", { level: 1, name: "Gemt" }).waitFor();
  return words(page);
};

const seaIs = async (colour: string) => {
  await toMap(page);
  await mapStands(page, "all");
  const [sea = []] = await pixels(page, [{ at: AT_SEA, reach: 4 }]);
  return share(sea, [colour]);
};

beforeAll(async () => {
  build();
  server = await new Server(await freePort(), dir, true).start();
  front = await new Front(server.port).start();
  phone = new Phone(front);
  page = await phone.open();
  await open(page, server.url);
  await inHand(page);
  await menu(page, "Gemt").click();
  await page
    .getByRole("button", { name: /^Hent hele kortet/ })
    .first()
    .click();
  await page.getByText("Klar uden net").first().waitFor();
});

afterAll(async () => {
  await phone?.forget();
  await front?.stop();
  await server?.stop();
  clean(dir, next);
});

describe("a new edition", () => {
  test("waits: the one that is in use works on, and says that there is a newer one", async () => {
    await server.stop();
    server = await new Server(server.port, dir, true, next).start();
    await page.reload();
    await page.getByRole("button", { name: "Skift nu" }).waitFor();
    expect(await lead()).toContain(BEFORE);
    expect(await seaIs(WATER)).toBeGreaterThan(0.6);
  });

  test("is taken by a tap, with the map that was saved", async () => {
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Skift nu" }).click()]);
    expect(await lead()).toContain(AFTER);
    expect(await page.getByRole("button", { name: "Skift nu" }).count()).toBe(0);
  });

  test("starts without network, and draws the map in its own colours", async () => {
    await front.stop();
    await server.stop();
    await phone.kill();
    page = await phone.open();
    await open(page, server.url);
    expect(await lead()).toContain(AFTER);
    expect(await seaIs(NEW_WATER)).toBeGreaterThan(0.6);
    expect(phone.wrong).toEqual([]);
  });
});

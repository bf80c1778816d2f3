/** A new edition between two visits, deployed over the first. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Phone } from "./chromium.ts";
import { Front } from "./front.ts";
import { mapStands, pixels, share } from "./map.ts";
import { nextEdition, WATER, WORDS } from "./next.ts";
import { inHand, menu, open, toMap, words } from "./screens.ts";
import { clean, demoCopy, freePort, Server } from "./server.ts";

const AT_SEA = [12.1, 54.62] as const;

const dir = demoCopy();
let next: string;
let server: Server;
let front: Front;
let phone: Phone;
let page: Page;

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
  next = nextEdition();
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
  clean(dir);
});

describe("a new edition", () => {
  test("waits: the one that is in use works on, and says that there is a newer one", async () => {
    await server.stop();
    server = await new Server(server.port, dir, true, next).start();
    await page.reload();
    await page.getByRole("button", { name: "Skift nu" }).waitFor();
    expect(await lead()).toContain(WORDS.before);
    expect(await seaIs(WATER.before)).toBeGreaterThan(0.6);
  });

  test("is taken by a tap, with the map that was saved", async () => {
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Skift nu" }).click()]);
    expect(await lead()).toContain(WORDS.after);
    expect(await page.getByRole("button", { name: "Skift nu" }).count()).toBe(0);
  });

  test("starts without network, and draws the map in its own colours", async () => {
    await front.stop();
    await server.stop();
    await phone.kill();
    page = await phone.open();
    await open(page, server.url);
    expect(await lead()).toContain(WORDS.after);
    expect(await seaIs(WATER.after)).toBeGreaterThan(0.6);
    expect(phone.wrong).toEqual([]);
  });
});

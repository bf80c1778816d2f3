/** A new edition between two visits, deployed over the first. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Phone } from "./chromium.ts";
import type { Gate } from "./gate.ts";
import { mapStands, pixels, share } from "./map.ts";
import { nextEdition, WATER, WORDS } from "./next.ts";
import { opens } from "./opens.ts";
import { inHand, menu, open, toMap, words } from "./screens.ts";
import type { Server } from "./server.ts";

const AT_SEA = [12.1, 54.62] as const;

let next: string;
let server: Server;
let gate: Gate;
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

opens(async (it) => {
  ({ server, gate, phone } = it);
  next = nextEdition();
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

describe("a new edition", () => {
  test("waits: the one that is in use works on, and says that there is a newer one", async () => {
    await server.stop();
    server.root = next;
    await server.start();
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
    await gate.stop();
    await server.stop();
    await phone.kill();
    page = await phone.open();
    await open(page, server.url);
    expect(await lead()).toContain(WORDS.after);
    expect(await seaIs(WATER.after)).toBeGreaterThan(0.6);
    expect(phone.wrong).toEqual([]);
  });
});

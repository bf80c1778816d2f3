/** The position stays on the phone: it is not asked for before the tap, and once it is known nothing that leaves the phone holds it. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Phone } from "./chromium.ts";
import { readFeed } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { mapStands } from "./map.ts";
import { opens } from "./opens.ts";
import { foreignHosts, positionsIn, type Told } from "./privacy.ts";
import { heading, inHand, list, menu, open as openList, search, toList, toMap, toPlace, words } from "./screens.ts";
import { rows, type Server, until } from "./server.ts";

let dir: string;
const BENCH = "Aftenbænken ved sundet";
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;

/** How often this page has asked the phone where it is. */
const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);

async function open(position: boolean | "ask"): Promise<void> {
  await phone.close();
  page = await phone.open({ position });
  await page.addInitScript(() => {
    const counted = window as unknown as { asked: number };
    counted.asked = 0;
    for (const name of ["getCurrentPosition", "watchPosition"] as const) {
      const own = navigator.geolocation[name].bind(navigator.geolocation) as (...args: unknown[]) => unknown;
      Object.defineProperty(navigator.geolocation, name, {
        value: (...args: unknown[]) => {
          counted.asked++;
          return own(...args);
        },
      });
    }
  });
  await openList(page, server.url);
}

async function everyScreen(): Promise<void> {
  await search(page).fill("toilet");
  await search(page).fill("");
  await toPlace(page, BENCH);
  await toPlace(page, "Digeturen i Marielyst");
  await page.getByRole("link", { name: "Se turen" }).click();
  await heading(page, "Digeturen fra Marielyst").waitFor();
  await toMap(page);
  await page.locator("[data-map-drawn]").waitFor({ state: "attached" });
  for (const room of ["Det sker", "Gemt", "Hjælp"] as const) {
    await menu(page, room).click();
    await heading(page, room).waitFor();
  }
  await toList(page);
}

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
});

describe("the position", () => {
  test("is not asked for on any screen, nor in the first answer to the tap, and a town will do instead", async () => {
    await open("ask");
    await inHand(page);
    await everyScreen();
    expect(await asked()).toBe(0);

    await page.getByRole("button", { name: "Nær mig" }).click();
    const question = page.getByRole("dialog", { name: "Må vi se, hvor du er?" });
    await question.waitFor();
    expect(await asked()).toBe(0);
    await question.getByRole("button", { name: "Nej, jeg vælger en by" }).click();
    await page.getByRole("button", { name: "Stubbekøbing" }).click();
    await until("the house in Stubbekøbing to stand first", async () =>
      /Pakhuset/.test((await list(page).locator(".name").first().textContent()) ?? ""),
    );
    expect(await words(page)).toContain("Regnet ud fra Stubbekøbing.");
    expect(await asked()).toBe(0);
  });

  test("may be refused, and that is all right", async () => {
    await open(false);
    await page.getByRole("button", { name: "Nær mig" }).click();
    await page.getByText("Vi kan ikke se, hvor du er, og det er i orden.").waitFor();
    await page.getByRole("group", { name: "Vælg en by" }).waitFor();
    expect(await asked()).toBe(1);
  });

  test("is asked for by the tap alone, and used on every screen", async () => {
    await open(true);
    expect(await asked()).toBe(0);
    await page.getByRole("button", { name: "Nær mig" }).click();
    await until("the question to the phone", async () => (await asked()) === 1);
    await until("the house in Nykøbing to stand first", async () =>
      /Havnestuen/.test((await list(page).locator(".name").first().textContent()) ?? ""),
    );
    await everyScreen();
    expect(await asked()).toBe(1);
    await toMap(page);
    await page.getByRole("button", { name: "Vis hvor jeg er" }).click();
    await menu(page, "Hjælp").click();
    await page.getByText("54,7691 nord").waitFor();
    // One question for each of the two taps at most.
    expect(await asked()).toBeLessThanOrEqual(2);
  });

  test("is in nothing that is sent while it is known: map, fault, pages, pictures", async () => {
    await menu(page, "Gemt").click();
    await page
      .getByRole("button", { name: /^Hent hele kortet/ })
      .first()
      .click();
    await page.getByText("Klar uden net").first().waitFor();
    await toMap(page);
    await mapStands(page, "all");
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: /skilt væk/i }).click();
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await until("the fault to land", () => rows(dir, "SELECT 1 FROM fault WHERE what = 'sign_gone'").length === 1);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.reload();
    await heading(page, "Meld en fejl").waitFor();
    // As the page goes it may send something yet.
    await phone.close();

    const { epoch } = await readFeed(server.url);
    expect(gate.passed.map(({ url }) => url)).toEqual(
      expect.arrayContaining(["/sw.js", "/api/v1/sync/public", "/api/v1/packs", "/api/v1/ops"]),
    );
    expect(positionsIn(gate.passed, epoch)).toEqual([]);
    expect(foreignHosts(gate, phone, new URL(server.url).host)).toEqual([]);
    expect(phone.wrong).toEqual([]);
  });

  test("would be found in a request: in degrees, in metres, escaped, with a comma, in headers and body", () => {
    const request = (part: Partial<Told>): Told => ({ method: "GET", url: "/", headers: "", body: "", ...part });
    const told = [
      { url: "/api/v1/near?lat=54.77&lon=11.9" },
      { url: "/near?e=685000" },
      { url: "/near?at=54%2C769" },
      { url: "/near?at=54%252E80" },
      { headers: "X-Where\n11.87;54.77" },
      { body: '{"point":[11.8747,54.7691]}' },
      { body: '{"e7":547691000}' },
      { url: "/sync?since=abcd.11.87" },
    ];
    for (const one of told) expect(positionsIn([request(one)], "abcd"), JSON.stringify(one)).toHaveLength(1);
    expect(positionsIn([request({ url: "/api/v1/sync/public?since=ab11.87" })], "ab11")).toEqual([]);
  });
});

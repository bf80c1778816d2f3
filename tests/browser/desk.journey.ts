/** Let in by the machine, a passkey by the browser's own authenticator, one let in by the other, and out again. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { authenticator, codeFor } from "./desk.ts";
import { clean, command, emptyDir, freePort, Server } from "./server.ts";

let page: Page;
let other: Page;
let server: Server;
let url = "";
const dir = emptyDir();
const [hers, his] = [new Phone(), new Phone()];

beforeAll(async () => {
  command(dir, ["prepare"]);
  server = await new Server(await freePort(), dir, false).start();
  // A passkey is bound to a name, and an address of numbers is none.
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 320, height: 640 });
  other = await his.open();
});
afterAll(async () => {
  await hers.forget();
  await his.forget();
  await server.stop();
  clean(dir);
});

/** What the four words at the bottom of a phone have no room for. */
async function more(room: string): Promise<void> {
  await page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Mere" }).click();
  await page
    .getByRole("navigation", { name: "Mere", exact: true })
    .getByRole("link", { name: room, exact: true })
    .click();
}

describe("who works here logs in", () => {
  test("an invitation says whom it is for, and a look uses nothing up", async () => {
    await authenticator(page);
    const link = codeFor(dir, "admin", "Kirsten");
    await page.goto(`${url}/invite#${link}`);
    await page.getByRole("heading", { name: "Goddag, Kirsten" }).waitFor();
    expect(new URL(page.url()).hash).toBe("");
    await page.goto("about:blank");
    await page.goto(`${url}/invite#${link}`);
    await page.getByRole("button", { name: "Lav en adgangsnøgle" }).click();
    await page.getByRole("heading", { name: "Dine tre første mødesteder" }).waitFor();
    await page.getByText("0 af 3").waitFor();
    expect(new URL(page.url()).pathname).toBe("/desk");
    await page.reload();
    await page.getByText("0 af 3").waitFor();
  });

  test("she lets another in by a link that is shown once, and he comes by it", async () => {
    await more("Folk");
    await page.getByLabel("Navn").fill("Jens Krogh");
    await page.getByLabel("Rolle", { exact: true }).selectOption("moderator");
    await page.getByRole("button", { name: "Lav linket" }).click();
    const link = await page.getByLabel("Linket").inputValue();
    await authenticator(other);
    await other.goto(link);
    await other.getByRole("button", { name: "Lav en adgangsnøgle" }).click();
    await other.getByRole("heading", { name: "Jens Krogh" }).waitFor();
    expect(await other.getByRole("link", { name: "Folk" }).count()).toBe(0);
  });

  test("he is let out, and his open window knows it", async () => {
    await page.getByRole("button", { name: "Luk ude: Jens Krogh" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Luk ude" }).click();
    await page.getByText(/^Slut/).waitFor();
    await other.reload();
    await other.getByRole("heading", { name: "Log ind" }).waitFor();
    await other.getByRole("button", { name: "Log ind med adgangsnøgle" }).click();
    await other.getByText("Den adgangsnøgle passer ikke her").waitFor();
  });

  test("she logs out, and in again with her passkey", async () => {
    await more("Mig");
    await page.getByRole("button", { name: "Log ud", exact: true }).click();
    await page.getByRole("heading", { name: "Log ind" }).waitFor();
    await page.getByRole("button", { name: "Log ind med adgangsnøgle" }).click();
    await page.getByRole("heading", { name: "Dine tre første mødesteder" }).waitFor();
  });

  test("every one of these screens can be used by all, on 320 px", async () => {
    const boards = ["/desk/steder", "/desk/ruter", "/desk/fejl", "/desk/venter", "/desk/log", "/desk/mere"];
    for (const path of ["/desk", ...boards, "/desk/folk", "/desk/mig", "/login"]) {
      await page.goto(`${url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await findings(page), path).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(320);
    }
  });
});

/** A phone with little room, and with none: told before anything is lost. And what was reported, in all its states, for everybody. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import type { Phone } from "./chromium.ts";
import type { Gate } from "./gate.ts";
import { lost, small } from "./narrow.ts";
import { opens } from "./opens.ts";
import { offline, report, reported, row, shot, status } from "./reports.ts";
import { heading, inHand, list, menu, open, toPlace, words } from "./screens.ts";
import type { Server } from "./server.ts";

const BENCH = "Aftenbænken ved sundet";
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;

opens(
  async (it) => {
    ({ server, gate, phone } = it);
    page = await phone.open();
    await open(page, server.url);
    await inHand(page);
    await report(page, BENCH, "Den er landet.");
    await status(page, "Kommunen fik den").waitFor();
  },
  {
    // Chromium of today says "10 GiB" whatever there is; others, and older ones, say how much room is left.
    flags: ["--disable-features=StaticStorageQuota"],
  },
);

describe("a full phone", () => {
  /** Holds as long as the tab. */
  const quota = async (bytes: number) => {
    const session = await phone.context.newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: server.url, quotaSize: bytes });
  };

  test("little room is told before it is too late, with what can go", async () => {
    await menu(page, "Gemt").click();
    await page
      .getByRole("button", { name: /^Hent hele kortet/ })
      .first()
      .click();
    await page.getByText("Klar uden net").first().waitFor();
    const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    await quota(used + 3_400_000);
    await page.reload();
    await page.getByText("Telefonen har cirka 3 MB fri").waitFor();
    await page.getByRole("button", { name: /^Slet kortet Hele kommunen, \d/ }).waitFor();
    await shot(page, "09-little");
    await toPlace(page, BENCH);
    await quota(used + 100_000);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.getByText("Det, du skriver, kan måske ikke gemmes her.").waitFor();
    await shot(page, "10-scarce");
  });

  test("words that can not be kept stay on the screen, and are offered as a file before they are sent and after", async () => {
    // Opened anew: a browser goes by the room that it counted last.
    await phone.close();
    page = await phone.open();
    await quota(1);
    await page.goto(server.url);
    await list(page).waitFor();
    await offline(page, gate);
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: /affald/i }).click();
    await page.getByRole("textbox").fill("Kun her.");
    await page.getByRole("alert").filter({ hasText: "Din tekst er her endnu." }).waitFor();
    const [kept] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Gem teksten som fil" }).click(),
    ]);
    expect(kept.suggestedFilename()).toBe("mine-beskeder.txt");
    await shot(page, "11-unkept");
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await status(page, "Tak. Fejlen sendes, når der er net.").waitFor();
    await heading(page, "Telefonen kan ikke gemme det her", 2).waitFor();
    await page.getByText("”Kun her.”").waitFor();
    await page.getByRole("button", { name: "Gem som fil" }).waitFor();
    await shot(page, "12-memory");
  });

  test("a map goes by one tap, and what lived in memory alone outlives a kill", async () => {
    // This browser counts what a map takes up only in the process that saved it: the room is given here.
    await quota(1_000_000_000);
    await page.getByRole("button", { name: /^Slet kortet Hele kommunen/ }).click();
    await status(page, "Nu er der plads.").waitFor();
    await phone.kill();
    page = await phone.open();
    await phone.context.setOffline(true);
    await page.goto(`${server.url}/meldt`);
    await row(page, "Ikke sendt endnu", "Kun her.").waitFor();
  });
});

describe("for everybody", () => {
  /** Every state of it, as one comes to it. */
  const screens = async (look: (of: Page) => Promise<string[]>): Promise<Record<string, string[]>> => {
    const wrong: Record<string, string[]> = {};
    const see = async (name: string) => {
      const found = await look(page);
      if (found.length > 0) wrong[name] = found;
    };
    await reported(page);
    await see("list");
    await row(page, "Ikke sendt endnu", "Kun her.").click();
    await heading(page, BENCH).waitFor();
    await see("waiting");
    await page.getByRole("button", { name: "Slet" }).click();
    await see("question");
    await page.getByRole("button", { name: "Behold" }).click();
    await reported(page);
    await list(page, "Kommunen har fået det").getByRole("link").first().click();
    await status(page, "Kommunen fik den").waitFor();
    await see("landed");
    return wrong;
  };

  test("in all four themes axe finds nothing, and a finger hits every target", async () => {
    await shot(page, "13-list-light");
    for (const [colorScheme, contrast] of [
      ["light", "no-preference"],
      ["dark", "no-preference"],
      ["light", "more"],
      ["dark", "more"],
    ] as const) {
      await page.emulateMedia({ colorScheme, contrast });
      expect(await screens(async (of) => [...(await findings(of)), ...(await small(of))])).toEqual({});
      await reported(page);
      await shot(page, `13-list-${colorScheme}-${contrast}`);
    }
    await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  });

  test("at 320 px, and with text of twice the size, every word can be read by scrolling down", async () => {
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await screens(lost)).toEqual({});
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    expect(await screens(lost)).toEqual({});
    await reported(page);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, "14-200.png"), fullPage: true });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "";
    });
    await page.setViewportSize({ width: 390, height: 844 });
  });

  test("a row is one line to a screen reader", async () => {
    await reported(page);
    const [name = ""] = await row(page, "Ikke sendt endnu", "Kun her.").evaluateAll((links) =>
      links.map((link) => link.textContent?.replace(/\s+/g, " ").trim() ?? ""),
    );
    expect(name).toMatch(new RegExp(`^${BENCH}, Affald, ”Kun her\\.”, skrevet i dag kl\\. [\\d.]+, venter på net$`));
  });

  test("in English and German no word is missing", async () => {
    for (const lang of ["en", "de"]) {
      await page.evaluate((own) => localStorage.setItem("lang", own), lang);
      await page.goto(`${server.url}/meldt`);
      await heading(page, lang === "en" ? "What you have reported" : "Was du gemeldet hast").waitFor();
      expect(await words(page)).not.toMatch(/undefined|\{\w+\}/);
    }
    await page.evaluate(() => localStorage.removeItem("lang"));
  });

  test("no page went wrong", () => {
    expect(phone.wrong).toEqual([]);
  });
});

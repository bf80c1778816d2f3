/**
 * Hurried hands and bad moments: a tap that comes twice, a way back that was not meant, a place that is taken away under the pen, two tabs
 * with the same form, words that run the other way, an address in capitals, letters four times as large.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Phone } from "./chromium.ts";
import { type Feed, op, readFeed, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { lost } from "./narrow.ts";
import { opens } from "./opens.ts";
import { kept, offline, online, report, reported, row, shot, status, TITLE } from "./reports.ts";
import { heading, inHand, list, menu, open, toPlace, words } from "./screens.ts";
import { command, type Server, until } from "./server.ts";

let dir: string;
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;
let feed: Feed;
const BENCH = "Aftenbænken ved sundet";
const KROLF = "Krolf i Nørre Alslev";
const HEIR = "Havnestuen i Nykøbing";
const place = (name: string) => theOne(feed.places, name, (one) => one.name.da === name);
const send = (on: Page) => on.getByRole("button", { name: "Meld fejlen" });
const waiting = async (): Promise<number> => JSON.parse(await kept(page, "outbox")).length;

async function form(on: Page, name: string, text: string): Promise<void> {
  await toPlace(on, name);
  await on.getByRole("link", { name: "Meld en fejl" }).click();
  await on.locator("label", { hasText: /affald/i }).click();
  await on.getByRole("textbox").fill(text);
}

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open();
  feed = await readFeed(server.url);
});

describe("a phone that has never been here", () => {
  test("opened on Gemt without network, the maps come by themselves when it is back", async () => {
    await page.route("**/api/**", (route) => route.abort());
    await page.goto(`${server.url}/gemt`);
    await page.getByText("Vi kan se, hvilke kort der er, når der er net.").waitFor();
    await page.unroute("**/api/**");
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.getByText("Vi kan se, hvilke kort der er, når der er net.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Hent hele kortet/ }).waitFor();
  });
});

describe("one tap too many", () => {
  test("two in one moment, or close after each other, make one report, and its thanks stay", async () => {
    await open(page, server.url);
    await inHand(page);
    await offline(page, gate);
    for (const [n, taps] of ["double", "both at once", "one a little later"].entries()) {
      await form(page, BENCH, `Dobbelt ${n}`);
      if (taps === "double") await send(page).dblclick();
      else if (taps === "both at once")
        await send(page).evaluate((el) => {
          (el as HTMLElement).click();
          (el as HTMLElement).click();
        });
      else {
        const box = await send(page).boundingBox();
        if (!box) throw new Error("the button is not there");
        // Wherever on the screen the finger is: under it lies what the thanks bring.
        await send(page).click();
        await status(page, /^Tak\. Fejlen/).waitFor();
        const follow = await page.getByRole("link", { name: /Følg den/ }).boundingBox();
        await page.mouse.click((follow?.x ?? 0) + 40, (follow?.y ?? 0) + 20);
      }
      await status(page, /^Tak\. Fejlen/).waitFor();
      expect(await waiting()).toBe(n + 1);
    }
    // And the next tap counts.
    await page.getByRole("link", { name: /Følg den/ }).click();
    await heading(page, BENCH).waitFor();
  });
});

describe("what waits is mended", () => {
  test("and left as it was it is still there, in another tab too, and goes", async () => {
    await reported(page);
    await row(page, "Ikke sendt endnu", "Dobbelt 2").click();
    await page.getByRole("button", { name: "Ret" }).click();
    await heading(page, "Meld en fejl").waitFor();
    const beside = await phone.context.newPage();
    await beside.goto(`${server.url}/meldt`);
    await row(beside, "Ikke sendt endnu", "Dobbelt 2").click();
    await status(beside, "Den venter på net.").waitFor();
    await beside.close();
    await page.goBack();
    await status(page, "Den venter på net.").waitFor();
    await until("no words of it to be kept beside it", async () => (await kept(page, "drafts")) === "[]");
    await online(page, gate);
    await status(page, "Kommunen fik den i dag").waitFor();
  });
});

describe("two tabs with the same form", () => {
  test("what one sends leaves the words of the other", async () => {
    await form(page, HEIR, "Fra den ene");
    const beside = await phone.context.newPage();
    await open(beside, server.url);
    await form(beside, HEIR, "Fra den anden");
    await page.getByRole("textbox").fill("Fra den ene igen");
    await send(page).click();
    await status(page, /^Tak\. Fejlen/).waitFor();
    await until("the other's words on the disk", async () => (await kept(page, "drafts")).includes("Fra den anden"));
    expect(await beside.getByRole("textbox").inputValue()).toBe("Fra den anden");
    await beside.getByRole("textbox").fill("");
    await beside.close();
  });
});

describe("a place that is taken away under the pen", () => {
  test("dissolved, it says so and since when, keeps the words, and they go elsewhere", async () => {
    await form(page, KROLF, "Et mål er væltet.");
    await page.getByRole("textbox").focus();
    const gone = { to: "dissolved", why: { da: "Banen er væk." }, successor_id: place(HEIR).id };
    command(dir, ["op", "-"], op("move_state", "place", place(KROLF).id, gone));
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByText(new RegExp(`${KROLF} findes ikke mere\\. Det lukkede`)).waitFor();
    const told = await words(page);
    expect(told).toContain("Din tekst er her endnu.");
    expect(told).toContain("”Et mål er væltet.”");
    expect(told).not.toContain("Siden findes ikke");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await shot(page, "20-dissolved");
    await page.getByRole("link", { name: "Vælg et andet sted" }).click();
    await list(page, "Tæt på").getByRole("button", { name: HEIR }).click();
    await heading(page, "Meld en fejl").waitFor();
    expect(await page.getByRole("textbox").inputValue()).toContain("Et mål er væltet.");
    await send(page).click();
    await status(page, /^Tak\. Fejlen/).waitFor();
  });

  test("withdrawn, the form keeps its words, and thanks that stand stay", async () => {
    const bench = theOne(feed.facilities, "bench", ({ name }) => name?.da === "Bænk på diget");
    const beside = await phone.context.newPage();
    for (const [on, text] of [
      [beside, "Ryglænet er løst."],
      [page, "Armlænet er løst."],
    ] as const) {
      await on.goto(`${server.url}/ting/${bench.id}/fejl`);
      await on.locator("label", { hasText: /i stykker/i }).click();
      await on.getByRole("textbox").fill(text);
    }
    await send(page).click();
    await status(page, /Kommunen fik den/).waitFor();
    command(dir, ["op", "-"], op("withdraw", "facility", bench.id, { why: "Taget ind." }));
    await beside.evaluate(() => window.dispatchEvent(new Event("focus")));
    await beside.getByText("Bænk på diget er ikke på listen mere.").waitFor();
    expect(await words(beside)).toContain("”Ryglænet er løst.”");
    await shot(beside, "21-withdrawn");
    await page.getByRole("link", { name: "Se alle steder" }).waitFor();
    expect(await words(page)).toContain("Kommunen fik den");
    await beside.close();
  });
});

describe("words that run the other way", () => {
  test("turn nothing round that stands beside them", async () => {
    await offline(page, gate);
    await report(page, BENCH, "abc\u202edef");
    await reported(page);
    for (const read of [row(page, "Ikke sendt endnu", "abc"), page.locator(".own")]) {
      await read.waitFor();
      const alone = await read.evaluate((el) => {
        const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
        const found: boolean[] = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          if (node.textContent?.includes("\u202e")) {
            const own = node.parentElement;
            found.push(
              own !== null &&
                getComputedStyle(own).unicodeBidi.startsWith("isolate") &&
                !own.textContent?.includes("skrevet"),
            );
          }
        return found;
      });
      expect(alone).toEqual([true]);
      await shot(page, "22-bidi");
      if ((await read.getAttribute("href")) !== null) await read.click();
    }
  });
});

describe("an address that somebody typed", () => {
  test("in capitals it leads to the right page; one that can be nothing promises nothing, without network too", async () => {
    await page.goto(`${server.url}/MELDT`);
    await heading(page, TITLE).waitFor();
    await page.goto(`${server.url}/nix`);
    await heading(page, "Siden findes ikke").waitFor();
    expect(await words(page)).not.toContain("Vi henter det");
    await page.goto(`${server.url}/steder/nyt-sted`);
    await page.getByText("Måske er det nyt. Vi henter det, når der er net.").waitFor();
  });
});

describe("letters four times as large on a small phone", () => {
  test("no word is lost, buttons keep their words whole, and a question shows both its answers", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await menu(page, "Gemt").click();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "400%";
    });
    // What stands first is not the strip alone.
    const strip = await page.getByRole("status").filter({ hasText: "Uden net" }).boundingBox();
    expect(strip?.height).toBeLessThan(320);
    await page.getByRole("button", { name: "Slet alt på telefonen" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const buttons = dialog.getByRole("button");
    expect(await buttons.allTextContents()).toEqual([
      "Gem beskeder som fil",
      "Gem det begyndte som fil",
      "Ja, slet",
      "Behold",
    ]);
    expect(await dialog.textContent()).toMatch(
      /ikke sendt endnu\. Sletter du (den|dem), bliver (den|de) aldrig sendt\./,
    );
    expect(await dialog.textContent()).toContain("Det, kommunen har fået, har den stadig.");
    for (const button of await buttons.all()) {
      await button.scrollIntoViewIfNeeded();
      const broken = await button.evaluate((el) => {
        // A word that stands on two lines.
        const found: string[] = [];
        const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          for (const { 0: word, index } of (node.textContent ?? "").matchAll(/[^\s]+/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word);
          }
        return found;
      });
      expect(broken).toEqual([]);
      const box = await button.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 640 && box.x >= 0 && box.x + box.width <= 320).toBe(true);
    }
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/30-dialog.png` });
    await buttons.last().click();
    expect(await lost(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/32-gemt.png` });
    await page.goto(`${server.url}/meldt`);
    await heading(page, TITLE).waitFor();
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "400%";
    });
    expect(await lost(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/31-meldt.png`, fullPage: true });
    expect(phone.wrong).toEqual([]);
  });
});

/** What is on, with the server stopped: the list, an event, its calendar file, a month, the year and its wheel; small, by keyboard, in large text. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import type { Phone } from "./chromium.ts";
import { lost, small } from "./narrow.ts";
import { opens } from "./opens.ts";
import { heading, inHand, list, menu, open, said, words } from "./screens.ts";
import { command, type Server, until } from "./server.ts";

let server: Server;
let phone: Phone;
let page: Page;

const EVENT = "0197a000-0000-7000-8000-0000000000e1";
const FAR = "0197a000-0000-7000-8000-0000000000e2";
const NAME = "Fællesspisningsforberedelser i forsamlingshuset";
const text = (da: string) => ({ da });
const day = (after: number) =>
  new Date(Date.now() + after * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Copenhagen" });
const op = (verb: string, id: string, args: object) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind: "event", id },
    base: null,
    args,
  });

opens(async (it) => {
  ({ server, phone } = it);
  const newcomers = {
    who_meets_you: text("Kirsten Bach. Hun har gul jakke på."),
    where: text("Ved den røde dør."),
    how_many: text("6 til 10."),
    first_minutes: text("Du får en kop kaffe."),
    leaving: text("Når du vil."),
  };
  const said = {
    name: text(NAME),
    where: text("I det gamle forsamlingshus, indgang fra gården"),
    host: { name: "Kirsten Bach", phone: "54731000" },
    free: true,
    themes: ["food"],
    level: "try",
    newcomers,
    schedule: { date: day(1), starts: "23:30", ends: "23:45", rrule: "FREQ=WEEKLY;COUNT=8" },
  };
  const change = { day: day(8), state: "cancelled", why: text("Køkkenet bliver malet.") };
  const moved = {
    day: day(15),
    state: "moved",
    date: day(16),
    starts: "12:00",
    ends: "14:00",
    why: text("Huset er optaget."),
  };
  const once = { name: text("Foredrag om roer"), where: text("Skolen"), schedule: { date: day(2), starts: "10:00" } };
  const lines = [
    op("save_event", EVENT, { set: said }),
    op("move_event", EVENT, { to: "public" }),
    op("change_time", EVENT, { change }),
    op("change_time", EVENT, { change: moved }),
    op("save_event", FAR, { set: once }),
    op("move_event", FAR, { to: "public" }),
  ];
  const replies = command(it.dir, ["op", "-"], `${lines.join("\n")}\n`);
  expect(replies.match(/"applied"/g)).toHaveLength(lines.length);
  page = await phone.open({ width: 390, height: 844 });
  await open(page, server.url);
  await inHand(page);
  await menu(page, "Det sker").click();
  await page.getByRole("link", { name: NAME }).first().waitFor();
  // From here on there is no server: the phone is closed and opened again.
  await server.stop();
  await phone.close();
  page = await phone.open({ width: 390, height: 844 });
  await page.goto(`${server.url}/det-sker`);
  await page.getByRole("link", { name: NAME }).first().waitFor();
});

const row = () => page.getByRole("link", { name: NAME }).first();

describe("without a server, from a cold start", () => {
  test("the list stands, with what is today and later, and nothing is lost at 390 and 320 px", async () => {
    expect(await words(page)).toContain("I dag");
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await lost(page)).toEqual([]);
      expect(await small(page)).toEqual([]);
      expect(await findings(page)).toEqual([]);
    }
  });

  test("choices narrow it, say how many fit, and are undone", async () => {
    await page.getByRole("button", { name: "Flere valg" }).click();
    await page.getByRole("button", { name: "Prøv noget nyt" }).click();
    await page.getByRole("button", { name: "Mad" }).click();
    await page.getByText("1 begivenhed passer.").waitFor();
    await row().waitFor();
    await page.getByRole("button", { name: "Vis alt" }).click();
    await page.getByRole("button", { name: "Uden trin" }).click();
    await page.getByText(/ved vi ikke, om der er trin\./).waitFor();
    expect(await page.getByRole("link", { name: NAME }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Vis alt" }).click();
    await row().waitFor();
    await page.getByRole("button", { name: "Flere valg" }).click();
  });

  test("an event opens by keyboard: its heading has the focus, and it says all that one asks the first time", async () => {
    await row().focus();
    await page.keyboard.press("Enter");
    await heading(page, NAME).waitFor();
    await until("the heading to have the focus", () =>
      heading(page, NAME).evaluate((el) => el === document.activeElement),
    );
    const shown = await words(page);
    for (const one of [
      "kl. 23.30 til 23.45",
      "Ny her?",
      "Du får en kop kaffe.",
      "gratis",
      "Skriv til Kirsten",
      "Alle gange",
    ])
      expect(shown).toContain(one);
    expect(shown).toContain("Køkkenet bliver malet.");
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await lost(page)).toEqual([]);
      expect(await findings(page)).toEqual([]);
    }
  });

  test("a message to the host is begun on the phone, with the day in it, and sent by nobody but the person", async () => {
    const href = (await page.getByRole("link", { name: "Skriv til Kirsten" }).getAttribute("href")) ?? "";
    expect(href.startsWith("sms:+4554731000")).toBe(true);
    expect(decodeURIComponent(href)).toContain(`Hej Kirsten. Jeg tænker på at komme til ${NAME}`);
  });

  test("the calendar file is right, and made without the server", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Læg i kalender" }).click(),
    ]);
    const made = readFileSync(await file.path(), "utf8")
      .replace(/\r\n /g, "")
      .split("\r\n");
    expect(file.suggestedFilename()).toMatch(/\.ics$/);
    // The phone of the test is in Copenhagen, as the machine that runs it need not be.
    const utc = await page.evaluate(
      (date) => new Date(`${date}T23:30:00`).toISOString().replace(/[-:]|\.\d{3}/g, ""),
      day(1),
    );
    expect(made).toContain(`DTSTART:${utc}`);
    expect(made).toContain(`SUMMARY:${NAME}`);
    expect(made).toContain("LOCATION:I det gamle forsamlingshus\\, indgang fra gården");
    expect(made.find((line) => line.startsWith("UID:"))).toContain(`${EVENT}.${day(1).replaceAll("-", "")}@`);
  });

  test("a cancelled time says so first, why, and when it is next; a moved one tells both days", async () => {
    await page
      .getByRole("listitem")
      .filter({ hasText: "aflyst" })
      .getByRole("link", { name: /kl\. 23\.30/ })
      .click();
    await page.getByText("Næste gang er").waitFor();
    expect(await said(page.locator("main .head"))).toMatch(/^aflyst/);
    expect(await words(page)).toContain("Køkkenet bliver malet.");
    await page.getByRole("link", { name: /^Se / }).first().click();
    await page.getByText("Der er en ny tid.").waitFor();
    expect(await words(page)).toMatch(/Det var .+ kl\. 23\.30\. Nu er det .+ kl\. 12\./);
    expect(await findings(page)).toEqual([]);
  });

  test("a day that is not there any more says so, and shows the next", async () => {
    const address = new URL(page.url()).pathname;
    await page.goto(`${server.url}${address}#20200101`);
    await page.getByText("Den dag står der ikke noget mere.").waitFor();
  });

  test("the month, the year and the wheel stand; each month leads to its days", async () => {
    await page.goto(`${server.url}/det-sker/aaret`);
    await list(page, "Årets måneder").getByRole("listitem").nth(11).waitFor();
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await lost(page)).toEqual([]);
      expect(await findings(page)).toEqual([]);
    }
    await list(page, "Årets måneder").getByRole("link").nth(1).click();
    await until("a month to be named in the address", () => Promise.resolve(/maaned#\d{4}-\d\d$/.test(page.url())));
    expect(await findings(page)).toEqual([]);
    await page.goto(`${server.url}/det-sker/papir`);
    await page.getByRole("img", { name: /^Årshjul/ }).waitFor();
    expect(await page.locator(".wheel .slice").count()).toBe(12);
    expect(await page.getByRole("listitem").count()).toBeGreaterThanOrEqual(12);
    expect(await findings(page)).toEqual([]);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    // A3 lying is 420 × 297 mm, in points of 1/72 inch; all of it on one sheet.
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map((m) => m.slice(1).map(Number));
    expect(boxes.map((box) => box.map(Math.round))).toEqual([[1191, 842]]);
  });

  test("what is held each week is said once in the year; the sheet says where something is left out of it", async () => {
    await page.goto(`${server.url}/det-sker/aaret`);
    const months = list(page, "Årets måneder");
    await months.getByRole("listitem").nth(11).waitFor();
    await heading(page, "Det meste af året", 2).waitFor();
    expect(await page.getByRole("link", { name: "Søndagsquiz på linjen" }).first().isVisible()).toBe(true);
    expect(await months.textContent()).not.toContain("Søndagsquiz på linjen");
    const toPaper = page.getByRole("link", { name: "Årshjulet på papir" });
    await page.getByRole("button", { name: "Uden trin" }).click();
    await toPaper.click();
    const said = page.getByText("Her står kun det, du har valgt på listen.");
    await said.waitFor();
    await page.getByRole("button", { name: "Vis alt" }).click();
    await said.waitFor({ state: "detached" });
  });

  test("in text twice as large nothing is lost", async () => {
    await phone.close();
    page = await phone.open({ width: 390, height: 844 });
    for (const path of ["/det-sker", "/det-sker/aaret"]) {
      await page.goto(`${server.url}${path}`);
      await row()
        .or(page.getByRole("list", { name: "Årets måneder" }))
        .first()
        .waitFor();
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
      });
      expect(await lost(page)).toEqual([]);
    }
  });

  test("nothing went wrong that nobody caught", () => {
    expect(phone.wrong).toEqual([]);
  });
});

/**
 * What a person has reported: it waits, is mended, lands or is refused with the reason, goes to another phone as a file, outlives a
 * killed browser; and whoever looks on sees it happen. A full phone: room.journey.ts.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Phone } from "./chromium.ts";
import { type Feed, op, readFeed, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { opens } from "./opens.ts";
import { come, kept, offline, online, report, reported, row, shot, status, TITLE, write } from "./reports.ts";
import { heading, inHand, list, menu, open, toList, toPlace, words } from "./screens.ts";
import { clean, command, rows, type Server, until } from "./server.ts";

let dir: string;
const files = mkdtempSync(join(tmpdir(), "moede-files-"));
const BENCH = "Aftenbænken ved sundet";
const KROLF = "Krolf i Nørre Alslev";
const HEIR = "Havnestuen i Nykøbing";
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;
let feed: Feed;
const place = (name: string) => theOne(feed.places, name, (one) => one.name.da === name);

/** Faults with words that have landed since this began: what they are on, and the words. */
const landed = (): unknown[] => faults().filter((one) => !before.includes(JSON.stringify(one)));
const faults = (): unknown[] =>
  rows(dir, "SELECT thing.uid, text FROM fault JOIN thing ON thing.id = subject WHERE text <> '' ORDER BY text");
let before: string[];

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open();
  feed = await readFeed(server.url);
  before = faults().map((one) => JSON.stringify(one));
  await open(page, server.url);
  await inHand(page);
});

afterAll(() => clean(files));

describe("without network", () => {
  test("its screen is not fetched before somebody asks for it, and opens without network", async () => {
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    expect(names.filter((name) => /assets\/outbox-/.test(name))).toEqual([]);
    await offline(page, gate);
    await page.goto(`${server.url}/meldt`);
    await page.getByText("Du har ikke meldt noget").waitFor();
    await shot(page, "00-empty");
  });

  test("what is reported waits, and is found from the form, from the strip and from Gemt", async () => {
    await report(page, BENCH, "Der ligger flasker.");
    await shot(page, "01-thanks");
    await page.getByRole("link", { name: /Følg den/ }).click();
    await heading(page, BENCH).waitFor();
    await status(page, "Den venter på net.").waitFor();
    expect(await words(page)).toContain("”Der ligger flasker.”");
    await shot(page, "02-waiting");
    await page.getByRole("link", { name: "1 besked venter." }).click();
    await row(page, "Ikke sendt endnu", BENCH).waitFor();
    expect(await words(page)).toContain("Ikke sendt: 1 Kommunen har: 0");
    await menu(page, "Gemt").click();
    await row(page, TITLE, "venter på net").waitFor();
    await shot(page, "03-gemt");
  });

  test("sent by a tap, it says that there is no network and stays", async () => {
    await row(page, TITLE, BENCH).click();
    await page.getByRole("button", { name: "Send nu" }).click();
    await status(page, "Der er ikke net.").waitFor();
    await page.getByRole("button", { name: "Luk" }).click();
  });

  test("mended before it is sent, it is one message with the new words", async () => {
    await page.getByRole("button", { name: "Ret" }).click();
    await heading(page, "Meld en fejl").waitFor();
    expect(await page.getByRole("textbox").inputValue()).toBe("Der ligger flasker.");
    // Until it is sent anew, the one before waits: whoever turns back, or goes elsewhere, has changed nothing.
    await page.goBack();
    await status(page, "Den venter på net.").waitFor();
    expect(await words(page)).not.toContain("Du er ved at rette den");
    await page.getByRole("button", { name: "Ret" }).click();
    await page.getByRole("textbox").fill("Der ligger glas.");
    await reported(page);
    expect(await list(page, "Ikke sendt endnu").getByRole("link").count()).toBe(1);
    await row(page, "Ikke sendt endnu", "Der ligger flasker.").click();
    await page.getByText("Du er ved at rette den").waitFor();
    await shot(page, "04-begun");
    await page.getByRole("button", { name: "Ret" }).click();
    expect(await page.getByRole("textbox").inputValue()).toBe("Der ligger glas.");
    await shot(page, "04-mending");
    await write(page, "Der ligger glas under bænken.");
    await reported(page);
    expect(await list(page, "Ikke sendt endnu").getByRole("link").count()).toBe(1);
    await row(page, "Ikke sendt endnu", "glas under bænken").waitFor();
  });

  test("what has been out is asked about before it is mended: the municipality may have it", async () => {
    await phone.context.setOffline(false);
    await come(page);
    await row(page, "Ikke sendt endnu", "glas under bænken").click();
    await page.getByRole("button", { name: "Send nu" }).click();
    await status(page, "Der er ikke net.").waitFor();
    await page.getByRole("button", { name: "Luk" }).click();
    await page.getByRole("button", { name: "Ret" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("kan kommunen få begge");
    await shot(page, "04b-question");
    await dialog.getByRole("button", { name: "Behold" }).click();
    await reported(page);
  });

  test("a browser that is killed has it all, and a report half written too", async () => {
    await toPlace(page, HEIR);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.getByRole("textbox").fill("Døren binder");
    await until("the letters to be on the disk", async () => (await kept(page, "drafts")).includes("Døren binder"));
    await phone.kill();
    page = await phone.open();
    await phone.context.setOffline(true);
    await page.goto(`${server.url}/meldt`);
    await row(page, "Ikke sendt endnu", "glas under bænken").waitFor();
    await row(page, "Ikke sendt endnu", "Døren binder").click();
    await heading(page, "Meld en fejl").waitFor();
    await page.getByRole("textbox").fill("");
    await reported(page);
    expect(await list(page, "Ikke sendt endnu").getByRole("link").count()).toBe(1);
  });
});

describe("the network comes back", () => {
  test("it lands once, and that is said", async () => {
    await online(page, gate);
    await status(page, `Kommunen har fået din besked om ${BENCH}.`).waitFor();
    await row(page, "Kommunen har fået det", "glas under bænken").click();
    await status(page, "Kommunen fik den i dag").waitFor();
    await shot(page, "05-landed");
    expect(landed()).toEqual([[place(BENCH).id, "Der ligger glas under bænken."]]);
  });

  test("what is no more is refused: by name and date, and what is kept", async () => {
    const { facilities } = feed;
    const bench = theOne(facilities, "bench", ({ name }) => name?.da === "Bænk på diget");
    await offline(page, gate);
    await report(page, KROLF, "Et mål er væltet.");
    await page.goto(`${server.url}/ting/${bench.id}/fejl`);
    await write(page, "Ryglænet er løst.", /i stykker/i);
    const gone = { to: "dissolved", why: { da: "Banen er væk." }, successor_id: place(HEIR).id };
    const lines = [
      op("move_state", "place", place(KROLF).id, gone),
      op("withdraw", "facility", bench.id, { why: "Taget ind." }),
    ];
    command(dir, ["op", "-"], lines.join("\n"));
    await toList(page);
    await online(page, gate);
    await status(page, /Din besked om .* kunne ikke sendes\./).waitFor();
    await page.getByRole("button", { name: "Se hvorfor" }).click();
    await page.getByRole("button", { name: "Vælg et andet sted" }).waitFor();
    await reported(page);
    const year = new Date().getFullYear();
    await row(page, "Kunne ikke sendes", `${KROLF} findes ikke mere. Det lukkede`).waitFor();
    expect(await words(page)).toMatch(new RegExp(`${KROLF} findes ikke mere\\. Det lukkede \\d+\\. \\w+ ${year}\\.`));
    // It is on this phone no more, and its words still stand there.
    await row(page, "Kunne ikke sendes", "Ryglænet er løst.").waitFor();
    await shot(page, "06-list");
  });

  test("mended to another place it lands there, and the old one is gone", async () => {
    await row(page, "Kunne ikke sendes", KROLF).click();
    expect(await words(page)).toContain("Din tekst er her endnu.");
    await shot(page, "07-refused");
    await page.getByRole("button", { name: "Vælg et andet sted" }).click();
    await heading(page, "Hvor er det?").waitFor();
    // The one that took over stands first.
    expect(await list(page, "Tæt på").getByRole("button").first().textContent()).toBe(HEIR);
    await shot(page, "08-elsewhere");
    await page.getByRole("searchbox").fill("havnestuen");
    await list(page, "Søg efter et sted").getByRole("button", { name: HEIR }).click();
    await heading(page, "Meld en fejl").waitFor();
    await page.getByText("Du retter noget, du har meldt.").waitFor();
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await status(page, "Kommunen fik den").waitFor();
    await reported(page);
    expect(await row(page, "Kunne ikke sendes", KROLF).count()).toBe(0);
    expect(landed()).toContainEqual([place(HEIR).id, "Et mål er væltet."]);
  });

  test("thrown away, after one question, it stays away", async () => {
    await row(page, "Kunne ikke sendes", "Ryglænet").click();
    await page.getByRole("button", { name: "Slet" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.textContent()).toContain("Kommunen har den ikke.");
    await dialog.getByRole("button", { name: "Behold" }).click();
    await page.getByRole("button", { name: "Slet" }).click();
    await dialog.getByRole("button", { name: "Ja, slet" }).click();
    await heading(page, TITLE).waitFor();
    expect(await page.getByText("Ryglænet").count()).toBe(0);
    await page.reload();
    await list(page, "Kommunen har fået det").waitFor();
    expect(await page.getByText("Ryglænet").count()).toBe(0);
  });
});

describe("as a file", () => {
  let other: Phone;
  let there: Page;

  beforeAll(async () => {
    other = new Phone(gate);
    there = await other.open();
    await open(there, server.url);
    await inHand(there);
  });
  afterAll(() => other?.forget());

  const bring = async (of: Page, path: string) => {
    await of.locator('input[type="file"]').setInputFiles(path);
  };

  test("saved on one phone and brought in on another, both send it, and the municipality has it once", async () => {
    await offline(page, gate);
    await report(page, BENCH, "Armlænet er løst.");
    await report(page, HEIR, "Lampen er gået.");
    await reported(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Gem det, der ikke er sendt" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^mine-beskeder-\d{4}-\d\d-\d\d\.txt$/);
    await status(page, `Filen ${download.suggestedFilename()} ligger under Hentede filer.`).waitFor();
    await shot(page, "09-file");
    const path = join(files, "mine-beskeder.txt");
    await download.saveAs(path);

    await there.goto(`${server.url}/meldt`);
    await heading(there, TITLE).waitFor();
    await bring(there, path);
    await status(there, "2 beskeder er hentet ind.").waitFor();
    await row(there, "Ikke sendt endnu", "Lampen er gået.").waitFor();
    await bring(there, path);
    await status(there, "2 var her i forvejen.").waitFor();
    await online(page, gate);
    await come(there);
    for (const one of [page, there])
      for (const text of ["Armlænet er løst.", "Lampen er gået."])
        await row(one, "Kommunen har fået det", text).waitFor();
    const twice = landed().filter((one) => /Armlænet|Lampen/.test(JSON.stringify(one)));
    expect(twice).toEqual([
      [place(BENCH).id, "Armlænet er løst."],
      [place(HEIR).id, "Lampen er gået."],
    ]);
  });

  test("another file is told, and changes nothing", async () => {
    const path = join(files, "brev.txt");
    writeFileSync(path, "Kære kommune\n");
    await bring(there, path);
    await status(there, "Det er ikke en fil fra Mødesteder.").waitFor();
    expect(await list(there, "Kommunen har fået det").getByRole("link").count()).toBe(2);
  });
});

describe("two tabs", () => {
  test("what one writes and sends, the other shows as it happens", async () => {
    const beside = await phone.context.newPage();
    await offline(page, gate);
    await beside.goto(`${server.url}/meldt`);
    await report(page, BENCH, "Set i to vinduer.");
    await row(beside, "Ikke sendt endnu", "Set i to vinduer.").waitFor();
    await reported(page);
    await gate.start();
    await phone.context.setOffline(false);
    await come(page);
    await row(beside, "Kommunen har fået det", "Set i to vinduer.").waitFor();
    await beside.close();
  });
});

describe("all the while", () => {
  test("no op's id left the phone in an address, and no page went wrong", async () => {
    expect(gate.passed.filter(({ url }) => /meldt.*[0-9a-f]{8}-/.test(url)).map(({ url }) => url)).toEqual([]);
    expect(phone.wrong).toEqual([]);
  });
});

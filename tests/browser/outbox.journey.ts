/**
 * What a person has reported: it waits, is mended, lands or is refused with the reason, goes to another phone as a file, outlives a
 * killed browser and a full disk; and whoever looks on sees it happen.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { type Feed, op, readFeed, theOne } from "./feed.ts";
import { Front } from "./front.ts";
import { lost, small } from "./narrow.ts";
import { heading, inHand, list, menu, open, toList, toPlace, words } from "./screens.ts";
import { clean, command, demoCopy, freePort, rows, Server, until } from "./server.ts";

const dir = demoCopy();
const files = mkdtempSync(join(tmpdir(), "moede-files-"));
const BENCH = "Aftenbænken ved sundet";
const KROLF = "Krolf i Nørre Alslev";
const HEIR = "Havnestuen i Nykøbing";
const TITLE = "Det, du har meldt";
let server: Server;
let front: Front;
let phone: Phone;
let page: Page;
let feed: Feed;
const place = (name: string) => theOne(feed.places, name, (one) => one.name.da === name);

/** Pictures for whoever looks at them: SHOTS=folder. */
async function shot(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 568 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

/** Faults with words that have landed since this began: what they are on, and the words. */
const landed = (): unknown[] => faults().filter((one) => !before.includes(JSON.stringify(one)));
const faults = (): unknown[] =>
  rows(dir, "SELECT thing.uid, text FROM fault JOIN thing ON thing.id = subject WHERE text <> '' ORDER BY text");
let before: string[];

/** What is told where a screen reader says it by itself. */
const status = (of: Page, told: string | RegExp) => of.getByRole("status").filter({ hasText: told }).first();

const row = (of: Page, part: string, told: string) => list(of, part).getByRole("link").filter({ hasText: told });

async function reported(of: Page): Promise<void> {
  await menu(of, "Gemt").click();
  await of.getByRole("link", { name: "Se alt, du har meldt" }).click();
  await heading(of, TITLE).waitFor();
}

async function write(of: Page, text: string, what = /affald/i): Promise<void> {
  await of.locator("label", { hasText: what }).click();
  await of.getByRole("textbox").fill(text);
  await of.getByRole("button", { name: "Meld fejlen" }).click();
  await status(of, /^Tak\. Fejlen/).waitFor();
}

async function report(of: Page, name: string, text: string): Promise<void> {
  await toPlace(of, name);
  await of.getByRole("link", { name: "Meld en fejl" }).click();
  await write(of, text);
}

/** What lies in a store of `own`, as JSON. */
const kept = (of: Page, store: string): Promise<string> =>
  of.evaluate(
    (name) =>
      new Promise<string>((done, fail) => {
        const asked = indexedDB.open("own");
        asked.onerror = () => fail(asked.error);
        asked.onsuccess = () => {
          const all = asked.result.transaction(name).objectStore(name).getAll();
          all.onerror = () => fail(all.error);
          all.onsuccess = () => {
            asked.result.close();
            done(JSON.stringify(all.result));
          };
        };
      }),
    store,
  );

/** As a person who opens the app again. */
const come = (of: Page) => of.evaluate(() => window.dispatchEvent(new Event("focus")));

/** As on the heath: the phone knows it too. */
async function offline(of: Page): Promise<void> {
  await of.context().setOffline(true);
  await front.stop();
  await come(of);
  await status(of, "Uden net").waitFor();
}

async function online(of: Page): Promise<void> {
  await front.start();
  await of.context().setOffline(false);
  await come(of);
  await of.getByRole("status").filter({ hasText: "Uden net" }).waitFor({ state: "detached" });
}

beforeAll(async () => {
  server = await new Server(await freePort(), dir, true).start();
  front = await new Front(server.port).start();
  // Chromium of today says "10 GiB" whatever there is; others, and older ones, say how much room is left.
  phone = new Phone(front, ["--disable-features=StaticStorageQuota"]);
  page = await phone.open();
  feed = await readFeed(server.url);
  before = faults().map((one) => JSON.stringify(one));
  await open(page, server.url);
  await inHand(page);
});

afterAll(async () => {
  await phone?.forget();
  await front?.stop();
  await server?.stop();
  clean(dir, files);
});

describe("without network", () => {
  test("its screen is not fetched before somebody asks for it, and opens without network", async () => {
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    expect(names.filter((name) => /assets\/outbox-/.test(name))).toEqual([]);
    await offline(page);
    await page.goto(`${server.url}/meldt`);
    await page.getByText("Du har ikke meldt noget").waitFor();
    await shot("00-empty");
  });

  test("what is reported waits, and is found from the form, from the strip and from Gemt", async () => {
    await report(page, BENCH, "Der ligger flasker.");
    await shot("01-thanks");
    await page.getByRole("link", { name: /Følg den/ }).click();
    await heading(page, BENCH).waitFor();
    await status(page, "Den venter på net.").waitFor();
    expect(await words(page)).toContain("”Der ligger flasker.”");
    await shot("02-waiting");
    await page.getByRole("link", { name: "1 besked venter." }).click();
    await row(page, "Ikke sendt endnu", BENCH).waitFor();
    expect(await words(page)).toContain("Gemt her: 1 Sendt: 0");
    await menu(page, "Gemt").click();
    await row(page, TITLE, "venter på net").waitFor();
    await shot("03-gemt");
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
    // Not sent yet, and not lost: it stands in the list as something begun.
    await reported(page);
    await row(page, "Ikke sendt endnu", "ikke skrevet færdig").click();
    await shot("04-mending");
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
    await shot("04b-question");
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
    await online(page);
    await status(page, `Kommunen har fået din besked om ${BENCH}.`).waitFor();
    await row(page, "Kommunen har fået det", "glas under bænken").click();
    await status(page, "Kommunen fik den i dag").waitFor();
    await shot("05-landed");
    expect(landed()).toEqual([[place(BENCH).id, "Der ligger glas under bænken."]]);
  });

  test("what is no more is refused: by name and date, and what is kept", async () => {
    const { facilities } = feed;
    const bench = theOne(facilities, "bench", ({ name }) => name?.da === "Bænk på diget");
    await offline(page);
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
    await online(page);
    await status(page, /Din besked om .* kunne ikke sendes\./).waitFor();
    await page.getByRole("button", { name: "Se hvorfor" }).click();
    await page.getByRole("button", { name: "Vælg et andet sted" }).waitFor();
    await reported(page);
    const year = new Date().getFullYear();
    await row(page, "Kunne ikke sendes", `${KROLF} findes ikke mere. Det lukkede`).waitFor();
    expect(await words(page)).toMatch(new RegExp(`${KROLF} findes ikke mere\\. Det lukkede \\d+\\. \\w+ ${year}\\.`));
    // It is on this phone no more, and its words still stand there.
    await row(page, "Kunne ikke sendes", "Ryglænet er løst.").waitFor();
    await shot("06-list");
  });

  test("mended to another place it lands there, and the old one is gone", async () => {
    await row(page, "Kunne ikke sendes", KROLF).click();
    expect(await words(page)).toContain("Din tekst er her endnu.");
    await shot("07-refused");
    await page.getByRole("button", { name: "Vælg et andet sted" }).click();
    await heading(page, "Hvor er det?").waitFor();
    // The one that took over stands first.
    expect(await list(page, "Tæt på").getByRole("button").first().textContent()).toBe(HEIR);
    await shot("08-elsewhere");
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
    other = new Phone(front);
    there = await other.open();
    await open(there, server.url);
    await inHand(there);
  });
  afterAll(() => other?.forget());

  const bring = async (of: Page, path: string) => {
    await of.locator('input[type="file"]').setInputFiles(path);
  };

  test("saved on one phone and brought in on another, both send it, and the municipality has it once", async () => {
    await offline(page);
    await report(page, BENCH, "Armlænet er løst.");
    await report(page, HEIR, "Lampen er gået.");
    await reported(page);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Gem det, der ikke er sendt" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^mine-beskeder-\d{4}-\d\d-\d\d\.txt$/);
    const path = join(files, "mine-beskeder.txt");
    await download.saveAs(path);

    await there.goto(`${server.url}/meldt`);
    await heading(there, TITLE).waitFor();
    await bring(there, path);
    await status(there, "2 beskeder er hentet ind.").waitFor();
    await row(there, "Ikke sendt endnu", "Lampen er gået.").waitFor();
    await bring(there, path);
    await status(there, "2 var her i forvejen.").waitFor();
    await online(page);
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
    await offline(page);
    await beside.goto(`${server.url}/meldt`);
    await report(page, BENCH, "Set i to vinduer.");
    await row(beside, "Ikke sendt endnu", "Set i to vinduer.").waitFor();
    await reported(page);
    await front.start();
    await phone.context.setOffline(false);
    await come(page);
    await row(beside, "Kommunen har fået det", "Set i to vinduer.").waitFor();
    await beside.close();
  });
});

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
    await shot("09-little");
    await toPlace(page, BENCH);
    await quota(used + 100_000);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.getByText("Det, du skriver, kan måske ikke gemmes her.").waitFor();
    await shot("10-scarce");
  });

  test("words that can not be kept stay on the screen, and are offered as a file before they are sent and after", async () => {
    // Opened anew: a browser goes by the room that it counted last.
    await phone.close();
    page = await phone.open();
    await quota(1);
    await page.goto(server.url);
    await list(page).waitFor();
    await offline(page);
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
    await shot("11-unkept");
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await status(page, "Tak. Fejlen sendes, når der er net.").waitFor();
    await heading(page, "Telefonen kan ikke gemme det her", 2).waitFor();
    await page.getByText("”Kun her.”").waitFor();
    await page.getByRole("button", { name: "Gem som fil" }).waitFor();
    await shot("12-memory");
  });

  test("a map goes by one tap, and what lived in memory alone outlives a kill", async () => {
    // This browser counts what a map takes up only in the process that saved it: the room is given here.
    await quota(1_000_000_000);
    await page.getByRole("button", { name: /^Slet kortet Hele kommunen/ }).click();
    await status(page, "Nu er der plads.").waitFor();
    await phone.kill();
    page = await phone.open();
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
    await shot("13-list-light");
    for (const [colorScheme, contrast] of [
      ["light", "no-preference"],
      ["dark", "no-preference"],
      ["light", "more"],
      ["dark", "more"],
    ] as const) {
      await page.emulateMedia({ colorScheme, contrast });
      expect(await screens(async (of) => [...(await findings(of)), ...(await small(of))])).toEqual({});
      await reported(page);
      await shot(`13-list-${colorScheme}-${contrast}`);
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

  test("no op's id left the phone in an address, and no page went wrong", async () => {
    expect(front.seen.filter(({ url }) => /meldt.*[0-9a-f]{8}-/.test(url)).map(({ url }) => url)).toEqual([]);
    expect(phone.wrong).toEqual([]);
    await until("nothing to be held", () => front.held === 0);
  });
});

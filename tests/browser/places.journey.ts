/** Three places become true: by keyboard alone, and by fingers at 390 px; a browser that is killed in the middle; two who write the same. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { authenticator, codeFor, comeIn } from "./desk.ts";
import { clean, command, emptyDir, freePort, rows, Server, until } from "./server.ts";

const dir = emptyDir();
const [hers, his, citizens] = [new Phone(), new Phone(), new Phone()];
let server: Server;
let url = "";
let page: Page;

beforeAll(async () => {
  command(dir, ["prepare"]);
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 1280, height: 900 });
});
afterAll(async () => {
  for (const one of [hers, his, citizens]) await one.forget();
  await server.stop();
  clean(dir);
});

const FIVE = {
  Sted: "Ved enden af Norvej.",
  Faciliteter: "En bænk med ryglæn og et bord.",
  "Underlag i ord": "Fast sti helt hen.",
  Formål: "Et sted at hvile og drikke kaffe.",
  Aktiviteter: "Kaffe hver tirsdag kl. 14.",
} as const;

const heading = (on: Page, name: string | RegExp): Locator => on.getByRole("heading", { level: 1, name });
const field = (on: Page, name: string): Locator => on.getByRole("textbox", { name, exact: true }).first();
const button = (on: Page, name: string | RegExp): Locator => on.getByRole("button", { name, exact: true }).first();
const saved = (on: Page): Promise<void> => on.getByRole("button", { name: "Alt er gemt" }).waitFor();

/** Tab after tab until this has the focus: what can not be reached so can not be used without a mouse. */
async function tabTo(to: Locator): Promise<void> {
  const on = to.page();
  await to.waitFor();
  for (let presses = 0; presses < 250; presses++) {
    if (await to.evaluate((el) => el === document.activeElement)) return;
    await on.keyboard.press("Tab");
  }
  throw new Error(`no number of tabs comes to ${to}`);
}
async function types(to: Locator, words: string): Promise<void> {
  await tabTo(to);
  await to.page().keyboard.insertText(words);
}
/** Once it can be used: what went before is being answered. */
async function presses(to: Locator): Promise<void> {
  await tabTo(to);
  await until(`${to} to be ready`, async () => (await to.getAttribute("aria-disabled")) !== "true");
  await to.page().keyboard.press("Enter");
}

describe("an editor with a keyboard alone", () => {
  test("comes in by an invitation, and makes a passkey", async () => {
    await authenticator(page);
    await page.goto(`${url}/invite#${codeFor(dir, "admin", "Mette Holm")}`);
    await presses(button(page, "Lav en adgangsnøgle"));
    await heading(page, "Dine tre første mødesteder").waitFor();
  });

  test("describes a place by its five, puts it on the map by its coordinates, and takes it into use", async () => {
    await presses(page.getByRole("link", { name: "Nyt sted" }).first());
    await heading(page, "Nyt sted").waitFor();
    await types(field(page, "Navn"), "Bænken ved Hasselø Nor");
    for (const [name, words] of Object.entries(FIVE)) await types(field(page, name), words);
    await types(field(page, "Punkt på kortet, i tal"), "54,765, 11,872");
    await presses(button(page, "Gem"));
    await saved(page);
    await presses(button(page, "Begynd på det"));
    await presses(button(page, "Tag i brug"));
    await page.getByText("Alle kan se det").waitFor();
  });

  test("hears what lacks, and is led to the field", async () => {
    await page.goto(`${url}/desk/steder/ny`);
    await heading(page, "Nyt sted").waitFor();
    await presses(button(page, "Gem"));
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await until("the focus to be there", () =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-invalid") === "true"),
    );
  });
});

describe("the same on a phone, by fingers", () => {
  let phone: Page;
  beforeAll(async () => {
    phone = await his.open({ width: 390, height: 844, touch: true });
  });

  test("two places more, saved one by one", async () => {
    await comeIn(phone, url, dir, "editor", "Jens Krogh");
    for (const name of ["Shelteret i skoven", "Bordet på torvet"]) {
      await phone.getByRole("link", { name: "Overblik" }).tap();
      await phone.getByRole("link", { name: "Nyt sted" }).first().tap();
      await heading(phone, "Nyt sted").waitFor();
      await field(phone, "Navn").fill(name);
      for (const [one, words] of Object.entries(FIVE)) await field(phone, one).fill(words);
      await field(phone, "Punkt på kortet, i tal").fill("54.77 11.88");
      await button(phone, "Gem").tap();
      await saved(phone);
      await button(phone, "Begynd på det").tap();
      await button(phone, "Tag i brug").tap();
      await phone.getByText("Alle kan se det").waitFor();
      await button(phone, "Luk").tap();
    }
  });

  test("with three the map is opened to all, after a plain question", async () => {
    await page.goto(`${url}/desk`);
    await page.getByText("3 af 3").first().waitFor();
    await presses(button(page, "Åbn for alle"));
    await presses(page.getByRole("dialog").getByRole("button", { name: "Åbn for alle" }));
    await until("the map to be open", async () =>
      (await fetch(`${server.url}/`).then((answer) => answer.text())).includes("Hasselø"),
    );
  });

  test("a citizen's phone shows the three", async () => {
    const walk = await citizens.open();
    await walk.goto(server.url);
    const list = walk.getByRole("list", { name: "Mødesteder" });
    for (const name of ["Bænken ved Hasselø Nor", "Shelteret i skoven", "Bordet på torvet"])
      await list.getByText(name).waitFor();
  });

  test("one is dissolved, with a reason that a citizen reads", async () => {
    await phone.getByRole("link", { name: "Steder" }).first().tap();
    await phone.getByRole("link", { name: "Bordet på torvet" }).tap();
    await button(phone, "Nedlæg").tap();
    const dialog = phone.getByRole("dialog");
    await dialog.getByRole("button", { name: "Nedlæg" }).tap();
    await dialog.getByText(/Skriv hvorfor/).waitFor();
    await dialog.getByLabel(/Hvorfor/).fill("Torvet bliver bygget om.");
    await dialog.getByRole("button", { name: "Nedlæg" }).tap();
    await phone.getByText("Siden siger, at stedet er nedlagt.").waitFor();
    // The desk shows at once what the server is still to say.
    const there = () => fetch(`${server.url}/steder/bordet-paa-torvet`);
    await until("its page to say so", async () => (await there()).status === 410);
    expect(await (await there()).text()).toContain("Torvet bliver bygget om.");
  });

  test("no screen of it is wider than 320 px, and all can use them", async () => {
    await phone.setViewportSize({ width: 320, height: 640 });
    const [id] = rows<[string]>(dir, "SELECT uid FROM thing WHERE kind = 'place' LIMIT 1")[0] ?? [""];
    for (const path of [
      "/desk",
      "/desk/steder",
      `/desk/steder/${id}`,
      "/desk/ruter",
      "/desk/fejl",
      "/desk/venter",
      "/desk/mere",
    ]) {
      await phone.goto(url + path);
      await phone.getByRole("heading", { level: 1 }).waitFor();
      expect(await findings(phone), path).toEqual([]);
      expect(await phone.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    }
    await phone.setViewportSize({ width: 390, height: 844 });
  });
});

describe("a browser that is killed, and a net that is gone", () => {
  test("what was typed stands there again", async () => {
    // Chromium writes a new cookie down within half a minute; one that is closed, at once. A login of just now is not what is tried.
    await hers.close();
    page = await hers.open({ width: 1280, height: 900 });
    await page.goto(`${url}/desk/steder`);
    await page.getByRole("link", { name: "Bænken ved Hasselø Nor" }).click();
    await field(page, "Sådan er første gang").fill("Kirsten står ved bænken i gul jakke.");
    await page.getByText(/Din kladde er gemt/).waitFor();
    const at = page.url();
    await hers.kill();
    page = await hers.open({ width: 1280, height: 900 });
    await authenticator(page);
    await page.goto(at);
    await heading(page, "Bænken ved Hasselø Nor").waitFor();
    expect(await field(page, "Sådan er første gang").inputValue()).toBe("Kirsten står ved bænken i gul jakke.");
    await page.getByText(/Din kladde er gemt/).waitFor();
  });

  test("without a server the desk opens, an edit waits, and goes by itself when there is one", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await heading(page, "Bænken ved Hasselø Nor").waitFor();
    const at = page.url();
    await server.stop();
    await page.goto(at);
    await heading(page, "Bænken ved Hasselø Nor").waitFor();
    await button(page, "Gem").click();
    await page.getByText("Det er gemt her. Det bliver sendt, når der er net.").first().waitFor();
    server = await new Server(server.port, dir, false).start();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await until("the edit to land", () => body().includes("gul jakke"));
    await saved(page);
  });
});

const body = (): string =>
  String(
    rows<[string]>(
      dir,
      "SELECT CAST(body AS TEXT) FROM feed WHERE scope = 'public' AND kind = 'place' AND CAST(body AS TEXT) LIKE '%Hasselø Nor%'",
    )[0]?.[0],
  );

describe("two who write the same", () => {
  test("what only one has written goes in; of the rest both versions stand there, and nothing is lost", async () => {
    const [phone] = his.context.pages() as [Page];
    await phone.goto(page.url());
    await heading(phone, "Bænken ved Hasselø Nor").waitFor();
    await field(phone, "Formål").fill("Et sted at hvile og se på fugle.");
    await field(page, "Formål").fill("Et sted at hvile, drikke kaffe og falde i snak.");
    await field(page, "Aktiviteter").fill("Kaffe hver tirsdag, petanque om sommeren.");
    await button(phone, "Gem").tap();
    await saved(phone);
    await button(page, "Gem").click();
    const clash = page.getByRole("group", { name: "Formål" });
    await clash.getByText("Et sted at hvile").first().waitFor();
    await clash.getByText(/Jens/).first().waitFor();
    await clash.getByText(/Før stod der: Et sted at hvile og drikke kaffe/).waitFor();
    expect(body()).toContain("petanque");
    expect(body()).toContain("fugle");
    await button(page, /Vælg 1 felt mere/).waitFor();
  });

  test("by field one is chosen, or a third written, and history has each step with a way back", async () => {
    const clash = page.getByRole("group", { name: "Formål" });
    await clash.getByRole("button", { name: /Skriv en tredje/ }).click();
    await clash.getByRole("textbox").first().fill("Et sted at hvile, drikke kaffe og se på fugle.");
    await button(page, "Gem").click();
    await saved(page);
    expect(body()).toContain("drikke kaffe og se på fugle");
    const went = page.getByRole("region", { name: "Sket for nylig" });
    await went.getByText(/Jens/).first().waitFor();
    await went.getByText(/Mette/).first().waitFor();
  });
});

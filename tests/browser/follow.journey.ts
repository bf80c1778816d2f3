/**
 * Following, being reminded and being met, as a person on a walk does it: without network first, on a phone that says no to messages, and
 * with exactly one phone that asks to be met and reads the answer without network.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { op } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { does, type Made, weekly } from "./happenings.ts";
import { lost } from "./narrow.ts";
import { opens } from "./opens.ts";
import { come, kept, offline, online, shot, status } from "./reports.ts";
import { heading, inHand, menu, open, words } from "./screens.ts";
import { rows, type Server, until } from "./server.ts";

const NAME = "Kaffe ved den røde dør";
let dir: string;
let server: Server;
let gate: Gate;
let page: Page;
let event: Made;
let path: string;

opens(async (it) => {
  ({ dir, server, gate } = it);
  event = weekly(dir, NAME, { days: 3 });
  const [[slug] = [""]] = rows<[string]>(dir, `SELECT slug FROM thing WHERE uid = '${event.id}'`);
  path = `/det-sker/${slug}#${event.fragment}`;
  page = await it.phone.open();
  await open(page, server.url);
  await inHand(page);
});

const follows = () => rows<[string, string, string]>(dir, "SELECT kind, id, whens FROM follow ORDER BY id");
const button = (name: string) => page.getByRole("button", { name, exact: true });
const secret = async () => (JSON.parse(await kept(page, "device"))[0] as { secret: string } | undefined)?.secret;

/** A picture where one is asked for; what a program can find wrong with the screen; and what 320 px and text of 400 per cent take away. */
async function look(name: string): Promise<void> {
  await shot(page, name);
  const wrong = (await findings(page)).map((one) => `${name}: ${one}`);
  await page.setViewportSize({ width: 320, height: 568 });
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "400%"));
  wrong.push(...(await lost(page)).map((one) => `${name}, 400 %: ${one}`));
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  await page.setViewportSize({ width: 390, height: 844 });
  expect(wrong).toEqual([]);
}

async function toEvent(): Promise<void> {
  await page.goto(`${server.url}${path}`);
  await heading(page, NAME).waitFor();
}

describe("without network, on a phone that says no to messages", () => {
  test("who follows nothing has no secret, and is asked a plain question, with who carries a message", async () => {
    expect(await secret()).toBeUndefined();
    await offline(page, gate);
    await toEvent();
    await heading(page, "Hvornår skal vi minde dig om det?", 2).waitFor();
    const said = await words(page);
    expect(said).toMatch(/Aftenen før \S+ kl\. 19/);
    expect(said).toContain("Beskeden går gennem Google, Apple eller Mozilla.");
    expect(said).toContain("Efter 12 stille måneder er det slettet.");
    await look("follow-01-question");
  });

  test("a tap follows at once; it waits, and says how messages are turned on", async () => {
    await page.getByRole("checkbox", { name: /^Aftenen før/ }).check();
    await page.getByRole("checkbox", { name: /^1 time før/ }).check();
    await button("Følg").click();
    await heading(page, "Du følger", 2).waitFor();
    const said = await words(page);
    expect(said).toContain("venter på net");
    expect(said).toContain("Telefonen siger nej til beskeder. Begivenheden er gemt under Gemt.");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Du følger");
    await page.getByText("Sådan slår du beskeder til").click();
    await page.getByText("Vælg Tillad.").waitFor();
    await look("follow-02-waiting");
    expect(follows()).toEqual([]);
  });

  test("it stands under Gemt, with what is to be remembered and when", async () => {
    await menu(page, "Gemt").click();
    await heading(page, "Det, du følger", 2).waitFor();
    await page.getByRole("link", { name: "Se alt, du følger" }).click();
    await heading(page, "Det, du følger").waitFor();
    await heading(page, "Husk selv", 2).waitFor();
    expect(await words(page)).toMatch(new RegExp(`${NAME} kl\\. 14`));
    await look("follow-03-mine");
  });

  test("it goes out when there is a network, and is known after that", async () => {
    await online(page, gate);
    await until("the server to know it", () => follows().length === 1);
    const [[kind, id, whens] = ["", "", ""]] = follows();
    expect([kind, id]).toEqual(["event", event.id]);
    expect(JSON.parse(whens)).toContain("evening");
    await page.getByText("venter på net").first().waitFor({ state: "detached" });
    expect(await secret()).toMatch(/^[\w-]{43}$/);
  });

  test("no request that carries the secret carries a cookie, and the secret stands in no address", async () => {
    const own = gate.passed.filter(({ headers }) => /^authorization\nDevice /im.test(headers));
    expect(own.length).toBeGreaterThan(0);
    for (const { headers } of own) expect(headers).not.toMatch(/^cookie\n/im);
    const known = (await secret()) ?? "?";
    expect(gate.passed.filter(({ url }) => url.includes(known))).toEqual([]);
  });

  test("this time is skipped and not skipped", async () => {
    await toEvent();
    await button("Spring over denne gang").click();
    await status(page, "Du springer over denne gang.").waitFor();
    await until("the server to know it", () => rows(dir, "SELECT * FROM skipped").length === 1);
    await look("follow-04-skipped");
    await button("Mind mig om det alligevel").click();
    await until("the server to know it", () => rows(dir, "SELECT * FROM skipped").length === 0);
  });

  test("stopped without network it is gone here, and one late message is told of", async () => {
    await offline(page, gate);
    await button("Ændr, eller stop").click();
    await look("follow-05-change");
    await button("Stop med at følge").click();
    await heading(page, "Hvornår skal vi minde dig om det?", 2).waitFor();
    await status(page, "Der kan komme én besked endnu.").waitFor();
    expect(follows().length).toBe(1);
    await online(page, gate);
    await until("the server to know it", () => follows().length === 0);
  });
});

describe("met at the door, with exactly one phone", () => {
  test("asked without a name: the row says which phone, which event, which day, and nothing else", async () => {
    await toEvent();
    await heading(page, "Vil du mødes ved døren?", 2).waitFor();
    await look("met-01-question");
    await button("Jeg vil gerne mødes ved døren").click();
    await heading(page, "Du har spurgt", 2).waitFor();
    await until("the server to know it", () => rows(dir, "SELECT * FROM met").length === 1);
    const [row] = rows<[number, string, string]>(dir, "SELECT * FROM met");
    expect(row?.slice(1)).toEqual([event.id, event.day]);
    // Of the phone itself: the day on which it was last heard of.
    const [device] = rows<[string]>(dir, "SELECT seen_on FROM device");
    expect(device?.[0]).toMatch(/^\d{4}-\d\d-\d\d$/);
    await look("met-02-asked");
  });

  test("the host answers all who asked, and the phone reads it without network", async () => {
    const answer = { da: "Kirsten står ved den røde dør kl. 13.45, gul jakke" };
    does(dir, op("answer_met", "event", event.id, { day: event.day, answer }));
    await come(page);
    await heading(page, "Du bliver mødt ved døren", 2).waitFor();
    await offline(page, gate);
    await page.reload();
    await heading(page, "Du bliver mødt ved døren", 2).waitFor();
    expect(await words(page)).toContain(answer.da);
    expect(await words(page)).toContain("Du skal ikke melde fra.");
    await page.getByRole("link", { name: "Ring til Kirsten" }).waitFor();
    await look("met-03-answered");
  });

  test("taken back without network it is gone at once, and at the server when there is one", async () => {
    await button("Fortryd").click();
    await heading(page, "Vil du mødes ved døren?", 2).waitFor();
    await online(page, gate);
    await until("the server to know it", () => rows(dir, "SELECT * FROM met").length === 0);
  });
});

describe("all of it is stopped", () => {
  test("with Slet alt, without network: the server hears of it with the next start, and then the secret is gone", async () => {
    await toEvent();
    await button("Følg").click();
    await until("the server to know it", () => follows().length === 1);
    await offline(page, gate);
    await menu(page, "Gemt").click();
    await button("Slet alt på telefonen").click();
    await button("Ja, slet").click();
    await status(page, "Der kan komme én besked endnu.").waitFor();
    expect(await secret()).toMatch(/^[\w-]{43}$/);
    await gate.start();
    await page.context().setOffline(false);
    await open(page, server.url);
    await until("the server to have forgotten the phone", () => rows(dir, "SELECT * FROM device").length === 0);
    await until("the secret to be gone", async () => (await secret()) === undefined);
  });
});

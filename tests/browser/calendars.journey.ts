/** Calendars at the desk: a file is looked at and comes in; an address on loopback is read by the clock, changes, and is not there any more. */
import { createServer, type Server as Http } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { clean, emptyDir, freePort, openToAll, Server, until } from "./server.ts";

const dir = openToAll(emptyDir());
const hers = new Phone();
let server: Server;
let url = "";
let page: Page;
let there: Http;
/** What somebody's calendar answers. */
let says: { status: number; body: string } = { status: 200, body: "" };

/** 14 days from now, as iCalendar writes it: what comes is to come however long this lies here. */
const soon = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
const event = (uid: string, name: string, more = "") =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nSUMMARY:${name}\r\nDTSTART;TZID=Europe/Copenhagen:${soon}T140000\r\nDURATION:PT2H\r\nLOCATION:Klubhuset\r\n${more}END:VEVENT\r\n`;
const calendar = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Krolfklubben\r\n${events.join("")}END:VCALENDAR\r\n`;

beforeAll(async () => {
  there = createServer((_, answer) => {
    answer.writeHead(says.status, { "content-type": "text/calendar" });
    answer.end(says.body);
  });
  await new Promise<void>((done) => there.listen(0, "127.0.0.1", done));
  process.env.MOEDE_CALENDAR_HOSTS = `127.0.0.1:${(there.address() as AddressInfo).port}`;
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 390, height: 844 });
  await comeIn(page, url, dir, "editor", "Jette Holm");
});
afterAll(async () => {
  delete process.env.MOEDE_CALENDAR_HOSTS;
  await hers.forget();
  await server.stop();
  there.closeAllConnections();
  there.close();
  clean(dir);
});

/** Nothing hinders anybody here, and nothing is wider than the screen. */
async function fine(what: string): Promise<void> {
  expect(await findings(page), what).toEqual([]);
  const wide = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(wide);
}

/** The names of the events that everybody reads, with how each stands. */
const events = (): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const { changes } = await (await fetch("/api/v1/sync/public")).json();
    const found = changes.filter((one: { kind: string; body: unknown }) => one.kind === "event" && one.body);
    return Object.fromEntries(
      found.map(({ body }: { body: { name: { da: string }; state: string } }) => [body.name.da, body.state]),
    );
  });

describe("an editor with a calendar's file", () => {
  test("what would come in and what is left out is seen before it does", async () => {
    await page.goto(`${url}/desk/kalendere`);
    await page.getByRole("heading", { level: 1, name: "Kalendere" }).waitFor();
    await page.getByText("Der er ingen kalendere endnu").waitFor();
    await fine("the room");
    await page.getByRole("link", { name: "Fra en fil" }).click();
    const bad = "BEGIN:VEVENT\r\nUID:uden@x\r\nSUMMARY:Uden tid\r\nEND:VEVENT\r\n";
    const buffer = Buffer.from(
      calendar(event("a@x", "Krolf"), event("b@x", "Strikkecafé", "RRULE:FREQ=WEEKLY\r\n"), bad),
    );
    await page.locator("input[type=file]").setInputFiles({ name: "krolf.ics", mimeType: "text/calendar", buffer });
    await page.getByRole("heading", { name: "To begivenheder kommer ind" }).waitFor();
    await page.getByText("siger ikke, hvornår den begynder").waitFor();
    await page.getByText("uden@x").waitFor();
    expect(await page.getByLabel("Hvad hedder kalenderen?").inputValue()).toBe("Krolfklubben");
    await fine("what was found");
    expect(await events()).toEqual({});
  });

  test("it comes in, and the line that was left out is told afterwards too", async () => {
    await page.getByRole("button", { name: "Hent 2 begivenheder ind" }).click();
    await page.getByRole("heading", { level: 1, name: "Krolfklubben" }).waitFor();
    await page.getByText("To nye.").waitFor();
    await page.getByRole("heading", { name: "Kom ikke med" }).waitFor();
    await fine("one calendar");
    expect(await events()).toEqual({ Krolf: "public", Strikkecafé: "public" });
  });

  test("what is no calendar is refused in words", async () => {
    await page.goto(`${url}/desk/kalendere/fil`);
    const buffer = Buffer.from("<html>Log ind</html>");
    await page.locator("input[type=file]").setInputFiles({ name: "kalender.ics", mimeType: "text/calendar", buffer });
    await page.getByText("BEGIN:VCALENDAR mangler").waitFor();
  });
});

describe("an editor with a calendar's address", () => {
  const at = () => `http://127.0.0.1:${(there.address() as AddressInfo).port}/krolf.ics`;

  test("an address that leads nowhere good is told beside its field", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${url}/desk/kalendere/ny`);
    await page.getByRole("button", { name: "Gem og læs den" }).click();
    await page.getByText("Skriv, hvad kalenderen hedder.").waitFor();
    await page.getByLabel("Hvad hedder kalenderen?").fill("Petanque");
    await page.getByLabel("Kalenderens adresse").fill("https://10.0.0.7/x.ics");
    await page.getByRole("button", { name: "Gem og læs den" }).click();
    await page.getByText("fører ikke ud på nettet").waitFor();
    await fine("a new one");
  });

  test("it is read by itself, and again when somebody asks", async () => {
    says = { status: 200, body: calendar(event("p@x", "Petanque")) };
    // The form knows no address of this machine: it is said to the server as a test may.
    const id = await page.evaluate(async (address) => {
      const id = `019d4000-0000-7000-8000-${Date.now().toString().padStart(12, "0").slice(-12)}`;
      const at = `${new Date().toISOString().slice(0, 19)}Z`;
      const set = { name: "Petanque", url: address };
      const op = {
        id: crypto.randomUUID(),
        verb: "save_calendar",
        at,
        subject: { kind: "calendar", id },
        base: null,
        args: { set },
      };
      const headers = { "content-type": "application/x-ndjson" };
      const answer = await fetch("/api/v1/ops", { method: "POST", headers, body: `${JSON.stringify(op)}\n` });
      const { results } = await answer.json();
      return results[0].status === "applied" ? id : JSON.stringify(results);
    }, at());
    await page.goto(`${url}/desk/kalendere/${id}`);
    await page.getByText("Én ny.").waitFor();
    await until("the event is there", async () => "Petanque" in (await events()));
    says = { status: 200, body: calendar(event("p@x", "Petanque for alle")) };
    await page.getByRole("button", { name: "Læs nu" }).click();
    await page.getByText("Én ændret.").waitFor();
    expect(await events()).toMatchObject({ "Petanque for alle": "public" });
    await fine("one that is fetched");
  });

  test("when it can not be had, it says since when, and nothing is lost", async () => {
    says = { status: 500, body: "" };
    await page.getByRole("button", { name: "Læs nu" }).click();
    await page.getByText(/Kunne ikke hentes siden .* dens server svarede 500/).waitFor();
    expect(await events()).toMatchObject({ "Petanque for alle": "public" });
    await page.getByRole("link", { name: "Kalendere" }).first().click();
    await page.getByText(/Kunne ikke hentes siden/).waitFor();
    await fine("the list");
    await page.goto(`${url}/desk`);
    await page.getByText("Kalenderen Petanque kan ikke hentes").waitFor();
    await page.goBack();
  });

  test("one that is ended is read no more, and its events stay", async () => {
    await page.getByRole("link", { name: "Petanque", exact: true }).click();
    await page.getByRole("button", { name: "Afslut", exact: true }).click();
    await page.getByRole("button", { name: "Afslut den" }).click();
    await page.getByRole("heading", { level: 1, name: "Kalendere" }).waitFor();
    await page.getByRole("link", { name: "Petanque", exact: true }).waitFor({ state: "detached" });
    expect(await events()).toMatchObject({ "Petanque for alle": "public" });
  });
});

/** From closed to open: what a visitor sees before, who a trial's link lets in, how a phone of a trial goes on, and the day it opens. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { Gate } from "./gate.ts";
import { clean, command, emptyDir, freePort, Server, until } from "./server.ts";

let server: Server;
let desk: Page;
let phone: Page;
let gate: Gate;
let url = "";
let link = "";
const dir = emptyDir();
const hers = new Phone();
let theirs: Phone;

const text = (da: string) => ({ da });
const op = (verb: string, kind: string, id: string, args: object) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind, id },
    base: null,
    args,
  });

function place(n: number): string[] {
  const id = `0190f3a0-0000-7000-8000-00000000000${n}`;
  const five = Object.fromEntries(
    ["where", "amenities", "ground", "purpose", "activities"].map((field) => [field, text(`Om ${field}.`)]),
  );
  const set = { form: "spot", name: text(`Bænk nummer ${n}`), point: [11.87, 54.77], ...five };
  const step = (to: string) => op("move_state", "place", id, { to });
  return [op("save_place", "place", id, { set }), step("developing"), step("active")];
}

beforeAll(async () => {
  command(dir, ["prepare"]);
  const help = [{ what: "municipality", name: text("Ring til kommunen"), phone: "54 73 10 00" }];
  const settings = op("save_settings", "settings", "site", { set: { help } });
  command(dir, ["op", "-"], [settings, ...place(1), ...place(2)].join("\n"));
  server = await new Server(await freePort(), dir, false).start();
  gate = await new Gate(server.port).start();
  url = `http://localhost:${server.port}`;
  theirs = new Phone(gate);
  desk = await hers.open({ width: 1280, height: 900 });
  phone = await theirs.open({ width: 320, height: 640 });
});
afterAll(async () => {
  await hers.forget();
  await theirs.forget();
  await gate.stop();
  await server.stop();
  clean(dir);
});

const bar = () => phone.locator("header.demo", { hasText: "ikke åbnet endnu" });

describe("a map opens", () => {
  test("before it does, a visitor reads that it comes, and whom to ring", async () => {
    await phone.goto(server.url);
    await phone.getByRole("heading", { name: "Mødesteder åbner snart" }).waitFor();
    await phone.getByRole("link", { name: "Ring 54 73 10 00" }).waitFor();
    expect(await phone.getByText("Bænk nummer").count()).toBe(0);
    expect(await findings(phone)).toEqual([]);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  test("with two of three places it can not be opened, and says how many are lacking; a trial can", async () => {
    await comeIn(desk, url, dir, "admin", "Kirsten");
    await desk.getByRole("link", { name: "Opsætning" }).first().click();
    await desk.getByText("2 af 3 steder er i brug").waitFor();
    await desk.getByRole("button", { name: /^Mangler:/ }).waitFor();
    await desk.getByRole("button", { name: "Åbn som prøve" }).click();
    link = await desk.getByLabel(/^Linket/).inputValue();
    expect(new URL(link).hash).toMatch(/^#[\w-]{43}$/);
  });

  test("a tap on the link opens the app, which says on each screen that it is a trial", async () => {
    await phone.goto(`${server.url}/proeve#${"a".repeat(43)}`);
    await phone.getByRole("button", { name: "Åbn prøven" }).click();
    await phone.getByRole("alert").getByText("Linket virker ikke.").waitFor();
    await phone.goto("about:blank");
    await phone.goto(link.replace(url, server.url));
    expect(await findings(phone)).toEqual([]);
    await phone.getByRole("button", { name: "Åbn prøven" }).click();
    await phone.getByRole("link", { name: /Bænk nummer 1/ }).waitFor();
    await bar().waitFor();
    for (const name of ["Hjælp", "Gemt", "Mødesteder"]) {
      await phone.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name }).click();
      await until(name, async () => (await bar().count()) === 1);
    }
  });

  test("a phone of a trial starts without network, and after the trial has ended", async () => {
    await until("the app is kept", () =>
      phone.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated"),
    );
    await desk.getByRole("button", { name: "Luk prøven" }).click();
    await desk.getByRole("dialog").getByRole("button", { name: "Luk prøven" }).click();
    await until("closed", async () => (await (await fetch(`${url}/api/v1/sync/public`)).text()).includes('"closed"'));
    await gate.stop();
    await phone.goto(server.url);
    await phone.getByRole("link", { name: /Bænk nummer 1/ }).waitFor();
    await gate.start();
    await phone.reload();
    await phone.getByRole("link", { name: /Bænk nummer 2/ }).waitFor();
    await bar().waitFor();
  });

  test("with the third place it opens, after a plain question, and the phone hears of it", async () => {
    command(dir, ["op", "-"], place(3).join("\n"));
    await desk.reload();
    await desk.getByText("3 af 3 steder er i brug").waitFor();
    await desk.getByRole("button", { name: "Åbn for alle" }).click();
    await desk.getByRole("dialog").getByText("kan ikke lukkes igen").waitFor();
    await desk.getByRole("dialog").getByRole("button", { name: "Åbn for alle" }).click();
    await desk.getByRole("heading", { name: "Kortet er åbent" }).waitFor();
    expect(await (await fetch(url)).text()).toContain("Bænk nummer 3");
    await phone.reload();
    await phone.getByRole("link", { name: /Bænk nummer 3/ }).waitFor();
    await until("no bar", async () => (await bar().count()) === 0);
  });

  test("a number that is typed is there after the window went, says what it lacks, and reaches phones", async () => {
    await desk.goto(`${url}/desk/opsaetning/hjaelp`);
    const phoneField = desk.getByLabel("Telefon");
    await phoneField.fill("");
    await desk.getByRole("button", { name: "Gem", exact: true }).click();
    await desk.getByText("Skriv nummeret, som man ringer til.").waitFor();
    await until("the focus", () => phoneField.evaluate((field) => field === document.activeElement));
    await phoneField.fill("54 73 20 00");
    await desk.getByText("Din kladde er gemt").waitFor();
    await desk.reload();
    await until("the draft", async () => (await phoneField.inputValue()) === "54 73 20 00");
    await desk.getByRole("button", { name: "Gem", exact: true }).click();
    await desk.getByText(/^Gemt\./).waitFor();
    expect(await (await fetch(`${url}/api/v1/sync/public`)).text()).toContain("54 73 20 00");
  });

  test("a backup is made now, and the machine says how it is", async () => {
    await desk.goto(`${url}/desk/opsaetning/serveren`);
    await desk.getByText("Der er ingen sikkerhedskopi.").waitFor();
    await desk.getByRole("button", { name: "Lav en kopi nu" }).click();
    await desk.getByText("Kopien er lavet og læst igennem.").waitFor();
    await until("the newest is told", async () => (await desk.getByText("Der er ingen sikkerhedskopi.").count()) === 0);
  });

  test("every part of the settings can be used by all, on 320 px", async () => {
    await desk.setViewportSize({ width: 320, height: 640 });
    for (const part of ["", "/hjaelp", "/koersel", "/borgerne", "/maal", "/serveren"]) {
      await desk.goto(`${url}/desk/opsaetning${part}`);
      await desk.getByRole("heading", { level: 1 }).waitFor();
      expect(await findings(desk), part).toEqual([]);
      const wide = await desk.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, part).toBeLessThanOrEqual(320);
    }
  });
});

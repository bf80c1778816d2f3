/** The boards of the desk by keyboard alone, without network, and in a phone's width: faults, what waits, a place's life, what was done. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { clean, command, emptyDir, freePort, Server, until } from "./server.ts";

let server: Server;
let page: Page;
let url = "";
const dir = emptyDir();
const hers = new Phone();

const text = (da: string) => ({ da });
const line = (verb: string, kind: string, id: string, args: object) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind, id },
    base: null,
    args,
  });
const idOf = (n: number) => `0190f3a0-0000-7000-8000-00000000000${n}`;

function place(n: number, name: string, active: boolean): string[] {
  const five = ["where", "amenities", "ground", "purpose", "activities"].slice(0, active ? 5 : 3);
  const words = Object.fromEntries(five.map((field) => [field, text(`Om ${field}.`)]));
  const contact = { name: "Kirsten", phone: "12345678", role: null };
  const set = { form: "spot", name: text(name), point: [11.87, 54.77], contact, ...words };
  const step = (to: string) => line("move_state", "place", idOf(n), { to });
  return [line("save_place", "place", idOf(n), { set }), step("developing"), ...(active ? [step("active")] : [])];
}

const OPEN = line("save_settings", "settings", "site", { set: { launch: { state: "open" } } });

beforeAll(async () => {
  command(dir, ["prepare"]);
  const places = [
    ...place(1, "Bænken ved Hasselø Nor", true),
    ...place(2, "Fugletårnet", true),
    ...place(3, "Nysted Havn", true),
    ...place(4, "Skejten", false),
  ];
  command(dir, ["op", "-"], [...places, OPEN].join("\n"));
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 1280, height: 900 });
});
afterAll(async () => {
  await hers.forget();
  await server.stop();
  clean(dir);
});

/** What a citizen sends, from nowhere in particular. */
async function report(n: number, what: string, words: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/ops`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: `${line("report_fault", "place", idOf(n), { what, text: words })}\n`,
  });
  expect((await answer.json()).results[0].status).toBe("applied");
}

/** The place as everybody reads it. */
async function read(n: number): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}/api/v1/sync/public`);
  const { changes } = (await answer.json()) as { changes: { id: string; body: Record<string, unknown> }[] };
  return changes.find(({ id }) => id === idOf(n))?.body ?? {};
}

const waits = () => page.getByRole("region", { name: "Venter på dig" });

describe("the boards", () => {
  test("three places in use are greeted, and what waits stands in order with one button each", async () => {
    await report(1, "broken", "Det ene bræt er knækket.");
    await report(1, "broken", "Bænken er i stykker!");
    await comeIn(page, url, dir, "admin", "Mette Holm");
    await page.getByRole("heading", { name: "Goddag, Mette" }).waitFor();
    const first = waits().getByRole("listitem").first();
    await first.getByText("Bænken ved Hasselø Nor: i stykker").waitFor();
    await first.getByText("to gange").waitFor();
    await waits()
      .getByRole("link", { name: /^Skriv resten: Skejten/ })
      .waitFor();
    await page.getByText("målet er mindst 3").waitFor();
  });

  test("a fault is found, taken and mended without a mouse, and citizens read the word back", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("knaekket");
    await page.getByRole("option", { name: /i stykker/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Fejl", exact: true }).waitFor();
    await page.getByText("Det ene bræt er knækket.").waitFor();
    await page.getByRole("button", { name: /^Tag den/ }).press("Enter");
    await page.keyboard.type("Vej og Park");
    await page.keyboard.press("Enter");
    await page.getByText("taget: Vej og Park").waitFor();
    await until("the place says so", async () => JSON.stringify(await read(1)).includes('"state":"taken"'));
    await page.getByRole("button", { name: /^Den er lavet/ }).press("Enter");
    await page.keyboard.type("Brættet er skiftet.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Svar til borgerne: Brættet er skiftet.").waitFor();
    await until("she stands at it still", async () => {
      const stands = await page.evaluate(() => document.activeElement?.textContent);
      return stands === "Bænken ved Hasselø Nor: i stykker";
    });
    await until("the word is read", async () => JSON.stringify(await read(1)).includes("Brættet er skiftet."));
  });

  test("what is done without network waits, says so, and goes when there is network again", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.getByRole("heading", { name: "Goddag, Mette" }).waitFor();
    await page.goto(`${url}/desk/steder/${idOf(2)}`);
    const life = page.getByRole("region", { name: "Stedets liv" });
    await life.getByRole("button", { name: "Lad det hvile" }).waitFor();
    await page.context().setOffline(true);
    await life.getByRole("button", { name: "Lad det hvile" }).click();
    await life.getByRole("heading", { name: "Stedet hviler" }).waitFor();
    await page.locator("aside").getByRole("link", { name: "Venter" }).click();
    await page.getByRole("region", { name: "Ikke sendt endnu" }).getByText("Fugletårnet").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("heading", { name: "Alt er sendt" }).waitFor();
    await until("it rests", async () => (await read(2)).state === "resting");
  });

  test("a place is dissolved with a reason and another to go to; without a reason it is not", async () => {
    await page.goto(`${url}/desk/steder/${idOf(2)}`);
    await page.getByRole("button", { name: "Nedlæg" }).click();
    const asked = page.getByRole("dialog");
    await asked.getByRole("button", { name: "Nedlæg" }).click();
    await asked.getByText("Skriv hvorfor.").waitFor();
    await page.keyboard.type("Tårnet er revet ned.");
    await asked.getByLabel("Hvor kan man gå hen i stedet?").fill("nysted");
    await asked.getByRole("button", { name: /^Nysted Havn/ }).click();
    await asked.getByRole("button", { name: "Nedlæg" }).click();
    await page.getByRole("heading", { name: "Stedet er nedlagt" }).waitFor();
    await until("everybody reads why", async () => {
      const body = await read(2);
      return JSON.stringify(body.why) === JSON.stringify(text("Tårnet er revet ned.")) && body.successor_id === idOf(3);
    });
  });

  test("one that is not ready says what lacks, is withdrawn with a reason, and brought back", async () => {
    await page.goto(`${url}/desk/steder/${idOf(4)}`);
    const life = page.getByRole("region", { name: "Stedets liv" });
    await life.getByRole("button", { name: "Tag i brug. Mangler: formål og aktiviteter" }).waitFor();
    await life.getByRole("button", { name: "Træk tilbage" }).click();
    await page.getByLabel("Hvorfor? Kun I kan læse det").fill("Oprettet to gange.");
    await page.getByRole("dialog").getByRole("button", { name: "Træk tilbage" }).click();
    await page.getByRole("heading", { name: "Steder", exact: true }).waitFor();
    await until("it is gone", async () => (await page.getByRole("link", { name: "Skejten" }).count()) === 0);
    await page.getByRole("status").getByRole("button", { name: "Hent tilbage" }).click();
    await page.getByRole("link", { name: "Skejten" }).waitFor();
  });

  test("the log says who did it", async () => {
    await page.goto(`${url}/desk/log`);
    const row = page.getByRole("row").filter({ hasText: "Trukket tilbage" });
    await row.getByText("Mette Holm").waitFor();
    await page.getByLabel("Hvem").selectOption({ label: "Mette Holm" });
    await page.getByRole("button", { name: "Kun den: Skejten" }).first().click();
    await page.getByRole("row").filter({ hasText: "Hentet tilbage" }).waitFor();
    const others = page.getByRole("row").filter({ hasText: "Fugletårnet" });
    await until("it alone is shown", async () => (await others.count()) === 0);
  });
});

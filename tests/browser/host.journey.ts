/** The chair of an association at the door: sees that one wants to be met, answers by keyboard, also without network, and counts in two taps. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { Asker, coffee, dayFrom, idOf, line, made, OPEN } from "./doors.ts";
import { lost, small } from "./narrow.ts";
import { clean, command, emptyDir, freePort, Server, until } from "./server.ts";

const dir = emptyDir();
const hers = new Phone();
const CLUB = idOf(1);
const EVENT = idOf(2);
const OTHERS = idOf(3);
let server: Server;
let page: Page;
let url = "";

beforeAll(async () => {
  command(dir, ["prepare"]);
  made(
    dir,
    OPEN,
    line("save_organiser", "organiser", CLUB, { set: { name: "Kaffeklubben", at_once: true } }),
    ...coffee(EVENT, {
      organiser_id: CLUB,
      newcomers: Object.fromEntries(
        ["who_meets_you", "where", "how_many", "first_minutes", "leaving"].map((field) => [
          field,
          { da: field === "where" ? "Ved den røde dør" : "Det finder vi ud af." },
        ]),
      ),
    }),
    ...coffee(OTHERS, { name: { da: "Nogle andres kaffe" } }),
  );
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  page = await hers.open({ width: 390, height: 844 });
});
afterAll(async () => {
  await hers.forget();
  await server.stop();
  clean(dir);
});

const turn = (n: number) => page.getByRole("list", { name: "Kommer" }).getByRole("listitem").nth(n);
const over = () => page.getByRole("region", { name: "Bagefter: hvor mange kom?" });

describe("the host", () => {
  test("the chair sees the association's own times, and that nobody has asked yet", async () => {
    await comeIn(page, url, dir, "organiser", "Kirsten Holm");
    const me = (await (await page.request.get(`${url}/api/v1/me`)).json()) as { id: string };
    made(dir, line("set_organiser", "person", me.id, { organiser_id: CLUB }));
    await page.goto(`${url}/desk`);
    await page.getByRole("link", { name: "Vært" }).first().click();
    await page.getByRole("heading", { name: "Vært", level: 1 }).waitFor();
    await turn(0).getByText("Ingen har spurgt endnu.").waitFor();
    expect(await page.getByText("Nogle andres kaffe").count()).toBe(0);
  });

  test("one phone asks, and the number is 1", async () => {
    await new Asker(server, 7).does("ask_met", "event", EVENT, { day: dayFrom(1) });
    await page.reload();
    await page.getByText("Én gang venter på dit svar.").waitFor();
    const asked = page.getByRole("listitem").filter({ hasText: "vil gerne mødes ved døren" });
    expect((await asked.locator(".big-num b").textContent())?.trim()).toBe("1");
    await asked.getByText("Du kan ikke se, hvem det er.").waitFor();
  });

  test("the sentence is written already; she adds her jacket and sends it without a mouse", async () => {
    const words = page.getByRole("textbox", { name: "Hvor står du, hvornår, og hvad har du på?" });
    expect((await words.inputValue()).replaceAll("\u00a0", " ")).toBe("Kirsten står ved den røde dør kl. 13.45");
    await words.focus();
    await page.keyboard.press("End");
    await page.keyboard.type(", gul jakke");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Dit svar:").waitFor();
    await until("the phone reads it", async () => {
      const { met } = await new Asker(server, 7).mine();
      return met[0]?.answer?.da.replaceAll("\u00a0", " ") === "Kirsten står ved den røde dør kl. 13.45, gul jakke";
    });
  });

  test("without network another answer is kept and goes out by itself", async () => {
    await page.context().setOffline(true);
    await page.getByRole("button", { name: /^Ret svaret/ }).click();
    const words = page.getByRole("textbox", { name: "Hvor står du, hvornår, og hvad har du på?" });
    await words.fill("Kirsten står ved porten kl. 13.45, gul jakke");
    await page.getByRole("button", { name: "Send det nye svar" }).click();
    await page.getByText("Kirsten står ved porten kl. 13.45, gul jakke").first().waitFor();
    await page.context().setOffline(false);
    await until("the phone reads the new one", async () => {
      const { met } = await new Asker(server, 7).mine();
      return met[0]?.answer?.da === "Kirsten står ved porten kl. 13.45, gul jakke";
    });
  });

  test("words that are not for a lock screen are refused, and what was written stands there", async () => {
    await page.reload();
    await page.getByRole("button", { name: /^Ret svaret/ }).click();
    const words = page.getByRole("textbox", { name: "Hvor står du, hvornår, og hvad har du på?" });
    await words.fill("Kom, så er du ikke alene");
    await page.getByRole("button", { name: "Send det nye svar" }).click();
    await page.getByText("Skriv det uden ”alene”").waitFor();
    expect(await words.inputValue()).toBe("Kom, så er du ikke alene");
    await page.getByRole("button", { name: "Fortryd" }).click();
  });

  test("what was is counted in two taps, mended, and the new ones of the year are told", async () => {
    const yesterday = over().getByRole("listitem").last();
    await yesterday.getByRole("group", { name: "Kom i alt" }).getByRole("button", { name: "7", exact: true }).click();
    // Whoever goes by keyboard stands at the first of the next numbers already.
    await until("she stands there", () => page.evaluate(() => document.activeElement?.textContent === "0"));
    for (const key of ["Tab", "Tab", "Enter"]) await page.keyboard.press(key);
    await over().getByText("Tak. Kom: 7, heraf nye: 2.").waitFor();
    await over().getByText("I år har I taget imod 2 nye.").waitFor();
    await over().getByRole("button", { name: /^Ret/ }).first().click();
    await over().getByRole("button", { name: "flere" }).last().click();
    await page.getByRole("textbox", { name: "Hvor mange?" }).fill("23");
    await page.keyboard.press("Enter");
    await page.getByRole("group", { name: "Heraf nye" }).getByRole("button", { name: "3", exact: true }).click();
    await over().getByText("Tak. Kom: 23, heraf nye: 3.").waitFor();
    await until("the server has it", async () => {
      const told = (await (await page.request.get(`${url}/api/v1/organise`)).json()) as { counts: object[] };
      return JSON.stringify(told.counts).includes('"came":23,"new":3');
    });
  });

  test.each([320, 390, 1280])(
    "at %d px every word can be read, every target touched, and axe has nothing to say",
    async (width) => {
      await page.setViewportSize({ width, height: 844 });
      await page.reload();
      await page.getByRole("heading", { name: "Vært", level: 1 }).waitFor();
      await page.getByText("Dit svar:").waitFor();
      expect(await lost(page)).toEqual([]);
      expect(await small(page)).toEqual([]);
      expect(await findings(page)).toEqual([]);
    },
  );

  test("nothing went wrong in the page", () => {
    expect(hers.wrong).toEqual([]);
  });
});

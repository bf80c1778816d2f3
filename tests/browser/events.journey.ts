/** The chair's minute and what follows: an association makes its event on a phone, staff answer, a citizen reads it; a day is called off;
 * two write the same; a browser is killed, and a net is gone. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { authenticator, comeIn } from "./desk.ts";
import { op } from "./feed.ts";
import { lost, small } from "./narrow.ts";
import { clean, command, emptyDir, freePort, rows, Server, until } from "./server.ts";

const PLACE = "0190f3a0-0000-7000-8000-000000000001";
const KROLF = "0190f3a0-0000-7000-8000-0000000000a1";
const OTHERS = "0190f3a0-0000-7000-8000-0000000000e1";
const WIDE = { width: 1280, height: 900 };
const text = (da: string) => ({ da });
/** A Tuesday three weeks ahead, and the ones after it: YYYY-MM-DD. */
const tuesday = (weeks: number): string => {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 21 + ((9 - day.getUTCDay()) % 7) + weeks * 7);
  return day.toISOString().slice(0, 10);
};
const words = new Intl.DateTimeFormat("da", { day: "numeric", month: "long", timeZone: "UTC" });
const said = (day: string) => words.format(new Date(`${day}T12:00:00Z`));

let server: Server;
let url = "";
let ole: Page;
let mette: Page;
const dir = emptyDir();
const his = new Phone();
const hers = new Phone();
const citizens = new Phone();

beforeAll(async () => {
  command(dir, ["prepare"]);
  const five = Object.fromEntries(
    ["where", "amenities", "ground", "purpose", "activities"].map((one) => [one, text("Ja.")]),
  );
  const set = { form: "spot", name: text("Plænen ved Hasselø Nor"), point: [11.872, 54.765], ...five };
  const schedule = { date: tuesday(0), starts: "10:00", ends: "11:00" };
  command(
    dir,
    ["op", "-"],
    [
      op("save_place", "place", PLACE, { set }),
      op("move_state", "place", PLACE, { to: "developing" }),
      op("move_state", "place", PLACE, { to: "active" }),
      op("save_organiser", "organiser", KROLF, { set: { name: "Nykøbing Krolf" } }),
      op("save_event", "event", OTHERS, { set: { name: text("Kor for alle"), where: text("Salen"), schedule } }),
      op("move_event", "event", OTHERS, { to: "public" }),
      op("save_settings", "settings", "site", {
        set: { school_holidays: [{ from: tuesday(1), to: tuesday(1) }], launch: { needed: 0, state: "open" } },
      }),
    ].join("\n"),
  );
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  mette = await hers.open(WIDE);
  await comeIn(mette, url, dir, "admin", "Mette Holm");
  ole = await his.open({ touch: true });
  await comeIn(ole, url, dir, "organiser", "Ole Krogh", KROLF);
});
afterAll(async () => {
  for (const phone of [his, hers, citizens]) await phone.forget();
  await server.stop();
  clean(dir);
});

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const dock = (page: Page) => page.getByRole("region", { name: "Handlinger" });
const body = (name: string, scope = "public"): string =>
  String(
    rows<[string]>(
      dir,
      `SELECT CAST(body AS TEXT) FROM feed WHERE scope = '${scope}' AND kind = 'event' AND CAST(body AS TEXT) LIKE '%${name}%'`,
    )[0]?.[0] ?? "",
  );

/** What was told of answers to proposals. */
const decisions = () => rows(dir, "SELECT 1 FROM message WHERE what = 'decided'");

describe("the chair's minute", () => {
  test("the first thing is its own list, and nothing of others is to be touched", async () => {
    await heading(ole, "Nykøbing Krolf").waitFor();
    expect(await ole.getByText("Kor for alle").count()).toBe(0);
    expect(await findings(ole)).toEqual([]);
    await ole.goto(`${url}/desk/begivenheder/${OTHERS}`);
    await heading(ole, "Begivenheden er her ikke").waitFor();
    await ole.goto(`${url}/desk`);
    await ole.getByRole("link", { name: "Ny begivenhed" }).tap();
  });

  test("what lacks is said at its field, and the first of them has the focus", async () => {
    await button(ole, "Gem, og send til kommunen").tap();
    for (const one of ["Skriv, hvad der sker.", "Skriv eller vælg, hvor det er.", "Vælg den første dag."])
      await ole.getByText(one).first().waitFor();
    expect(await ole.evaluate(() => document.activeElement?.id)).toBe("f-name-da");
    for (const one of ["Hvad sker der?", "Hvor?", "Hvornår?"])
      await ole.getByRole("alert").getByRole("link", { name: one }).waitFor();
  });

  test("five fields, with the days that follow said before it is sent", async () => {
    await button(ole, "Sæt tekst ind").tap();
    await ole.getByRole("dialog").getByRole("textbox").fill("Krolf\nTirsdag kl. 14");
    await button(ole, "Udfyld felterne").tap();
    await ole.waitForFunction(() => document.activeElement?.id === "f-name-da");
    await field(ole, "Hvad sker der?").fill("Krolf for alle");
    await field(ole, "Hvor?").fill("plænen");
    await button(ole, "Plænen ved Hasselø Nor").tap();
    await field(ole, "Første dag").fill(tuesday(0));
    await field(ole, "Kl.").fill("17");
    await field(ole, "Igen?").selectOption("week");
    await field(ole, "Ikke i skoleferier").check();
    // The week after the first is a holiday here.
    const [first, third] = [tuesday(0), tuesday(2)].map((day) => said(day).split(" ")[0]);
    await ole.getByText(new RegExp(`^Det bliver 51 gange det næste år\\. Næste: ${first}.* ${third}`)).waitFor();
    await field(ole, "Navn").fill("Ole");
    await field(ole, "Telefon").fill("00 00 00 00");
    expect(await findings(ole)).toEqual([]);
    await button(ole, "Gem, og send til kommunen").tap();
    await ole.getByText("Kommunen har fået den.").waitFor();
    await until("the proposal to lie at the server", () => body("Krolf for alle", "staff").includes('"proposed"'));
    expect(body("Krolf for alle")).toBe("");
  });

  test("the phone that it was made on asks to be told of the answer, as of all that is followed", async () => {
    await ole.getByRole("link", { name: /Giv mig besked på den her telefon/ }).tap();
    await heading(ole, "Svar fra kommunen").waitFor();
    expect(await findings(ole)).toEqual([]);
    await button(ole, "Giv mig besked").tap();
    await ole.getByText("Du får besked her, når kommunen har svaret.").waitFor();
    await until("the server to know it", () => rows(dir, "SELECT 1 FROM follow WHERE kind = 'event'").length === 1);
    await ole.goto(`${url}/gemt#foelger`);
    await ole.getByRole("link", { name: "En begivenhed, I har foreslået" }).tap();
    await ole.getByText("Du får besked her, når kommunen har svaret.").waitFor();
    await ole.goto(`${url}/desk/begivenheder`);
    await ole.getByRole("link", { name: "Krolf for alle" }).first().tap();
    await ole.getByRole("link", { name: /Giv mig besked på den her telefon/ }).waitFor();
  });

  test("staff send it back with a word, and it is read where it was made", async () => {
    await mette.goto(`${url}/desk`);
    await mette.getByText("Krolf for alle venter på jer").waitFor();
    await mette.getByRole("link", { name: /Se forslaget/ }).click();
    await button(mette, "Send tilbage").click();
    const dialog = mette.getByRole("dialog");
    await dialog.getByRole("button", { name: "Send tilbage" }).click();
    await dialog.getByText("Skriv, hvad der skal rettes.").waitFor();
    await dialog.getByRole("textbox").fill("Skriv, hvad man skal tage med.");
    await dialog.getByRole("button", { name: "Send tilbage" }).click();
    await heading(mette, "Det er en kladde").waitFor();
    await dock(mette).getByText("Alt er gemt.").waitFor();
    await until("the word to lie at the server", () => body("Krolf for alle", "staff").includes("tage med"));
    await until("the phone to be told so", () => decisions().length === 1);
    await ole.evaluate(() => dispatchEvent(new Event("focus")));
    await ole.getByText("Kommunen har sendt den tilbage.").waitFor();
    await ole.getByText("Mere: ny her, pris, tag med").tap();
    await field(ole, "Tag med").fill("Sko, der kan tåle vand.");
    await button(ole, "Gem, og send til kommunen").tap();
    await ole.getByText("Kommunen har fået den.").waitFor();
  });

  test("staff approve, and it is on a citizen's phone", async () => {
    await until("it to be proposed again", () => /tåle vand.*"proposed"/.test(body("Krolf for alle", "staff")));
    await mette.evaluate(() => dispatchEvent(new Event("focus")));
    await heading(mette, "Det er et forslag").waitFor();
    expect(await findings(mette)).toEqual([]);
    await button(mette, "Vis den").click();
    await heading(mette, "Den vises").waitFor();
    await until("it to be public", () => body("Krolf for alle").includes('"public"'));
    await until("the phone to be told that too", () => decisions().length === 2);
    const phone = await citizens.open();
    await phone.goto(`${url}/det-sker/krolf-for-alle`);
    await phone.getByRole("heading", { name: "Krolf for alle" }).first().waitFor();
    await phone.getByText("Plænen ved Hasselø Nor").first().waitFor();
  });

  test("one day is called off with a word why, another is moved; the others stand", async () => {
    await button(mette, new RegExp(`^Ret tirs. ${said(tuesday(2))}`)).click();
    const dialog = mette.getByRole("dialog");
    await dialog.getByText("Den er aflyst").click();
    await dialog.getByRole("button", { name: "Aflys den dag" }).click();
    await dialog.getByText("Skriv hvorfor. De, der ville komme, læser det.").waitFor();
    expect(await findings(mette)).toEqual([]);
    await field(mette, "Hvorfor? Alle kan læse det").fill("Plænen er for våd.");
    await dialog.getByRole("button", { name: "Aflys den dag" }).click();
    await mette.getByText("Aflyst. Plænen er for våd.").waitFor();
    await button(mette, new RegExp(`^Ret tirs. ${said(tuesday(3))}`)).click();
    await dialog.getByText("Den er flyttet").click();
    await dialog.getByLabel("Kl.", { exact: true }).fill("18");
    await field(mette, "Hvorfor? Alle kan læse det").fill("Der er marked.");
    await dialog.getByRole("button", { name: "Gem", exact: true }).click();
    await mette.getByText(/Flyttet fra tirs\./).waitFor();
    await until("both to be public", () => /for våd.*marked/.test(body("Krolf for alle")));
    const times = JSON.parse(body("Krolf for alle")).times as { date: string; state: string; start_local: string }[];
    expect(times.slice(0, 4).map(({ date, state, start_local }) => [date, state, start_local])).toEqual([
      [tuesday(0), "on", "17:00"],
      [tuesday(2), "cancelled", "17:00"],
      [tuesday(3), "moved", "18:00"],
      [tuesday(4), "on", "17:00"],
    ]);
  });

  test("no screen of it is wider than 320 px, no word is lost, and all can use them", async () => {
    await ole.setViewportSize({ width: 320, height: 640 });
    const event = ole.url();
    for (const path of [`${url}/desk/begivenheder`, event]) {
      await ole.goto(path);
      await ole.getByRole("heading", { level: 1 }).waitFor();
      expect(await findings(ole), path).toEqual([]);
      expect(await lost(ole), path).toEqual([]);
      expect(await small(ole), path).toEqual([]);
    }
    await button(ole, /^Ret tirs/)
      .first()
      .tap();
    await ole.getByText("Den er flyttet").tap();
    expect(await lost(ole)).toEqual([]);
    await ole.getByRole("dialog").getByRole("button", { name: "Luk" }).tap();
    await ole.setViewportSize({ width: 390, height: 844 });
  });
});

describe("two who write the same, a browser that is killed, and a net that is gone", () => {
  test("what one has written goes in; of the field that both have written both versions stand there", async () => {
    await mette.reload();
    await heading(mette, "Krolf for alle").waitFor();
    await mette.getByText("Mere: ny her, pris, tag med").click();
    await field(mette, "Tag med").fill("Sko, der kan tåle vand, og en kop.");
    await ole.getByText("Mere: ny her, pris, tag med").tap();
    await field(ole, "Tag med").fill("Støvler.");
    await field(ole, "Om det").fill("Vi spiller to runder og drikker kaffe.");
    await dock(mette).getByRole("button", { name: "Gem", exact: true }).click();
    await dock(mette).getByText("Alt er gemt.").waitFor();
    await until("hers to be in", () => body("Krolf for alle").includes("en kop"));
    await dock(ole).getByRole("button", { name: "Gem", exact: true }).tap();
    const clash = ole.getByRole("group", { name: "Tag med" });
    await clash.getByText("Støvler.").first().waitFor();
    const theirs = clash.getByText(/en kop/).first();
    await theirs.waitFor();
    await until("what only he wrote to be in", () => body("Krolf for alle").includes("to runder"));
    expect(await findings(ole)).toEqual([]);
    await theirs.tap();
    await dock(ole).getByRole("button", { name: "Gem", exact: true }).tap();
    await dock(ole).getByText("Alt er gemt.").waitFor();
    expect(body("Krolf for alle")).toContain("en kop");
  });

  test("what was typed stands there again after the browser was killed", async () => {
    // Chromium writes a new cookie down within half a minute; one that is closed, at once. A login of just now is not what is tried.
    await his.close();
    ole = await his.open({ touch: true });
    await ole.goto(`${url}/desk/begivenheder`);
    await button(ole, "Lav en magen til Krolf for alle").tap();
    await field(ole, "Hvad sker der?").fill("Krolf i mørke");
    await ole.getByText(/Din kladde er gemt/).waitFor();
    const at = ole.url();
    await his.kill();
    ole = await his.open({ touch: true });
    await authenticator(ole);
    await ole.goto(`${url}/desk/begivenheder`);
    await ole.getByRole("link", { name: "Skriv videre: Krolf i mørke" }).tap();
    expect(ole.url()).toBe(at);
    expect(await field(ole, "Hvad sker der?").inputValue()).toBe("Krolf i mørke");
    await ole.getByText("Plænen ved Hasselø Nor").first().waitFor();
    await field(ole, "Navn").waitFor();
    expect(await field(ole, "Navn").inputValue()).toBe("Ole");
  });

  test("without a server it waits, and goes by itself when there is one", async () => {
    await ole.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const at = ole.url();
    await server.stop();
    await ole.goto(at);
    await heading(ole, "Krolf i mørke").waitFor();
    await button(ole, "Gem, og send til kommunen").tap();
    await ole.getByText("Det er gemt her. Det bliver sendt, når der er net.").first().waitFor();
    await ole.goto(`${url}/desk/begivenheder`);
    await ole.getByRole("row", { name: /Krolf i mørke.*forslag/ }).waitFor();
    server = await new Server(server.port, dir, false).start();
    await ole.evaluate(() => dispatchEvent(new Event("online")));
    await until("it to land", () => body("Krolf i mørke", "staff").includes('"proposed"'));
  });

  test("a person who belongs nowhere is told whom to ring; who is set on sees it at once", async () => {
    const other = await citizens.context.newPage();
    await comeIn(other, url, dir, "organiser", "Lis Ny");
    await other.getByText("Du er ikke sat på en forening endnu.").waitFor();
    await mette.goto(`${url}/desk/folk`);
    await mette.getByLabel("Arrangør for Lis Ny").selectOption({ label: "Nykøbing Krolf" });
    await until(
      "her to be set on",
      () => rows(dir, "SELECT 1 FROM person WHERE name = 'Lis Ny' AND organiser IS NOT NULL").length > 0,
    );
    await other.evaluate(() => dispatchEvent(new Event("focus")));
    await heading(other, "Nykøbing Krolf").waitFor();
    await other.getByRole("link", { name: "Krolf for alle" }).first().waitFor();
  });

  test("nothing went wrong that nobody caught", () => {
    expect([...his.wrong, ...hers.wrong, ...citizens.wrong]).toEqual([]);
  });
});

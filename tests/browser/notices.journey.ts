/** A notice from the desk: whom it goes to and how many that is, how it looks, a second one asked about, on its way, stopped, and read. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { comeIn } from "./desk.ts";
import { Asker, coffee, idOf, line, made, OPEN } from "./doors.ts";
import { lost, small } from "./narrow.ts";
import { clean, command, emptyDir, freePort, Server, until } from "./server.ts";

const dir = emptyDir();
const hers = new Phone();
const CLUB = idOf(1);
const EVENT = idOf(2);
let server: Server;
let page: Page;
let url = "";

beforeAll(async () => {
  command(dir, ["prepare"]);
  // No hour is quiet: whenever this runs, a notice goes at once.
  const day = line("save_settings", "settings", "site", { set: { quiet: { from: "03:00", to: "03:00" } } });
  made(
    dir,
    OPEN,
    day,
    line("save_organiser", "organiser", CLUB, { set: { name: "Kaffeklubben" } }),
    ...coffee(EVENT, { organiser_id: CLUB }),
  );
  server = await new Server(await freePort(), dir, false).start();
  url = `http://localhost:${server.port}`;
  for (const n of [1, 2]) await new Asker(server, n).does("follow", "event", EVENT, { when: [] });
  page = await hers.open({ width: 1280, height: 900 });
});
afterAll(async () => {
  await hers.forget();
  await server.stop();
  clean(dir);
});

const written = async (title: string, body: string) => {
  await page.getByLabel("Overskrift").fill(title);
  await page.getByRole("textbox", { name: "Besked" }).fill(body);
};
const chosen = async () => {
  await page.getByLabel("Dem, der følger").selectOption("event");
  await page.getByLabel("Hvilken begivenhed?").selectOption({ label: "Kaffe i Medborgerhuset" });
};
/** What everybody reads of notices. */
async function read(): Promise<{ readonly state: string; readonly title: { readonly da: string } }[]> {
  const { changes } = await (await fetch(`${server.url}/api/v1/sync/public`)).json();
  return changes.flatMap((one: { kind: string; body: never }) => (one.kind === "notice" && one.body ? [one.body] : []));
}

describe("a notice", () => {
  test("whom it goes to, and how many that is, is said before anything can be written", async () => {
    await comeIn(page, url, dir, "editor", "Mette Holm");
    await page.getByRole("link", { name: "Beskeder" }).first().click();
    await page.getByText("Der er ikke sendt noget endnu").waitFor();
    await page.getByRole("link", { name: "Ny besked" }).click();
    await page.getByRole("heading", { name: "Ny besked" }).waitFor();
    expect(await page.getByLabel("Overskrift").count()).toBe(0);
    await chosen();
    await page.getByText("0 telefoner får den").waitFor();
    await page.getByText("2 telefoner følger uden beskeder.").waitFor();
  });

  test("it is seen as on a locked phone, and words that are not for one are told while they are written", async () => {
    await written("Mod ensomhed", "Der er kaffe. Kom ind ad den grønne dør.");
    await page.getByText("Skriv det uden ”ensomhed”.").waitFor();
    await page.getByLabel("Overskrift").fill("Kaffen er flyttet");
    const locked = page.getByRole("figure", { name: "Sådan ser det ud på en låst telefon" });
    await locked.getByText("Kaffen er flyttet").waitFor();
    await locked.getByText("Kom ind ad den grønne dør.").waitFor();
    await page.getByText("Den går ud med det samme.").waitFor();
  });

  test("what is half written is there again after the browser was shut", async () => {
    await page.reload();
    await page.getByRole("heading", { name: "Ny besked" }).waitFor();
    await until("it is there", async () => (await page.getByLabel("Overskrift").inputValue()) === "Kaffen er flyttet");
  });

  test("it is sent by keyboard, told as it is, and stands in the archive that all can read", async () => {
    await page.getByText("0 telefoner får den").waitFor();
    await page.getByRole("button", { name: "Vis den i appen" }).press("Enter");
    await page.getByRole("heading", { name: "Kaffen er flyttet" }).waitFor();
    await page.getByText("Nåede 0 af 0 telefoner.").waitFor();
    await page.getByText("2 telefoner følger, men får ingen beskeder. De kan læse den i appen.").waitFor();
    expect(await read()).toMatchObject([{ state: "sent", title: { da: "Kaffen er flyttet" } }]);
  });

  test("a second one to the same within a day is asked about, and can be waited with", async () => {
    await page.goto(`${url}/desk/beskeder/ny`);
    await chosen();
    await written("Husk kage", "Der er kage til kaffen.");
    await page.getByText(/De fik sidst en besked i dag/).waitFor();
    await page.getByRole("button", { name: "Vis den i appen" }).click();
    const sure = page.getByRole("dialog", { name: "En ny inden for 24 timer: er du sikker?" });
    await sure.getByRole("button", { name: "Vent med den" }).click();
    expect(await page.getByLabel("Overskrift").inputValue()).toBe("Husk kage");
  });

  test("one that is set for later says when, and is stopped before anybody gets it", async () => {
    await page.getByText("Send den på et andet tidspunkt").click();
    await page.getByText(/Den går ud i morgen kl\..9\./).waitFor();
    await page.getByRole("button", { name: /^Planlæg den/ }).click();
    await page.getByRole("button", { name: "Ja, send alligevel" }).click();
    await page.getByRole("heading", { name: "Husk kage" }).waitFor();
    await page.getByText(/Planlagt til i morgen kl\..9\./).waitFor();
    await page.getByRole("button", { name: "Stop den" }).click();
    await page.getByRole("button", { name: "Ja, stop den" }).click();
    await page.getByText("Standset.").waitFor();
    expect((await read()).length).toBe(1);
  });

  test("without network it is kept, said so, and goes out by itself", async () => {
    await page.goto(`${url}/desk/beskeder/ny`);
    await page.getByRole("heading", { name: "Ny besked" }).waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Dem, der følger").selectOption("organiser");
    await page.getByLabel("Hvilken arrangør?").selectOption({ label: "Kaffeklubben" });
    await page.getByText("Vi kan ikke tælle, hvem der følger, uden net.").waitFor();
    await written("Sommerfest", "Lørdag kl. 14 i parken.");
    await page.getByRole("button", { name: "Send den" }).click();
    await page.getByText("Den er gemt her og ikke sendt endnu.").waitFor();
    await page.context().setOffline(false);
    await until("it is out", async () => (await read()).some(({ title }) => title.da === "Sommerfest"));
    await page.getByRole("heading", { name: "Sommerfest" }).waitFor();
  });

  test("one that the server says no to afterwards is there with the reason, to be mended and sent", async () => {
    await page.goto(`${url}/desk/beskeder/ny`);
    await page.getByRole("heading", { name: "Ny besked" }).waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Dem, der følger").selectOption("organiser");
    await page.getByLabel("Hvilken arrangør?").selectOption({ label: "Kaffeklubben" });
    await written("Husk hue", "Det blæser.");
    await page.getByRole("button", { name: "Send den" }).click();
    await page.getByText("Den er gemt her og ikke sendt endnu.").waitFor();
    await page.context().setOffline(false);
    await page.getByText("Den blev ikke sendt.").waitFor();
    await page.getByRole("button", { name: "Ret den, og send igen" }).click();
    await until("it is there", async () => (await page.getByLabel("Overskrift").inputValue()) === "Husk hue");
    await page.getByRole("button", { name: "Smid væk" }).click();
    await page.getByRole("heading", { name: "Beskeder", level: 1 }).waitFor();
  });

  test("while it goes out the numbers stand beside a bar, and what waits is stopped", async () => {
    for (const n of [3, 4]) {
      const phone = new Asker(server, n);
      await phone.does("follow", "organiser", CLUB, { when: [] });
      await phone.isReached(n);
    }
    await page.goto(`${url}/desk/beskeder/ny`);
    await page.getByLabel("Dem, der følger").selectOption("organiser");
    await page.getByLabel("Hvilken arrangør?").selectOption({ label: "Kaffeklubben" });
    await page.getByText("2 telefoner får den").waitFor();
    await written("Husk regntøj", "Vi går, selv om det regner.");
    await page.getByRole("button", { name: "Send den til 2 telefoner" }).click();
    await page.getByRole("button", { name: "Ja, send alligevel" }).click();
    await page.getByText("Sendt til 0 af 2 telefoner.").waitFor();
    expect(await page.getByRole("progressbar", { name: "Sender beskeden" }).getAttribute("aria-valuenow")).toBe("0");
    await page.getByRole("button", { name: "Stop den" }).click();
    await page.getByRole("button", { name: "Ja, stop den" }).click();
    await page.getByText("Nåede 0 af 2 telefoner.").waitFor();
    await page.getByText("2 telefoner: den blev standset.").waitFor();
  });

  test.each([320, 390, 1280])(
    "at %d px every word can be read, every target touched, and axe has nothing to say",
    async (width) => {
      await page.setViewportSize({ width, height: 844 });
      for (const [path, words] of [
        ["/desk/beskeder", "standset"],
        ["/desk/beskeder/ny", "1. Hvem skal have den?"],
      ] as const) {
        await page.goto(url + path);
        await page.getByText(words, { exact: false }).first().waitFor();
        if (path.endsWith("ny")) {
          await chosen();
          await written("Kaffe", "Kl. 14.");
          await page.getByText(/telefoner får den/).waitFor();
        }
        expect(await lost(page)).toEqual([]);
        if (width < 1280) expect(await small(page)).toEqual([]);
        expect(await findings(page)).toEqual([]);
      }
    },
  );

  test("nothing went wrong in the page", () => {
    expect(hers.wrong).toEqual([]);
  });
});

/** Every screen for everybody: axe-core in four themes, with and without network; 320 px and text of twice the size without loss. */
import { chromium, type Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { CHROMIUM, FLAGS, type Phone } from "./chromium.ts";
import { op, readFeed, theOne } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { mapStands } from "./map.ts";
import { hintsCut, lost, small } from "./narrow.ts";
import { opens } from "./opens.ts";
import { heading, inHand, menu, open, search, toList, toMap, toPlace } from "./screens.ts";
import { command, type Server } from "./server.ts";

let dir: string;
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;

const BENCH = "Aftenbænken ved sundet";

/** Every screen, as one comes to it. */
const screens: Readonly<Record<string, () => Promise<void>>> = {
  list: () => toList(page),
  place: () => toPlace(page, "Havnestuen i Nykøbing"),
  "place with a fault": () => toPlace(page, BENCH),
  "report a fault": async () => {
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await heading(page, "Meld en fejl").waitFor();
  },
  route: async () => {
    await toPlace(page, "Digeturen i Marielyst");
    await page.getByRole("link", { name: "Se turen" }).click();
    await heading(page, "Digeturen fra Marielyst").waitFor();
  },
  thing: async () => {
    await page.getByRole("link", { name: "Bænk på diget" }).click();
    await heading(page, "Bænk på diget").waitFor();
  },
  map: async () => {
    await toMap(page);
    await mapStands(page, "all");
  },
  "map, a place chosen": async () => {
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: /^Vis på kortet/ }).click();
    await page.getByRole("region", { name: "Valgt sted" }).waitFor();
    await mapStands(page, "all");
  },
  "Det sker": async () => {
    await menu(page, "Det sker").click();
    await heading(page, "Det sker").waitFor();
  },
  "Det sker, chosen": async () => {
    await page.getByRole("button", { name: "Flere valg" }).click();
    await page.getByRole("button", { name: "Gratis" }).waitFor();
  },
  "Det sker, an event": async () => {
    await page.getByRole("button", { name: "Flere valg" }).click();
    await page.getByRole("link", { name: "Kaffe i Havnestuen" }).first().click();
    await heading(page, "Kaffe i Havnestuen").waitFor();
  },
  "Det sker, a month": async () => {
    await menu(page, "Det sker").click();
    await page.getByRole("link", { name: "Måned", exact: true }).click();
    await page.getByRole("link", { name: "Måned", exact: true }).and(page.locator("[aria-current]")).waitFor();
  },
  "Det sker, the year": async () => {
    await page.getByRole("link", { name: "Året", exact: true }).click();
    await page.getByRole("list", { name: "Årets måneder" }).waitFor();
  },
  "Det sker, the wheel": async () => {
    await page.getByRole("link", { name: "Årshjulet på papir" }).click();
    await page.getByRole("img", { name: /^Årshjul/ }).waitFor();
  },
  Gemt: async () => {
    await menu(page, "Gemt").click();
    await page.getByText("Klar uden net").first().waitFor();
  },
  Hjælp: async () => {
    await menu(page, "Hjælp").click();
    await heading(page, "Hjælp").waitFor();
  },
  Om: async () => {
    await page.getByRole("link", { name: "Om Mødesteder" }).click();
    await heading(page, "Om Mødesteder").waitFor();
  },
  "list, nothing fits": async () => {
    await toList(page);
    await search(page).fill("xyzzyx");
    await page.getByText("Ingen steder passer").waitFor();
  },
};

/** What `look` finds wrong, by screen; an empty object where there is nothing. */
async function walk(look: (page: Page) => Promise<string[]>): Promise<Record<string, string[]>> {
  const wrong: Record<string, string[]> = {};
  for (const [name, go] of Object.entries(screens)) {
    await go();
    const found = await look(page);
    if (found.length > 0) wrong[name] = found;
  }
  await search(page).fill("");
  return wrong;
}

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open();
});

describe("the pages that the server writes, without script", () => {
  test("have nothing that axe finds, and lose no word at 320 px", async () => {
    const { places } = await readFeed(server.url);
    const closed = theOne(places, "reading room", ({ name }) => name.da === "Læsestuen i Stubbekøbing");
    const args = { to: "dissolved", why: { da: "Huset er solgt." }, successor_id: null };
    command(dir, ["op", "-"], op("move_state", "place", closed.id, args));
    const slug = (name: string) => theOne(places, name, (one) => one.name.da === name).slug;
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const plain = await browser.newPage({ serviceWorkers: "block", viewport: { width: 320, height: 568 } });
    // Not by switching script off, which would switch axe off too.
    await plain.route(/\.js$/, (route) => route.abort());
    const wrong: Record<string, string[]> = {};
    for (const path of [
      "/",
      `/steder/${slug("Havnestuen i Nykøbing")}`,
      `/steder/${slug(BENCH)}`,
      `/steder/${closed.slug}`,
      "/ruter/digeturen-fra-marielyst",
      "/steder/findes-ikke",
      "/det-sker",
      "/det-sker/kaffe-i-havnestuen",
      "/det-sker/sangaften",
    ]) {
      await plain.goto(`${server.url}${path}`);
      const found = [...(await findings(plain)), ...(await lost(plain))];
      if (found.length > 0) wrong[path] = found;
    }
    await browser.close();
    expect(wrong).toEqual({});
  });
});

describe("the first visit", () => {
  test("has nothing that axe finds, and loses no word at 320 px", async () => {
    await open(page, server.url);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 320, height: 568 });
    expect([...(await lost(page)), ...(await hintsCut(page))]).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
  });
});

describe("a loss", () => {
  test("would be found: too wide, cut off, pushed out, too small, unnamed", async () => {
    const inject = (html: string, look: (page: Page) => Promise<string[]>) =>
      page
        .evaluate((inner) => {
          const el = document.createElement("div");
          el.id = "loss";
          el.innerHTML = inner;
          document.querySelector("main")?.append(el);
          for (const part of el.querySelectorAll<HTMLElement>("[data-css]"))
            part.style.cssText = part.dataset.css ?? "";
        }, html)
        .then(() => look(page))
        .finally(() => page.evaluate(() => document.querySelector("#loss")?.remove()));
    expect((await inject('<p data-css="width: 600px">Langt</p>', lost)).join()).toContain("wide");
    const hidden = '<p data-css="width: 60px; white-space: nowrap; overflow: hidden">Det her er for langt</p>';
    expect((await inject(hidden, lost)).join()).toContain("cut by P");
    expect((await inject('<p data-css="height: 9px; overflow: hidden">Lavt</p>', lost)).join()).toContain("cut by P");
    expect((await inject('<p data-css="position: fixed; left: -40px">Ude</p>', lost)).join()).toContain("out of the");
    expect((await inject('<button data-css="height: 30px">Lille</button>', small)).join()).toContain("30 px");
    expect((await inject('<a href="/om"></a>', findings)).join()).toContain("link-name");
    expect((await inject('<p data-css="color: #777; background: #fff">Svagt</p>', findings)).join()).toContain(
      "contrast",
    );
    for (const look of [lost, small, findings]) expect(await look(page)).toEqual([]);
  });
});

describe("every screen, filled", () => {
  beforeAll(async () => {
    await inHand(page);
    await page.getByRole("button", { name: "Se stederne" }).click();
    await page.getByRole("button", { name: "Nær mig" }).click();
    await page.getByRole("button", { name: "Opdater rækkefølge" }).waitFor();
    await menu(page, "Gemt").click();
    await page
      .getByRole("button", { name: /^Hent hele kortet/ })
      .first()
      .click();
    await page.getByText("Klar uden net").first().waitFor();
    await toPlace(page, BENCH);
    await page.getByRole("link", { name: "Meld en fejl" }).click();
    await page.locator("label", { hasText: /affald/i }).click();
    await page.getByRole("button", { name: "Meld fejlen" }).click();
    await page.getByRole("link", { name: /Tilbage til/ }).click();
  });

  test("light: axe finds nothing, and a finger hits every target", async () => {
    expect(await walk(async () => [...(await findings(page)), ...(await small(page))])).toEqual({});
  });

  test("dark: axe finds nothing", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await walk(findings)).toEqual({});
  });

  test("strong colours: axe finds nothing", async () => {
    await page.emulateMedia({ colorScheme: "light", contrast: "more" });
    expect(await walk(findings)).toEqual({});
    await page.emulateMedia({ colorScheme: "light", contrast: "no-preference" });
  });

  test("320 px: every word can be read by scrolling down", async () => {
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await walk(async () => [...(await lost(page)), ...(await hintsCut(page))])).toEqual({});
  });

  test("320 px and text of twice the size: every word can be read by scrolling down", async () => {
    const size = (to: string) =>
      page.evaluate((of) => {
        document.documentElement.style.fontSize = of;
      }, to);
    await size("200%");
    const wrong = await walk(lost);
    await size("");
    expect(wrong).toEqual({});
  });
});

describe("every screen, without network", () => {
  beforeAll(async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await gate.stop();
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByRole("status").filter({ hasText: "Uden net" }).waitFor();
  });

  test("light: axe finds nothing", async () => {
    expect(await walk(findings)).toEqual({});
  });

  test("dark: axe finds nothing", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await walk(findings)).toEqual({});
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("320 px: the words about it take nothing away", async () => {
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await walk(lost)).toEqual({});
  });

  test("no page went wrong", () => {
    expect(phone.wrong).toEqual([]);
  });
});

/**
 * The municipality's own colour: on a phone that is open when it is set, on its map, without a net from the first paint on, in light and
 * dark, on the pages without script; and whoever asks for strong colours keeps the look's own.
 */
import { chromium, type Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { COLOURS } from "#style/themes.ts";
import { findings } from "./axe.ts";
import { CHROMIUM, FLAGS, type Phone } from "./chromium.ts";
import { op } from "./feed.ts";
import type { Gate } from "./gate.ts";
import { mapStands, pins, pixels, share } from "./map.ts";
import { opens } from "./opens.ts";
import { heading, inHand, menu, open, toList, toMap, toPlace } from "./screens.ts";
import { command, refused, type Server, until } from "./server.ts";

/** Each just inside what is taken: 4.6:1 where it is read hardest. */
const OWN = { light: "#0069b0", dark: "#9fd0ff" } as const;
const BEET = COLOURS.light.act;
type Kind = "light" | "dark";

let dir: string;
let server: Server;
let gate: Gate;
let phone: Phone;
let page: Page;

const rgb = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

/** What the chosen entry of the menu is written in. */
const menuColour = (): Promise<string> =>
  menu(page, "Mødesteder").evaluate((el) => getComputedStyle(el).getPropertyValue("color"));

/** How much of what is drawn round the pins is of this colour: of five or so the one that has most. */
async function onPins(colour: string): Promise<number> {
  const drawn = await pins(page);
  const read = await pixels(
    page,
    drawn.map(({ at }) => ({ at, reach: 12 })),
  );
  return Math.max(...read.map((one) => share(one, [colour])));
}

/** The two colours of a screen, and of the map, in a theme. */
async function stands(kind: Kind): Promise<void> {
  await toList(page);
  expect(await menuColour()).toBe(rgb(OWN[kind]));
  await toMap(page);
  await mapStands(page, "all");
  expect(await onPins(OWN[kind])).toBeGreaterThan(0.3);
  expect(await onPins(COLOURS[kind].act)).toBe(0);
}

/** What axe says of colours, screen by screen, at 4.5:1; the look's own are held to 7:1 (access.journey.ts). */
async function unreadable(): Promise<string[]> {
  const wrong: string[] = [];
  const look = async (where: string) => {
    const found = (await findings(page)).filter((one) => one.startsWith("color-contrast:"));
    wrong.push(...found.map((one) => `${where}: ${one}`));
  };
  await toList(page);
  await look("list");
  await toPlace(page, "Havnestuen i Nykøbing");
  await look("place");
  await page.getByRole("link", { name: "Meld en fejl" }).click();
  await heading(page, "Meld en fejl").waitFor();
  await page.locator("label", { hasText: /i stykker/i }).click();
  await look("report");
  await toPlace(page, "Digeturen i Marielyst");
  await page.getByRole("link", { name: "Se turen" }).click();
  await heading(page, "Digeturen fra Marielyst").waitFor();
  await look("route");
  await toMap(page);
  await mapStands(page, "all");
  await look("map");
  await menu(page, "Gemt").click();
  await heading(page, "Gemt").waitFor();
  await look("saved");
  await menu(page, "Hjælp").click();
  await heading(page, "Hjælp").waitFor();
  await look("help");
  return wrong;
}

opens(async (it) => {
  ({ dir, server, gate, phone } = it);
  page = await phone.open();
  await open(page, server.url);
  await inHand(page);
  await menu(page, "Gemt").click();
  await page
    .getByRole("button", { name: /^Hent hele kortet/ })
    .first()
    .click();
  await page.getByText("Klar uden net").first().waitFor();
});

describe("a municipality sets its own colour", () => {
  test("before, it is the look's", async () => {
    await toMap(page);
    await mapStands(page, "all");
    expect(await menuColour()).toBe(rgb(BEET));
    expect(await onPins(BEET)).toBeGreaterThan(0.3);
  });

  test("a phone that is open follows, screen and map, and keeps the page in it", async () => {
    command(dir, ["op", "-"], op("save_settings", "settings", "site", { set: { colours: OWN } }));
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await until("the menu in the new colour", async () => (await menuColour()) === rgb(OWN.light));
    await mapStands(page, "all");
    await until("the pins in the new colour", async () => (await onPins(OWN.light)) > 0.3);
    await stands("light");
    await until("the page to be kept anew", () =>
      page.evaluate(
        async () => (await (await caches.match("/"))?.text())?.includes("/farver/0069b0-9fd0ff.css") ?? false,
      ),
    );
  });

  test("all can be read", async () => {
    expect(await unreadable()).toEqual([]);
  });
});

describe("the server is gone, and the browser was killed", () => {
  beforeAll(async () => {
    await gate.stop();
    await server.stop();
    expect(await refused(server.port)).toBe(true);
  });

  test.each(["light", "dark"] as const)(
    "%s: the colour is there before the first paint, on the map too",
    async (kind) => {
      await phone.kill();
      page = await phone.open({ dark: kind === "dark" });
      await page.addInitScript(() => {
        // A frame is not drawn before the stylesheets in the head are there: this is what the first one is drawn with.
        requestAnimationFrame(() => {
          const act = getComputedStyle(document.documentElement).getPropertyValue("--act");
          (window as unknown as { first?: string }).first = act;
        });
      });
      await open(page, server.url);
      expect(await page.evaluate(() => (window as unknown as { first?: string }).first)).toBe(OWN[kind]);
      await stands(kind);
      expect(await unreadable()).toEqual([]);
    },
  );

  test("strong colours are the look's own", async () => {
    await menu(page, "Hjælp").click();
    await page.getByText("Stærke farver", { exact: true }).click();
    await toMap(page);
    await mapStands(page, "all");
    expect(await menuColour()).toBe(rgb(COLOURS.contrast.act));
    await until("the map in strong colours", async () => (await onPins(COLOURS.contrast.act)) > 0.3);
  });

  test("the content security policy refused nothing", () => {
    expect(phone.wrong).toEqual([]);
  });
});

describe("without script", () => {
  test.each([
    ["light", "no-preference", OWN.light],
    ["dark", "no-preference", OWN.dark],
    ["light", "more", COLOURS.contrast.act],
    ["dark", "more", COLOURS["contrast-dark"].act],
  ] as const)("a phone that asks for %s and contrast %s", async (colorScheme, contrast, act) => {
    await server.start();
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    try {
      const plain = await browser.newPage({ javaScriptEnabled: false, colorScheme, contrast });
      await plain.goto(server.url);
      const button = plain.locator("a.btn").first();
      // A colour that comes answers over a tenth of a second: what it comes to is looked at.
      await until("the button in its colour", () =>
        button.evaluate((el, to) => getComputedStyle(el).backgroundColor === to, rgb(act)),
      );
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});

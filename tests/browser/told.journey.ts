/** What stands beside a fact is that fact's own: source, day, how it was found. And where the whole comes from: Om, and the page of files. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { op, readFeed, step, theOne } from "./feed.ts";
import { lost, small } from "./narrow.ts";
import { opens } from "./opens.ts";
import { heading, list, menu, open, said, toPlace, words } from "./screens.ts";
import { command } from "./server.ts";

const OLD = { source: "Natur for alle", seen_on: "2024-05-01" };
const NEW = { source: "Kommunens opmåling", seen_on: "2026-03-03" };
const text = (da: string) => ({ da });
const five = {
  where: text("Ved åen."),
  amenities: text("En bænk."),
  ground: text("Græs."),
  purpose: text("En pause."),
  activities: text("Kaffe."),
};
const spot = { id: "0197a000-0000-7000-8000-000000000001", name: "Bænken ved den gamle låge" };
const house = { id: "0197a000-0000-7000-8000-000000000002", name: "Huset med tre svar" };
const one = { id: "0197a000-0000-7000-8000-000000000003", name: "Bænken fra én dag" };

let page: Page;
let url = "";
opens(async ({ phone, server, dir }) => {
  url = server.url;
  const { places } = await readFeed(url);
  const at = theOne(places, "place outside", ({ form, point }) => form === "spot" && point !== null).point;
  const placed = ({ id, name }: typeof spot, more: object): string[] => [
    op("save_place", "place", id, { set: { name: text(name), ...five, point: at, ...more } }),
    step(id, "developing"),
    step(id, "active"),
  ];
  const lines = [
    ...placed(spot, {
      form: "spot",
      access: { step_free: { value: true, ...NEW }, gate_cm: { value: 85, ...OLD } },
    }),
    ...placed(house, {
      form: "building",
      hours: { weekly: null, holidays: null, ...NEW },
      access: { step_free: { value: false, ...NEW }, door_cm: { value: 84, ...NEW } },
    }),
    ...placed(one, {
      form: "spot",
      access: { step_free: { value: true, ...NEW }, gate_cm: { value: 85, ...NEW } },
    }),
  ];
  command(dir, ["op", "-"], `${lines.join("\n")}\n`);
  page = await phone.open();
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, url);
  await list(page).getByRole("link", { name: spot.name }).waitFor();
});

const head = async () => (await said(page.locator("main"))).replace(/\s+/g, " ");

describe("a fact's own source", () => {
  test("the first answer gives the gate its own day, and the steps theirs", async () => {
    await toPlace(page, spot.name);
    expect(await head()).toContain(
      "Uden trin. Set 3. marts 2026. Kilde: Kommunens opmåling. Lågen er 85 cm. Målt 1. maj 2024. Kilde: Natur for alle.",
    );
    expect(await lost(page)).toEqual([]);
  });

  test("where both are of one source and day it is said once, as neither measured nor seen", async () => {
    await toPlace(page, one.name);
    expect(await head()).toContain("Uden trin. Lågen er 85 cm. Kilde: Kommunens opmåling, 3. marts 2026.");
  });

  test("among unknowns each known one keeps its source beside it", async () => {
    await toPlace(page, house.name);
    const shown = await words(page);
    expect(shown).toMatch(/Trin ja Set 3\. marts 2026\. Kilde: Kommunens opmåling/);
    expect(shown).toMatch(/Døren 84 cm Målt 3\. marts 2026\. Kilde: Kommunens opmåling/);
    expect(shown).not.toMatch(/Hældning ved ikke Ingen har målt den endnu\. (Målt|Kilde)/);
  });

  test("on the way of a route each name is a target across its row", async () => {
    await toPlace(page, "Digeturen i Marielyst");
    await page.getByRole("link", { name: "Se turen" }).click();
    await heading(page, "Digeturen fra Marielyst").waitFor();
    const links = page.locator(".way b > a");
    expect(await links.count()).toBeGreaterThan(0);
    const narrow = await links.evaluateAll((all) =>
      all.filter((a) => a.getBoundingClientRect().width < (a.closest("li > div")?.clientWidth ?? 0) - 1),
    );
    expect(narrow).toEqual([]);
    expect(await small(page)).toEqual([]);
    expect(await lost(page)).toEqual([]);
  });
});

describe("where the whole comes from", () => {
  test("Om names the day of the edition, and who made the map, though the map was never opened", async () => {
    await menu(page, "Hjælp").click();
    await page.getByRole("link", { name: "Om Mødesteder" }).click();
    await heading(page, "Om Mødesteder").waitFor();
    await page.getByText(/^Kort: Demo: GSHHG/).waitFor();
    expect(await words(page)).toMatch(/Udgave \d{1,2}\. [a-z]+ 20\d\d/);
    expect(await lost(page)).toEqual([]);
  });

  test("the page of files says what each is for, in the phone's language, in targets for a finger", async () => {
    await page.getByRole("link", { name: "Se filerne" }).click();
    await heading(page, "Filer til andre kort").waitFor();
    expect(await page.getByRole("link", { name: "Ture: GPS (GPX)" }).getAttribute("href")).toBe("/feeds/routes.gpx");
    expect(await small(page)).toEqual([]);
    expect(await lost(page)).toEqual([]);
    await page.goto(`${url}/feeds?sprog=de`);
    await heading(page, "Dateien für andere Karten").waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    expect(await words(page)).not.toMatch(/Regneark|Bænke/);
  });
});

/** The journey by keyboard alone: every step is Tab, Shift+Tab, Enter, Space, Escape or letters, and one always sees where one is. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Phone } from "./chromium.ts";
import { mapStands } from "./map.ts";
import { opens } from "./opens.ts";
import { heading, inHand, list, menu, open, search } from "./screens.ts";
import { rows, type Server, until } from "./server.ts";

let dir: string;
const BENCH = "Aftenbænken ved sundet";
let server: Server;
let phone: Phone;
let page: Page;
const press = (key: string) => page.keyboard.press(key);

/** Why what has the focus can not be seen to have it; null where it can, or where the focus is with the browser's own bar. */
async function hidden(): Promise<string | null> {
  return page.evaluate(() => {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const name = `${el.tagName}.${el.className} ”${el.textContent?.trim().slice(0, 30)}”`;
    // A tile's field is not seen itself, what stands beside it shows the ring; of the search field its frame does.
    const shown = [el, el.parentElement, el.closest(".find"), ...(el.parentElement?.children ?? [])].filter(
      (one) => one !== null,
    );
    const ringed = shown.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    const ring = document.querySelector(".map-focus");
    if (!ringed && !(el.matches("canvas") && ring)) return `no ring around ${name}`;
    const frame = (el.closest("label") ?? el).getBoundingClientRect();
    const x = Math.min(innerWidth - 1, Math.max(0, frame.left + frame.width / 2));
    const y = frame.top + Math.min(frame.height / 2, 24);
    if (y < 0 || y > innerHeight) return `out of sight: ${name}`;
    const top = document.elementFromPoint(x, y);
    const own = top && (el.contains(top) || top.contains(el) || el.closest("label")?.contains(top));
    return own ? null : `covered by ${top?.tagName}.${top?.className}: ${name}`;
  });
}

/** Tab until `target` has the focus; each stop on the way must be seen. */
async function tabTo(target: Locator, back = false): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    if (await target.evaluate((el) => el === document.activeElement)) return;
    await press(back ? "Shift+Tab" : "Tab");
    expect(await hidden()).toBeNull();
  }
  throw new Error(`80 stops and not at ${target}`);
}

async function focused(target: Locator): Promise<void> {
  await until(`the focus on ${target}`, () => target.evaluate((el) => el === document.activeElement));
}

opens(async (it) => {
  ({ dir, server, phone } = it);
  page = await phone.open();
  await open(page, server.url);
  await inHand(page);
});

describe("by keyboard alone", () => {
  test("the first stop leads past everything to the content", async () => {
    await press("Tab");
    const skip = page.getByRole("link", { name: "Til indholdet" });
    await focused(skip);
    expect(await hidden()).toBeNull();
    await press("Enter");
    await focused(page.locator("#main"));
    await press("Tab");
    await focused(page.getByRole("button", { name: "Se stederne" }));
    await press("Enter");
    await focused(heading(page, "Mødesteder"));
  });

  test("one searches, clears, chooses a filter and opens a place, and its heading has the focus", async () => {
    await tabTo(search(page));
    await page.keyboard.type("aftenbænk");
    await until("one place", async () => (await list(page).getByRole("listitem").count()) === 1);
    const openNow = page.getByRole("button", { name: "Åben nu" });
    await tabTo(openNow);
    await press("Space");
    expect(await openNow.getAttribute("aria-pressed")).toBe("true");
    await press("Space");
    expect(await openNow.getAttribute("aria-pressed")).toBe("false");
    await tabTo(list(page).getByRole("link", { name: BENCH }));
    await press("Enter");
    await focused(heading(page, BENCH));
    await until("the tab to be called so", async () => (await page.title()).startsWith(BENCH));
  });

  test("one reports a fault", async () => {
    await tabTo(page.getByRole("link", { name: "Meld en fejl" }));
    await press("Enter");
    await focused(heading(page, "Meld en fejl"));
    const tile = page.getByRole("radio", { name: "Affald" });
    await tabTo(page.getByRole("radio").first());
    for (let moves = 0; moves < 6 && !(await tile.isChecked()); moves++) await press("ArrowDown");
    expect(await tile.isChecked()).toBe(true);
    expect(await hidden()).toBeNull();
    await tabTo(page.getByRole("textbox"));
    await page.keyboard.type("Skrald ved enden.");
    await tabTo(page.getByRole("button", { name: "Meld fejlen" }));
    await press("Enter");
    await focused(heading(page, "Meld en fejl"));
    await page.getByText(/^Tak\. Fejlen er gemt her/).waitFor();
    await until("the fault to land", () => rows(dir, "SELECT 1 FROM fault WHERE what = 'litter'").length === 1);
  });

  test("one goes back to where one was", async () => {
    await tabTo(page.getByRole("link", { name: `Tilbage til ${BENCH}` }));
    await press("Enter");
    await focused(page.getByRole("link", { name: "Meld en fejl" }));
    await tabTo(page.getByRole("navigation", { name: "Side" }).getByRole("link", { name: "Steder" }), true);
    await press("Enter");
    await focused(list(page).getByRole("link", { name: BENCH }));
    expect(await hidden()).toBeNull();
  });

  test("one saves the map, and a question keeps the focus inside and gives it back", async () => {
    await tabTo(menu(page, "Gemt"));
    await press("Enter");
    await focused(heading(page, "Gemt"));
    await tabTo(page.getByRole("button", { name: /^Hent hele kortet/ }).first());
    await press("Enter");
    await page.getByText("Klar uden net").first().waitFor();
    const erase = page.getByRole("button", { name: "Slet alt på telefonen" });
    await tabTo(erase);
    await press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    for (let stops = 0; stops < 6; stops++) {
      await press("Tab");
      expect(await page.evaluate(() => document.activeElement?.matches("dialog *, body"))).toBe(true);
    }
    await press("Escape");
    await dialog.waitFor({ state: "detached" });
    await focused(erase);
  });

  test("one opens the map, moves it and finds everything on it as a list", async () => {
    await tabTo(menu(page, "Mødesteder"));
    await press("Enter");
    await tabTo(page.getByRole("navigation", { name: "Vis som" }).getByRole("link", { name: "Kort" }));
    await press("Enter");
    await focused(heading(page, "Kort over mødesteder"));
    await mapStands(page, "all");
    await tabTo(page.locator("canvas"));
    const centre = () =>
      page.evaluate(() => {
        const host = document.querySelector("[data-map-drawn]") as unknown as {
          moede: { getCenter(): { lng: number } };
        };
        return host.moede.getCenter().lng;
      });
    await press("+");
    await mapStands(page, "all");
    const before = await centre();
    await press("ArrowRight");
    await until("the map to move east", async () => (await centre()) > before);
    const same = page.getByText("Det samme som liste");
    await tabTo(same);
    await press("Enter");
    await tabTo(list(page, "Det samme som liste").getByRole("link", { name: BENCH }));
    await press("Enter");
    await focused(heading(page, BENCH));
  });

  test("one reaches help and its numbers", async () => {
    await tabTo(menu(page, "Hjælp"));
    await press("Enter");
    await focused(heading(page, "Hjælp"));
    await tabTo(page.getByRole("region", { name: "Hjælp" }).getByRole("link", { name: /112/ }));
    await tabTo(page.getByRole("button", { name: "Find mig" }));
    await press("Enter");
    await page.getByText("Nærmeste mødested").waitFor();
    const dark = page.getByRole("radio", { name: "Mørk", exact: true });
    await tabTo(page.getByRole("radio", { name: "Som telefonen" }));
    for (let moves = 0; moves < 5 && !(await dark.isChecked()); moves++) await press("ArrowDown");
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
    expect(phone.wrong).toEqual([]);
  });
});

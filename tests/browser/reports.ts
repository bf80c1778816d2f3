/** What a person has reported, told as a person goes about it; and pictures of it for whoever looks at them. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { Gate } from "./gate.ts";
import { heading, list, menu, toPlace } from "./screens.ts";

export const TITLE = "Det, du har meldt";

/** Pictures at both widths: SHOTS=folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of [
    [320, 568],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
}

/** What a screen reader says by itself. */
export const status = (page: Page, told: string | RegExp): Locator =>
  page.getByRole("status").filter({ hasText: told }).first();

export const row = (page: Page, part: string, told: string): Locator =>
  list(page, part).getByRole("link").filter({ hasText: told });

/** To all that was reported, from wherever one is. */
export async function reported(page: Page): Promise<void> {
  await menu(page, "Gemt").click();
  await page.getByRole("link", { name: "Se alt, du har meldt" }).click();
  await heading(page, TITLE).waitFor();
}

/** In the form. */
export async function write(page: Page, text: string, what = /affald/i): Promise<void> {
  await page.locator("label", { hasText: what }).click();
  await page.getByRole("textbox").fill(text);
  await page.getByRole("button", { name: "Meld fejlen" }).click();
  await status(page, /^Tak\. Fejlen/).waitFor();
}

export async function report(page: Page, name: string, text: string): Promise<void> {
  await toPlace(page, name);
  await page.getByRole("link", { name: "Meld en fejl" }).click();
  await write(page, text);
}

/** As a person who opens the app again. */
export const come = (page: Page): Promise<boolean> => page.evaluate(() => window.dispatchEvent(new Event("focus")));

/** As on the heath: the phone knows it too. */
export async function offline(page: Page, gate: Gate): Promise<void> {
  await page.context().setOffline(true);
  await gate.stop();
  await come(page);
  await status(page, "Uden net").waitFor();
}

export async function online(page: Page, gate: Gate): Promise<void> {
  await gate.start();
  await page.context().setOffline(false);
  await come(page);
  await page.getByRole("status").filter({ hasText: "Uden net" }).waitFor({ state: "detached" });
}

/** What lies in a store of the phone's own, as JSON. */
export const kept = (page: Page, store: string): Promise<string> =>
  page.evaluate(
    (name) =>
      new Promise<string>((done, fail) => {
        const asked = indexedDB.open("own");
        asked.onerror = () => fail(asked.error);
        asked.onsuccess = () => {
          const all = asked.result.transaction(name).objectStore(name).getAll();
          all.onerror = () => fail(all.error);
          all.onsuccess = () => {
            asked.result.close();
            done(JSON.stringify(all.result));
          };
        };
      }),
    store,
  );

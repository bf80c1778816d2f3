/** Going about in the app as a person does: by the words that stand there. */
import type { Locator, Page } from "playwright-core";

type Room = "Mødesteder" | "Det sker" | "Gemt" | "Hjælp";

export const menu = (page: Page, room: Room): Locator =>
  page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: room });

export const list = (page: Page, name = "Mødesteder"): Locator => page.getByRole("list", { name, exact: true });

export const search = (page: Page): Locator => page.getByRole("searchbox", { name: /^Søg/ });

export const heading = (page: Page, name: string | RegExp, level = 1): Locator =>
  page.getByRole("heading", { level, name });

/** What can be read there, soft hyphens and all kinds of space taken away. */
export async function said(where: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not said
  const text = await where.innerText();
  return text.replace(/\u00ad/g, "").replace(/\s+/g, " ");
}

export const words = (page: Page): Promise<string> => said(page.locator("main"));

export async function toList(page: Page): Promise<void> {
  await menu(page, "Mødesteder").click();
  await list(page).getByRole("listitem").first().waitFor();
}

/** From the list, wherever one stands. */
export async function toPlace(page: Page, name: string): Promise<void> {
  await toList(page);
  await list(page).getByRole("link", { name }).click();
  await heading(page, name).waitFor();
}

export async function toMap(page: Page): Promise<void> {
  await toList(page);
  await page.getByRole("navigation", { name: "Vis som" }).getByRole("link", { name: "Kort" }).click();
}

/** Opens the list by its address; the page that the server wrote stands first, and is no app yet. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await menu(page, "Gemt").waitFor();
  await list(page).getByRole("listitem").first().waitFor();
}

/** The service worker is in charge and has the shell. */
export async function inHand(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
}

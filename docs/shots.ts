// make shots: the screenshots in README, of the demo, as a phone shows it, and the desk on a screen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { forget, freshProfile, openBrowser, withDemo } from "../bench/phone.ts";
import { Phone } from "../tests/browser/chromium.ts";
import { comeIn } from "../tests/browser/desk.ts";

const OUT = join(import.meta.dirname, "pictures");
mkdirSync(OUT, { recursive: true });
await withDemo(async (url, dir) => {
  const profile = freshProfile();
  const { browser, page } = await openBrowser(profile);
  await browser.grantPermissions(["geolocation"], { origin: url });
  await browser.setGeolocation({ latitude: 54.7691, longitude: 11.8747 });
  const list = page.getByRole("list", { name: "Mødesteder" });
  await page.goto(url);
  await list.getByRole("listitem").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole("button", { name: "Se stederne" }).click();
  await page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Gemt" }).click();
  await page
    .getByRole("button", { name: /Hent hele kortet/ })
    .first()
    .click();
  await page.getByText("Klar uden net").first().waitFor();
  await page.screenshot({ path: join(OUT, "saved.png") });
  for (const colours of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: colours });
    const shot = async (name: string) => {
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.screenshot({ path: join(OUT, `${name}-${colours}.png`), animations: "disabled" });
    };
    await page.goto(url);
    await page.getByRole("button", { name: "Nær mig" }).click();
    await page.getByRole("button", { name: "Opdater rækkefølge" }).waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    await shot("list");
    await list.getByRole("link", { name: /Havnestuen/ }).click();
    await page.getByRole("heading", { level: 1, name: /Havnestuen/ }).waitFor();
    await shot("place");
    await page.goto(`${url}/ruter/digeturen-fra-marielyst`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await shot("route");
    await page.goto(`${url}/kort`);
    await page.waitForSelector('[data-map-drawn="all"]', { state: "attached" });
    await page.waitForFunction(() => {
      const host = document.querySelector("[data-map-drawn]") as unknown as { moede: { loaded(): boolean } };
      return host.moede.loaded();
    });
    await shot("map");
    await page.goto(`${url}/det-sker`);
    await page
      .getByRole("link", { name: /Kaffe i Havnestuen/ })
      .first()
      .waitFor();
    await shot("happens");
    await page.goto(`${url}/det-sker/kaffe-i-havnestuen`);
    await page.getByRole("heading", { level: 1, name: /Kaffe i/ }).waitFor();
    await shot("event");
  }
  await browser.close();
  forget(profile);
  await desk(url.replace("127.0.0.1", "localhost"), dir);
});

async function desk(url: string, dir: string): Promise<void> {
  const office = new Phone();
  const page = await office.open({ width: 1280, height: 900 });
  await comeIn(page, url, dir, "admin", "Mette Holm");
  await page.getByRole("heading", { name: "Venter på dig" }).waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(OUT, "desk-overview.png"), animations: "disabled" });
  await page.goto(`${url}/desk/steder`);
  await page.getByRole("link", { name: "Aftenbænken ved sundet" }).click();
  await page.getByRole("textbox", { name: "Formål", exact: true }).waitFor();
  await page.waitForSelector(".maplibregl-canvas");
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(OUT, "desk-place.png"), animations: "disabled" });
  await office.forget();
}

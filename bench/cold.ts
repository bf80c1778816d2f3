// cold.ts list|map: a phone that has been here before, a new browser process, no server, a CPU four times slower; beside it, in turn,
// the barest page of its kind on a profile of its own. Prints {ours, barest}: ms from navigation start to the painted row or the drawn map.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import prepare from "../tests/browser/prepare.ts";
import { clean, demoCopy, freePort, Server } from "../tests/browser/server.ts";
import { serveBarest } from "./barest.ts";
import { forget, freshProfile, openBrowser } from "./phone.ts";

const what = process.argv[2] === "map" ? "map" : "list";
const RUNS = 7;
const SHOWN = { list: 'ul[aria-label="Mødesteder"] li a', map: "[data-map-drawn]" } as const;

const ours = { profile: freshProfile(), address: "", ms: [] as number[] };
const barest = { profile: freshProfile(), address: "", ms: [] as number[] };

prepare("ignore");
const dir = demoCopy();
const server = await new Server(await freePort(), dir, true).start();
ours.address = server.url + (what === "list" ? "/" : "/kort");
{
  const { browser, page } = await openBrowser(ours.profile);
  await page.goto(server.url);
  await page.getByRole("list", { name: "Mødesteder" }).getByRole("listitem").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Gemt" }).click();
  await page
    .getByRole("button", { name: /Hent hele kortet/ })
    .first()
    .click();
  await page.getByText("Klar uden net").first().waitFor({ timeout: 60_000 });
  await browser.close();
}
await server.stop();

const { packs } = JSON.parse(readFileSync(join(dir, "packs", "packs.json"), "utf8"));
const all = packs.find((pack: { id: string }) => pack.id === "all").sha256;
const bare = await serveBarest(join(dir, "packs", `${all}.pmtiles`));
barest.address = `${bare.url}/${what}.html`;
{
  const { browser, page } = await openBrowser(barest.profile);
  await page.goto(barest.address);
  await page.locator(SHOWN[what]).first().waitFor({ state: "attached", timeout: 60_000 });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await browser.close();
}
await bare.stop();

for (let run = 0; run <= RUNS; run++)
  for (const one of [ours, barest]) {
    const ms = await cold(one.profile, one.address);
    if (run > 0) one.ms.push(ms); // the first fills the system's own file cache
  }
for (const one of [ours, barest]) forget(one.profile);
clean(dir);
console.log(JSON.stringify({ ours: ours.ms, barest: barest.ms }));

/** Counted in the page, from its own navigation start, to the end of the frame that first has the row (or the map's first idle) in it. */
async function cold(profile: string, address: string): Promise<number> {
  const { browser, page } = await openBrowser(profile);
  const cdp = await browser.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript((shown) => {
    const watch = () => {
      if (!document.querySelector(shown)) requestAnimationFrame(watch);
      // A frame's own callbacks come before its style, layout and paint; what is posted from there comes after them.
      else setTimeout(() => Object.assign(window, { shownAt: performance.now() }));
    };
    requestAnimationFrame(watch);
  }, SHOWN[what]);
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => "shownAt" in window, null, { timeout: 60_000, polling: 50 });
  const ms = await page.evaluate(() => (window as unknown as { shownAt: number }).shownAt);
  await browser.close();
  return ms;
}

// cold.ts list|map: a phone that has been here before, a new browser process, no server, a CPU four times slower.
import { forget, freshProfile, openBrowser, withDemo } from "./phone.ts";

const what = process.argv[2] === "map" ? "map" : "list";
const RUNS = 5;
const profile = freshProfile();
let url = "";
await withDemo(async (served) => {
  url = served;
  const { browser, page } = await openBrowser(profile);
  await page.goto(url);
  await page.getByRole("list", { name: "Mødesteder" }).getByRole("listitem").first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.getByRole("navigation", { name: "Hovedmenu" }).getByRole("link", { name: "Gemt" }).click();
  await page
    .getByRole("button", { name: /Hent hele kortet/ })
    .first()
    .click();
  await page.getByText("Klar uden net").first().waitFor({ timeout: 60_000 });
  await browser.close();
});
const runs: number[] = [];
for (let run = 0; run < RUNS + 1; run++) {
  const { browser, page } = await openBrowser(profile);
  const cdp = await browser.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  // Counted in the page, from its own navigation start, to the frame after the row (or the map's first idle) is there.
  await page.addInitScript((which) => {
    const watch = () => {
      const there =
        which === "list"
          ? document.querySelector('ul[aria-label="Mødesteder"] li a')
          : document.querySelector("[data-map-drawn]");
      if (!there) requestAnimationFrame(watch);
      else requestAnimationFrame(() => setTimeout(() => Object.assign(window, { shownAt: performance.now() }), 0));
    };
    requestAnimationFrame(watch);
  }, what);
  await page.goto(what === "list" ? url : `${url}/kort`, { waitUntil: "commit" });
  await page.waitForFunction(() => "shownAt" in window, null, { timeout: 60_000, polling: 50 });
  const ms = await page.evaluate(() => (window as unknown as { shownAt: number }).shownAt);
  if (run > 0) runs.push(ms); // the first fills the system's own file cache
  await browser.close();
}
forget(profile);
console.log(JSON.stringify(runs));

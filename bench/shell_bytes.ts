// What a browser fetches until the first row shows, as it travels (headers apart), by Chromium's own count.
import { freshProfile, openBrowser, withDemo } from "./phone.ts";

await withDemo(async (url) => {
  const profile = freshProfile();
  const { browser, page } = await openBrowser(profile);
  const sizes = new Map<string, { url: string; bytes: number }>();
  const cdp = await browser.newCDPSession(page);
  await cdp.send("Network.enable");
  cdp.on("Network.responseReceived", (e) => sizes.set(e.requestId, { url: e.response.url, bytes: 0 }));
  cdp.on("Network.dataReceived", (e) => {
    const seen = sizes.get(e.requestId);
    if (seen) seen.bytes += e.encodedDataLength;
  });
  await page.goto(url);
  await page.getByRole("list", { name: "Mødesteder" }).getByRole("listitem").first().waitFor();
  const at = (kind: (path: string) => boolean) =>
    [...sizes.values()].filter((s) => kind(new URL(s.url).pathname)).reduce((sum, s) => sum + s.bytes, 0);
  const font = (path: string) => path.endsWith(".woff2");
  const data = (path: string) => path.startsWith("/api/") || path.startsWith("/media/");
  console.log(JSON.stringify({ shell: at((p) => !font(p) && !data(p)), font: at(font), data: at(data) }));
  await browser.close();
});

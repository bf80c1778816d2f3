/** What stands on the map's canvas: features that MapLibre holds, and pixels as they were drawn. */
import type { Page } from "playwright-core";

export async function openMap(page: Page, url: string): Promise<Page> {
  await page.goto(`${url}/kort`);
  await page.locator("canvas").first().waitFor();
  await page.waitForSelector("[data-map-drawn]", { timeout: 60_000, state: "attached" });
  return page;
}

interface Drawn {
  queryRenderedFeatures(options?: object): { layer: { id: string }; sourceLayer?: string }[];
  querySourceFeatures(source: string, options?: object): unknown[];
  getZoom(): number;
}

export async function mapFeatures(page: Page): Promise<{ streetsBeyondOverview: number; places: number; routes: number; layers: string[] }> {
  return page.evaluate(() => {
    const host = [...document.querySelectorAll("*")].find((el) => "moede" in el) as unknown as { moede: Drawn };
    const drawn = host.moede.queryRenderedFeatures();
    const at = (pattern: RegExp) => drawn.filter((f) => pattern.test(f.layer.id)).length;
    return {
      streetsBeyondOverview: host.moede.querySourceFeatures("land", { sourceLayer: "streets" }).length,
      places: at(/^pin/),
      routes: at(/^route/),
      layers: [...new Set(drawn.map((f) => f.layer.id))],
    };
  });
}

/** Pixels by colour, of a screenshot of the canvas, within a step or two of the token. */
export async function mapPixels(page: Page): Promise<{ land: number; route: number; pin: number }> {
  const png = (await page.locator("canvas").first().screenshot()).toString("base64");
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.drawImage(picture, 0, 0);
    const { data } = pen.getImageData(0, 0, picture.width, picture.height);
    const near = (at: number, [r, g, b]: readonly [number, number, number]) =>
      Math.abs((data[at] ?? 0) - r) + Math.abs((data[at + 1] ?? 0) - g) + Math.abs((data[at + 2] ?? 0) - b) < 12;
    let land = 0;
    let beet = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (near(at, [0xf3, 0xf0, 0xe3]) || near(at, [0xf0, 0xe9, 0xcc]) || near(at, [0xc6, 0xda, 0xb8])) land++;
      if (near(at, [0x7a, 0x0f, 0x45])) beet++;
    }
    return { land, route: beet, pin: beet };
  }, png);
}

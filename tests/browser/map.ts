/** What stands on the map's canvas: features that MapLibre holds, and pixels as they were drawn. */
import type { Page } from "playwright-core";

type LonLat = readonly [number, number];

/** What the tests use of a MapLibre map; the host element carries it as `moede`. */
interface Drawn {
  loaded(): boolean;
  isMoving(): boolean;
  isSourceLoaded(name: string): boolean;
  getStyle(): { sources: object };
  once(event: "idle" | "render", then: () => void): void;
  triggerRepaint(): void;
  getCanvas(): HTMLCanvasElement;
  project(at: LonLat): { x: number; y: number };
  queryRenderedFeatures(options?: object): Feature[];
  querySourceFeatures(source: string, options?: object): Feature[];
}
interface Feature {
  layer: { id: string };
  geometry: { type: string; coordinates: unknown };
  properties: { id?: string; kind?: string };
}
type Host = HTMLElement & { moede: Drawn };

/** Waits until the archives with these ids, and the life on them, stand drawn. */
export async function mapStands(page: Page, archives: string): Promise<void> {
  await page
    .locator(`[data-map-drawn="${archives}"]`)
    .waitFor({ state: "attached" })
    .catch(async () => {
      throw new Error(`the map does not stand with ${archives}: ${await stateOf(page)}`);
    });
  await page.evaluate(async () => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    if (map.loaded() && !map.isMoving()) return;
    await new Promise<void>((done) => map.once("idle", done));
  });
}

/** What a map that does not come waits for. */
function stateOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const host = [...document.querySelectorAll(".map *")].find((el) => "moede" in el) as Host | undefined;
    const said = document.querySelector(".map")?.textContent?.trim().slice(0, 200);
    if (!host) return `${location.pathname} has no map, it says ”${said}”`;
    const { moede: map } = host;
    const sources = Object.keys(map.getStyle().sources).map((name) => `${name} ${map.isSourceLoaded(name)}`);
    const state = { drawn: host.dataset.mapDrawn, loaded: map.loaded(), moving: map.isMoving(), sources, said };
    return JSON.stringify(state);
  });
}

export interface Pin {
  readonly id: string;
  readonly at: LonLat;
}

/** The pins that are drawn within the canvas. */
export async function pins(page: Page): Promise<Pin[]> {
  return page.evaluate(() => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    const drawn = map.queryRenderedFeatures({ layers: ["pin"] });
    return drawn.map((f) => ({ id: f.properties.id ?? "", at: f.geometry.coordinates as [number, number] }));
  });
}

/** Kinds of ways in the tiles of the detailed archive that are in view; `overview` has no such source and no such kinds. */
export async function ways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    const found = map.querySourceFeatures("land", { sourceLayer: "streets" });
    return [...new Set(found.map((f) => f.properties.kind ?? ""))].sort();
  });
}

export interface Spot {
  readonly at: LonLat;
  /** CSS px from where `at` is projected. */
  readonly dx?: number;
  readonly dy?: number;
  /** Half of the square that is read, CSS px. */
  readonly reach: number;
}

/** Every pixel (#rrggbb) of a square around each spot, read from the canvas in the frame in which it was drawn; none outside of it. */
export async function pixels(page: Page, spots: readonly Spot[]): Promise<string[][]> {
  return page.evaluate(async (asked) => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    const canvas = map.getCanvas();
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const pen = copy.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("no canvas to read from");
    await new Promise<void>((done) => {
      map.once("render", () => {
        pen.drawImage(canvas, 0, 0);
        done();
      });
      map.triggerRepaint();
    });
    const ratio = canvas.width / canvas.clientWidth;
    return asked.map(({ at, dx = 0, dy = 0, reach }) => {
      const { x, y } = map.project(at);
      const left = Math.round((x + dx - reach) * ratio);
      const top = Math.round((y + dy - reach) * ratio);
      const side = Math.max(1, Math.round(2 * reach * ratio));
      if (left < 0 || top < 0 || left + side > canvas.width || top + side > canvas.height) return [];
      const { data } = pen.getImageData(left, top, side, side);
      const read: string[] = [];
      for (let i = 0; i < data.length; i += 4)
        read.push(`#${[...data.subarray(i, i + 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`);
      return read;
    });
  }, spots);
}

/** How much of what was read is one of these colours, within a step or two; 0 to 1. */
export function share(read: readonly string[], colours: readonly string[]): number {
  const close = (a: string, b: string) =>
    [1, 3, 5].every(
      (i) => Math.abs(Number.parseInt(a.slice(i, i + 2), 16) - Number.parseInt(b.slice(i, i + 2), 16)) <= 4,
    );
  return read.filter((pixel) => colours.some((colour) => close(pixel, colour))).length / Math.max(1, read.length);
}

/** Where these spots are on the screen, CSS px from the canvas's corner. */
export async function project(page: Page, spots: readonly LonLat[]): Promise<XY[]> {
  return page.evaluate((asked) => {
    const { moede: map } = document.querySelector("[data-map-drawn]") as Host;
    return asked.map((at) => {
      const { x, y } = map.project(at);
      return { x, y };
    });
  }, spots);
}

interface XY {
  readonly x: number;
  readonly y: number;
}

/** A chosen pin reaches 68 px up from its foot; any other stands around its point. */
const covers = (pin: XY, at: XY) => Math.abs(at.x - pin.x) < 34 && at.y > pin.y - 74 && at.y < pin.y + 24;

/**
 * How much of what is drawn on a line, and 18 px beside it, is of these colours: read every 3 px of it, away from every pin.
 * `points` says in how many spots. Names stand over routes, so `on` is seldom the whole.
 */
export async function alongLine(
  page: Page,
  line: readonly LonLat[],
  colours: readonly string[],
  reach = 1,
): Promise<{ points: number; on: number; beside: number }> {
  const onScreen = await project(page, line);
  const standing = await project(
    page,
    (await pins(page)).map(({ at }) => at),
  );
  const on: Spot[] = [];
  const beside: Spot[] = [];
  for (const [i, to] of onScreen.slice(1).entries()) {
    const from = onScreen[i] as XY;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    for (let px = 1; px < length; px += 3) {
      const [dx, dy] = [((to.x - from.x) * px) / length, ((to.y - from.y) * px) / length];
      if (standing.some((pin) => covers(pin, { x: from.x + dx, y: from.y + dy }))) continue;
      const at = line[i] as LonLat;
      const [aside, down] = [(-(to.y - from.y) / length) * 18, ((to.x - from.x) / length) * 18];
      on.push({ at, dx, dy, reach });
      beside.push({ at, dx: dx + aside, dy: dy + down, reach });
    }
  }
  const read = await pixels(page, [...on, ...beside]);
  const seen = read.slice(0, on.length).filter((spot) => spot.length > 0);
  return {
    points: seen.length,
    on: share(seen.flat(), colours),
    beside: share(read.slice(on.length).flat(), colours),
  };
}

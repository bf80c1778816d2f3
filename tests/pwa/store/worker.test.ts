import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Page = typeof import("../../../pwa/src/store/worker.ts");
let page: Page;
/** What the service worker answers; null: there is none. */
let worker: ((message: unknown) => unknown) | null;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("navigator", {
    serviceWorker: {
      ready: Promise.resolve(),
      getRegistration: async () =>
        worker && {
          active: {
            postMessage: (message: unknown, [port]: [MessagePort]) => port.postMessage(worker?.(message)),
          },
        },
    },
  });
  page = await import("../../../pwa/src/store/worker.ts");
});
afterEach(() => vi.unstubAllGlobals());

test("without a service worker the map's code is not kept, whatever lies there", async () => {
  worker = null;
  expect(await page.keepMapCode()).toBe(false);
});

test("what the service worker says of the map's code comes as it is: kept, not kept, no room", async () => {
  for (const said of [true, false, "full"] as const) {
    worker = () => said;
    expect(await page.keepMapCode()).toBe(said);
  }
});

test("whether the app opens without network is said by the worker alone, and one of the edition before says nothing", async () => {
  const { askOpens, opens } = await import("../../../pwa/src/store/opens.ts");
  for (const [said, shown] of [
    [undefined, null],
    [false, false],
    [true, true],
  ] as const) {
    worker = () => said;
    await askOpens();
    expect(opens.value).toBe(shown);
  }
});

test("a new version that another tab has taken already is taken here by starting again", () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { reload });
  page.swap();
  expect(reload).toHaveBeenCalledOnce();
});

/** Firefox as a phone in trouble, over WebDriver BiDi. It needs no driver; its map needs a screen, even without a window. */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Page, type Browser as Remote } from "puppeteer-core";
import { clean, PATIENCE_MS } from "../server.ts";
import { at, Child } from "./child.ts";
import { Display } from "./display.ts";
import { type Browser, HEIGHT, type How, type Phone, type Tab, tabOf, WIDTH, type Wire } from "./phone.ts";

export const FIREFOX =
  process.env.FIREFOX ??
  ["/usr/bin/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"].find((path) => existsSync(path)) ??
  "/usr/bin/firefox-esr";

/** As a phone in Denmark, that asks nobody but us. */
const PREFS: Readonly<Record<string, string | number | boolean>> = {
  "intl.accept_languages": "da",
  "ui.prefersReducedMotion": 1,
  "ui.useOverlayScrollbars": 1,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  // It is told where it is, near the demo's first places.
  "permissions.default.geo": 1,
  "geo.provider.testing": true,
  "geo.provider.network.url": 'data:application/json,{"location":{"lat":54.7691,"lng":11.8747},"accuracy":20}',
};

const KIB = 1024;
/** One site may use a fifth of what all may, but never less than this. */
const LEAST = 10 << 20;

/** What all sites together are given, so that one is given this. */
function roomFor(bytes: number): number {
  return Math.ceil((bytes > LEAST ? bytes * 5 : bytes) / KIB);
}

class Firefox implements Phone {
  readonly browser = "firefox";
  #origin: string;
  readonly #home = mkdtempSync(join(tmpdir(), "moede-firefox-"));
  #screen: Display | null = null;
  #child: Child | null = null;
  #remote: Remote | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async start(how: How = {}): Promise<Tab> {
    await this.#end();
    const prefs = {
      ...PREFS,
      ...how.prefs,
      ...(how.quota === undefined ? {} : { "dom.quotaManager.temporaryStorage.fixedLimit": roomFor(how.quota) }),
    };
    const lines = Object.entries(prefs).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    );
    const profile = join(this.#home, "profile");
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, "user.js"), lines.join("\n"));
    if (process.platform === "linux") this.#screen = await Display.start();
    this.#child = new Child(
      FIREFOX,
      ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"],
      { ...at(this.#home), DISPLAY: this.#screen?.name, TZ: "Europe/Copenhagen", MOZ_CRASHREPORTER_DISABLE: "1" },
    );
    const [, address] = await this.#child.says(/WebDriver BiDi listening on (ws:\S+)/);
    this.#remote = await connect({
      browserWSEndpoint: `${address}/session`,
      protocol: "webDriverBiDi",
      defaultViewport: { width: how.width ?? WIDTH, height: HEIGHT },
    });
    return this.tab();
  }

  async tab(): Promise<Tab> {
    if (!this.#remote) throw new Error("the phone is off");
    const page = await this.#remote.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return tabOf(wireOf(page), this.#origin);
  }

  async moves(origin: string): Promise<Tab> {
    const before = (await this.#remote?.pages()) ?? [];
    this.#origin = origin;
    const tab = await this.tab();
    await Promise.all(before.map((page) => page.close()));
    return tab;
  }

  async kill(): Promise<void> {
    await this.#child?.kill();
    await this.#end();
  }

  /** As a person closes it, where it still runs. */
  async #end(): Promise<void> {
    const [remote, child, screen] = [this.#remote, this.#child, this.#screen];
    this.#remote = this.#child = this.#screen = null;
    await remote?.close().catch(() => undefined);
    await child?.kill();
    await screen?.stop();
  }

  async stop(): Promise<void> {
    await this.#end();
    clean(this.#home);
  }
}

function wireOf(page: Page): Wire {
  return {
    async goto(url) {
      await page.goto(url).catch((error: Error) => {
        // No server and nothing kept: Firefox's own page stands there, and the tab can be read.
        if (!/net::|NS_ERROR|neterror/i.test(error.message)) throw error;
      });
    },
    async evaluate(expression) {
      const said = `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`;
      return JSON.parse((await page.evaluate(said)) as string);
    },
    async shot(file) {
      await page.screenshot({ path: file as `${string}.png` });
    },
    close: () => page.close(),
  };
}

export const browser: Browser = {
  name: "firefox",
  missing: () =>
    existsSync(FIREFOX)
      ? Display.missing()
      : "Firefox is not installed (apt-get install firefox-esr), or is a snap, which a test can not drive",
  can: { opfs: true, quota: true, coldStart: true, map: true },
  phone: async (origin) => new Firefox(origin),
};

/** Chromium as a phone in trouble: one profile, a process group that is killed whole, room that can be taken away. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM, FLAGS } from "../chromium.ts";
import { clean, PATIENCE_MS, until } from "../server.ts";
import { type Browser, HEIGHT, type How, type Phone, type Tab, tabOf, WIDTH } from "./phone.ts";

class Chromium implements Phone {
  readonly browser = "chromium";
  #origin: string;
  readonly #profile = mkdtempSync(join(tmpdir(), "moede-trouble-"));
  #context: BrowserContext | null = null;
  #how: How = {};

  constructor(origin: string) {
    this.#origin = origin;
  }

  async start(how: How = {}): Promise<Tab> {
    await this.#close();
    this.#how = how;
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: CHROMIUM,
      args: FLAGS,
      viewport: { width: how.width ?? WIDTH, height: HEIGHT },
      reducedMotion: "reduce",
      locale: "da-DK",
      timezoneId: "Europe/Copenhagen",
      // So that what it leaves behind when it is killed goes with the profile.
      env: { ...process.env, TMPDIR: this.#profile },
    });
    const first = this.#context.pages()[0];
    return first ? this.#tabOn(first) : this.tab();
  }

  async tab(): Promise<Tab> {
    if (!this.#context) throw new Error("the phone is off");
    return this.#tabOn(await this.#context.newPage());
  }

  async moves(origin: string): Promise<Tab> {
    const before = this.#context?.pages() ?? [];
    this.#origin = origin;
    const tab = await this.tab();
    await Promise.all(before.map((page) => page.close()));
    return tab;
  }

  async #tabOn(page: Page): Promise<Tab> {
    page.setDefaultTimeout(PATIENCE_MS);
    if (this.#how.quota !== undefined) {
      // Holds as long as the session that said so, which is as long as the tab. 0 would be no limit at all.
      const session = await page.context().newCDPSession(page);
      await session.send("Storage.overrideQuotaForOrigin", {
        origin: this.#origin,
        quotaSize: Math.max(1, this.#how.quota),
      });
    }
    const wire = {
      async goto(url: string) {
        // Not its last picture: a page that can be read and used has loaded.
        await page.goto(url, { waitUntil: "domcontentloaded" }).catch((error: Error) => {
          if (!/net::ERR_/.test(error.message)) throw error;
        });
      },
      evaluate: async (expression: string) => (await page.evaluate(expression)) ?? null,
      shot: async (file: string) => void (await page.screenshot({ path: file })),
      close: () => page.close(),
    };
    return tabOf(wire, this.#origin);
  }

  async kill(): Promise<void> {
    process.kill(-groupOf(this.#profile), "SIGKILL");
    await this.#close();
  }

  async stop(): Promise<void> {
    await this.#close();
    clean(this.#profile);
  }

  async #close(): Promise<void> {
    await this.#context?.close().catch(() => undefined);
    this.#context = null;
    await until(`the browser's processes on ${this.#profile} to be gone`, () => !lives(this.#profile));
  }
}

/** The process group of the browser that has this profile: its main process leads it. */
function groupOf(profile: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const line = read(`/proc/${pid}/cmdline`);
    if (line.includes(`--user-data-dir=${profile}`) && !line.includes("--type=")) return Number(statOf(pid)[2]);
  }
  throw new Error(`no browser has the profile ${profile}`);
}

/**
 * Whether anything of the browser on this profile still runs: what watches for its crashes is in no group of ours, and ends by itself a
 * moment later. All of it has inherited where to put its files. A process that has ended and waits for its parent has nothing any more.
 */
function lives(profile: string): boolean {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => read(`/proc/${pid}/environ`).split("\0").includes(`TMPDIR=${profile}`));
}

/** State, parent, process group …; the name before them may have spaces in it. */
const statOf = (pid: string): string[] => read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it ended meanwhile
  }
}

export const browser: Browser = {
  name: "chromium",
  missing: () => (existsSync(CHROMIUM) ? null : "Chromium is not installed (apt-get install chromium)"),
  can: { opfs: true, quota: true, coldStart: true, map: true },
  phone: async (origin) => new Chromium(origin),
};

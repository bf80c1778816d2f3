/** Chromium as a phone: a profile that outlives the process, killed as a phone's system kills it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { until } from "./server.ts";

export const CHROMIUM =
  process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path)) ?? "/usr/bin/chromium";

/** No sandbox, since tests run as root; software drawing, since no machine of ours has a graphics card; nothing of its own to the net. */
export const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A point in Nykøbing that the phone is told to be at. No request may hold a number near it. */
export const HERE = { latitude: 54.7691, longitude: 11.8747 };
/** The same in EPSG:25832 metres (pyproj 3.7). */
export const HERE_METRES = [684_918.92, 6_072_888.18] as const;

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

export class Phone {
  readonly profile: string;
  #context: BrowserContext | null = null;

  constructor(profile: string = mkdtempSync(join(tmpdir(), "moede-phone-"))) {
    this.profile = profile;
  }

  async open(look: Look = {}): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      args: FLAGS,
      viewport: { width: look.width ?? 390, height: look.height ?? 844 },
      colorScheme: look.dark ? "dark" : "light",
      locale: "da-DK",
      timezoneId: "Europe/Copenhagen",
      geolocation: HERE,
      permissions: ["geolocation"],
    });
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    page.setDefaultTimeout(20_000);
    return page;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error("the phone is off");
    return this.#context;
  }

  /** The main process of this profile's browser, by its command line. */
  pid(): number {
    for (const entry of readdirSync("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      let line = "";
      try {
        line = readFileSync(`/proc/${entry}/cmdline`, "utf8");
      } catch {
        continue; // it ended meanwhile
      }
      if (line.includes(`--user-data-dir=${this.profile}`) && !line.includes("--type=")) return Number(entry);
    }
    throw new Error(`no browser has the profile ${this.profile}`);
  }

  /** SIGKILL, as a phone's system ends an app; returns when the process is gone. */
  async kill(): Promise<number> {
    const pid = this.pid();
    process.kill(pid, "SIGKILL");
    await until(`browser ${pid} to be gone`, () => isDead(pid));
    await this.#context?.close().catch(() => undefined);
    this.#context = null;
    return pid;
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  forget(): void {
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A process that ended and waits for its parent (Z) is gone too. */
function isDead(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.startsWith("Z") ?? true;
  } catch {
    return true;
  }
}

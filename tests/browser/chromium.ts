/** Chromium as a phone: a profile that outlives the process, killed as a phone's system kills it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import type { Gate } from "./gate.ts";
import { clean, PATIENCE_MS, until } from "./server.ts";

export const CHROMIUM =
  process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path)) ??
  "/usr/bin/chromium";

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

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Whether the page may know where the phone is; "ask": nobody has said yet. */
  readonly position?: boolean | "ask";
  /** Fingers instead of a mouse. */
  readonly touch?: boolean;
}

export class Phone {
  readonly profile: string;
  /** What went wrong in a page and nobody caught, and what the content security policy refused. */
  readonly wrong: string[] = [];
  /** Every host that a page or the service worker asked for. */
  readonly hosts = new Set<string>();
  readonly #gate: Gate | null;
  readonly #flags: readonly string[];
  #context: BrowserContext | null = null;

  /** `gate`: the network that it is on; without one it reaches loopback as it is. `flags`: beside FLAGS. */
  constructor(gate: Gate | null = null, flags: readonly string[] = []) {
    this.#gate = gate;
    this.#flags = flags;
    this.profile = mkdtempSync(join(tmpdir(), "moede-phone-"));
  }

  async open(look: Look = {}): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM,
      args: [...FLAGS, ...this.#flags],
      viewport: { width: look.width ?? 390, height: look.height ?? 844 },
      colorScheme: look.dark ? "dark" : "light",
      reducedMotion: "reduce",
      hasTouch: look.touch ?? false,
      locale: "da-DK",
      timezoneId: "Europe/Copenhagen",
      geolocation: HERE,
      // An empty list refuses all; without a list all is still to be asked.
      ...(look.position === "ask" ? {} : { permissions: look.position === false ? [] : ["geolocation"] }),
      ...(this.#gate ? { proxy: { server: this.#gate.url, bypass: "<-loopback>" } } : {}),
    });
    this.#context.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol)) this.hosts.add(host);
    });
    this.#context.on("weberror", (error) => this.wrong.push(String(error.error())));
    this.#context.on("console", (said) => {
      if (/content security policy/i.test(said.text())) this.wrong.push(said.text());
    });
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    page.setDefaultTimeout(PATIENCE_MS);
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

  /** SIGKILL, as a phone's system ends an app; returns the process that is gone. */
  async kill(): Promise<number> {
    const pid = this.pid();
    process.kill(pid, "SIGKILL");
    await until(`browser ${pid} to be gone`, () => isDead(pid));
    await this.close();
    return pid;
  }

  async close(): Promise<void> {
    await this.#context?.close().catch(() => undefined);
    this.#context = null;
  }

  /** Closes it and leaves no byte of it. */
  async forget(): Promise<void> {
    await this.close();
    clean(this.profile);
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

/**
 * WebKit as a phone in trouble: WebKitGTK in a window of our own, over WebDriver. It is the engine of Safari, not Safari: what iOS
 * adds or takes away (seven days, the home screen, sound asleep) is not seen here.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clean, freePort, until } from "../server.ts";
import { at, Child, onPath } from "./child.ts";
import { Display } from "./display.ts";
import { type Browser, HEIGHT, type How, type Phone, type Tab, tabOf, WIDTH, type Wire } from "./phone.ts";

/** The system's Python: that of .venv has no GTK. */
const PYTHON = "/usr/bin/python3";
const WINDOW = join(import.meta.dirname, "window.py");
/** The same version as window.py asks for. */
const GTK =
  'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1"); from gi.repository import WebKit2';

/** Bytes. With none at all WebKitGTK's own process ends before it shows a page. */
const LEAST = 10_000;

class Webkit implements Phone {
  readonly browser = "webkit";
  #origin: string;
  readonly #home = mkdtempSync(join(tmpdir(), "moede-webkit-"));
  #screen: Display | null = null;
  #driver: Child | null = null;
  #session: Session | null = null;

  constructor(origin: string) {
    this.#origin = origin;
  }

  async start(how: How = {}): Promise<Tab> {
    await this.#end();
    this.#screen = await Display.start();
    const port = await freePort();
    this.#driver = new Child("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
      ...at(this.#home),
      DISPLAY: this.#screen.name,
      GDK_BACKEND: "x11",
      // No bus of a desktop is there to be asked, and none is started.
      GIO_USE_VFS: "local",
      GSETTINGS_BACKEND: "memory",
      NO_AT_BRIDGE: "1",
      TZ: "Europe/Copenhagen",
    });
    this.#session = await Session.begin(`http://127.0.0.1:${port}`, [
      WINDOW,
      this.#home,
      String(how.width ?? WIDTH),
      String(HEIGHT),
      ...(how.quota === undefined ? [] : [String(Math.max(how.quota, LEAST) / capacity(this.#home))]),
    ]);
    return tabOf(await this.#session.wire(), this.#origin);
  }

  async tab(): Promise<Tab> {
    if (!this.#session) throw new Error("the phone is off");
    return tabOf(await this.#session.another(), this.#origin);
  }

  async moves(origin: string): Promise<Tab> {
    if (!this.#session) throw new Error("the phone is off");
    this.#origin = origin;
    return tabOf(await this.#session.only(), this.#origin);
  }

  /** The window and its processes are in the driver's group. */
  async kill(): Promise<void> {
    await this.#driver?.kill();
    this.#session = null;
    await this.#end();
  }

  async #end(): Promise<void> {
    const [session, driver, screen] = [this.#session, this.#driver, this.#screen];
    this.#session = this.#driver = this.#screen = null;
    await session?.end();
    await driver?.kill();
    await screen?.stop();
  }

  async stop(): Promise<void> {
    await this.#end();
    clean(this.#home);
  }
}

/** Bytes of the disk; WebKit reckons a site's room as a share of it. */
function capacity(path: string): number {
  const { blocks, bsize } = statfsSync(path);
  return blocks * bsize;
}

class Session {
  readonly #at: string;

  private constructor(at: string) {
    this.#at = at;
  }

  static async begin(driver: string, args: readonly string[]): Promise<Session> {
    const asked = {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary: PYTHON, args } } },
    };
    let told: { sessionId: string } | null = null;
    await until("WebKit's driver", async () => {
      const answer = await fetch(`${driver}/status`).catch(() => null);
      return answer?.ok ?? false;
    });
    told = (await call("POST", `${driver}/session`, asked)) as { sessionId: string };
    const session = new Session(`${driver}/session/${told.sessionId}`);
    await session.ask("POST", "/timeouts", { script: 60_000, pageLoad: 60_000, implicit: 0 });
    return session;
  }

  ask(method: string, path: string, body?: object): Promise<unknown> {
    return call(method, this.#at + path, body);
  }

  async wire(): Promise<Wire> {
    return this.#wireOf((await this.ask("GET", "/window")) as string);
  }

  async another(): Promise<Wire> {
    const { handle } = (await this.ask("POST", "/window/new", { type: "tab" })) as { handle: string };
    return this.#wireOf(handle);
  }

  /** A new one, and every other is closed. */
  async only(): Promise<Wire> {
    const before = (await this.ask("GET", "/window/handles")) as string[];
    const wire = await this.another();
    for (const handle of before) await this.#wireOf(handle).close();
    return wire;
  }

  /** The driver looks at one window at a time; commands wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  #wireOf(handle: string): Wire {
    const ask = (method: string, path: string, body?: object): Promise<unknown> => {
      const next = this.#turn.then(async () => {
        await this.ask("POST", "/window", { handle });
        return this.ask(method, path, body);
      });
      this.#turn = next.catch(() => undefined);
      return next;
    };
    return {
      async goto(url) {
        await ask("POST", "/url", { url });
      },
      async evaluate(expression) {
        const script = `const done = arguments[arguments.length - 1];
          (async () => JSON.stringify((await (${expression})) ?? null))().then((json) => done({ json }), (error) => done({ error: String(error) }));`;
        const said = (await ask("POST", "/execute/async", { script, args: [] })) as { json?: string; error?: string };
        if (said.json === undefined) throw new Error(said.error ?? "the page said nothing");
        return JSON.parse(said.json);
      },
      async shot(file) {
        writeFileSync(file, Buffer.from((await ask("GET", "/screenshot")) as string, "base64"));
      },
      async close() {
        await ask("DELETE", "/window");
      },
    };
  }

  /** The window may be gone before the answer. */
  async end(): Promise<void> {
    await this.ask("DELETE", "").catch(() => undefined);
  }
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${error}: ${message}`);
}

function missing(): string | null {
  if (process.platform !== "linux") return "WebKitGTK is for Linux";
  if (!onPath("WebKitWebDriver")) return "WebKit's driver is not installed (apt-get install webkit2gtk-driver)";
  try {
    execFileSync(PYTHON, ["-c", GTK], { stdio: "ignore" });
  } catch {
    return `${PYTHON} can not open a window of WebKit's (apt-get install python3-gi gir1.2-webkit2-4.1)`;
  }
  return Display.missing();
}

export const browser: Browser = {
  name: "webkit",
  missing,
  can: {
    opfs: "WebKitGTK has navigator.storage switched off",
    quota: true,
    coldStart: true,
    map: true,
  },
  phone: async (origin) => new Webkit(origin),
};

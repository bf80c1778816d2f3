/** The real server as its own process group, on a free port of loopback. It is stopped by its group, and the test sees the refusal. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, connect as tcp } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");
export const PYTHON = join(ROOT, ".venv/bin/python");
/** Real data to test on; not part of the project. */
export const SHARED = resolve(ROOT, "../shared/data");
/** The variable in which prepare.ts says where the demo lies. */
export const DEMO_AT = "JOURNEY_DEMO";

/** How long a step is waited for. Long, since it costs nothing where all is well, and a busy machine is no fault of the product. */
export const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 120_000);

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

export async function refused(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = tcp(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      done(false);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => done(error.code === "ECONNREFUSED"));
  });
}

/** Asks until `ask` answers true; what it waits for is said when it gives up. */
export async function until(what: string, ask: () => Promise<boolean> | boolean, ms = PATIENCE_MS): Promise<void> {
  const end = Date.now() + ms;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export function demoCopy(): string {
  const from = process.env[DEMO_AT];
  if (!from) throw new Error("prepare() has not been called: there is no demo to copy");
  const dir = emptyDir();
  cpSync(from, dir, { recursive: true });
  return dir;
}

export function emptyDir(): string {
  return mkdtempSync(join(tmpdir(), "moede-data-"));
}

/** Something else may still be writing there as it ends, so this tries for a while. */
export function clean(...dirs: string[]): void {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Runs a module of ours, from the root unless `cwd` says otherwise, and returns what it printed. */
export function run(args: readonly string[], env: Record<string, string> = {}, input?: string): string {
  return execFileSync(PYTHON, ["-m", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 64 << 20,
    ...(input === undefined ? {} : { input }),
  });
}

/** Runs a command of the server's on a DATA_DIR and returns what it printed. */
export function command(dataDir: string, args: readonly string[], input?: string): string {
  return run(["server", ...args], { DATA_DIR: dataDir, DEMO: "0" }, input);
}

/** Opens the map of a DATA_DIR to all, and returns it: one that is no demo begins closed. */
export function openToAll(dataDir: string): string {
  command(dataDir, ["prepare"]);
  const id = crypto.randomUUID();
  const args = { set: { launch: { state: "open", needed: 0 } } };
  const subject = { kind: "settings", id: "site" };
  const line = { id, verb: "save_settings", at: "2026-03-03T12:00:00Z", subject, base: null, args };
  command(dataDir, ["op", "-"], JSON.stringify(line));
  return dataDir;
}

/** Reads the database of a DATA_DIR, the running server beside it. */
export function rows<T extends readonly unknown[]>(dataDir: string, select: string): T[] {
  const script = `import json, sqlite3, sys
tx = sqlite3.connect(f"file:{sys.argv[1]}/moedesteder.db?mode=ro", uri=True)
print(json.dumps([list(row) for row in tx.execute(sys.argv[2])]))`;
  return JSON.parse(execFileSync(PYTHON, ["-c", script, dataDir, select], { encoding: "utf8", maxBuffer: 64 << 20 }));
}

/** Has the kernel end a program with who started it; of util-linux, which every Debian has. */
const SETPRIV = "/usr/bin/setpriv";

/** A command line whose program does not outlive the test, however that ends. */
export function withTheTest(command: string, args: readonly string[]): [string, string[]] {
  return existsSync(SETPRIV) ? [SETPRIV, ["--pdeathsig", "SIGKILL", command, ...args]] : [command, [...args]];
}

export class Server {
  readonly port: number;
  readonly dataDir: string;
  readonly demo: boolean;
  /** The checkout that it is started from: another one is another edition. */
  root: string;
  #child: ChildProcess | null = null;

  constructor(port: number, dataDir: string, demo: boolean, root = ROOT) {
    this.port = port;
    this.dataDir = dataDir;
    this.demo = demo;
    this.root = root;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    const env = { ...process.env, PORT: String(this.port), DATA_DIR: this.dataDir, DEMO: this.demo ? "1" : "0" };
    const child = spawn(...withTheTest(PYTHON, ["-m", "server", "run"]), {
      cwd: this.root,
      env,
      detached: true,
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.#child = child;
    await until(`the server on ${this.port}`, async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      return fetch(`${this.url}/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    });
    return this;
  }

  /** Ends the whole group; returns when its processes are gone and the port refuses. */
  async stop(): Promise<void> {
    const child = this.#child;
    const pid = child?.pid;
    if (!child || pid === undefined) return;
    this.#child = null;
    signal(-pid, "SIGTERM");
    await until(`the server (${pid}) to end`, () => child.exitCode !== null || child.signalCode !== null);
    await until(`the group of ${pid} to be gone`, () => !signal(-pid, 0));
    await until(`port ${this.port} to refuse`, () => refused(this.port));
  }
}

/** False where nobody is there to hear it. */
function signal(pid: number, what: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, what);
  } catch {
    return false;
  }
}

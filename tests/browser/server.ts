/** The real server as its own process group, on a free port of loopback. It is stopped by its group, and the test sees the refusal. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, connect as tcp } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");
export const PYTHON = join(ROOT, ".venv/bin/python");
export const DEMO_DIR = join(ROOT, "var/journey-demo");
export const SHARED = resolve(ROOT, "../shared/data");

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
export async function until(what: string, ask: () => Promise<boolean> | boolean, ms = 30_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export function demoCopy(): string {
  const dir = mkdtempSync(join(tmpdir(), "moede-demo-"));
  cpSync(DEMO_DIR, dir, { recursive: true });
  return dir;
}

export function emptyDir(): string {
  return mkdtempSync(join(tmpdir(), "moede-data-"));
}

/** Runs a command of the server's on a DATA_DIR and returns what it printed. */
export function command(dataDir: string, args: readonly string[], input?: string): string {
  return execFileSync(PYTHON, ["-m", "server", ...args], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, DEMO: "0" },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
  });
}

export class Server {
  readonly port: number;
  readonly dataDir: string;
  readonly demo: boolean;
  #child: ChildProcess | null = null;

  constructor(port: number, dataDir: string, demo: boolean) {
    this.port = port;
    this.dataDir = dataDir;
    this.demo = demo;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    const env = { ...process.env, PORT: String(this.port), DATA_DIR: this.dataDir, DEMO: this.demo ? "1" : "0" };
    this.#child = spawn(PYTHON, ["-m", "server", "run"], { cwd: ROOT, env, detached: true, stdio: ["ignore", "ignore", "inherit"] });
    const child = this.#child;
    await until(`the server on ${this.port}`, async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      return fetch(`${this.url}/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    });
    return this;
  }

  /** Ends the whole group and waits until the port refuses. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    this.#child = null;
    try {
      process.kill(-pid, signal);
    } catch {
      // it ended by itself
    }
    await until(`port ${this.port} to refuse`, () => refused(this.port));
  }
}

export function clean(...dirs: string[]): void {
  for (const dir of dirs) if (dir && existsSync(dir) && readdirSync(dir)) rmSync(dir, { recursive: true, force: true });
}

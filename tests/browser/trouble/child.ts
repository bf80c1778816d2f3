/** A program beside the test, in a process group of its own: it is ended whole, and it does not outlive the test, however that ends. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { until, withTheTest } from "../server.ts";

const AWAIT_MS = 30_000;

/** Where a program on PATH lies; null where there is none. */
export function onPath(name: string): string | null {
  for (const dir of (process.env.PATH ?? "").split(":"))
    if (dir && existsSync(`${dir}/${name}`)) return `${dir}/${name}`;
  return null;
}

/** What makes a program keep everything of its own in this folder, so that it goes with it. */
export function at(home: string): NodeJS.ProcessEnv {
  const xdg = ["CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME", "RUNTIME_DIR"].map((of) => [
    `XDG_${of}`,
    undefined,
  ]);
  return { HOME: home, TMPDIR: home, ...Object.fromEntries(xdg) };
}

export class Child {
  readonly pid: number;
  readonly #process: ChildProcess;
  #said = "";

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(...withTheTest(command, args), {
      detached: true,
      // The third is for what a program is told to write there.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    if (this.#process.pid === undefined) throw new Error(`${command} does not start`);
    this.pid = this.#process.pid;
    for (const stream of this.#process.stdio.slice(1) as Readable[])
      stream.on("data", (bytes: Buffer) => {
        this.#said = (this.#said + bytes.toString()).slice(-10_000);
      });
  }

  /** Waits until it has printed this, on any of its three ways out. */
  async says(what: RegExp): Promise<RegExpExecArray> {
    let found: RegExpExecArray | null = null;
    await until(
      `process ${this.pid} to say ${what}`,
      () => {
        found = what.exec(this.#said);
        if (!found && this.#ended) throw new Error(`it ended before it said ${what}: ${this.#said}`);
        return found !== null;
      },
      AWAIT_MS,
    );
    return found as unknown as RegExpExecArray;
  }

  get #ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Returns when it has ended by itself. */
  ends(): Promise<void> {
    return until(`process ${this.pid} to end`, () => this.#ended, AWAIT_MS);
  }

  /** Asks it to end, so that it takes its files along; returns when nobody of its group is left. */
  async stop(): Promise<void> {
    this.#signal("SIGTERM");
    await this.ends();
    await this.kill();
  }

  /** SIGKILL to the whole group; returns when nobody of it is left. */
  async kill(): Promise<void> {
    this.#signal("SIGKILL");
    await this.ends();
    await until(`the group of ${this.pid} to be gone`, () => !inGroup(this.pid), AWAIT_MS);
  }

  #signal(which: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, which);
    } catch {
      // The group is gone already.
    }
  }
}

/** Whether a process of this group still runs. One that ended and that nobody has asked after (Z) runs no more. */
function inGroup(group: number): boolean {
  if (!existsSync("/proc")) return signalled(group);
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const [state, , of] = (readFileSync(`/proc/${entry}/stat`, "utf8").split(") ").at(-1) ?? "").split(" ");
      return Number(of) === group && state !== "Z";
    } catch {
      return false; // it ended meanwhile
    }
  });
}

function signalled(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

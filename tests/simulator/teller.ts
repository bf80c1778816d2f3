// A Python process that is told what to do by JSON lines, one answer a line, one at a time.
import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const ROOT = resolve(import.meta.dirname, "../..");
const PYTHON = join(ROOT, ".venv/bin/python");

type Said = Record<string, unknown>;

export class Teller {
  private readonly child: ChildProcess;
  private readonly waiting: ((said: Said | null) => void)[] = [];

  constructor(module: string, ...args: string[]) {
    this.child = spawn(PYTHON, ["-m", module, ...args], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
    const { stdout } = this.child;
    if (stdout) createInterface({ input: stdout }).on("line", (line) => this.waiting.shift()?.(JSON.parse(line)));
    this.child.on("exit", () => {
      for (const wait of this.waiting.splice(0)) wait(null);
    });
  }

  /** Rejects with what went wrong there. */
  async tell<T = Said>(what: string, args: Said): Promise<T> {
    const said = await new Promise<Said | null>((done) => {
      this.waiting.push(done);
      this.child.stdin?.write(`${JSON.stringify({ do: what, ...args })}\n`);
    });
    if (said === null) throw new Error(`${what}: its process has ended`);
    if (said.error !== undefined) throw new Error(`${what}: ${said.error}`);
    return said as T;
  }

  /** Returns when it has ended. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.on("exit", done));
    this.child.stdin?.end();
    await ended;
  }
}

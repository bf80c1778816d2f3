// One place where runs take place, one after another: a folder, a server on a port of its own, and a clerk beside it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Teller } from "./teller.ts";

/** An answer as it came over the wire. */
export interface Raw {
  readonly status: number;
  readonly type: string;
  readonly etag: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

export interface Look {
  epoch: string;
  head: number;
  digest: string;
  live: [kind: string, id: string, v: string, body: unknown][];
  /** Every report that was taken, in the order in which it was. */
  faults: [text: string, kind: string, id: string][];
}

export const MANY_AN_HOUR = 100_000;

/** The municipality that every run begins with, made once. */
export interface Template {
  readonly folder: string;
  readonly dir: string;
  readonly blobs: readonly string[];
}

export async function template(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), "moede-simulator-"));
  const app = join(folder, "app");
  mkdirSync(join(app, "assets"), { recursive: true });
  for (const page of ["index.html", "desk.html"])
    writeFileSync(join(app, page), '<!doctype html><title>Mødesteder</title><div id="app"></div>');
  const clerk = new Teller("tests.simulator.clerk");
  try {
    const dir = join(folder, "template");
    const { blobs } = await clerk.tell<{ blobs: string[] }>("template", { dir });
    return { folder, dir, blobs };
  } finally {
    await clerk.end();
  }
}

export function clean(made: Template): void {
  rmSync(made.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

export class Yard {
  readonly made: Template;
  readonly dir: string;
  readonly copies: string;
  private readonly clerk: Teller;
  private readonly starter: Teller;
  private port = 0;
  private group: number | null = null;
  private readonly base: string;
  private copied = 0;

  constructor(made: Template) {
    this.made = made;
    this.base = mkdtempSync(join(made.folder, "yard-"));
    this.dir = join(this.base, "data");
    this.copies = join(this.base, "copies");
    this.clerk = new Teller("tests.simulator.clerk");
    this.starter = new Teller("tests.simulator.serve", join(made.folder, "app"));
  }

  get up(): boolean {
    return this.group !== null;
  }

  async fresh(): Promise<void> {
    await this.kill();
    this.copied = 0;
    rmSync(this.copies, { recursive: true, force: true });
    await this.tell("fresh", { source: this.made.dir });
  }

  tell<T = Record<string, unknown>>(what: string, args: Record<string, unknown> = {}): Promise<T> {
    return this.clerk.tell<T>(what, { dir: this.dir, ...args });
  }

  look(): Promise<Look> {
    return this.tell<Look>("look");
  }

  copyPath(): string {
    return join(this.copies, String(++this.copied));
  }

  /** `prepared`: the folder is a fresh one, and its template was prepared. */
  async start(page: number, ops_an_hour: number, prepared = false): Promise<void> {
    this.port = await freePort();
    const how = { dir: this.dir, port: this.port, page, ops_an_hour, prepared };
    this.group = (await this.starter.tell<{ group: number }>("start", how)).group;
  }

  /** `kill -9` of the whole group. Returns when it is gone and the folder's lock free. */
  async kill(how: "kill" | "term" = "kill"): Promise<void> {
    const group = this.group;
    if (group === null) return;
    this.group = null;
    await this.starter.tell("end", { dir: this.dir, group, how });
  }

  /** At once, whatever it is doing; `kill` waits for the end of it. */
  strike(): void {
    if (this.group !== null) process.kill(-this.group, "SIGKILL");
  }

  async end(): Promise<void> {
    await this.kill();
    await Promise.all([this.clerk.end(), this.starter.end()]);
    rmSync(this.base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** One request, on a connection of its own. Rejects where no whole answer came. */
  ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Raw> {
    return new Promise((done, failed) => {
      if (this.group === null) return failed(new Error("nobody there"));
      const asked = request({ host: "127.0.0.1", port: this.port, method, path, headers, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", failed);
        answer.on("end", () => {
          if (!answer.complete) return failed(new Error("cut"));
          done({
            status: answer.statusCode ?? 0,
            type: (answer.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "",
            etag: answer.headers.etag ?? null,
            retryAfter: answer.headers["retry-after"] ?? null,
            text: Buffer.concat(parts).toString("utf8"),
          });
        });
      });
      asked.on("error", failed);
      asked.end(body);
    });
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().on("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

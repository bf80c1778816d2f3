/** What the phone takes for its server: it passes everything on to the real one, and can be told to lose, spoil, hold or cut an answer. */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { freePort } from "../server.ts";

export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  status: number;
  /** Bytes of the body that went to the phone. */
  sent: number;
}

export class Gate {
  /** The port of the real server. Another one is a deploy. */
  behind = 0;
  readonly passed: Passed[] = [];
  /** Not there: answered 404. */
  missing: RegExp | null = null;
  /** Waits until `letGo`. */
  hold: RegExp | null = null;
  /** Put before every script of the app, on its way: what a phone lacks, or what a test wants to get hold of. */
  before = "";
  /** A byte of the file at this path comes wrong, the next time that it is sent. */
  spoil: { path: string; at: number } | null = null;
  /** After so many bytes of a pack nothing more comes, until `cut`. */
  stallAfter: number | null = null;
  /** Files that only the test has, by path. */
  readonly own = new Map<string, string>();
  readonly #held: (() => void)[] = [];
  readonly #stalled: http.ServerResponse[] = [];
  #server: http.Server | null = null;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    this.#port ||= await freePort();
    const server = http.createServer((asked, answer) => this.#take(asked, answer));
    await new Promise<void>((done) => server.listen(this.#port, "127.0.0.1", done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** The phone's connections are broken off, and refused from now on. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** As if nothing had been told. */
  async reset(): Promise<void> {
    this.missing = this.spoil = this.stallAfter = null;
    this.before = "";
    this.own.clear();
    this.letGo();
    this.cut();
    this.passed.length = 0;
    if (!this.#server) await this.start();
  }

  get held(): number {
    return this.#held.length;
  }

  get stalled(): number {
    return this.#stalled.length;
  }

  letGo(): void {
    this.hold = null;
    for (const go of this.#held.splice(0)) go();
  }

  cut(): void {
    this.stallAfter = null;
    for (const answer of this.#stalled.splice(0)) answer.destroy();
  }

  #take(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const path = (asked.url ?? "").split("?")[0] ?? "";
    if (this.hold?.test(path)) this.#held.push(() => this.#pass(path, asked, answer));
    else this.#pass(path, asked, answer);
  }

  #pass(path: string, asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const passed: Passed = { method: asked.method ?? "", path, range: asked.headers.range, status: 0, sent: 0 };
    this.passed.push(passed);
    const own = this.own.get(path);
    if (own !== undefined || this.missing?.test(path)) {
      asked.resume();
      passed.status = own === undefined ? 404 : 200;
      answer
        .writeHead(passed.status, { "content-type": own === undefined ? "text/plain" : "text/javascript" })
        .end(own);
      return;
    }
    const scripted = this.before !== "" && /^\/assets\/[^/]+\.js$/.test(path);
    const headers = { ...asked.headers, ...(scripted ? { "accept-encoding": "identity" } : {}) };
    const to = { port: this.behind, host: "127.0.0.1", path: asked.url, method: asked.method, headers };
    // A connection of its own: one that lay idle may just be closed by the server.
    const up = http.request({ ...to, agent: false });
    // As a proxy in front of a server that is down.
    const down = () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
    up.on("error", () => this.#stalled.includes(answer) || down()).on("response", (reply) => {
      passed.status = reply.statusCode ?? 502;
      if (scripted && passed.status === 200) return this.#script(passed, reply, answer);
      answer.writeHead(passed.status, reply.headers);
      reply.on("data", (chunk: Buffer) => this.#send(passed, chunk, answer, up));
      reply.on("end", () => this.#stalled.includes(answer) || answer.end());
      reply.on("error", () => this.#stalled.includes(answer) || down());
    });
    answer.on("close", () => up.destroy());
    asked.pipe(up);
  }

  #script(passed: Passed, reply: http.IncomingMessage, answer: http.ServerResponse): void {
    const { "content-length": _, ...headers } = reply.headers;
    answer.writeHead(200, headers);
    // In front of imports, which are hoisted: it runs before the module's own code, after that of what it imports.
    answer.write(`${this.before};\n`);
    reply.on("data", (chunk: Buffer) => answer.write(chunk));
    reply.on("end", () => answer.end());
    passed.sent = 1;
  }

  #send(passed: Passed, came: Buffer, answer: http.ServerResponse, up: http.ClientRequest): void {
    let chunk = came;
    const { spoil } = this;
    const from = Number(/^bytes=(\d+)-/.exec(passed.range ?? "")?.[1] ?? 0) + passed.sent;
    if (spoil?.path === passed.path && spoil.at >= from && spoil.at < from + chunk.length) {
      chunk = Buffer.from(chunk);
      chunk[spoil.at - from] = (chunk[spoil.at - from] ?? 0) ^ 1;
      this.spoil = null;
    }
    const stalls = this.stallAfter !== null && passed.path.startsWith("/packs/");
    const goes = stalls ? chunk.subarray(0, Math.max(0, (this.stallAfter ?? 0) - passed.sent)) : chunk;
    passed.sent += goes.length;
    answer.write(goes);
    if (goes.length === chunk.length) return;
    this.#stalled.push(answer);
    up.destroy();
  }
}

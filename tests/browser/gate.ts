/**
 * The network between the phone and the server. As the browser's proxy every request of a page, a worker and the service worker passes
 * here, whichever host it is for, and none reaches another host; as the phone's server it passes everything on to the real one. Every
 * request is written down, and an answer can be lost, spoiled, held or cut.
 */
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Passed {
  readonly method: string;
  /** With port: as a proxy is told it, else the gate's own. Of a tunnel (https), which can not be read, all that there is. */
  readonly host: string;
  /** Path and query. */
  readonly url: string;
  readonly path: string;
  /** Each name and value as it came, a line each. */
  readonly headers: string;
  readonly range: string | undefined;
  body: string;
  /** 0 as long as nobody has answered. */
  status: number;
  /** Bytes of the answer's body that went to the phone. */
  sent: number;
}

export class Gate {
  /** The port of the real server on loopback; the only one that is reached. Another one is a deploy. */
  behind: number;
  readonly passed: Passed[] = [];
  /** Paths that are not there: answered 404. */
  missing: RegExp | null = null;
  /** Requests for such a path wait until `letGo`. */
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
  readonly #were = new Set<number>();

  constructor(behind = 0) {
    this.behind = behind;
  }

  get port(): number {
    return this.#port;
  }

  /** Where the phone finds it: as its server, or as its proxy. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Requests to a proxy for any host but the server. */
  get foreign(): readonly Passed[] {
    return this.passed.filter(({ host }) => host !== this.#real);
  }

  get held(): number {
    return this.#held.length;
  }

  get stalled(): number {
    return this.#stalled.length;
  }

  /** On the same port each time. */
  async start(): Promise<this> {
    const server = http
      .createServer((asked, answer) => this.#take(asked, answer))
      .on("connect", (asked: http.IncomingMessage, socket: Socket) => {
        this.#note(asked, asked.url ?? "", "");
        socket.on("error", () => undefined).end("HTTP/1.1 403 Forbidden\r\n\r\n");
      });
    await new Promise<void>((done) => server.listen(this.#port, "127.0.0.1", done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** To a port where it never was: for a phone another site, of which it has nothing. */
  async moves(): Promise<void> {
    do {
      await this.stop();
      this.#were.add(this.#port);
      this.#port = 0;
      await this.start();
    } while (this.#were.has(this.#port));
  }

  /** No network at all: the phone's connections are broken off, and refused from now on. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** As if nothing had been told. */
  async reset(): Promise<void> {
    this.missing = this.spoil = null;
    this.before = "";
    this.own.clear();
    this.letGo();
    this.cut();
    this.passed.length = 0;
    if (!this.#server) await this.start();
  }

  letGo(): void {
    this.hold = null;
    for (const go of this.#held.splice(0)) go();
  }

  /** Breaks off what has stalled; from then on nothing stalls. */
  cut(): void {
    this.stallAfter = null;
    for (const answer of this.#stalled.splice(0)) answer.destroy();
  }

  get #real(): string {
    return `127.0.0.1:${this.behind}`;
  }

  #note(asked: http.IncomingMessage, host: string, url: string): Passed {
    const passed: Passed = {
      method: asked.method ?? "",
      host,
      url,
      path: url.split("?")[0] ?? "",
      headers: asked.rawHeaders.join("\n"),
      range: asked.headers.range,
      body: "",
      status: 0,
      sent: 0,
    };
    this.passed.push(passed);
    asked.on("data", (chunk: Buffer) => {
      passed.body += chunk.toString("latin1");
    });
    return passed;
  }

  #take(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    // A proxy is told the whole address, a server the path alone.
    const to = URL.canParse(asked.url ?? "") ? new URL(asked.url ?? "") : null;
    const url = to ? to.pathname + to.search : (asked.url ?? "");
    const go = () => this.#pass(this.#note(asked, to?.host ?? this.#real, url), asked, answer);
    if (this.hold?.test(url.split("?")[0] ?? "")) this.#held.push(go);
    else go();
  }

  #pass(passed: Passed, asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const here = (status: number, type: string, body = ""): void => {
      asked.resume();
      passed.status = status;
      answer.writeHead(status, { "content-type": type }).end(body);
    };
    const own = this.own.get(passed.path);
    if (passed.host !== this.#real) here(502, "text/plain");
    else if (own !== undefined) here(200, "text/javascript", own);
    else if (this.missing?.test(passed.path)) here(404, "text/plain");
    else this.#ask(passed, asked, answer);
  }

  #ask(passed: Passed, asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const scripted = this.before !== "" && /^\/assets\/[^/]+\.js$/.test(passed.path);
    const { "proxy-connection": _, ...came } = asked.headers;
    const headers = { ...came, ...(scripted ? { "accept-encoding": "identity" } : {}) };
    const to = { port: this.behind, host: "127.0.0.1", path: passed.url, method: asked.method, headers };
    // A connection of its own: one that lay idle may just be closed by the server.
    const up = http.request({ ...to, agent: false });
    const stalled = () => this.#stalled.includes(answer);
    // As a proxy in front of a server that is down.
    const down = () => stalled() || (answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
    up.on("error", down).on("response", (reply) => {
      passed.status = reply.statusCode ?? 502;
      if (scripted && passed.status === 200) return this.#script(passed, reply, answer);
      answer.writeHead(passed.status, reply.headers);
      reply.on("data", (chunk: Buffer) => this.#send(passed, chunk, answer, up));
      reply.on("end", () => stalled() || answer.end());
      reply.on("error", down);
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
    const chunk = this.#spoiled(passed, came);
    const stalls = this.stallAfter !== null && passed.path.startsWith("/packs/");
    const goes = stalls ? chunk.subarray(0, Math.max(0, (this.stallAfter ?? 0) - passed.sent)) : chunk;
    passed.sent += goes.length;
    answer.write(goes);
    if (goes.length === chunk.length) return;
    this.#stalled.push(answer);
    up.destroy();
  }

  #spoiled(passed: Passed, came: Buffer): Buffer {
    const { spoil } = this;
    const from = Number(/^bytes=(\d+)-/.exec(passed.range ?? "")?.[1] ?? 0) + passed.sent;
    if (spoil?.path !== passed.path || spoil.at < from || spoil.at >= from + came.length) return came;
    this.spoil = null;
    const chunk = Buffer.from(came);
    chunk[spoil.at - from] = (chunk[spoil.at - from] ?? 0) ^ 1;
    return chunk;
  }
}

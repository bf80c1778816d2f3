/**
 * The network between the phone and the server, as the browser's proxy: every request of a page, a worker and the service worker
 * passes here and is written down, whichever host it is for. None reaches another host; a pack can stall and be cut.
 */
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Seen {
  readonly method: string;
  /** With port. Of a tunnel (https), which can not be read, all that there is. */
  readonly host: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: string;
  body: string;
  /** Bytes of the answer's body that went to the phone. */
  sent: number;
}

export class Front {
  readonly seen: Seen[] = [];
  /** After so many bytes of a pack nothing more comes, until it is cut. */
  stallAfter: number | null = null;
  readonly #stalled: http.ServerResponse[] = [];
  /** Requests for such a path wait until they are let go. */
  hold: RegExp | null = null;
  readonly #held: (() => void)[] = [];
  #server: http.Server | null = null;
  #port = 0;
  readonly #own: string;

  /** `behind`: the port of the server on loopback; the only host that is reached. */
  constructor(behind: number) {
    this.#own = `127.0.0.1:${behind}`;
  }

  get port(): number {
    return this.#port;
  }

  /** What the browser is told to go through. */
  get proxy(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Requests for any host but the server. */
  get foreign(): readonly Seen[] {
    return this.seen.filter(({ host }) => host !== this.#own);
  }

  async start(): Promise<this> {
    const server = http
      .createServer((asked, answer) => this.#pass(asked, answer))
      .on("connect", (asked: http.IncomingMessage, socket: Socket) => {
        this.#note(asked, asked.url ?? "", "");
        socket.on("error", () => undefined).end("HTTP/1.1 403 Forbidden\r\n\r\n");
      });
    await new Promise<void>((done) => server.listen(this.#port, "127.0.0.1", done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** No network at all: the phone's connections are refused. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** Breaks off what has stalled; from then on nothing stalls. */
  cut(): void {
    this.stallAfter = null;
    for (const answer of this.#stalled.splice(0)) answer.destroy();
  }

  /** How many wait now. */
  get held(): number {
    return this.#held.length;
  }

  letGo(): void {
    this.hold = null;
    for (const go of this.#held.splice(0)) go();
  }

  #note(asked: http.IncomingMessage, host: string, url: string): Seen {
    const seen: Seen = {
      method: asked.method ?? "",
      host,
      url,
      headers: asked.rawHeaders.join("\n"),
      body: "",
      sent: 0,
    };
    this.seen.push(seen);
    asked.on("data", (chunk: Buffer) => {
      seen.body += chunk.toString("latin1");
    });
    return seen;
  }

  #pass(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    if (this.hold?.test(asked.url ?? "")) this.#held.push(() => this.#forward(asked, answer));
    else this.#forward(asked, answer);
  }

  #forward(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const to = URL.canParse(asked.url ?? "") ? new URL(asked.url ?? "") : null;
    const seen = this.#note(asked, to?.host ?? "no proxy's request", to ? to.pathname + to.search : (asked.url ?? ""));
    // As a proxy in front of a server that is down.
    const down = () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
    if (!to || to.host !== this.#own) {
      asked.resume();
      down();
      return;
    }
    const { "proxy-connection": _, ...headers } = asked.headers;
    const up = http.request(to, { method: asked.method, headers, agent: false });
    up.on("error", () => this.#stalled.includes(answer) || down()).on("response", (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.on("data", (chunk: Buffer) => this.#send(seen, chunk, answer, up));
      reply.on("end", () => answer.end());
      reply.on("error", () => this.#stalled.includes(answer) || down());
    });
    answer.on("close", () => up.destroy());
    asked.pipe(up);
  }

  #send(seen: Seen, chunk: Buffer, answer: http.ServerResponse, up: http.ClientRequest): void {
    const stalls = this.stallAfter !== null && seen.url.startsWith("/packs/");
    const passed = stalls ? chunk.subarray(0, Math.max(0, (this.stallAfter ?? 0) - seen.sent)) : chunk;
    seen.sent += passed.length;
    answer.write(passed);
    if (passed.length === chunk.length) return;
    up.destroy();
    this.#stalled.push(answer);
  }
}

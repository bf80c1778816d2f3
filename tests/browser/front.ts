/** Stands in front of the server as a village's bad network does: every request passes and is written down; a pack can be cut. */
import http from "node:http";
import type { AddressInfo } from "node:net";

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body: string;
  sent: number;
}

export class Front {
  readonly seen: Seen[] = [];
  /** After so many bytes of a pack the connection is cut, once. */
  cutAfter: number | null = null;
  #server: http.Server | null = null;
  #port = 0;
  readonly #behind: number;

  constructor(behind: number) {
    this.#behind = behind;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    const server = http.createServer((asked, answer) => this.#pass(asked, answer));
    await new Promise<void>((done) => server.listen(this.#port, "127.0.0.1", done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  #pass(asked: http.IncomingMessage, answer: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    asked.on("data", (chunk: Buffer) => chunks.push(chunk));
    asked.on("end", () => {
      const body = Buffer.concat(chunks);
      const seen: Seen = {
        method: asked.method ?? "",
        url: asked.url ?? "",
        headers: asked.rawHeaders.join("\n"),
        body: body.toString("latin1"),
        sent: 0,
      };
      this.seen.push(seen);
      const up = http.request({ host: "127.0.0.1", port: this.#behind, path: asked.url, method: asked.method, headers: asked.headers, agent: false });
      const down = () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end());
      up.on("error", down).on("response", (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.on("data", (chunk: Buffer) => {
          const pack = seen.url.startsWith("/packs/") && this.cutAfter !== null;
          if (pack && seen.sent + chunk.length > (this.cutAfter ?? 0)) {
            const rest = chunk.subarray(0, Math.max(0, (this.cutAfter ?? 0) - seen.sent));
            this.cutAfter = null;
            seen.sent += rest.length;
            answer.write(rest, () => answer.destroy());
            up.destroy();
            return;
          }
          seen.sent += chunk.length;
          answer.write(chunk);
        });
        reply.on("end", () => answer.end());
        reply.on("error", down);
      });
      answer.on("close", () => up.destroy());
      up.end(body);
    });
  }
}

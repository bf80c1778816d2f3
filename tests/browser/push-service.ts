/**
 * A push service on loopback, as Firefox speaks to Mozilla's: a socket on which a browser registers, and an address for each registration
 * to which a server posts. What is posted goes down the socket as it is; the browser decrypts it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

export interface Posted {
  readonly token: string;
  readonly body: Buffer;
  readonly headers: IncomingMessage["headers"];
  /** What it was answered with. */
  readonly status: number;
}

interface Registered {
  readonly uaid: string;
  readonly channel: string;
}

type Frame = Readonly<Record<string, unknown>>;
const random = (): string => crypto.randomUUID().replaceAll("-", "");

export class PushService {
  port = 0;
  readonly posted: Posted[] = [];
  /** What browsers have said of what they were given: 100 delivered, 101 can not decrypt, 102 the worker failed. */
  readonly acked: number[] = [];
  readonly #registered = new Map<string, Registered>();
  /** By the browser, since one whose socket was cut comes again with its own name. */
  readonly #sockets = new Map<string, WebSocket>();
  readonly #http: Server;
  readonly #ws: WebSocketServer;

  constructor() {
    this.#http = createServer((asked, answer) => this.#post(asked, answer));
    this.#ws = new WebSocketServer({
      server: this.#http,
      handleProtocols: (asked) => (asked.has("push-notification") ? "push-notification" : false),
    });
    this.#ws.on("connection", (socket) => this.#talk(socket));
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#http.listen(0, "127.0.0.1", done));
    const at = this.#http.address();
    this.port = typeof at === "object" && at ? at.port : 0;
    return this;
  }

  /** Browsers that are registered now. */
  get registered(): number {
    return this.#registered.size;
  }

  /** This registration is no more, as a service forgets one of which nothing was heard for weeks. */
  forget(): void {
    this.#registered.clear();
  }

  async stop(): Promise<void> {
    for (const socket of this.#ws.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise<void>((done) => this.#http.close(() => done()));
  }

  #talk(socket: WebSocket): void {
    let uaid = "";
    socket.on("message", (text: Buffer) => {
      const said = JSON.parse(text.toString()) as Frame;
      const say = (frame: Frame) => socket.send(JSON.stringify(frame));
      if (said.messageType === "hello") {
        uaid = typeof said.uaid === "string" && said.uaid !== "" ? said.uaid : random();
        this.#sockets.set(uaid, socket);
        say({ messageType: "hello", uaid, status: 200, use_webpush: true, broadcasts: {} });
      } else if (said.messageType === "register") {
        const token = random();
        this.#registered.set(token, { uaid, channel: String(said.channelID) });
        const pushEndpoint = `http://127.0.0.1:${this.port}/wpush/v2/${token}`;
        say({ messageType: "register", channelID: said.channelID, status: 200, pushEndpoint });
      } else if (said.messageType === "unregister") {
        for (const [token, one] of this.#registered) if (one.channel === said.channelID) this.#registered.delete(token);
        say({ ...said, status: 200 });
      } else if (said.messageType === "ack") {
        for (const one of said.updates as readonly { code: number }[]) this.acked.push(one.code);
      } else if (said.messageType === undefined) say({});
    });
    socket.on("close", () => {
      if (this.#sockets.get(uaid) === socket) this.#sockets.delete(uaid);
    });
  }

  #post(asked: IncomingMessage, answer: ServerResponse): void {
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part));
    asked.on("end", () => {
      const token = asked.url?.split("/").at(-1) ?? "";
      const one = this.#registered.get(token);
      const body = Buffer.concat(parts);
      const status = one ? 201 : 410;
      this.posted.push({ token, body, headers: asked.headers, status });
      answer.writeHead(status, one ? { location: `/m/${random()}`, ttl: String(asked.headers.ttl ?? 0) } : {}).end();
      if (!one) return;
      const frame = {
        messageType: "notification",
        channelID: one.channel,
        version: crypto.randomUUID(),
        ttl: Number(asked.headers.ttl ?? 0),
        ...(body.length > 0 ? { data: body.toString("base64url"), headers: { encoding: "aes128gcm" } } : {}),
      };
      this.#sockets.get(one.uaid)?.send(JSON.stringify(frame));
    });
  }
}

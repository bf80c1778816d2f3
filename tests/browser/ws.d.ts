/** As much of npm's `ws` as the stand-in push service uses; it has no types of its own. */
declare module "ws" {
  import type { EventEmitter } from "node:events";
  import type { Server } from "node:http";

  export class WebSocket extends EventEmitter {
    send(text: string): void;
    terminate(): void;
  }
  export class WebSocketServer extends EventEmitter {
    constructor(options: { server: Server; handleProtocols?: (asked: Set<string>) => string | false });
    readonly clients: Set<WebSocket>;
    on(event: "connection", hear: (socket: WebSocket) => void): this;
    close(done?: () => void): void;
  }
}

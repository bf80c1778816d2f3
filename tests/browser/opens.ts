/** What a journey begins with: a server with the demo, the network before it, and a phone on that network; gone after the journey. */
import { afterAll, beforeAll } from "vitest";
import { Phone } from "./chromium.ts";
import { Gate } from "./gate.ts";
import { clean, demoCopy, freePort, Server } from "./server.ts";

export interface Opened {
  /** The server's DATA_DIR. */
  readonly dir: string;
  readonly server: Server;
  readonly gate: Gate;
  /** Bought, and not opened yet. */
  readonly phone: Phone;
}

export interface Wanted {
  /** Makes the DATA_DIR, before the server starts. Without it: the demo. */
  readonly data?: () => string;
  /** For the browser. */
  readonly flags?: readonly string[];
}

/** `then` has it all running, before the first step. */
export function opens(then: (it: Opened) => Promise<void>, { data, flags = [] }: Wanted = {}): void {
  let dir = "";
  let server: Server | undefined;
  let gate: Gate | undefined;
  let phone: Phone | undefined;
  beforeAll(async () => {
    dir = (data ?? demoCopy)();
    server = await new Server(await freePort(), dir, data === undefined).start();
    gate = await new Gate(server.port).start();
    phone = new Phone(gate, flags);
    await then({ dir, server, gate, phone });
  });
  afterAll(async () => {
    await phone?.forget();
    await gate?.stop();
    await server?.stop();
    if (dir) clean(dir);
  });
}

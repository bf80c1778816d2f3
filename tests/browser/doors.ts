/** A town with associations, as the machine itself makes it, and phones that ask it by their secret alone. */
import { createECDH, randomBytes } from "node:crypto";
import { expect } from "vitest";
import { command, type Server } from "./server.ts";

export const idOf = (n: number) => `0190f3a0-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const line = (verb: string, kind: string, id: string, args: object): string =>
  JSON.stringify({
    ...{ id: crypto.randomUUID(), verb, at: `${new Date().toISOString().slice(0, 19)}Z` },
    ...{ subject: { kind, id }, base: null, args },
  });

/** Ops by the command line: each must be applied. */
export function made(dir: string, ...lines: string[]): void {
  const told = command(dir, ["op", "-"], lines.join("\n"));
  for (const reply of told.trim().split("\n")) expect(reply).toContain('"status":"applied"');
}

export const OPEN = line("save_settings", "settings", "site", { set: { launch: { state: "open", needed: 0 } } });

/** YYYY-MM-DD in Copenhagen, so many days from today. */
export const dayFrom = (days: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(Date.now() + days * 86_400_000);

/** Each day at 14, from yesterday on: one is over, one is today, one is to come. */
export function coffee(id: string, more: object): string[] {
  const set = {
    name: { da: "Kaffe i Medborgerhuset" },
    where: { da: "Medborgerhuset, Fjordvej 3" },
    host: { name: "Kirsten", phone: "54 73 10 00" },
    schedule: { date: dayFrom(-1), starts: "14:00", ends: "16:00", rrule: "FREQ=DAILY;COUNT=3" },
    ...more,
  };
  return [line("save_event", "event", id, { set }), line("move_event", "event", id, { to: "public" })];
}

/** A phone without a name. */
export class Asker {
  readonly #secret: string;
  readonly #server: Server;

  constructor(server: Server, n: number) {
    this.#server = server;
    this.#secret = Buffer.from(new Uint8Array(32).fill(n)).toString("base64url");
  }

  #headers(): Record<string, string> {
    return { authorization: `Device ${this.#secret}` };
  }

  async does(verb: string, kind: string, id: string, args: object): Promise<void> {
    const answer = await fetch(`${this.#server.url}/api/v1/ops`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson", ...this.#headers() },
      body: `${line(verb, kind, id, args)}\n`,
    });
    expect((await answer.json()).results[0]).toMatchObject({ status: "applied" });
  }

  /** It takes pushes: at an address that nobody asks here, since the server does not know yet whom push services are to write to. */
  async isReached(n: number): Promise<void> {
    const keys = createECDH("prime256v1");
    const { vapid_key: key } = await this.mine();
    await this.does("save_push", "device", "mine", {
      endpoint: `https://updates.push.services.mozilla.com/wpush/v2/${n}`,
      p256dh: keys.generateKeys("base64url"),
      auth: randomBytes(16).toString("base64url"),
      key,
      lang: "da",
    });
  }

  async mine(): Promise<{
    readonly vapid_key: string;
    readonly met: readonly { readonly answer: { readonly da: string } | null }[];
  }> {
    return (await fetch(`${this.#server.url}/api/v1/mine`, { headers: this.#headers() })).json();
  }
}

// A server of one small town, behind `fetch`: the feed and the inbox of sync/PROTOCOL.md as short as they go, and a network that can be cut.
import { createHash } from "node:crypto";
import { hex, moved } from "#phone/digest.ts";

interface Row {
  seq: number;
  kind: string;
  id: string;
  body: Record<string, unknown> | null;
  v: string | null;
}

const vOf = (kind: string, id: string, body: unknown): string =>
  createHash("sha256")
    .update(`${kind}\n${id}\n${JSON.stringify(body)}`)
    .digest("hex")
    .slice(0, 8);

export class Town {
  epoch = "e1";
  head = 0;
  rows = new Map<string, Row>();
  inbox = new Map<string, { status: string; seq?: object; code?: string; detail?: string }>();
  pageSize = 2000;
  /** cut: no network. 502: a proxy in front of nothing. portal: a hotel that wants to be paid first. */
  network: "there" | "cut" | "502" | "portal" = "there";
  /** Added to the digest, for a copy that does not add up. */
  lie = 0;
  clock = Date.now();
  asked: string[] = [];
  sent: string[] = [];
  /** Photos that came, before the ops that name them. */
  blobs: { sha256: string; bytes: number; credentials: RequestCredentials | undefined }[] = [];
  refuse: { code: string; detail: string } | null = null;
  /** Runs before the answer to the nth request. */
  before: (nr: number, path: string) => void | Promise<void> = () => undefined;

  put(kind: string, id: string, body: Record<string, unknown> | null): void {
    this.head++;
    const v = body ? vOf(kind, id, body) : null;
    this.rows.set(`${kind}\n${id}`, { seq: this.head, kind, id, body, v });
  }

  place(id: string, name: string, more: object = {}): void {
    this.put("place", id, { id, slug: id, form: "spot", state: "active", name: { da: name }, faults: [], ...more });
  }

  readonly fetch = async (path: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    await this.before(this.asked.push(String(path)), String(path));
    if (this.network === "cut") throw new TypeError("Failed to fetch");
    if (this.network === "502") return new Response("<html>Bad gateway</html>", { status: 502 });
    if (this.network === "portal")
      return new Response("<html>Velkommen</html>", { headers: { "content-type": "text/html" } });
    const url = new URL(String(path), "http://town");
    if (url.pathname.startsWith("/api/v1/blobs/")) {
      const { size } = init.body as Blob;
      this.blobs.push({ sha256: url.pathname.slice(-64), bytes: size, credentials: init.credentials });
      return new Response(null, { status: 204 });
    }
    if (url.pathname === "/api/v1/ops") return this.#ops(String(init.body));
    return this.#page(url.searchParams.get("since"));
  };

  #say(body: unknown, status = 200): Response {
    const type = status === 200 ? "application/json" : "application/problem+json";
    return new Response(JSON.stringify(body), {
      status,
      headers: { "content-type": type, date: new Date(this.clock).toUTCString() },
    });
  }

  #page(since: string | null): Response {
    const [epoch = "", at = "", floor] = (since ?? `${this.epoch}.0.${this.head}`).split(".");
    const seq = Number(at);
    if (epoch !== this.epoch || seq > this.head) return this.#say({ status: 410, code: "resync", detail: "" }, 410);
    const all = [...this.rows.values()]
      .filter((row) => row.seq > seq && !(row.v === null && row.seq <= Number(floor ?? 0)))
      .sort((a, b) => a.seq - b.seq);
    const rows = all.slice(0, this.pageSize);
    const more = rows.length < all.length;
    const changes = rows.map(({ kind, id, v, body }) => ({ kind, id, v, body }));
    const last = rows.at(-1)?.seq ?? this.head;
    if (more) return this.#say({ cursor: [epoch, last, ...(floor ? [floor] : [])].join("."), more, changes });
    let digest = this.lie;
    for (const row of this.rows.values()) digest = moved(digest, null, row.v);
    return this.#say({ cursor: `${epoch}.${this.head}`, more, digest: hex(digest >>> 0), changes });
  }

  #ops(body: string): Response {
    const results = body
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        this.sent.push(line);
        const op = JSON.parse(line) as { id: string; subject: { kind: string; id: string }; args: { what: string } };
        const known = this.inbox.get(op.id);
        if (known) return { id: op.id, again: true, ...known };
        const reply = this.refuse ? { status: "refused", ...this.refuse } : this.#report(op);
        this.inbox.set(op.id, reply);
        return { id: op.id, again: false, ...reply };
      });
    return this.#say({ epoch: this.epoch, results });
  }

  #report(op: { subject: { kind: string; id: string }; args: { what: string } }): { status: string; seq: object } {
    const { kind, id } = op.subject;
    const body = this.rows.get(`${kind}\n${id}`)?.body;
    const faults = [{ what: op.args.what, since: "2026-04-01", state: "reported" }];
    this.put(kind, id, { ...body, faults });
    return { status: "applied", seq: { public: this.head } };
  }
}

// The town that also keeps what phones follow: ops under a phone's secret, and GET /api/v1/mine, as short as they go.
import { Town } from "./town.ts";

interface Row {
  follows: { kind: string; id: string; when: string[]; only: string | null; since: string }[];
  skips: { event_id: string; day: string }[];
  met: { event_id: string; day: string; answer: object | null; answered_at: string | null }[];
  push: string | null;
}

interface Line {
  id: string;
  verb: string;
  subject: { kind: string; id: string };
  args: Record<string, unknown>;
}

const MAKES = new Set(["follow", "ask_met", "save_push"]);

export class DeviceTown extends Town {
  /** By secret. */
  readonly devices = new Map<string, Row>();
  vapid = Buffer.alloc(65, 4).toString("base64url");
  /** What came under a secret, in order. */
  readonly said: (Line & { secret: string })[] = [];
  /** The code that ops of this verb are refused with. */
  readonly no = new Map<string, string>();
  /** `credentials` of each request that carried a secret. */
  readonly cookies: (RequestCredentials | undefined)[] = [];
  /** How often /mine was asked for. */
  mines = 0;
  readonly #plain = (this as Town).fetch;
  readonly #answered = new Map<string, object>();

  override readonly fetch = async (path: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const secret = /^Device ([\w-]{43})$/.exec(new Headers(init.headers).get("authorization") ?? "")?.[1];
    if (secret === undefined) return this.#plain(path, init);
    this.cookies.push(init.credentials);
    this.asked.push(String(path));
    if (this.network === "cut") throw new TypeError("Failed to fetch");
    if (String(path).startsWith("/api/v1/mine")) return this.#mine(secret);
    const results = String(init.body)
      .split("\n")
      .filter(Boolean)
      .map((line) => this.#one(secret, JSON.parse(line)));
    return this.#json({ epoch: this.epoch, results });
  };

  #json(body: unknown, status = 200): Response {
    const type = status === 200 ? "application/json" : "application/problem+json";
    const headers = { "content-type": type, date: new Date(this.clock).toUTCString() };
    return new Response(JSON.stringify(body), { status, headers });
  }

  #mine(secret: string): Response {
    this.mines++;
    const row = this.devices.get(secret);
    if (!row) return this.#json({ status: 401, code: "unknown_device", detail: "" }, 401);
    const { push, ...rest } = row;
    return this.#json({ ...rest, answers: [], vapid_key: this.vapid, push: push !== null, push_key: push });
  }

  #one(secret: string, line: Line): object {
    const known = this.#answered.get(line.id);
    if (known) return { ...known, again: true };
    this.said.push({ ...line, secret });
    const code = this.no.get(line.verb);
    const reply = code
      ? { id: line.id, again: false, status: "refused", code, detail: "Nej." }
      : { id: line.id, again: false, status: "applied", seq: {}, result: this.#do(secret, line) };
    this.#answered.set(line.id, reply);
    return reply;
  }

  #do(secret: string, { verb, subject, args }: Line): object {
    let row = this.devices.get(secret);
    if (!row && MAKES.has(verb)) {
      row = { follows: [], skips: [], met: [], push: null };
      this.devices.set(secret, row);
    }
    if (verb === "forget_device") this.devices.delete(secret);
    if (!row) return {};
    const { kind, id } = subject;
    if (verb === "follow" || verb === "unfollow") {
      row.follows = row.follows.filter((one) => one.kind !== kind || one.id !== id);
      if (verb === "unfollow") return {};
      const follow = {
        kind,
        id,
        when: args.when as string[],
        only: (args.only as string) ?? null,
        since: "2026-03-01",
      };
      row.follows.push(follow);
      return { follow };
    }
    const time = { event_id: id, day: String(args.day) };
    const others = <T extends { event_id: string; day: string }>(all: T[]) =>
      all.filter((one) => one.event_id !== id || one.day !== time.day);
    if (verb === "skip") {
      row.skips = others(row.skips);
      if (args.skip !== false) row.skips.push(time);
      return { skip: args.skip === false ? null : time };
    }
    if (verb === "ask_met") {
      row.met = others(row.met);
      const met = { ...time, answer: null, answered_at: null };
      if (args.asks !== false) row.met.push(met);
      return { met: args.asks === false ? null : met };
    }
    row.push = args.endpoint === null ? null : String(args.key);
    return { push: row.push !== null };
  }
}

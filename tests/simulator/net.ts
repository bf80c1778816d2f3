// The network between phones and server. Nothing arrives by itself: the run decides what becomes of each request and of each reply.
import type { Answer, Net } from "#phone/port.ts";
import type { Page, Results } from "#phone/wire.gen.ts";
import type { Counts } from "./kinds.ts";
import type { Raw, Yard } from "./yard.ts";

/** Whoever asks; one that is gone hears of nothing any more. */
export interface Asker {
  readonly name: string;
  readonly gone: boolean;
  /** Put to sleep by the system: nothing reaches it, and no time goes by for it. */
  readonly asleep: boolean;
  /** The HTTP cache of its phone, by path. */
  readonly cache: Map<string, Raw>;
}

interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: string | undefined;
}

/** A request that somebody waits for. */
export interface Message extends Asked {
  readonly nr: number;
  readonly from: Asker;
  /** Past the HTTP cache. */
  readonly reload: boolean;
  readonly sent_at: number;
  /** The server's reply, on its way back; null while the request is on its way there. */
  raw: Raw | null;
  readonly hear: (raw: Raw) => void;
  readonly fail: (why: string) => void;
}

const TIMEOUT_MS = 30_000;
const NDJSON = { "content-type": "application/x-ndjson" };

export class Network {
  /** Asked for and not yet ended, oldest first. */
  messages: Message[] = [];
  /** Requests that nobody waits for any more and that may still arrive. */
  readonly ghosts: Asked[] = [];
  /** By epoch: ids of ops that the server has said are applied, whoever heard it, and that it should still know. */
  readonly applied = new Map<string, Set<string>>();
  /** Epoch and id of all that any server ever said is applied. */
  readonly said = new Set<string>();
  private readonly yard: Yard;
  private readonly counts: Counts;
  private readonly now: () => number;
  /** Whether a 304 comes through as it is. */
  private readonly bare: () => boolean;
  private nr = 0;

  constructor(yard: Yard, counts: Counts, now: () => number, bare: () => boolean) {
    this.yard = yard;
    this.counts = counts;
    this.now = now;
    this.bare = bare;
  }

  net(from: Asker): Net {
    return {
      page: (scope, since, reload) => {
        const query = since === null ? "" : `?since=${encodeURIComponent(since)}`;
        return this.ask<Page>(from, { method: "GET", path: `/api/v1/sync/${scope}${query}`, body: undefined }, reload);
      },
      ops: (body, _credential, epoch) => {
        const path = epoch ? `/api/v1/ops?epoch=${epoch}` : "/api/v1/ops";
        return this.ask<Results>(from, { method: "POST", path, body }, false);
      },
    };
  }

  private ask<T>(from: Asker, asked: Asked, reload: boolean): Promise<Answer<T>> {
    return new Promise((done, failed) => {
      const end = (): boolean => {
        this.messages = this.messages.filter((one) => one !== message);
        return !from.gone;
      };
      const message: Message = {
        ...asked,
        nr: ++this.nr,
        from,
        reload,
        sent_at: this.now(),
        raw: null,
        hear: (raw) => {
          if (!end()) return;
          if (asked.method === "GET" && raw.status === 200 && raw.etag) from.cache.set(asked.path, raw);
          try {
            done(answerOf<T>(raw));
          } catch (error) {
            failed(error);
          }
        },
        fail: (why) => {
          if (end()) failed(new Error(why));
        },
      };
      this.messages.push(message);
    });
  }

  /** The request reaches the server, which answers: the reply is on its way back. False: nobody there. */
  async deliver(message: Message): Promise<boolean> {
    const kept = message.reload || message.method === "POST" ? undefined : message.from.cache.get(message.path);
    try {
      const raw = await this.reach(message, kept?.etag ? { "if-none-match": kept.etag } : {});
      // A browser gives what it has kept; whoever asks by itself hears the 304.
      message.raw = raw.status === 304 && kept && !this.bare() ? kept : raw;
      return true;
    } catch {
      return false;
    }
  }

  /** The same request once more, or an old one at last: the server does what it is told, and nobody hears the reply. */
  async again(asked: Asked): Promise<void> {
    await this.reach(asked, {}).catch(() => undefined);
  }

  /** What has been out too long is given up; a request may arrive all the same. */
  timeOut(): Message[] {
    const late = this.messages.filter((one) => !one.from.asleep && this.now() - one.sent_at >= TIMEOUT_MS);
    for (const one of late) {
      if (one.raw === null) this.ghosts.push(one);
      one.fail("no answer within 30 s");
    }
    return late;
  }

  /** Drops what a tab that is gone has asked for; what was on its way there may arrive. */
  leave(from: Asker): void {
    const theirs = this.messages.filter((one) => one.from === from);
    this.messages = this.messages.filter((one) => one.from !== from);
    this.ghosts.push(...theirs.filter((one) => one.raw === null));
  }

  /** A copy was put back under this epoch: of these ops it has never heard. */
  forgetting(epoch: string, ids: ReadonlySet<string>): void {
    for (const id of ids) this.applied.get(epoch)?.delete(id);
  }

  private async reach(asked: Asked, headers: Record<string, string>): Promise<Raw> {
    this.counts.requests++;
    const { method, path, body } = asked;
    const raw = await this.yard.ask(method, path, method === "POST" ? NDJSON : headers, body);
    if (method === "POST" && raw.status === 200) this.note(JSON.parse(raw.text));
    return raw;
  }

  private note({ epoch, results }: Results): void {
    const known = this.applied.get(epoch) ?? new Set();
    this.applied.set(epoch, known);
    for (const one of results) {
      if (one.status === "applied") {
        known.add(one.id);
        this.said.add(`${epoch} ${one.id}`);
      } else if (one.status === "refused") this.counts.of.no++;
      else if (one.code === "busy" || one.code === "full") this.counts.of.busy++;
      else if (one.code === "rate_limited") this.counts.of.limited++;
      else if (one.code !== "blocked") this.counts.of.unknown++;
    }
  }
}

/** As pwa/src/api/ask.ts reads it: JSON of ours or no answer. */
function answerOf<T>({ status, type, retryAfter, text }: Raw): Answer<T> {
  const wait = Number.parseInt(retryAfter ?? "", 10);
  const told = Number.isNaN(wait) ? {} : { retry_after_s: wait };
  if (status === 200 && type === "application/json") return { status: 200, body: JSON.parse(text) as T };
  if (status === 304) return { status, code: null };
  if (type !== "application/problem+json") throw new Error(`${status} ${type}`);
  return { status, code: JSON.parse(text).code, ...told };
}

/** What stands between phone and server and answers in its place. */
export function portals(): Raw[] {
  const html = { etag: null, retryAfter: null, text: "<html>Velkommen til hotellet. Log ind her.</html>" };
  return [
    { ...html, status: 200, type: "text/html" },
    { ...html, status: 403, type: "text/html" },
    { ...html, status: 502, type: "text/html", retryAfter: "5" },
    { ...html, status: 200, type: "application/json", text: '{"login":"https://hotel.example/"}' },
    { ...html, status: 200, type: "application/json", text: '{"epoch":"x","results":[]}' },
    { ...html, status: 511, type: "application/json", text: "{}" },
  ];
}

/** The same reply, of which the end has not come. */
export function cut(raw: Raw, part: number): Raw {
  return { ...raw, etag: null, text: raw.text.slice(0, Math.floor((raw.text.length - 1) * part)) };
}

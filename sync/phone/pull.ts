// Reading: page after page until the copy is whole, each page and its cursor in one transaction (PROTOCOL.md, P).
// A copy that is of another history, or does not add up, is read afresh beside the shown one, which stays until the new one is whole.
import { reached } from "./cursor.ts";
import { hex, moved } from "./digest.ts";
import type { Answer, Around, FeedNews, FeedPort, FeedTx, Generation, Kept, Net } from "./port.ts";
import type { Change, Page, Scope } from "./wire.gen.ts";

/** A copy that did not add up is read afresh once; if that one does not either, not again before this time. */
export const REREAD_MS = 3_600_000;
/** The server may begin anew while we read; so often in one pull, then the next pull goes on. */
const RESTARTS = 3;

export interface Told {
  /** The epoch of a page, before that page is written: `epochSeen` of outbox.ts, so that ops wait again before a new copy is shown. */
  readonly epoch?: (epoch: string) => Promise<void>;
  readonly news?: (news: FeedNews) => void;
}

export interface Pulled {
  /**
   * done: read to the end. unreached: no answer, or one that is not ours; try later. login: 401, what is kept stays. forbidden: 403, the
   * scope is deleted. overtaken: another tab reads the same. trouble: the server answered what it should not.
   */
  readonly end: "done" | "unreached" | "login" | "forbidden" | "overtaken" | "trouble";
  readonly pages: number;
  /** A copy did not add up and was begun afresh. */
  readonly reread: boolean;
  /** The shown copy still does not add up. */
  readonly differs: boolean;
  readonly retry_after_s?: number;
}

/** Reads a scope to its end. Rejects only where the store does (full, closed); what was committed stays. */
export function pull(scope: Scope, port: FeedPort, net: Net, around: Around, told: Told = {}): Promise<Pulled> {
  return around.lock("pull", () => new Reading(scope, port, net, around, told).run());
}

/** Up to where a copy has all that its cursor says: what the overlay goes by. */
export function wholeOf(copy: Generation | null): string | null {
  return copy === null ? null : copy.whole === undefined ? copy.cursor : copy.whole;
}

/** Deletes a scope from the phone: logging out, 403, 30 days unseen. */
export async function forget(scope: Scope, port: FeedPort, told: Told = {}): Promise<void> {
  await port.tx(scope, async (tx) => {
    const { next } = await tx.kept();
    await tx.keep({ shown: null, fresh: null, next, reread_at: null, differs: false });
    await tx.sweep([]);
  });
  told.news?.({ what: "gone", scope });
}

type Step = "more" | "whole" | "again" | "overtaken" | "trouble";

class Reading {
  private pages = 0;
  private restarts = 0;
  private reread = false;
  private differs = false;
  private epoch: string | null = null;
  private readonly scope: Scope;
  private readonly port: FeedPort;
  private readonly net: Net;
  private readonly around: Around;
  private readonly told: Told;

  constructor(scope: Scope, port: FeedPort, net: Net, around: Around, told: Told) {
    this.scope = scope;
    this.port = port;
    this.net = net;
    this.around = around;
    this.told = told;
  }

  async run(): Promise<Pulled> {
    for (;;) {
      const target = await this.port.tx(this.scope, begin);
      let answer: Answer<Page>;
      try {
        answer = await this.net.page(this.scope, target.cursor, target.reload);
      } catch {
        return this.end("unreached");
      }
      if (answer.status !== 200 || !("body" in answer)) {
        const end = await this.other(answer as Exclude<Answer<Page>, { body: Page }>, target);
        if (end) return end;
        continue;
      }
      if (!isPage(answer.body)) return this.end("unreached");
      const step = await this.take(answer.body, target);
      if (step === "whole") return this.end("done");
      if (step === "overtaken" || step === "trouble") return this.end(step);
    }
  }

  private end(end: Pulled["end"], retry_after_s?: number): Pulled {
    const { pages, reread, differs } = this;
    return { end, pages, reread, differs, ...(retry_after_s === undefined ? {} : { retry_after_s }) };
  }

  /** Any answer but a page. null: go on, a fresh copy has begun. */
  private async other(answer: Exclude<Answer<Page>, { body: Page }>, target: Generation): Promise<Pulled | null> {
    const { status, code } = answer;
    if (status === 304) {
      await this.tell(target.cursor);
      return (await this.unchanged(target)) ? this.end("done") : this.end("overtaken");
    }
    if (status === 401) return this.end("login");
    // What everybody may read is never forbidden: a 403 there, or one that is no problem document, comes from something in between.
    if (status === 403 && code !== null && this.scope !== "public") {
      await forget(this.scope, this.port, this.told);
      return this.end("forbidden");
    }
    if ((status === 410 && code === "resync") || (status === 422 && code === "bad_cursor")) {
      if (target.cursor === null || ++this.restarts > RESTARTS) return this.end("trouble");
      return (await this.port.tx(this.scope, (tx) => beginAfresh(tx, target))) ? null : this.end("overtaken");
    }
    return this.end("unreached", answer.retry_after_s);
  }

  private unchanged(target: Generation): Promise<boolean> {
    return this.port.tx(this.scope, async (tx) => {
      const kept = await tx.kept();
      if (!same(kept.shown, target) || kept.fresh) return false;
      await tx.keep({ ...kept, shown: { ...target, read_at: this.around.now() } });
      this.differs = kept.differs;
      return true;
    });
  }

  private async take(page: Page, target: Generation): Promise<Step> {
    this.pages++;
    if (!reached(page.cursor) || (page.more && page.cursor === target.cursor)) return "trouble";
    await this.tell(page.cursor);
    const news: FeedNews[] = [];
    const step = await this.port.tx(this.scope, (tx) => this.write(tx, page, target, news));
    for (const one of news) this.told.news?.(one);
    return step;
  }

  /** Of which epoch the server is: before anything of it is written, and once. */
  private async tell(cursor: string | null): Promise<void> {
    const epoch = cursor === null ? undefined : reached(cursor)?.epoch;
    if (epoch !== undefined && epoch !== this.epoch) await this.told.epoch?.(epoch);
    this.epoch = epoch ?? null;
  }

  private async write(tx: FeedTx, page: Page, target: Generation, news: FeedNews[]): Promise<Step> {
    const kept = await tx.kept();
    if (!same(kept.fresh ?? kept.shown, target)) return "overtaken";
    const { gen } = target;
    const digest = await add(tx, target, page.changes);
    await tx.write(gen, page.changes);
    const now = this.around.now();
    const read: Generation = {
      gen,
      cursor: page.cursor,
      whole: page.more ? wholeOf(target) : page.cursor,
      digest,
      read_at: page.more ? target.read_at : now,
      reload: page.more && target.reload,
    };
    const beside = kept.fresh !== null && kept.shown !== null;
    if (!beside) news.push({ what: "page", scope: this.scope, gen, changes: page.changes });
    if (page.more) {
      await tx.keep(kept.fresh ? { ...kept, fresh: read } : { ...kept, shown: read });
      return "more";
    }
    const right = page.digest === undefined || page.digest === hex(digest);
    const again = !right && mayReread(kept, now);
    this.reread ||= again;
    this.differs = !right && !again;
    if (again && beside) {
      // The copy beside is not right: the shown one stays, a third is begun.
      await tx.keep({ ...kept, fresh: blank(kept.next, true), next: kept.next + 1, reread_at: now });
      await tx.sweep([kept.shown?.gen ?? 0]);
      return "again";
    }
    await tx.keep({
      shown: read,
      fresh: again ? blank(kept.next, true) : null,
      next: again ? kept.next + 1 : kept.next,
      reread_at: again ? now : right ? null : kept.reread_at,
      differs: !right,
    });
    if (beside) {
      await tx.sweep([gen]);
      news.push({ what: "swap", scope: this.scope, gen });
    }
    return again ? "again" : "whole";
  }
}

/** What is read next: the copy beside if there is one, else the shown one; the very first time a copy is begun. */
async function begin(tx: FeedTx): Promise<Generation> {
  const kept = await tx.kept();
  const target = kept.fresh ?? kept.shown;
  if (target) return target;
  const fresh = blank(kept.next, false);
  await tx.keep({ ...kept, fresh, next: kept.next + 1 });
  return fresh;
}

/** Another history: a copy is begun beside. What a broken-off first read has brought stays on screen meanwhile. */
async function beginAfresh(tx: FeedTx, target: Generation): Promise<boolean> {
  const kept = await tx.kept();
  if (!same(kept.fresh ?? kept.shown, target)) return false;
  const shown = kept.shown ?? kept.fresh;
  await tx.keep({ ...kept, shown, fresh: blank(kept.next, target.reload), next: kept.next + 1 });
  await tx.sweep(shown ? [shown.gen] : []);
  return true;
}

function blank(gen: number, reload: boolean): Generation {
  return { gen, cursor: null, whole: null, digest: 0, read_at: null, reload };
}

/** Nobody else has moved this copy since we asked for its next page. */
function same(kept: Generation | null, target: Generation): boolean {
  return kept?.gen === target.gen && kept.cursor === target.cursor;
}

function mayReread(kept: Kept, now: number): boolean {
  return kept.reread_at === null || now - kept.reread_at >= REREAD_MS || now < kept.reread_at;
}

/** The copy's digest after these changes, from what it holds before them. */
async function add(tx: FeedTx, copy: Generation, changes: readonly Change[]): Promise<number> {
  const held = copy.cursor === null ? [] : await tx.versions(copy.gen, changes);
  const now = new Map<string, string | null>();
  let digest = copy.digest;
  changes.forEach((change, index) => {
    const key = `${change.kind}\n${change.id}`;
    digest = moved(digest, now.has(key) ? (now.get(key) ?? null) : (held[index] ?? null), change.v);
    now.set(key, change.v);
  });
  return digest;
}

/** A portal's 200 is no page: only the outermost shape is looked at, bodies are the screens'. */
function isPage(page: unknown): page is Page {
  if (typeof page !== "object" || page === null) return false;
  const { cursor, more, changes } = page as Partial<Record<keyof Page, unknown>>;
  return (
    typeof cursor === "string" &&
    typeof more === "boolean" &&
    Array.isArray(changes) &&
    changes.every(
      (c) =>
        typeof c?.kind === "string" &&
        typeof c.id === "string" &&
        (c.v === null) === (c.body === null) &&
        (c.v === null || (typeof c.v === "string" && /^[0-9a-f]{8}$/.test(c.v))),
    )
  );
}

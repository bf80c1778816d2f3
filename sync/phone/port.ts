// What the phone's end of the protocol needs from its surroundings: a store for the feed, a store for the outbox, a net, and
// locks, clock, chance. It knows neither IndexedDB nor DOM; a memory port serves the tests, the PWA's store serves people.
import type { Change, Page, Result, Results, Scope, Subject } from "./wire.gen.ts";

/** One copy of a scope. Rows lie under `[gen, scope, kind, id]`; a copy is read page by page, its cursor moves with its rows. */
export interface Generation {
  readonly gen: number;
  /** Opaque, as the server gave it; null before page one. */
  readonly cursor: string | null;
  /**
   * The cursor at which it was last read to its end, null while it never was. Between two pages a thing that has just changed again is
   * not there at all, so what is drawn over a copy goes by this (`wholeOf`). Absent in what an older app has kept.
   */
  readonly whole?: string | null;
  /** Sum of `v` over the rows of this copy, mod 2^32; kept beside them, never counted anew. */
  readonly digest: number;
  /** The server's clock in ms, when it was last read to its end; null while it never was. */
  readonly read_at: number | null;
  /** This copy is being read past the HTTP cache, because the one before did not add up. */
  readonly reload: boolean;
}

/** What is kept of a scope beside its rows. One record a scope. */
export interface Kept {
  /** What screens show. null before the first read is whole: then they show `fresh` as it comes. */
  readonly shown: Generation | null;
  /** The copy being read beside the shown one; survives a closed app and is read on. */
  readonly fresh: Generation | null;
  /** The number of the next copy; numbers are never used twice. */
  readonly next: number;
  /** When a copy that did not add up was last begun afresh (ms); null once one was right. */
  readonly reread_at: number | null;
  /** The shown copy does not add up even so: say it. */
  readonly differs: boolean;
}

export const NOTHING: Kept = { shown: null, fresh: null, next: 1, reread_at: null, differs: false };

/**
 * One transaction over one scope's rows and its `Kept`: all of it or nothing, also when the app is killed.
 * Inside, only these functions are awaited (an IndexedDB transaction closes at anything else).
 */
export interface FeedTx {
  /** NOTHING where nothing is kept. */
  kept(): Promise<Kept>;
  keep(kept: Kept): Promise<void>;
  /** The `v` of each of these things in a copy, null where it has none; in the same order. Ask all at once: it is one round. */
  versions(gen: number, things: readonly Subject[]): Promise<readonly (string | null)[]>;
  /** Writes each change into a copy: with a body it is put (whatever its kind, known or not), without one its row is deleted. In order. */
  write(gen: number, changes: readonly Change[]): Promise<void>;
  /** Deletes all rows of this scope but those of these copies. */
  sweep(but: readonly number[]): Promise<void>;
}

export interface FeedPort {
  /** Runs `work` in one read-write transaction of this scope. It rejects when the transaction did not commit (disk full …). */
  tx<T>(scope: Scope, work: (tx: FeedTx) => Promise<T>): Promise<T>;
}

export type Credential = "none" | "device" | "guide" | "session";

/**
 * waiting: goes out with the next batch. sent: is out, no answer yet; goes out again as it is. applied: the server has it; kept 14 days.
 * refused: the server said no; stays with its reason until the person mends or discards it.
 */
export type OpState = "waiting" | "sent" | "applied" | "refused";

/** An op in the outbox. */
export interface KeptOp {
  readonly id: string;
  /** The op as the line that is sent; its bytes never change, the server compares their hash. `opOf` reads it. */
  readonly line: string;
  /** When it was made, for the person; the line of an anonymous op, or a device's, says the day alone. */
  readonly made_at: string;
  readonly verb: string;
  readonly subject: Subject;
  readonly credential: Credential;
  /** Its place: ops of one subject keep this order. */
  readonly order: number;
  readonly state: OpState;
  /** How often it was answered `later` in a row; sets how long it waits. */
  readonly delays: number;
  /** It sets fields of its thing (fold.ts): one of a thing goes at a time. */
  readonly edit?: true;
  /** It has been sent at least once, so the server may know it: it is never folded into another. */
  readonly offered: boolean;
  /** Not sent again before this moment (ms by the port's clock); 0: at once. */
  readonly not_before: number;
  /** The server's last answer, whole: code, detail, at, seq, result stand there. */
  readonly reply: Result | null;
  /** Where applied: the epoch that took it. */
  readonly epoch: string | null;
  /**
   * Applied, and no feed was changed by it: another had said the same before. The phone may not have read that yet, so it stays drawn
   * until a read that began later has come to its end (`caughtUp`).
   */
  readonly unread?: true;
  /** When applied or refused was written down (ms). It stays on an op that a new epoch has brought back to waiting. */
  readonly settled_at: number | null;
}

/** A wait: drawn once at `since`, over at `until` (ms by the port's clock). */
export interface Hold {
  readonly since: number;
  readonly until: number;
}

/** What keeps requests apart in time, for all tabs and past a closed app: no anonymous op beside what the same phone sends otherwise. */
export interface Apart {
  /** The anonymous op that went out last, if nothing else has since: it may go again at once, it joins nothing. */
  readonly last: string | null;
  /** Anonymous ops that the server has never answered. */
  readonly first: Hold;
  /** Anonymous ops that another epoch had taken. */
  readonly again: Hold;
  /** Whatever carries a credential. */
  readonly known: Hold;
}

const OVER: Hold = { since: 0, until: 0 };
export const NEVER_APART: Apart = { last: null, first: OVER, again: OVER, known: OVER };

/** One transaction over the outbox and what lies beside it in `own`. The same rule: only these are awaited inside. */
export interface OutboxTx {
  /** All ops by `order`. */
  all(): Promise<readonly KeptOp[]>;
  /**
   * Puts or replaces by id. Where state becomes "applied", what its `reply.result` brings for `own` (a new row of /mine) is written in
   * this same transaction by the port.
   */
  put(op: KeptOp): Promise<void>;
  /** Deletes an op, and what only it holds (photos). */
  remove(id: string): Promise<void>;
  /** NEVER_APART where nothing is kept. */
  apart(): Promise<Apart>;
  keepApart(apart: Apart): Promise<void>;
}

export interface OutboxPort {
  tx<T>(work: (tx: OutboxTx) => Promise<T>): Promise<T>;
}

/**
 * An answer. `status` 200 has its body. Every other has the problem document's `code` (null where the body was no problem document of
 * ours: a hotel's portal, a proxy) and Retry-After in seconds where it was told.
 */
export type Answer<T> =
  | { readonly status: 200; readonly body: T }
  | { readonly status: number; readonly code: string | null; readonly retry_after_s?: number };

/**
 * Requests. Each ends within 30 s (AbortSignal.timeout) and rejects, with whatever error, when no whole answer came: no network, time
 * over, cut in the middle, a 200 that is no JSON. Public reads and batches of credential "none" go with `credentials: "omit"`.
 */
export interface Net {
  /** GET /api/v1/sync/{scope}?since=… (no `since` where null). `reload`: past the HTTP cache (`cache: "reload"`). */
  page(scope: Scope, since: string | null, reload: boolean): Promise<Answer<Page>>;
  /**
   * POST /api/v1/ops, application/x-ndjson, the body as given. `epoch` (`?epoch=…`, left out where null): the server of any other answers
   * 410 `resync`, and nothing has run.
   */
  ops(body: string, credential: Credential, epoch: string | null): Promise<Answer<Results>>;
}

/** Locks, clock, chance, ids. */
export interface Around {
  /**
   * Runs `work` while holding the lock of this name in every tab and in the service worker. One that has been held over 60 s is taken
   * (`steal`): then two work at once, which the protocol stands.
   */
  lock<T>(name: "pull" | "send", work: () => Promise<T>): Promise<T>;
  /** Milliseconds by the server's clock as well as it is known. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  /** A new UUID, lower case; for an anonymous op a random one (version 4), since a UUIDv7 says when it was made. */
  id(): string;
}

/** Told after each transaction that changed what screens show; other tabs are told by whoever listens. */
export type FeedNews =
  /** These rows were written into the copy on screen (on the very first read the copy being read is on screen). */
  | { readonly what: "page"; readonly scope: Scope; readonly gen: number; readonly changes: readonly Change[] }
  /** Another copy is now the shown one: read all of it. */
  | { readonly what: "swap"; readonly scope: Scope; readonly gen: number }
  /** The scope was deleted from the phone. */
  | { readonly what: "gone"; readonly scope: Scope };

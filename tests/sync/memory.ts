// The ports of sync/phone in memory: a store whose transactions are whole or nothing, a clock that is set, chance with a seed.
import {
  type Apart,
  type Around,
  type FeedPort,
  type FeedTx,
  type Kept,
  type KeptOp,
  NEVER_APART,
  NOTHING,
  type OutboxPort,
  type OutboxTx,
} from "#phone/port.ts";
import type { Change, Scope } from "#phone/wire.gen.ts";

/** mulberry32: the same numbers for the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Copy {
  kept: Kept;
  /** By `gen`, then by kind and id. */
  rows: Map<number, Map<string, Change>>;
}

export class MemoryFeed implements FeedPort {
  private readonly scopes = new Map<Scope, Copy>();
  private line: Promise<unknown> = Promise.resolve();
  /** Set: the next transaction fails when it should commit, as on a full disk. */
  full = false;

  tx<T>(scope: Scope, work: (tx: FeedTx) => Promise<T>): Promise<T> {
    const run = this.line.then(async () => {
      const before = this.copy(scope);
      const draft: Copy = {
        kept: before.kept,
        rows: new Map([...before.rows].map(([gen, rows]) => [gen, new Map(rows)])),
      };
      const done = await work(feedTx(draft));
      if (this.full) throw new Error("full");
      this.scopes.set(scope, draft);
      return done;
    });
    this.line = run.catch(() => {});
    return run;
  }

  kept(scope: Scope): Kept {
    return this.copy(scope).kept;
  }

  /** v by kind and id of what is on screen. */
  shown(scope: Scope): Record<string, string | null> {
    const { kept, rows } = this.copy(scope);
    const gen = (kept.shown ?? kept.fresh)?.gen;
    return Object.fromEntries([...(rows.get(gen ?? 0) ?? [])].map(([key, row]) => [key, row.v]).sort());
  }

  gens(scope: Scope): number[] {
    return [...this.copy(scope).rows].filter(([, rows]) => rows.size > 0).map(([gen]) => gen);
  }

  /** What a bug or a broken disk does: a row goes without anybody noticing. */
  lose(scope: Scope, key: string): void {
    for (const rows of this.copy(scope).rows.values()) rows.delete(key);
  }

  spoilDigest(scope: Scope): void {
    const copy = this.copy(scope);
    const { shown } = copy.kept;
    if (shown) copy.kept = { ...copy.kept, shown: { ...shown, digest: shown.digest ^ 1 } };
  }

  private copy(scope: Scope): Copy {
    let copy = this.scopes.get(scope);
    if (!copy) {
      copy = { kept: NOTHING, rows: new Map() };
      this.scopes.set(scope, copy);
    }
    return copy;
  }
}

function feedTx(draft: Copy): FeedTx {
  const key = (thing: { kind: string; id: string }) => `${thing.kind} ${thing.id}`;
  return {
    kept: async () => draft.kept,
    keep: async (kept) => {
      draft.kept = kept;
    },
    versions: async (gen, things) => things.map((thing) => draft.rows.get(gen)?.get(key(thing))?.v ?? null),
    write: async (gen, changes) => {
      const rows = draft.rows.get(gen) ?? new Map<string, Change>();
      draft.rows.set(gen, rows);
      for (const change of changes) {
        if (change.body === null) rows.delete(key(change));
        else rows.set(key(change), change);
      }
    },
    sweep: async (but) => {
      for (const gen of [...draft.rows.keys()]) if (!but.includes(gen)) draft.rows.delete(gen);
    },
  };
}

export class MemoryOutbox implements OutboxPort {
  private ops = new Map<string, KeptOp>();
  apart: Apart = NEVER_APART;
  private line: Promise<unknown> = Promise.resolve();

  tx<T>(work: (tx: OutboxTx) => Promise<T>): Promise<T> {
    const run = this.line.then(async () => {
      const draft = new Map(this.ops);
      let { apart } = this;
      const done = await work({
        all: async () => sorted(draft),
        put: async (op) => void draft.set(op.id, op),
        remove: async (id) => void draft.delete(id),
        apart: async () => apart,
        keepApart: async (kept) => {
          apart = kept;
        },
      });
      this.ops = draft;
      this.apart = apart;
      return done;
    });
    this.line = run.catch(() => {});
    return run;
  }

  all(): readonly KeptOp[] {
    return sorted(this.ops);
  }

  states(): string[] {
    return this.all().map((op) => op.state);
  }
}

function sorted(ops: ReadonlyMap<string, KeptOp>): KeptOp[] {
  return [...ops.values()].sort((a, b) => a.order - b.order);
}

export class MemoryAround implements Around {
  clock = Date.parse("2026-04-01T07:00:00Z");
  readonly random: () => number;
  private ids = 0;
  private readonly held = new Map<string, Promise<unknown>>();
  /** No lock at all: what `steal` comes to. */
  stolen = false;

  constructor(seed = 1) {
    this.random = chance(seed);
  }

  lock<T>(name: "pull" | "send", work: () => Promise<T>): Promise<T> {
    if (this.stolen) return work();
    const run = (this.held.get(name) ?? Promise.resolve()).then(work);
    this.held.set(
      name,
      run.catch(() => {}),
    );
    return run;
  }

  now(): number {
    return this.clock;
  }

  id(): string {
    this.ids++;
    return `019d3000-0000-7000-8000-${this.ids.toString(16).padStart(12, "0")}`;
  }
}

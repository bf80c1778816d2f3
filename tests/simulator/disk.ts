// What a phone keeps, in memory: transactions are whole or nothing, and what was committed is all that a phone that dies has left.
import {
  type Apart,
  type FeedPort,
  type Generation,
  type Kept,
  type KeptOp,
  NEVER_APART,
  NOTHING,
  type OutboxPort,
} from "#phone/port.ts";
import type { Change, Scope } from "#phone/wire.gen.ts";

/** commit: as it should. fail: it is not written, and says so. before, after: the phone dies just then. */
export type Fate = "commit" | "fail" | "before" | "after";

/** Whoever works on the disk. */
export interface Worker {
  readonly gone: boolean;
}

export interface Copy {
  readonly kept: Kept;
  /** By `gen`, then by kind and id. */
  readonly rows: ReadonlyMap<number, ReadonlyMap<string, Change>>;
}

interface Outbox {
  readonly ops: ReadonlyMap<string, KeptOp>;
  readonly apart: Apart;
}

export interface Heard {
  /** Decides of a transaction that is about to commit. */
  fate(): Fate;
  die(): void;
  feedMoved(before: Copy, after: Copy, by: Worker): void;
  outboxMoved(before: ReadonlyMap<string, KeptOp>, after: ReadonlyMap<string, KeptOp>): void;
  /** A transaction awaited something that is none of its own: on a real disk it would have closed. */
  closed(): void;
}

type Line = { last: Promise<unknown> };
type End<T> = { readonly value: T } | "gone";

export class Disk {
  feed: Copy = { kept: NOTHING, rows: new Map() };
  outbox: Outbox = { ops: new Map(), apart: NEVER_APART };
  private readonly heard: Heard;
  private readonly feedLine: Line = { last: Promise.resolve() };
  private readonly outboxLine: Line = { last: Promise.resolve() };

  constructor(heard: Heard) {
    this.heard = heard;
  }

  /** All ops by `order`. */
  get ops(): readonly KeptOp[] {
    return sorted(this.outbox.ops);
  }

  feedPort(by: Worker): FeedPort {
    return {
      tx: (_scope: Scope, work) =>
        this.run(by, this.feedLine, async () => {
          const before = this.feed;
          let { kept } = before;
          const rows = new Map(before.rows);
          const value = await work({
            kept: async () => kept,
            keep: async (now) => {
              kept = now;
            },
            versions: async (gen, things) => things.map((thing) => rows.get(gen)?.get(keyOf(thing))?.v ?? null),
            write: async (gen, changes) => {
              const copy = new Map(rows.get(gen));
              rows.set(gen, copy);
              for (const change of changes) {
                if (change.body === null) copy.delete(keyOf(change));
                else copy.set(keyOf(change), change);
              }
            },
            sweep: async (but) => {
              for (const gen of [...rows.keys()]) if (!but.includes(gen)) rows.delete(gen);
            },
          });
          return () => {
            this.feed = { kept, rows };
            this.heard.feedMoved(before, this.feed, by);
            return value;
          };
        }),
    };
  }

  outboxPort(by: Worker): OutboxPort {
    return {
      tx: (work) =>
        this.run(by, this.outboxLine, async () => {
          const before = this.outbox;
          let { apart } = before;
          const ops = new Map(before.ops);
          const value = await work({
            all: async () => sorted(ops),
            put: async (op) => void ops.set(op.id, op),
            remove: async (id) => void ops.delete(id),
            apart: async () => apart,
            keepApart: async (now) => {
              apart = now;
            },
          });
          return () => {
            this.outbox = { ops, apart };
            this.heard.outboxMoved(before.ops, ops);
            return value;
          };
        }),
    };
  }

  /** One transaction after another. `work` makes a draft and returns what commits it. */
  private async run<T>(by: Worker, line: Line, work: () => Promise<() => T>): Promise<T> {
    const mine = line.last.then(async (): Promise<End<T>> => {
      if (by.gone) return "gone";
      let over = false;
      setImmediate(() => {
        if (!over) this.heard.closed();
      });
      const commit = await work().finally(() => {
        over = true;
      });
      const fate = this.heard.fate();
      if (fate === "fail") throw new Error("the transaction did not commit");
      if (fate === "before") this.heard.die();
      if (by.gone) return "gone";
      const value = commit();
      if (fate === "after") this.heard.die();
      return by.gone ? "gone" : { value };
    });
    line.last = mine.catch(() => undefined);
    const end = await mine;
    return end === "gone" ? new Promise<never>(() => {}) : end.value;
  }
}

/** Which copy screens show: the whole one, or on the very first read the one that is coming. */
export const onScreen = ({ shown, fresh }: Kept): Generation | null => shown ?? fresh;

export const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

function sorted(ops: ReadonlyMap<string, KeptOp>): KeptOp[] {
  return [...ops.values()].sort((a, b) => a.order - b.order);
}

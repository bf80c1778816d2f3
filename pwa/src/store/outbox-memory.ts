// The outbox where the phone keeps nothing, or has no room. Comes with writing.ts: nobody needs it before something is written.
import { type Apart, type KeptOp, NEVER_APART } from "#phone/port.ts";
import { byOrder, type OwnPort, type OwnTx } from "./outbox.ts";

export class OutboxInMemory implements OwnPort {
  /** As it lay on the disk when that failed: what is another object now has changed since. */
  readonly #before: ReadonlyMap<string, KeptOp>;
  #ops: Map<string, KeptOp>;
  #apart: Apart = NEVER_APART;
  readonly #mineBefore: unknown;
  #mine: unknown;
  #home: OwnPort | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `mine`: what the phone follows, as it lay on the disk. */
  constructor(ops: Iterable<KeptOp>, mine?: unknown) {
    this.#mine = mine;
    this.#mineBefore = mine;
    this.#before = new Map([...ops].map((op) => [op.id, op]));
    this.#ops = new Map(this.#before);
  }

  tx<T>(work: (tx: OwnTx) => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      if (this.#home) return this.#home.tx(work);
      const ops = new Map(this.#ops);
      let [apart, own] = [this.#apart, this.#mine];
      const result = await work({
        all: async () => byOrder([...ops.values()]),
        put: async (op) => void ops.set(op.id, op),
        remove: async (id) => void ops.delete(id),
        apart: async () => apart,
        keepApart: async (kept) => {
          apart = kept;
        },
        mine: async () => own,
        keepMine: async (kept) => {
          own = kept;
        },
      });
      this.#ops = ops;
      this.#apart = apart;
      this.#mine = own;
      return result;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** There may be room again: what has changed goes to the disk, and from then on every transaction. Rejects where there is none. */
  goHome(disk: OwnPort): Promise<void> {
    const mine = this.#last.then(async () => {
      if (this.#home) return;
      await disk.tx(async (tx) => {
        for (const op of this.#ops.values()) if (this.#before.get(op.id) !== op) await tx.put(op);
        for (const id of this.#before.keys()) if (!this.#ops.has(id)) await tx.remove(id);
        if (this.#apart !== NEVER_APART) await tx.keepApart(this.#apart);
        if (this.#mine !== this.#mineBefore) await tx.keepMine(this.#mine);
      });
      this.#home = disk;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

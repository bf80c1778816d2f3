// The outbox that sync/phone writes through: in `own`, or in memory where the phone keeps nothing. No DOM and no signals.
import { type Apart, type KeptOp, NEVER_APART, type OutboxPort, type OutboxTx } from "#phone/port.ts";
import { wholly } from "./handle.ts";
import { own } from "./own.ts";

const byOrder = (ops: readonly KeptOp[]): KeptOp[] => [...ops].sort((a, b) => a.order - b.order);

/** Its key among the settings. */
const APART = "apart";

export const readOps = async (): Promise<KeptOp[]> =>
  byOrder((await own.run((db) => db.getAll("outbox"))) as unknown as KeptOp[]);

export const outboxOnDisk: OutboxPort = {
  tx: (work) =>
    own.run(async (db) => {
      // Strict: "gemt" is said of an op once this has ended, and a battery may die the second after.
      const tx = db.transaction(["outbox", "settings"], "readwrite", { durability: "strict" });
      const [ops, beside] = [tx.objectStore("outbox"), tx.objectStore("settings")];
      return wholly(tx, () =>
        work({
          all: async () => byOrder((await ops.getAll()) as unknown as KeptOp[]),
          put: async (op) => void (await ops.put(op)),
          remove: (id) => ops.delete(id),
          apart: async () => ((await beside.get(APART)) as Apart | undefined) ?? NEVER_APART,
          keepApart: async (apart) => void (await beside.put(apart, APART)),
        }),
      );
    }),
};

export class OutboxInMemory implements OutboxPort {
  #ops: Map<string, KeptOp>;
  #apart: Apart = NEVER_APART;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ops: Iterable<KeptOp>) {
    this.#ops = new Map([...ops].map((op) => [op.id, op]));
  }

  tx<T>(work: (tx: OutboxTx) => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      const ops = new Map(this.#ops);
      let apart = this.#apart;
      const result = await work({
        all: async () => byOrder([...ops.values()]),
        put: async (op) => void ops.set(op.id, op),
        remove: async (id) => void ops.delete(id),
        apart: async () => apart,
        keepApart: async (kept) => {
          apart = kept;
        },
      });
      this.#ops = ops;
      this.#apart = apart;
      return result;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

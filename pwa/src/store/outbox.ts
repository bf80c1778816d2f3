// The outbox that sync/phone writes through, in `own`. No DOM and no signals. outbox-memory.ts is it for a phone that keeps nothing.
import { type Apart, type KeptOp, NEVER_APART, type OutboxTx } from "#phone/port.ts";
import { wholly } from "./handle.ts";
import { own } from "./own.ts";

export const byOrder = (ops: readonly KeptOp[]): KeptOp[] => [...ops].sort((a, b) => a.order - b.order);

/** The outbox, and in the same transaction what this phone follows (mine.ts has the shape and all that is done with it). */
export interface OwnTx extends OutboxTx {
  mine(): Promise<unknown>;
  /** undefined: there is nothing of it any more. */
  keepMine(mine: unknown): Promise<unknown>;
}

export interface OwnPort {
  tx<T>(work: (tx: OwnTx) => Promise<T>): Promise<T>;
}

/** Its key among the settings. */
const APART = "apart";

export const readOps = async (): Promise<KeptOp[]> =>
  byOrder((await own.run((db) => db.getAll("outbox"))) as unknown as KeptOp[]);

export const outboxOnDisk: OwnPort = {
  tx: (work) =>
    own.run(async (db) => {
      // Strict: "gemt" is said of an op once this has ended, and a battery may die the second after.
      const tx = db.transaction(["outbox", "settings", "device"], "readwrite", { durability: "strict" });
      const [ops, beside, device] = [tx.objectStore("outbox"), tx.objectStore("settings"), tx.objectStore("device")];
      return wholly(tx, () =>
        work({
          all: async () => byOrder((await ops.getAll()) as unknown as KeptOp[]),
          put: async (op) => void (await ops.put(op)),
          remove: (id) => ops.delete(id),
          apart: async () => ((await beside.get(APART)) as Apart | undefined) ?? NEVER_APART,
          keepApart: async (apart) => void (await beside.put(apart, APART)),
          mine: () => device.get("mine"),
          keepMine: (mine) => device.put(mine, "mine"),
        }),
      );
    }),
};

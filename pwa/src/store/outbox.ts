// The outbox that sync/phone writes through, in `own`. No DOM and no signals. outbox-memory.ts is it for a phone that keeps nothing.
import { type Apart, type KeptOp, NEVER_APART, type OutboxPort } from "#phone/port.ts";
import { wholly } from "./handle.ts";
import { own } from "./own.ts";

export const byOrder = (ops: readonly KeptOp[]): KeptOp[] => [...ops].sort((a, b) => a.order - b.order);

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

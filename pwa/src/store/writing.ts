// The writing half of sync/phone, with what only it needs. Loaded when the outbox holds something or is about to: no first row waits for it.
import type { Looking } from "#phone/apart.ts";
import { bringIn, fileOf } from "#phone/file.ts";
import { opOf } from "#phone/op.ts";
import { caughtUp, discard, enqueue, epochSeen, hold, inOverlay, retry, send } from "#phone/outbox.ts";
import type { Around, KeptOp, OutboxPort } from "#phone/port.ts";
import { around } from "./around.ts";
import { itemOf } from "./item.ts";
import { netWithSecret, withMine } from "./mine-box.ts";
import { type OwnPort, outboxOnDisk } from "./outbox.ts";
import { OutboxInMemory } from "./outbox-memory.ts";
import { netWithPhotos, sweepPhotos } from "./photos.ts";

// Every verb here is anonymous, and a UUIDv7 would tell the server the moment that a report keeps to itself: the order stands in `order`.
export const writing: Around = { ...around, id: () => crypto.randomUUID() };

/** The outbox of a phone that can not write; what it follows is known all the same where it can be read. */
export const inMemory = async (ops: Iterable<KeptOp>): Promise<OutboxInMemory> =>
  new OutboxInMemory(ops, await outboxOnDisk.tx((tx) => tx.mine()).catch(() => undefined));
export { laidOver } from "./overlay.ts";
export { fileOf, hold, inOverlay, itemOf, opOf };
export const put = (doing: Parameters<typeof enqueue>[0], box: OutboxPort, instead?: string) =>
  enqueue(doing, box, writing, instead);
export const drop = async (id: string, box: OutboxPort) => {
  await discard(id, box);
  // What only it held. Where that can not be now, it is done later.
  await sweepPhotos(true).catch(() => undefined);
};
export const again = (id: string, box: OutboxPort, args?: Record<string, unknown>) => retry(id, box, writing, args);
let swept = false;
export const sendAll = (box: OwnPort, changed: () => void, looking: Looking) => {
  // Once a visit: those of what landed 14 days ago.
  if (!swept) sweepPhotos().catch(() => undefined);
  swept = true;
  return send(withMine(box, writing.now), netWithSecret(netWithPhotos, box), writing, { changed, looking });
};
export const seen = (epoch: string, box: OutboxPort) => epochSeen(epoch, box, writing.now());
export const caught = (ids: readonly string[], box: OutboxPort) => caughtUp(ids, box);
export const bring = (text: string, box: OutboxPort) => bringIn(text, box, writing);

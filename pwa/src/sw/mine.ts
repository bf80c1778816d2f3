// What the worker does with what this phone follows: notes which messages it has shown, skips a time, says where the phone is reached now,
// and sends that, and nothing that anybody else has put into the outbox.
import { send } from "#phone/outbox.ts";
import type { Around } from "#phone/port.ts";
import { around } from "../store/around.ts";
import { serverNow, setOffset } from "../store/clock.ts";
import { feed } from "../store/feed.ts";
import { DEVICE, type Mine } from "../store/mine.ts";
import { amend, mineOf, netWithSecret, onlyMine, sayMine, withMine } from "../store/mine-box.ts";
import { net } from "../store/net.ts";
import { outboxOnDisk } from "../store/outbox.ts";
import { getSetting, own } from "../store/own.ts";
import { tell } from "../store/tabs.ts";
import type { Lang } from "./message.ts";

const writing: Around = { ...around, id: () => crypto.randomUUID() };

/** So many tags of shown messages are kept: far more than a phone gets while one of them may still come again. */
const MOST = 200;
const SHOWN = "shown";

/** Notes that this one is shown. True: it was before. */
export function markShown(tag: string): Promise<boolean> {
  return own.run(async (db) => {
    const tx = db.transaction("device", "readwrite");
    const tags = ((await tx.store.get(SHOWN)) as readonly string[] | undefined) ?? [];
    const had = tags.includes(tag);
    if (!had) await tx.store.put([...tags, tag].slice(-MOST), SHOWN);
    await tx.done;
    return had;
  });
}

export const readMine = (): Promise<Mine | null> => outboxOnDisk.tx(mineOf);

/** The language in which this phone asked to be told. */
export async function langOf(): Promise<Lang> {
  const told = (await readMine())?.told ?? null;
  const lang = told === null ? null : (JSON.parse(told) as unknown[])[2];
  return lang === "en" || lang === "de" ? lang : "da";
}

/** Whether an event comes more than once, as the phone's own data have it. */
export async function isSeries(event: string): Promise<boolean> {
  const found = await feed.run(async (db) => {
    const gen = (await db.get("kept", "public"))?.shown?.gen;
    return gen === undefined ? undefined : db.get("things", [gen, "public", "event", event]);
  });
  return ((found?.body as { rule?: unknown } | undefined)?.rule ?? null) !== null;
}

/** Into the outbox, for good; then it is sent, if that can be now. Rejects where it could not even be kept. False: it waits. */
export async function skip(event: string, day: string): Promise<boolean> {
  const said = { verb: "skip", subject: { kind: "event", id: event }, args: { day, skip: true } };
  const id = await sayMine(said, outboxOnDisk, writing);
  tell({ of: "outbox" });
  return sendMine(id === null ? false : [id]).catch(() => false);
}

/** The browser has another address for this phone: said to the server, or left for the app to say. False: it waits. */
export async function reachedAt(found: PushSubscriptionJSON, key: string): Promise<boolean> {
  const lang = await langOf();
  const { endpoint, keys } = found;
  const args = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, key, lang };
  await amend(outboxOnDisk, (mine) => ({ ...mine, told: JSON.stringify([endpoint, key, lang]) }));
  await sayMine({ verb: "save_push", subject: DEVICE, args }, outboxOnDisk, writing, true);
  tell({ of: "outbox" });
  return sendMine().catch(() => false);
}

/** True: nothing of this phone's waits for a network. */
export async function sendMine(looking: false | readonly string[] = false): Promise<boolean> {
  setOffset((await getSetting<number>("clock_offset").catch(() => 0)) ?? 0);
  const box = onlyMine(withMine(outboxOnDisk, serverNow));
  const sent = await send(box, netWithSecret(net, outboxOnDisk), writing, { looking });
  tell({ of: "outbox" });
  return sent.end !== "unreached";
}

// What this phone follows, in the same transaction as the outbox; and the requests that go under its secret. No DOM and no signals: the
// service worker uses it too.
import { type Doing, type Drawn, drawn, made, nextOrder, opOf } from "#phone/op.ts";
import type { Around, KeptOp, Net } from "#phone/port.ts";
import type { Results } from "#phone/wire.gen.ts";
import { ask } from "../api/ask.ts";
import { begun, compared, isSo, type Mine, noted, type Said, sameMatter, type Told } from "./mine.ts";
import type { OwnPort, OwnTx } from "./outbox.ts";

export const mineOf = async (tx: OwnTx): Promise<Mine | null> => ((await tx.mine()) as Mine | undefined) ?? null;

const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes);

/** Made when first needed. */
let day: Intl.DateTimeFormat | undefined;

/** The local date of a moment, YYYY-MM-DD. */
export function dayOf(ms: number): string {
  day ??= new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" });
  return day.format(ms);
}

const isOpen = ({ state }: KeptOp): boolean => state === "waiting" || state === "sent";
const saidBy = (op: KeptOp): Said => opOf(op);

/** The outbox that writes down what the server answers to this phone's own ops, in the transaction in which the answer is kept. */
export const withMine = (box: OwnPort, now: () => number): OwnPort => ({
  tx: (work) =>
    box.tx((tx) =>
      work({
        ...tx,
        put: async (op) => {
          const mine = op.credential === "device" && !isOpen(op) ? await mineOf(tx) : null;
          if (!mine) return tx.put(op);
          const next = noted(mine, op, dayOf(now()));
          if (next === null) return forgotten(tx, op, mine);
          await tx.keepMine(next);
          if (op.state === "refused" && mine.quiet.includes(op.id)) await tx.remove(op.id);
          else await tx.put(op);
        },
      }),
    ),
});

/** The server has forgotten this phone, and so does the phone; unless something is followed anew since: then that is all there is. */
async function forgotten(tx: OwnTx, { id }: KeptOp, mine: Mine): Promise<void> {
  let anew = false;
  for (const op of await tx.all()) {
    if (op.credential !== "device") continue;
    if (op.id !== id && isOpen(op)) anew = true;
    else await tx.remove(op.id);
  }
  await tx.keepMine(anew ? mine : undefined);
}

/** The outbox without what others send: anonymous reports go their own way and time, what staff do goes under their login. */
export const onlyMine = (box: OwnPort): OwnPort => ({
  tx: (work) =>
    box.tx((tx) =>
      work({ ...tx, all: async () => (await tx.all()).filter(({ credential }) => credential === "device") }),
    ),
});

/**
 * Puts what the person wants into the outbox, under the secret that is made with the first. What was never sent and is about the same
 * leaves; where it is so already nothing is said. The op's id, null where there is none. `quiet`: the phone says it by itself.
 */
export function sayMine(said: Said, box: OwnPort, around: Around, quiet = false): Promise<string | null> {
  const mark = drawn(around);
  const doing: Doing = { ...said, credential: "device" };
  return box.tx(async (tx) => {
    const all = await tx.all();
    if (all.some(({ id }) => id === mark.id)) return mark.id;
    const mine = (await mineOf(tx)) ?? begun(random);
    const moot = all.filter((op) => op.credential === "device" && isMoot(op, said));
    for (const { id } of moot) await tx.remove(id);
    const rest = all.filter((op) => !moot.includes(op));
    const waits = rest.some((op) => op.credential === "device" && isOpen(op) && sameMatter(saidBy(op), said));
    const so = !waits && isSo(mine, said);
    if (so) {
      await tx.keepMine(mine);
      return null;
    }
    await put(tx, made(doing, nextOrder(rest), mark), quiet ? { ...mine, quiet: [...mine.quiet, mark.id] } : mine);
    return mark.id;
  });
}

/** Never out, or answered with no: another word about the same takes its place. */
function isMoot(op: KeptOp, said: Said): boolean {
  return ((op.state === "waiting" && !op.offered) || op.state === "refused") && sameMatter(saidBy(op), said);
}

async function put(tx: OwnTx, op: KeptOp, mine: Mine): Promise<void> {
  await tx.put(op);
  await tx.keepMine(mine);
}

/** Changes what is kept besides what ops change; nothing where nothing is followed. */
export function amend(box: OwnPort, change: (mine: Mine) => Mine): Promise<void> {
  return box.tx(async (tx) => {
    const mine = await mineOf(tx);
    if (mine) await tx.keepMine(change(mine));
  });
}

/**
 * Everything that is followed ends: all that this phone says of itself gives way to one word, which is kept until its receipt, and with
 * that the secret goes. Its id; null where the phone has never followed anything.
 */
export function sayForget(said: Said, box: OwnPort, around: Around): Promise<string | null> {
  const mark = drawn(around);
  return box.tx(async (tx) => {
    const mine = await mineOf(tx);
    if (!mine) return null;
    for (const op of await tx.all()) if (op.credential === "device") await tx.remove(op.id);
    const ended: Mine = { ...begun(random), secret: mine.secret };
    await put(tx, made({ ...said, credential: "device" }, 1, mark), ended);
    return mark.id;
  });
}

/** The net under which ops of this phone carry its secret; all others go as they did. */
export const netWithSecret = (net: Net, box: OwnPort): Net => ({
  ...net,
  async ops(body, credential, epoch) {
    const mine = credential === "device" ? await box.tx(mineOf) : null;
    if (!mine) return net.ops(body, credential, epoch);
    const query = epoch === null ? "" : `?epoch=${encodeURIComponent(epoch)}`;
    const headers = { "content-type": "application/x-ndjson", authorization: `Device ${mine.secret}` };
    const said = await ask<Results>(`/api/v1/ops${query}`, { method: "POST", headers, body, credentials: "omit" });
    if (said.status === 200) return { status: 200, body: said.body as Results };
    const { status, code, retryAfter } = said;
    return { status, code, ...(retryAfter === null ? {} : { retry_after_s: retryAfter }) };
  },
});

/**
 * Asks the server what it has of this phone and holds it against what is kept: GET /api/v1/mine. What differs is put into the outbox.
 * Nothing may be on its way meanwhile: called under the lock "send". Rejects where no answer of ours came. True: something waits now.
 */
export async function readMine(box: OwnPort, around: Around): Promise<boolean> {
  const before = await box.tx(mineOf);
  if (!before) return false;
  const headers = { authorization: `Device ${before.secret}` };
  const said = await ask<Told>("/api/v1/mine", { headers, cache: "no-store", credentials: "omit" });
  const unknown = said.status === 401 && said.code === "unknown_device";
  if (said.status !== 200 && !unknown) return false;
  const told = unknown ? null : said.body;
  const again = await box.tx(async (tx) => {
    const mine = await mineOf(tx);
    if (mine?.secret !== before.secret) return [];
    const open = (await tx.all()).filter((op) => op.credential === "device" && isOpen(op)).map(saidBy);
    if (open.some(({ verb }) => verb === "forget_device")) return [];
    const now = compared(mine, told, open, dayOf(around.now()));
    await tx.keepMine({ ...now.mine, read_at: around.now() });
    return now.again;
  });
  for (const one of again) await sayAgain(one, box, around);
  return again.length > 0;
}

/** The server lacks what the phone keeps, or has what it does not: said though it is so here. */
function sayAgain(said: Said, box: OwnPort, around: Around): Promise<void> {
  const mark: Drawn = drawn(around);
  return box.tx(async (tx) => {
    const all = await tx.all();
    const mine = await mineOf(tx);
    if (!mine || all.some(({ id }) => id === mark.id)) return;
    await put(tx, made({ ...said, credential: "device" }, nextOrder(all), mark), {
      ...mine,
      quiet: [...mine.quiet, mark.id],
    });
  });
}

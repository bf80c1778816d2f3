// What keeps a phone's anonymous ops apart in time from what it sends under a credential, and from one another.
import { expect, test } from "vitest";
import { APART_MS, AT_MOST_MS, GAP_MS, heldUntil, sentNow } from "#phone/apart.ts";
import { discard, epochSeen, mayCarry, send } from "#phone/outbox.ts";
import { type Apart, type KeptOp, NEVER_APART } from "#phone/port.ts";
import { chance } from "./memory.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

const device = (subject: string) => ({ ...fault(subject), credential: "device" as const });

/** A phone that nobody looks at, its clock set from one `next_at` to the next, and when each request came. */
function unseen(seed = 1) {
  const phone = phoneAndServer(seed);
  const came: { credential: string; at: number; ids: string[] }[] = [];
  phone.server.before = (nr) => {
    const request = phone.server.requests[nr - 1];
    const ids = request?.lines.map((line) => JSON.parse(line).id) ?? [];
    came.push({ credential: request?.credential ?? "", at: phone.around.clock, ids });
    return undefined;
  };
  const rest = async () => {
    let { next_at } = await phone.go(false);
    while (next_at !== null) {
      phone.around.clock = next_at;
      ({ next_at } = await phone.go(false));
    }
  };
  return { ...phone, came, rest };
}

const between = (ms: number, [least, most]: readonly [number, number]) => {
  expect(ms).toBeGreaterThanOrEqual(least);
  expect(ms).toBeLessThanOrEqual(most);
};

test("an anonymous op waits after a device's, and a device's after an anonymous one", async () => {
  for (const [first, second] of [
    [device("d"), fault("f")],
    [fault("f"), device("d")],
  ] as const) {
    const waits = new Set<number>();
    for (let seed = 1; seed <= 200; seed++) {
      const { add, came, rest } = unseen(seed);
      await add(first);
      await add(second);
      await rest();
      expect(came.map(({ credential }) => credential)).toEqual([first.credential, second.credential]);
      const wait = (came[1]?.at ?? 0) - (came[0]?.at ?? 0);
      between(wait, APART_MS);
      waits.add(Math.floor((4 * (wait - APART_MS[0])) / (APART_MS[1] - APART_MS[0] + 1)));
    }
    expect([...waits].sort(), "drawn from all of the span").toEqual([0, 1, 2, 3]);
  }
});

test("what a person has just asked for, or looks at, goes at once", async () => {
  const { add, came, go, around } = unseen();
  await add(device("d"));
  await go(false);
  const [one] = [await add(fault("f1")), await add(fault("f2"))];
  await go(false);
  expect(came).toHaveLength(1);
  await go([one.id]);
  expect(came.map(({ at, ids }) => [at, ids.length])).toEqual([
    [around.clock, 1],
    [around.clock, 1],
  ]);
  expect(came[1]?.ids).toEqual([one.id]);
  await go(true);
  expect(came).toHaveLength(3);
});

test("anonymous ops go one in a request, and not one right after another", async () => {
  const { add, came, rest } = unseen();
  for (let n = 0; n < 20; n++) await add(fault(`f${n % 7}`));
  await rest();
  expect(came.map(({ ids }) => ids.length)).toEqual(Array(20).fill(1));
  for (const [n, { at }] of came.entries()) if (n > 0) between(at - (came[n - 1]?.at ?? 0), GAP_MS);
});

test("what a new epoch brings back comes far apart, so that a phone's ops of two weeks are not one heap", async () => {
  const { add, came, rest, go, around, outbox, server } = unseen();
  for (let n = 0; n < 5; n++) await add(fault(`f${n}`));
  await go(true);
  came.length = 0;
  around.clock += 86_400_000;
  await epochSeen("e1", outbox, around.now());
  server.epoch = "e1";
  await rest();
  expect(came).toHaveLength(5);
  for (const [n, { at }] of came.entries()) if (n > 0) between(at - (came[n - 1]?.at ?? 0), APART_MS);
  expect(outbox.states()).toEqual(Array(5).fill("applied"));
});

test("an op whose answer was lost goes again at once, unless a credential has been shown since", async () => {
  const { add, go, server, outbox, around, came } = unseen();
  await add(fault("f1"));
  await add(fault("f2"));
  let cut = true;
  server.after = () => {
    if (cut) throw new Error("cut");
  };
  await go(false);
  await go(false);
  expect(new Set(came.map(({ ids }) => ids[0]))).toHaveProperty("size", 1);
  expect(came).toHaveLength(2);
  await mayCarry(outbox, around, true);
  cut = false;
  await go(false);
  expect(came).toHaveLength(2);
});

test("the wait survives a closed app and holds in every tab", async () => {
  const { add, go, outbox, server, around, came } = unseen();
  await add(device("d"));
  // The request goes out and the process ends; another begins on the same store.
  void send(outbox, { page: server.page, ops: () => new Promise(() => {}) }, around);
  await new Promise((done) => setTimeout(done));
  around.stolen = true;
  await add(fault("f"));
  await discard(outbox.all()[0]?.id ?? "", outbox);
  const { next_at } = await go(false);
  expect(came).toEqual([]);
  between((next_at ?? 0) - around.clock, APART_MS);
  around.clock = next_at ?? 0;
  await go(false);
  expect(came).toHaveLength(1);
});

test("a transaction that fails keeps neither the op as sent nor the wait", async () => {
  const { add, go, outbox } = unseen();
  await add(device("d"));
  const { tx } = outbox;
  outbox.tx = (work) =>
    tx.call(outbox, async (inner) => {
      await work({ ...inner, keepApart: () => Promise.reject(new Error("full")) });
    }) as never;
  await expect(go(false)).rejects.toThrow("full");
  outbox.tx = tx;
  expect(outbox.states()).toEqual(["waiting"]);
  expect(outbox.apart).toEqual(NEVER_APART);
});

test("requests under a credential every few minutes do not hold an anonymous op back for ever", async () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { add, go, outbox, around, came } = unseen(seed);
    const random = chance(seed);
    const begun = around.clock;
    await mayCarry(outbox, around, true);
    await add(fault("f"));
    let asked = around.clock;
    let nearest = Number.POSITIVE_INFINITY;
    while (came.length === 0) {
      around.clock += 1000;
      await go(false);
      if (came.length > 0) nearest = around.clock - asked;
      else if (around.clock - asked >= 240_000 + random() * 120_000) {
        expect(await mayCarry(outbox, around)).toBe(true);
        asked = around.clock;
      }
    }
    expect(around.clock - begun).toBeLessThan(25 * 60_000);
    expect(nearest).toBeGreaterThanOrEqual(APART_MS[0]);
    expect(await mayCarry(outbox, around), "and the next of them waits in its turn").toBe(false);
  }
});

test("however fast requests follow one another, what waits goes within the hour", () => {
  let apart: Apart = NEVER_APART;
  const waiting = { id: "x", credential: "none", settled_at: null } as KeptOp;
  let now = 1_000_000;
  const begun = now;
  do {
    apart = sentNow(apart, null, now, () => 1);
    now += 60_000;
  } while (heldUntil(waiting, apart, now, false) > 0);
  between(now - begun, [AT_MOST_MS, AT_MOST_MS + 60_000]);
});

test("a clock that has jumped keeps nothing apart for ever", () => {
  const now = 10 * AT_MOST_MS;
  const apart = sentNow(NEVER_APART, null, now, () => 0.5);
  const waiting = { id: "x", credential: "none", settled_at: null } as KeptOp;
  expect(heldUntil(waiting, apart, now, false)).toBeGreaterThan(now);
  expect(heldUntil(waiting, apart, now - 2 * AT_MOST_MS, false)).toBe(0);
  expect(heldUntil(waiting, apart, now + AT_MOST_MS, false)).toBe(0);
});

test("an op held back holds back its subject and no other, and says when it is due", async () => {
  const { add, go, came, around } = unseen();
  await add(device("d"));
  await add(fault("f1"));
  await add({ ...fault("f1"), credential: "session" });
  await add({ ...fault("f2"), credential: "session" });
  const { next_at } = await go(false);
  expect(came.map(({ credential, ids }) => [credential, ids.length])).toEqual([
    ["device", 1],
    ["session", 1],
  ]);
  between((next_at ?? 0) - around.clock, APART_MS);
});

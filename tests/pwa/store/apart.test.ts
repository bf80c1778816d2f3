// What keeps anonymous ops apart in time is kept on the phone's disk, beside the ops and in their transaction.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { NEVER_APART } from "#phone/port.ts";
import { Phone } from "./phone.ts";
import { Town } from "./town.ts";

const held = { ...NEVER_APART, first: { since: 5, until: 9 } };
const store = () => import("../../../pwa/src/store/outbox.ts");

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.resetModules();
});

test("the wait is there after the app was closed, and nothing before the first", async () => {
  const { outboxOnDisk } = await store();
  expect(await outboxOnDisk.tx((tx) => tx.apart())).toEqual(NEVER_APART);
  await outboxOnDisk.tx((tx) => tx.keepApart(held));
  vi.resetModules();
  expect(await (await store()).outboxOnDisk.tx((tx) => tx.apart())).toEqual(held);
});

test("a transaction that does not end keeps no wait, on disk and in memory", async () => {
  const { outboxOnDisk } = await store();
  const { OutboxInMemory } = await import("../../../pwa/src/store/outbox-memory.ts");
  for (const box of [outboxOnDisk, new OutboxInMemory([])]) {
    await expect(
      box.tx(async (tx) => {
        await tx.keepApart(held);
        throw new Error("cut");
      }),
    ).rejects.toThrow("cut");
    expect(await box.tx((tx) => tx.apart())).toEqual(NEVER_APART);
  }
});

test("of several reports made without network the first goes when it is back, the others when somebody looks at the outbox", async () => {
  const town = new Town();
  town.place("p1", "Sted 1");
  const phone = new Phone(town);
  const signals = await phone.settled();
  town.network = "cut";
  for (const what of ["broken", "litter", "other"] as const)
    await signals.reportFault({ kind: "place", id: "p1" }, { what, text: "" });
  await signals.pullNow();
  town.network = "there";
  await signals.pullNow();
  expect(town.inbox.size).toBe(1);
  const leave = signals.watchOutbox();
  await signals.pullNow();
  leave();
  expect(town.inbox.size).toBe(3);
  await phone.end();
});

test("a report that is made now goes at once, whatever went before it", async () => {
  const town = new Town();
  town.place("p1", "Sted 1");
  const phone = new Phone(town);
  const signals = await phone.settled();
  for (const [sent, what] of (["broken", "litter"] as const).entries()) {
    await signals.reportFault({ kind: "place", id: "p1" }, { what, text: "" });
    await signals.pullNow();
    expect(town.inbox.size).toBe(sent + 1);
  }
  await phone.end();
});

test("what is anonymous is asked for without credentials, all else with them", async () => {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push([path, init.credentials]);
    return Response.json({ epoch: "e0", results: [] });
  });
  const { net } = await import("../../../pwa/src/store/net.ts");
  await net.page("public", null, false);
  for (const credential of ["none", "device", "guide", "session"] as const) await net.ops("{}", credential, null);
  expect(asked).toEqual([
    ["/api/v1/sync/public", "omit"],
    ["/api/v1/ops", "omit"],
    ["/api/v1/ops", "same-origin"],
    ["/api/v1/ops", "same-origin"],
    ["/api/v1/ops", "same-origin"],
  ]);
});

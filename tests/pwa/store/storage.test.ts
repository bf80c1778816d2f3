import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { KeptOp } from "#phone/port.ts";
import { Phone } from "./phone.ts";
import { Town } from "./town.ts";

let town: Town;
let phone: Phone;

beforeEach(() => {
  town = new Town();
  for (const n of [1, 2, 3]) town.place(`p${n}`, `Sted ${n}`);
  phone = new Phone(town);
});
afterEach(async () => {
  await phone.end();
  vi.restoreAllMocks();
});

const bench = { kind: "place", id: "p1" };
const own = () => import("../../../pwa/src/store/own.ts").then((room) => room.own);
const feed = () => import("../../../pwa/src/store/feed.ts").then((room) => room.feed);

/** As iOS does while the app sleeps. */
async function closeFromOutside(): Promise<void> {
  for (const handle of [await own(), await feed()])
    await handle.run(async (db) => {
      db.close();
    });
}

function noRoom(): void {
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });
}

test("a connection closed from outside is opened again, and an op is neither lost nor doubled", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  await closeFromOutside();
  await signals.reportFault(bench, { what: "broken", text: "" });
  await closeFromOutside();
  town.network = "there";
  await signals.pullNow();
  expect(town.inbox.size).toBe(1);
  expect(signals.outbox.value).toMatchObject([{ state: "applied" }]);
  expect(signals.state.value).toMatchObject({ kept: "disk", trouble: null });
});

test("a connection that is lost for good leaves the list in memory and says so", async () => {
  const signals = await phone.settled();
  await closeFromOutside();
  vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  });
  town.place("p4", "Sted 4");
  await signals.pullNow();
  expect(signals.state.value.kept).toBe("memory");
  expect(signals.places.value.size).toBe(4);
});

test("a full phone goes on from memory, reads on from where it was and says that it is full", async () => {
  const signals = await phone.settled();
  noRoom();
  town.place("p4", "Sted 4");
  town.asked.length = 0;
  await signals.pullNow();
  expect(signals.state.value).toMatchObject({ kept: "memory", trouble: "full" });
  expect(signals.places.value.size).toBe(4);
  expect(town.asked).toContain("/api/v1/sync/public?since=e1.3");
});

test("on a full phone a fault is still shown, sent, and can be saved as a file", async () => {
  const signals = await phone.settled();
  noRoom();
  town.network = "cut";
  await signals.reportFault(bench, { what: "broken", text: "Brædt mangler" });
  expect(signals.state.value.ops).toBe("memory");
  expect(await signals.outboxText("open")).toContain("Brædt mangler");
  town.network = "there";
  await signals.pullNow();
  expect(town.inbox.size).toBe(1);
});

test("what waited in memory alone is on the disk as soon as there is room again, and a kill loses nothing of it", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  await signals.reportFault(bench, { what: "litter", text: "før" });
  noRoom();
  await signals.reportFault(bench, { what: "broken", text: "Brædt mangler" });
  await signals.discard(signals.outbox.value[0]?.id ?? "");
  expect(await signals.keepAgain()).toBe(false);
  expect(signals.state.value.ops).toBe("memory");
  vi.restoreAllMocks();
  expect(await signals.keepAgain()).toBe(true);
  expect(signals.state.value).toMatchObject({ ops: "disk", kept: "disk", trouble: null });
  const again = await phone.start();
  expect(again.outbox.value.map((item) => item.args.text)).toEqual(["Brædt mangler"]);
});

test("room that comes back is found at the next round, without a tap", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  noRoom();
  await signals.reportFault(bench, { what: "broken", text: "Brædt mangler" });
  vi.restoreAllMocks();
  await signals.pullNow();
  expect(signals.state.value.ops).toBe("disk");
});

test("a report that is written is reported, even where the phone can not read it back for the screen", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  const getAll = IDBObjectStore.prototype.getAll;
  let reads = 0;
  vi.spyOn(IDBObjectStore.prototype, "getAll").mockImplementation(function (this: IDBObjectStore, ...what) {
    if (this.name === "outbox" && ++reads === 2) throw new Error("a bad block");
    return getAll.apply(this, what);
  });
  await signals.reportFault(bench, { what: "broken", text: "Brædt mangler" });
  vi.restoreAllMocks();
  await signals.pullNow();
  expect(signals.outbox.value.map((item) => item.args.text)).toEqual(["Brædt mangler"]);
});

test("a report that is written on a handle that dies as it ends is one report", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  const put = IDBObjectStore.prototype.put;
  let dies = 2;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...what) {
    const asked = put.apply(this, what);
    // It is written; what the page hears is that its handle was dead.
    if (this.name === "outbox" && dies-- > 0) {
      this.transaction.commit();
      throw new DOMException("the connection is closing", "InvalidStateError");
    }
    return asked;
  });
  await signals.reportFault(bench, { what: "broken", text: "" });
  vi.restoreAllMocks();
  await signals.keepAgain();
  expect((await phone.start()).outbox.value).toHaveLength(1);
});

test("of two reports that meet a full disk at once none is lost", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  noRoom();
  await Promise.all(["a", "b", "c"].map((text) => signals.reportFault(bench, { what: "other", text })));
  expect(signals.outbox.value.map((item) => item.args.text).sort()).toEqual(["a", "b", "c"]);
});

test("where the browser gives no database at all the list runs from memory", async () => {
  vi.spyOn(IDBFactory.prototype, "open").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const signals = await phone.settled();
  expect(signals.places.value.size).toBe(3);
  expect(signals.state.value).toMatchObject({ phase: "ready", kept: "memory", trouble: null });
});

test("a newer version of the app gets the database at once, and this one says that it is closed", async () => {
  const signals = await phone.settled();
  const newer = await new Promise<IDBDatabase>((done, failed) => {
    const asked = phone.disk.open("feed", 99);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  town.place("p4", "Sted 4");
  await signals.pullNow();
  newer.close();
  expect(signals.state.value).toMatchObject({ kept: "memory", trouble: "closed" });
  expect(signals.places.value.size).toBe(4);
});

test("an old tab goes on in `own` of a newer edition, which only adds to it: what is written there is kept", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  const newer = await new Promise<IDBDatabase>((done, failed) => {
    const asked = phone.disk.open("own", 7);
    asked.onupgradeneeded = () => asked.result.createObjectStore("later");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  newer.close();
  await signals.reportFault(bench, { what: "broken", text: "" });
  expect(signals.state.value).toMatchObject({ kept: "disk", trouble: null });
  expect((await phone.settled()).outbox.value).toHaveLength(1);
});

test("a page that is left in the middle of a write, and kept as it stood, holds nobody up: the write is done again", async () => {
  await phone.settled();
  const { outboxOnDisk } = await import("../../../pwa/src/store/outbox.ts");
  let times = 0;
  await outboxOnDisk.tx(async (tx) => {
    await tx.put({ id: "op", order: 1 } as KeptOp);
    if (times++ === 0) phone.window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
    await tx.all();
  });
  expect(times).toBe(2);
  expect(await (await own()).run((db) => db.getAllKeys("outbox"))).toEqual(["op"]);
});

test("a single request that is under way as the page is left, and kept as it stood, holds nobody up either", async () => {
  await phone.settled();
  let times = 0;
  await (await own()).run((db) => {
    const kept = db.put("settings", "da", "lang");
    if (times++ === 0) phone.window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
    return kept;
  });
  expect(times).toBe(2);
  expect(await (await own()).run((db) => db.get("settings", "lang"))).toBe("da");
});

test("a phone whose browser deleted everything says lost; one that is new does not", async () => {
  const first = await phone.settled();
  expect(first.state.value.trouble).toBe(null);
  await phone.end();
  phone.disk = new IDBFactory();
  town.network = "cut";
  const signals = await phone.settled();
  expect(signals.state.value).toMatchObject({ phase: "empty", trouble: "lost" });
  // Until the list is there again: it may be read at the next start alone.
  const again = await phone.settled();
  expect(again.state.value).toMatchObject({ phase: "empty", trouble: "lost" });
});

test("a list that the person deleted is not called lost", async () => {
  const first = await phone.settled();
  await first.eraseList();
  expect(first.places.value.size).toBe(0);
  town.network = "cut";
  const signals = await phone.settled();
  expect(signals.state.value).toMatchObject({ phase: "empty", trouble: null });
});

test("a choice is kept, and a signal made before the phone was read gets it too", async () => {
  await phone.settled();
  const { setting } = await import("../../../pwa/src/store/settings.ts");
  setting("town", "").value = "Nykøbing F.";
  await vi.waitFor(async () => expect(await (await own()).run((db) => db.get("settings", "town"))).toBe("Nykøbing F."));
  await phone.end();
  vi.resetModules();
  const early = (await import("../../../pwa/src/store/settings.ts")).setting("town", "");
  expect(early.value).toBe("");
  const store = await import("../../../pwa/src/store/signals.ts");
  await store.start();
  expect(early.value).toBe("Nykøbing F.");
  await store.halt();
});

test("what lies on the phone is told with its bytes, and all of it can be deleted without network", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  await signals.reportFault(bench, { what: "broken", text: "" });
  await signals.pullNow();
  const kept = await import("../../../pwa/src/store/kept.ts");
  const told = await kept.list();
  expect(told.map((one) => one.what)).toEqual(expect.arrayContaining(["list", "outbox"]));
  expect(told.every((one) => one.bytes > 0)).toBe(true);
  await kept.eraseAll();
  const after = await phone.start();
  expect(after.places.value.size).toBe(0);
  expect(after.outbox.value).toEqual([]);
  expect(after.state.value.trouble).toBe(null);
});

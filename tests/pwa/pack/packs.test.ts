import { IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { archive, Host, manifestOf } from "./host.ts";
import { Phone } from "./phone.ts";

const whole = archive(10_500);
const manifest = manifestOf(whole);
let host: Host;
let phone: Phone;

beforeEach(async () => {
  host = new Host(whole);
  phone = new Phone(await host.listen(), [manifest]);
});
afterEach(() => {
  host.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const all = (packs: Awaited<ReturnType<Phone["start"]>>) => packs.packs.value.find((one) => one.manifest.id === "all");
const becomes = (packs: Awaited<ReturnType<Phone["start"]>>, state: string) =>
  vi.waitFor(() => expect(all(packs)?.state).toBe(state));

/** An answer that is given when the test says so. */
function held(): { asked: Promise<void>; answer: (so: boolean) => void } {
  let answer: (so: boolean) => void = () => undefined;
  const asked = new Promise<void>((called) => {
    phone.worker = (doing) => {
      if (doing !== "map") return true;
      called();
      return new Promise((done) => {
        answer = done;
      });
    };
  });
  return { asked, answer: (so) => answer(so) };
}

test("a pack is ready only when the worker has said that the map's code is kept too", async () => {
  const packs = await phone.start();
  await packs.refresh();
  expect(all(packs)).toMatchObject({ state: "absent", usable: false });
  const code = held();
  await packs.download("all");
  await code.asked;
  expect(all(packs)).toMatchObject({ state: "loading", done: 10_500, usable: false });
  expect(packs.whole.value).toMatchObject([{ manifest: { id: "all" } }]);
  code.answer(true);
  await becomes(packs, "ready");
  expect(all(packs)).toMatchObject({ usable: true });
});

test("a question whether to keep it for good, which nobody answers, holds nothing up; its answer shows when it comes", async () => {
  let kept = false;
  let answer: (so: boolean) => void = () => undefined;
  phone.storage = {
    persisted: async () => kept,
    persist: () =>
      new Promise<boolean>((done) => {
        answer = done;
      }),
  };
  const packs = await phone.start();
  await packs.refresh();
  await packs.download("all");
  await becomes(packs, "ready");
  expect(packs.room.value.persisted).toBe(false);
  kept = true;
  answer(true);
  await vi.waitFor(() => expect(packs.room.value.persisted).toBe(true));
});

test("where the code could not be kept the pack waits for the net, is not fetched again, and is ready when the code is there", async () => {
  const packs = await phone.start();
  await packs.refresh();
  phone.worker = (doing) => doing !== "map";
  await packs.download("all");
  await becomes(packs, "cut");
  expect(all(packs)).toMatchObject({ usable: false });
  phone.worker = () => true;
  const given = host.asked.length;
  await packs.refresh();
  await becomes(packs, "ready");
  expect(host.asked).toHaveLength(given);
});

test("after a restart nothing is said of a pack before its bytes were read back and the worker has answered", async () => {
  await (await phone.start()).download("all");
  await vi.waitFor(() => expect(phone.told).toContain("media"));
  phone.network = false;
  const code = held();
  const packs = await phone.start();
  await packs.lookHere();
  expect(packs.packs.value).toEqual([]);
  expect(packs.whole.value).toMatchObject([{ manifest: { id: "all" } }]);
  await packs.refresh();
  await code.asked;
  expect(packs.packs.value).toEqual([]);
  code.answer(true);
  await becomes(packs, "ready");
});

test("after a restart without net, and without the code, a pack that was saved whole is not ready", async () => {
  await (await phone.start()).download("all");
  phone.network = false;
  phone.worker = (doing) => doing !== "map";
  const packs = await phone.start();
  await packs.refresh();
  await becomes(packs, "cut");
  expect(all(packs)).toMatchObject({ usable: false, done: 10_500 });
});

test("a byte that has turned since makes the pack cut, and the one piece is fetched again", async () => {
  await (await phone.start()).download("all");
  await phone.spoil(manifest.sha256, 3);
  phone.network = false;
  const packs = await phone.start();
  await packs.refresh();
  await becomes(packs, "cut");
  expect(all(packs)).toMatchObject({ done: 9_500, usable: false });
  expect(packs.whole.value).toHaveLength(1);
  phone.network = true;
  host.given = 0;
  await packs.download("all");
  await becomes(packs, "ready");
  expect(host.given).toBe(1000);
});

test("a map that is cut short is lost: it says so, is offered anew and not fetched without a word", async () => {
  await (await phone.start()).download("all");
  const { own } = await import("../../../pwa/src/store/own.ts");
  await own.run((db) => db.delete("pieces", [manifest.sha256, 10]));
  const packs = await phone.start();
  const given = host.asked.length;
  await packs.refresh();
  await becomes(packs, "absent");
  const { state } = await import("../../../pwa/src/store/signals.ts");
  expect(state.value.trouble).toBe("lost");
  expect(host.asked).toHaveLength(given);
});

test("an archive that has gone from the server gives way to the one in its place, and leaves no byte", async () => {
  const newer = archive(9_000, 2);
  const packs = await phone.start();
  // Of this visit's list of maps the old one is a part.
  await packs.refresh();
  const { keep } = await import("../../../pwa/src/pack/records.ts");
  const { own } = await import("../../../pwa/src/store/own.ts");
  await keep({ id: "all", saved: null, next: { manifest, where: "idb", done: 1000, etag: null, paused: true } });
  await own.run((db) => db.put("pieces", whole.slice(0, 1000).buffer, [manifest.sha256, 0]));
  phone.offered = [manifestOf(newer)];
  host.bytes = newer;
  host.gone = manifest.url;
  await packs.download("all");
  await becomes(packs, "ready");
  expect(await phone.record("all")).toMatchObject({ saved: { manifest: { sha256: manifestOf(newer).sha256 } } });
  expect(await bytesLeft()).toBe(0);
});

test("an older archive that is right serves while half of a newer one is here", async () => {
  await (await phone.start()).download("all");
  const newer = manifestOf(archive(9_000, 2));
  const before = await phone.record("all");
  const { keep } = await import("../../../pwa/src/pack/records.ts");
  await keep({ ...before, next: { manifest: newer, where: "idb", done: 4000, etag: null, paused: true } });
  phone.network = false;
  const packs = await phone.start();
  await packs.refresh();
  await becomes(packs, "paused");
  expect(all(packs)).toMatchObject({ usable: true });
});

test("throwing the map's code away by a tap takes the promise back", async () => {
  const packs = await phone.start();
  await packs.download("all");
  await becomes(packs, "ready");
  const { erase } = await import("../../../pwa/src/store/kept.ts");
  await erase("map");
  expect(phone.caches).toEqual(new Set(["shell-1"]));
  expect(all(packs)).toMatchObject({ state: "cut", usable: false });
});

test("a pack that is removed leaves no byte, and the worker lets go of the map's code", async () => {
  const packs = await phone.start();
  await packs.refresh();
  await packs.download("all");
  await packs.remove("all");
  expect(all(packs)).toMatchObject({ state: "absent", usable: false, done: 0 });
  expect(packs.whole.value).toEqual([]);
  expect(phone.told).toContain("no-map");
  const { bytesOnDisk } = await import("../../../pwa/src/pack/files.ts");
  expect(await bytesOnDisk(manifest.sha256, manifest)).toBe(0);
});

async function bytesLeft(): Promise<number> {
  const { bytesOnDisk } = await import("../../../pwa/src/pack/files.ts");
  return bytesOnDisk(manifest.sha256, manifest);
}

test("where the map's code finds no room, what was fetched for it leaves no byte, and it is said that there is no room", async () => {
  phone.worker = (doing) => (doing === "map" ? "full" : true);
  const packs = await phone.start();
  await packs.refresh();
  await packs.download("all");
  await becomes(packs, "full");
  expect(all(packs)).toMatchObject({ usable: false, done: 0 });
  expect(await bytesLeft()).toBe(0);
  expect(phone.told).toContain("no-map");
});

test("a map that was saved long since stays where the code of a newer edition finds no room", async () => {
  await (await phone.start()).download("all");
  phone.worker = (doing) => (doing === "map" ? "full" : true);
  const packs = await phone.start();
  await packs.refresh();
  await becomes(packs, "full");
  expect(all(packs)).toMatchObject({ usable: false });
  expect(await bytesLeft()).toBe(10_500);
});

/** The disk is full once so many pieces lie there. */
function roomFor(pieces: number): void {
  const put = IDBObjectStore.prototype.put;
  let left = pieces;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...what) {
    if (this.name === "pieces" && left-- <= 0) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, what);
  });
}

test("a disk that fills in the middle keeps no half map: the list and what waits in it want the room", async () => {
  const packs = await phone.start();
  await packs.refresh();
  roomFor(4);
  await packs.download("all");
  await becomes(packs, "full");
  expect(await phone.record("all")).toMatchObject({ saved: null, next: null });
  expect(await bytesLeft()).toBe(0);
});

test("a full disk while a piece is being mended takes nothing of the map that is there", async () => {
  await (await phone.start()).download("all");
  await phone.spoil(manifest.sha256, 3);
  const packs = await phone.start();
  roomFor(0);
  await packs.refresh();
  await becomes(packs, "cut");
  await packs.download("all");
  await becomes(packs, "full");
  expect(await bytesLeft()).toBe(10_500);
  expect(all(packs)).toMatchObject({ usable: false });
  // A piece of it is bad, and stays known to be.
  expect((await phone.record("all")).next).not.toBe(null);
});

/** The disk gives none of what it has written down of maps, one by one. */
function unreadable(): { mend: () => void } {
  const get = IDBObjectStore.prototype.get;
  const spy = vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(function (this: IDBObjectStore, ...what) {
    if (this.name === "packs") throw new Error("a bad block");
    return get.apply(this, what);
  });
  return { mend: () => spy.mockRestore() };
}

test("a download whose end can not be written down has ended all the same, and says so", async () => {
  const packs = await phone.start();
  await packs.refresh();
  host.fallSilentAfter = 4500;
  const end = packs.download("all");
  await vi.waitFor(() => expect(all(packs)?.done).toBe(4000));
  unreadable();
  packs.pause("all");
  await end;
  expect(all(packs)).toMatchObject({ state: "cut", done: 4000 });
});

test("a phone without room for what is written down of a map is full, and goes on without the map", async () => {
  const packs = await phone.start();
  await packs.refresh();
  const put = IDBObjectStore.prototype.put;
  let left = 4;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...what) {
    if (this.name === "packs" && left-- <= 0) throw new DOMException("no room", "QuotaExceededError");
    return put.apply(this, what);
  });
  await packs.download("all");
  expect(all(packs)).toMatchObject({ state: "full", done: 0 });
  expect(await bytesLeft()).toBe(0);
});

test("a map that can not be read back today is not ready, nor silent for ever, and is read back when it can be", async () => {
  await (await phone.start()).download("all");
  phone.network = false;
  const packs = await phone.start();
  const disk = unreadable();
  await packs.refresh();
  await becomes(packs, "cut");
  expect(all(packs)).toMatchObject({ usable: false, done: 10_500 });
  disk.mend();
  await packs.refresh();
  await becomes(packs, "ready");
});

test("a map that is ready stays when the code of a later one finds no room", async () => {
  const other = {
    ...manifest,
    id: "town",
    name: { da: "Byen" },
    bounds: [11, 54, 11.5, 54.5] as typeof manifest.bounds,
  };
  phone.offered = [manifest, { ...other, sha256: manifest.sha256.replace(/^./, "x") }];
  const packs = await phone.start();
  await packs.refresh();
  await packs.download("all");
  await becomes(packs, "ready");
  phone.worker = (doing) => (doing === "map" ? "full" : true);
  await packs.download("town");
  await vi.waitFor(() => expect(packs.packs.value.find((one) => one.manifest.id === "town")?.state).toBe("full"));
  expect((await phone.record("town")).saved).toBe(null);
  expect(await bytesLeft()).toBe(10_500);
});

/** Another tab, of which this one hears, has begun with the map and holds its lock. */
async function anotherTab(): Promise<{ says: (news: object) => void; dies: () => void }> {
  const { keep } = await import("../../../pwa/src/pack/records.ts");
  await keep({ id: "all", saved: null, next: { manifest, where: "idb", done: 4000, etag: null, paused: false } });
  let dies: () => void = () => undefined;
  void navigator.locks.request("pack-all", () => new Promise<void>((gone) => (dies = gone)));
  const channel = new BroadcastChannel("packs");
  return { says: (news) => channel.postMessage(news), dies: () => dies() };
}

test("a tab that dies in the middle of a download is followed at once by the one that watched it", async () => {
  const packs = await phone.start();
  await packs.refresh();
  const other = await anotherTab();
  other.says({ type: "loading", id: "all" });
  await becomes(packs, "loading");
  other.dies();
  await becomes(packs, "ready");
});

test("a tab that is closed in the middle says so, and the one that watched goes on", async () => {
  const packs = await phone.start();
  await packs.refresh();
  const other = await anotherTab();
  other.says({ type: "loading", id: "all" });
  await becomes(packs, "loading");
  other.says({ type: "ended", id: "all", how: "left" });
  other.dies();
  await becomes(packs, "ready");
});

test("a page that goes away ends its downloader and tells the other tabs; when it comes back it goes on", async () => {
  const packs = await phone.start();
  await packs.refresh();
  host.fallSilentAfter = 4500;
  void packs.download("all");
  await vi.waitFor(() => expect(all(packs)?.done).toBe(4000));
  const heard: unknown[] = [];
  const other = new BroadcastChannel("packs");
  other.addEventListener("message", ({ data }) => heard.push(data));
  phone.window.dispatchEvent(new Event("pagehide"));
  await vi.waitFor(() => expect(heard).toContainEqual({ type: "ended", id: "all", how: "left" }));
  await navigator.locks.request("pack-all", () => undefined);
  phone.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await becomes(packs, "ready");
});

// "Slet alt": every step is tried, each ends, what is left is told, and no tab fills it up again.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Phone } from "./phone.ts";
import { Town } from "./town.ts";

let town: Town;
let phone: Phone;

beforeEach(() => {
  town = new Town();
  town.place("p1", "Sted 1");
  phone = new Phone(town);
});
afterEach(async () => {
  await phone.end();
  vi.restoreAllMocks();
});

const kept = () => import("../../../pwa/src/store/kept.ts");

/** A phone with a report that waits. */
async function full(): Promise<void> {
  const signals = await phone.settled();
  town.network = "cut";
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "" });
}

test("a map that can not be deleted is told, and all else goes", async () => {
  await full();
  const { also, eraseAll } = await kept();
  const erased: unknown[] = [];
  also({
    what: "pack",
    list: async () => ["all", "town"].map((id) => ({ what: "pack", id, bytes: 1, since: null })),
    erase: async (id) => {
      if (id === "all") throw new Error("a bad block");
      erased.push(id);
    },
  });
  expect(await eraseAll()).toEqual(["pack"]);
  expect(erased).toContain("town");
  const after = await phone.start();
  expect([after.places.value.size, after.outbox.value.length]).toEqual([0, 0]);
});

test("a tab that stands still and holds a database holds up nothing: what it keeps is told, and is empty", async () => {
  await full();
  const frozen = await new Promise<IDBDatabase>((done) => {
    const asked = phone.disk.open("own");
    asked.onsuccess = () => done(asked.result);
  });
  const { eraseAll } = await kept();
  expect(await eraseAll(100)).toEqual(["settings"]);
  frozen.close();
  expect((await phone.start()).outbox.value).toEqual([]);
});

test("the other tabs ask for nothing from then on, so that nothing comes back", async () => {
  const all: Tabs[] = [];
  class Tabs {
    readonly #hear: ((event: { data: unknown }) => void)[] = [];
    constructor() {
      all.push(this);
    }
    addEventListener(_: string, hear: (event: { data: unknown }) => void): void {
      this.#hear.push(hear);
    }
    postMessage(data: unknown): void {
      for (const other of all) if (other !== this) for (const hear of other.#hear) hear({ data });
    }
  }
  phone.channel = Tabs;
  const other = new Phone(town);
  Object.assign(other, { channel: Tabs, disk: phone.disk });
  const there = await other.settled();
  await phone.settled();
  const { eraseAll } = await kept();
  expect(await eraseAll()).toEqual([]);
  town.asked.length = 0;
  await there.pullNow();
  expect(town.asked).toEqual([]);
  await other.end();
});

test("what is reported on a phone that has just been emptied goes out", async () => {
  const signals = await phone.settled();
  await (await kept()).eraseAll();
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "" });
  await signals.pullNow();
  expect(town.inbox.size).toBe(1);
});

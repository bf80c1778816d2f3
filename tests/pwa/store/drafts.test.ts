import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Phone } from "./phone.ts";
import { Town } from "./town.ts";

let phone: Phone;
let town: Town;

beforeEach(() => {
  town = new Town();
  town.place("p1", "Bænken");
  phone = new Phone(town);
});
afterEach(() => phone.end());

/** Of the process that runs now. */
const drafts = () => import("../../../pwa/src/store/drafts.ts");
const kept = () => import("../../../pwa/src/store/kept.ts");
const written = { what: "broken", text: "Et bræt" };

test("what was being written is there after a kill", async () => {
  await phone.start();
  await (await drafts()).keepDraft("place/p1", written);
  await phone.start();
  const again = await drafts();
  await again.readDrafts();
  expect(again.drafts.value.get("place/p1")).toEqual(written);
});

test("deleting one's choices leaves what one is writing, and deleting that leaves the choices", async () => {
  await phone.start();
  const { setting } = await import("../../../pwa/src/store/settings.ts");
  const chosen = setting<string | null>("chosen_town", null);
  chosen.value = "Nysted";
  const { keepDraft, drafts: all } = await drafts();
  await keepDraft("place/p1", written);
  const { erase, list } = await kept();
  expect((await list()).map((one) => one.what)).toEqual(expect.arrayContaining(["settings", "drafts"]));
  await erase("settings");
  expect(all.value.size).toBe(1);
  chosen.value = "Nysted";
  await erase("drafts");
  expect(all.value.size).toBe(0);
  expect(chosen.value).toBe("Nysted");
  expect((await list()).map((one) => one.what)).not.toContain("drafts");
});

test("letters typed before the phone was read go before what it had", async () => {
  await phone.start();
  await (await drafts()).keepDraft("place/p1", written);
  await phone.start();
  const { keepDraft, readDrafts, drafts: all } = await drafts();
  const typed = keepDraft("place/p1", { what: null, text: "Nyt" });
  await readDrafts();
  await typed;
  expect(all.value.get("place/p1")).toEqual({ what: null, text: "Nyt" });
});

test("a phone that keeps nothing says so, and the words stay on the screen", async () => {
  await phone.start();
  const { own } = await import("../../../pwa/src/store/own.ts");
  own.run = () => Promise.reject(new Error("full"));
  const { keepDraft, drafts: all, unkept } = await drafts();
  await keepDraft("place/p1", written);
  expect(unkept.value).toBe(true);
  expect(all.value.get("place/p1")).toEqual(written);
});

test("what could not be kept is kept when there is room again", async () => {
  await phone.start();
  const { own } = await import("../../../pwa/src/store/own.ts");
  const { keepDraft, keepUnkept, unkept } = await drafts();
  vi.spyOn(own, "run").mockRejectedValue(new Error("full"));
  await keepDraft("place/p1", written);
  await keepDraft("place/p2", { what: null, text: "Nyt" });
  expect(await keepUnkept()).toBe(false);
  vi.restoreAllMocks();
  expect(await keepUnkept()).toBe(true);
  expect(unkept.value).toBe(false);
  await phone.start();
  const again = await drafts();
  await again.readDrafts();
  expect([...again.drafts.value.keys()]).toEqual(["place/p1", "place/p2"]);
});

describe("two tabs that write about the same", () => {
  /** Two processes on one disk, which hear of one another; the second as `there`. */
  async function tabs() {
    const { BroadcastChannel } = await import("node:worker_threads");
    phone.channel = BroadcastChannel;
    await phone.start();
    const here = await drafts();
    vi.resetModules();
    const there = await drafts();
    return { here, there, disk: async () => (await import("../../../pwa/src/store/own.ts")).own };
  }
  const kept = async (disk: Awaited<ReturnType<typeof tabs>>["disk"]) =>
    (await disk()).run((db) => db.getAll("drafts"));
  const other = { what: "litter", text: "Glas" };

  test("what one has sent goes, and the other's words stay on the disk", async () => {
    const { here, there, disk } = await tabs();
    await here.keepDraft("place/p1", written);
    await there.keepDraft("place/p1", other);
    await here.dropDraft("place/p1", written);
    expect(await kept(disk)).toEqual([other]);
    expect(here.drafts.value.size).toBe(0);
  });

  test("where the one that has sent wrote last, the other's words come to the disk again", async () => {
    const { here, there, disk } = await tabs();
    await there.keepDraft("place/p1", other);
    await here.keepDraft("place/p1", written);
    await here.dropDraft("place/p1", written);
    await vi.waitFor(async () => expect(await kept(disk)).toEqual([other]));
    expect(there.drafts.value.get("place/p1")).toEqual(other);
  });

  test("the same words in both are gone from both: they are sent", async () => {
    const { here, there, disk } = await tabs();
    await here.keepDraft("place/p1", written);
    await there.readDrafts();
    expect(there.drafts.value.size).toBe(1);
    await here.dropDraft("place/p1", written);
    await vi.waitFor(() => expect(there.drafts.value.size).toBe(0));
    expect(await kept(disk)).toEqual([]);
  });
});

test("what was sent and what waits is deleted with one word", async () => {
  const signals = await phone.settled();
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "" });
  await signals.pullNow();
  town.network = "cut";
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "litter", text: "" });
  expect(signals.outbox.value.map((item) => item.state)).toContain("applied");
  await (await kept()).erase("outbox");
  expect(signals.outbox.value).toEqual([]);
});

test("the id of a report tells no moment", async () => {
  const signals = await phone.settled();
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "" });
  const version = signals.outbox.value[0]?.id[14];
  expect(version).toBe("4");
});

test("reports go out in the order they were written, whatever their ids", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  const texts = Array.from({ length: 12 }, (_, n) => `nr. ${n}`);
  for (const text of texts) await signals.reportFault({ kind: "place", id: "p1" }, { what: "other", text });
  expect(signals.outbox.value.map((item) => item.args.text)).toEqual(texts);
  const again = await phone.start();
  expect(again.outbox.value.map((item) => item.args.text)).toEqual(texts);
});

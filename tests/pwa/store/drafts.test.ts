import { afterEach, beforeEach, expect, test, vi } from "vitest";
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

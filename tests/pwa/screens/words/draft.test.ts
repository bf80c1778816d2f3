import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Phone, type Signals } from "../../store/phone.ts";
import { Town } from "../../store/town.ts";

let town: Town;
let phone: Phone;
let signals: Signals;

beforeEach(async () => {
  town = new Town();
  town.place("p1", "Bænken");
  town.place("p2", "Bordet");
  phone = new Phone(town);
  signals = await phone.settled();
});
afterEach(async () => {
  await phone.end();
  vi.restoreAllMocks();
});

/** Of the process that runs now. */
const words = () => import("../../../../pwa/src/screens/words/draft.ts");
const drafts = () => import("../../../../pwa/src/store/drafts.ts");
const bench = { kind: "place", id: "p1" };
const texts = () => signals.outbox.value.map((item) => [item.state, item.args.text]);

async function reported(text: string) {
  await signals.reportFault(bench, { what: "broken", text });
  const item = signals.outbox.value.find((one) => one.args.text === text);
  if (!item) throw new Error("it is not in the outbox");
  return item;
}

test("what waits stays in the outbox while it is mended, and does not go out behind the person's back", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, draftOf } = await words();
  expect(await mend(item)).toBe("place/p1");
  expect(draftOf("place/p1")).toEqual({ what: "broken", text: "gammel", mends: item.id });
  town.network = "there";
  await signals.pullNow();
  expect(texts()).toEqual([["waiting", "gammel"]]);
  // A battery that dies here has both.
  signals = await phone.settled();
  await (await drafts()).readDrafts();
  expect((await words()).draftOf("place/p1").text).toBe("gammel");
  expect(texts()).toEqual([["waiting", "gammel"]]);
});

test("left as it was, it is no draft and goes its way", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, leaveDraft } = await words();
  const key = await mend(item);
  await signals.pullNow();
  town.network = "there";
  await leaveDraft(key);
  await signals.pullNow();
  expect(texts()).toEqual([["applied", "gammel"]]);
  expect([...(await drafts()).drafts.value.keys()]).toEqual([]);
});

test("left with other words, it is a draft and waits; the person may still send it as it was", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, leaveDraft, putDraft, draftOf } = await words();
  const key = await mend(item);
  await putDraft(key, { ...draftOf(key), text: "ny" });
  await leaveDraft(key);
  expect(draftOf(key).text).toBe("ny");
  town.network = "there";
  await signals.pullNow();
  expect(texts()).toEqual([["waiting", "gammel"]]);
  await signals.retry(item.id);
  await signals.pullNow();
  expect(texts()).toEqual([["applied", "gammel"]]);
});

test("mended, the new one takes its place in one step", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, draftOf } = await words();
  const key = await mend(item);
  const seen: unknown[] = [];
  const { effect } = await import("@preact/signals");
  const stop = effect(() => void seen.push(texts()));
  await signals.reportFault(bench, { what: "broken", text: "ny" }, draftOf(key).mends);
  stop();
  // At no moment both, and at none neither.
  expect([...new Set(seen.map((one) => JSON.stringify(one)))]).toEqual([
    '[["waiting","gammel"]]',
    '[["waiting","ny"]]',
  ]);
});

test("what was refused stays until the new one is sent, and then goes", async () => {
  town.refuse = { code: "too_long", detail: "" };
  await reported("gammel");
  await signals.pullNow();
  const [item] = signals.outbox.value;
  if (!item) throw new Error("it is gone");
  const { mend, draftOf } = await words();
  await mend(item);
  expect(texts()).toEqual([["refused", "gammel"]]);
  town.refuse = null;
  await signals.reportFault(bench, { what: "broken", text: "ny" }, draftOf("place/p1").mends);
  await signals.pullNow();
  expect(texts()).toEqual([["applied", "ny"]]);
});

test("one that has landed while it was mended stays: the municipality has it", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  town.network = "there";
  await signals.pullNow();
  await signals.reportFault(bench, { what: "broken", text: "ny" }, item.id);
  await signals.pullNow();
  expect(texts()).toEqual([
    ["applied", "gammel"],
    ["applied", "ny"],
  ]);
});

test("what was being written there already stays before it, and mending twice doubles nothing", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, draftOf, putDraft } = await words();
  await putDraft("place/p1", { what: "litter", text: "begyndt " });
  await mend(item);
  await mend(item);
  expect(draftOf("place/p1")).toEqual({ what: "broken", text: "begyndt\ngammel", mends: item.id });
});

test("moved to another place the words are there and nowhere else, and still take the place of the old ones", async () => {
  town.network = "cut";
  const item = await reported("gammel");
  const { mend, draftOf, moveDraft } = await words();
  await moveDraft(await mend(item), "place/p2");
  expect(draftOf("place/p2")).toEqual({ what: "broken", text: "gammel", mends: item.id });
  expect([...(await drafts()).drafts.value.keys()]).toEqual(["place/p2"]);
});

test("a request that the phone knows can not leave marks nothing as having been out", async () => {
  town.network = "cut";
  await signals.pullNow();
  vi.stubGlobal("navigator", { onLine: false });
  await reported("på heden");
  await signals.pullNow();
  expect(signals.outbox.value).toMatchObject([{ state: "waiting", offered: false }]);
  // A phone whose word is wrong, as on a cable of its own, sends as soon as something has been reached.
  town.network = "there";
  await signals.pullNow();
  await signals.pullNow();
  expect(texts()).toEqual([["applied", "på heden"]]);
});

test("photos follow the words: into the form that mends, to another place, and no more than three", async () => {
  const [one, two, three, four] = ["a", "b", "c", "d"].map((sign) => sign.repeat(64)) as [
    string,
    string,
    string,
    string,
  ];
  town.network = "cut";
  await signals.reportFault(bench, { what: "broken", text: "", photos: [one, two] });
  const [item] = signals.outbox.value;
  if (!item) throw new Error("it is not in the outbox");
  const { mend, draftOf, asItWas, moveDraft, putDraft } = await words();
  const key = await mend(item);
  expect(draftOf(key)).toEqual({ what: "broken", text: "", photos: [one, two], mends: item.id });
  expect(asItWas(draftOf(key))).toBe(true);
  expect(asItWas({ ...draftOf(key), photos: [one] })).toBe(false);
  await putDraft("place/p2", { what: null, text: "", photos: [three, four] });
  await moveDraft(key, "place/p2");
  expect(draftOf("place/p2").photos).toEqual([three, four, one]);
});

test("a photo without a word is a draft, and none is no draft", async () => {
  const { putDraft, draftOf } = await words();
  await putDraft("place/p1", { what: null, text: "", photos: ["a".repeat(64)] });
  expect([...(await drafts()).drafts.value.keys()]).toEqual(["place/p1"]);
  await putDraft("place/p1", { ...draftOf("place/p1"), photos: [] });
  expect([...(await drafts()).drafts.value.keys()]).toEqual([]);
});

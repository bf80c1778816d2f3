// What a phone follows: shown at the tap, sent under its own secret, kept as the server answers it, and forgotten with one word.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeviceTown } from "./device-town.ts";
import { Phone, type Signals } from "./phone.ts";

let town: DeviceTown;
let phone: Phone;
const EVENT = { kind: "event", id: "e1" } as const;

beforeEach(() => {
  town = new DeviceTown();
  town.place("p1", "Sted 1");
  town.put("event", "e1", { id: "e1", slug: "kaffe", name: { da: "Kaffe" }, rule: { da: "hver uge" }, times: [] });
  phone = new Phone(town);
});
afterEach(async () => {
  await phone.end();
  vi.restoreAllMocks();
});

type Device = typeof import("../../../pwa/src/store/device.ts");

async function started(): Promise<[Signals, Device]> {
  const signals = await phone.settled();
  const device: Device = await import("../../../pwa/src/store/device.ts");
  device.startDevice();
  await device.askMine();
  return [signals, device];
}

const pick = (all: readonly { kind?: string; id?: string; said: string }[]) => all.map(({ id, said }) => [id, said]);
const kept = async () => {
  const { own } = await import("../../../pwa/src/store/own.ts");
  return (await own.run((db) => db.get("device", "mine"))) as { secret: string; follows: { id: string }[] } | undefined;
};

test("who follows nothing has no secret, and nobody is asked about it", async () => {
  const [signals] = await started();
  await signals.pullNow();
  expect([await kept(), town.mines]).toEqual([undefined, 0]);
});

test("a tap without network shows at once, waits, survives a kill, and goes under the phone's own secret, without cookies", async () => {
  let [, device] = await started();
  town.network = "cut";
  await device.follow(EVENT, ["hour", "evening"]);
  expect(pick(device.follows.value)).toEqual([["e1", "waiting"]]);
  [, device] = await started();
  expect(pick(device.follows.value)).toEqual([["e1", "waiting"]]);
  town.network = "there";
  const signals = await import("../../../pwa/src/store/signals.ts");
  await signals.pullNow();
  await device.askMine();
  expect(pick(device.follows.value)).toEqual([["e1", "known"]]);
  expect(town.said.map(({ verb, args }) => [verb, args])).toEqual([
    ["follow", { when: ["evening", "hour"], only: null }],
  ]);
  const { secret } = (await kept()) ?? {};
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect([...town.devices.keys()]).toEqual([secret]);
  expect(new Set(town.cookies)).toEqual(new Set(["omit"]));
});

test("the line of a follow tells the day alone, and no order by its id", async () => {
  const [signals, device] = await started();
  town.network = "cut";
  await device.follow(EVENT, []);
  const [op] = signals.outbox.value;
  const { own } = await import("../../../pwa/src/store/own.ts");
  const [row] = (await own.run((db) => db.getAll("outbox"))) as unknown as { line: string }[];
  expect(JSON.parse(row?.line ?? "").at).toMatch(/T00:00:00Z$/);
  expect(op?.id[14]).toBe("4");
});

test("what was followed and stopped again without network leaves nothing to send", async () => {
  const [signals, device] = await started();
  town.network = "cut";
  await device.follow(EVENT, ["hour"]);
  await device.unfollow(EVENT);
  expect(device.follows.value).toEqual([]);
  expect(signals.outbox.value).toEqual([]);
});

test("a follow that is changed twice before it is sent goes once, as it was said last", async () => {
  const [signals, device] = await started();
  town.network = "cut";
  await device.follow(EVENT, ["hour"]);
  await device.follow(EVENT, ["evening"], "2026-03-12");
  town.network = "there";
  await signals.pullNow();
  expect(town.said.map(({ args }) => args)).toEqual([{ when: ["evening"], only: "2026-03-12" }]);
});

test("stopped without network it is gone from the screen, and the server hears of it later", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  town.network = "cut";
  await device.unfollow(EVENT);
  expect(device.follows.value).toEqual([]);
  town.network = "there";
  await signals.pullNow();
  expect([...town.devices.values()][0]?.follows).toEqual([]);
});

test("a time is skipped and unskipped", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await device.skip("e1", "2099-03-12");
  await signals.pullNow();
  expect(device.skipOf("e1", "2099-03-12")).toMatchObject({ said: "known" });
  await device.skip("e1", "2099-03-12", false);
  await signals.pullNow();
  expect(device.skipOf("e1", "2099-03-12")).toBe(null);
  expect([...town.devices.values()][0]?.skips).toEqual([]);
});

test("the host's answer comes with the next round and is read without network after that", async () => {
  let [signals, device] = await started();
  await device.askMet("e1", "2099-03-12");
  await signals.pullNow();
  await device.askMine();
  expect(device.metOf("e1", "2099-03-12")).toMatchObject({ said: "known", answer: null });
  const [row] = [...town.devices.values()];
  if (row)
    row.met = row.met.map((one) => ({
      ...one,
      answer: { da: "Ved den røde dør" },
      answered_at: "2099-03-12T08:20:00Z",
    }));
  await signals.pullNow();
  await device.askMine();
  town.network = "cut";
  [signals, device] = await started();
  expect(device.metOf("e1", "2099-03-12")?.answer).toEqual({ da: "Ved den røde dør" });
});

test("what the server says no to is not shown as followed, and stays with its reason", async () => {
  town.no.set("follow", "too_many");
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  await vi.waitFor(() => expect(device.refused.value.map(({ code }) => code)).toEqual(["too_many"]));
  expect(device.follows.value).toEqual([]);
});

test("a server that has forgotten the phone is told anew what it follows: the phone's word counts", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await device.skip("e1", "2099-03-12");
  await signals.pullNow();
  await vi.waitFor(() => expect(device.kept.value?.follows.length).toBe(1));
  town.devices.clear();
  device.expect();
  await device.askMine();
  await signals.pullNow();
  const [row] = [...town.devices.values()];
  expect(row?.follows.map(({ id, when }) => [id, when])).toEqual([["e1", ["hour"]]]);
  expect(row?.skips).toEqual([{ event_id: "e1", day: "2099-03-12" }]);
  expect(town.devices.size).toBe(1);
});

test("a restored server that lost a stop hears it again, of a follow that the phone no longer has", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  const [row] = [...town.devices.values()];
  row?.follows.push({ kind: "place", id: "p1", when: [], only: null, since: "2026-01-01" });
  device.expect();
  await device.askMine();
  await signals.pullNow();
  expect(row?.follows.map(({ id }) => id)).toEqual(["e1"]);
});

test("what can not be followed any more, said again by the phone itself, goes in silence", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  town.devices.clear();
  town.no.set("follow", "gone");
  device.expect();
  await device.askMine();
  await signals.pullNow();
  await vi.waitFor(() => expect(device.kept.value?.follows).toEqual([]));
  expect(device.refused.value).toEqual([]);
});

test("all is stopped: the server forgets the phone, the secret is gone, and what is followed next has another", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  const before = (await kept())?.secret;
  expect(await device.forgetMe(async () => undefined)).toBe(true);
  expect([await kept(), town.devices.size, device.follows.value]).toEqual([undefined, 0, []]);
  await device.follow({ kind: "place", id: "p1" }, []);
  await signals.pullNow();
  expect((await kept())?.secret).not.toBe(before);
});

test("all is stopped without network: nothing is followed from the tap on, and the secret goes with the receipt", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  town.network = "cut";
  expect(await device.forgetMe(async () => undefined)).toBe(false);
  expect([device.follows.value, device.forgetting.value]).toEqual([[], true]);
  town.network = "there";
  await signals.pullNow();
  expect([await kept(), town.devices.size]).toEqual([undefined, 0]);
  expect(signals.outbox.value).toEqual([]);
});

test("followed anew before the server has heard that all was stopped: only that is followed", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  town.network = "cut";
  await device.forgetMe(async () => undefined);
  await device.follow({ kind: "place", id: "p1" }, ["evening"]);
  expect(pick(device.follows.value)).toEqual([["p1", "waiting"]]);
  town.network = "there";
  await signals.pullNow();
  await vi.waitFor(() => expect(pick(device.follows.value)).toEqual([["p1", "known"]]));
  expect([...town.devices.values()].map(({ follows }) => follows.map(({ id }) => id))).toEqual([["p1"]]);
});

test("Slet alt without network leaves one word and its secret, and they go once the server has heard", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  town.network = "cut";
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "" });
  const { eraseAll } = await import("../../../pwa/src/store/kept.ts");
  expect(await eraseAll()).toEqual([]);
  town.network = "there";
  const [after, again] = await started();
  await after.pullNow();
  expect([await kept(), town.devices.size, again.follows.value, after.outbox.value]).toEqual([undefined, 0, [], []]);
  expect(town.inbox.size).toBe(0);
});

test("Slet alt with a network leaves nothing, here or there", async () => {
  const [signals, device] = await started();
  await device.follow(EVENT, ["hour"]);
  await signals.pullNow();
  const { eraseAll } = await import("../../../pwa/src/store/kept.ts");
  expect(await eraseAll()).toEqual([]);
  expect(town.devices.size).toBe(0);
});

test("a phone that can not write follows for this visit, under one secret, and keeps it once there is room", async () => {
  const [signals, device] = await started();
  const { own } = await import("../../../pwa/src/store/own.ts");
  const { StorageTrouble } = await import("../../../pwa/src/store/handle.ts");
  const full = vi.spyOn(own, "run").mockRejectedValue(new StorageTrouble("full", null));
  await device.follow(EVENT, ["hour"]);
  await device.skip("e1", "2099-03-12");
  await signals.pullNow();
  expect([signals.state.value.ops, town.devices.size]).toEqual(["memory", 1]);
  full.mockRestore();
  await signals.keepAgain();
  expect((await kept())?.secret).toBe([...town.devices.keys()][0]);
});

test("the outbox as a file holds what was reported, and nothing of what is followed", async () => {
  const [signals, device] = await started();
  town.network = "cut";
  await device.follow(EVENT, ["hour"]);
  await signals.reportFault({ kind: "place", id: "p1" }, { what: "broken", text: "Brættet er knækket" });
  const text = await signals.outboxText("all");
  expect([text.includes("knækket"), text.includes("follow")]).toEqual([true, false]);
});

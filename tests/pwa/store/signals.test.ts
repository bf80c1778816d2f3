import { effect } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Phone, type Signals } from "./phone.ts";
import { Town } from "./town.ts";

let town: Town;
let phone: Phone;

beforeEach(() => {
  town = new Town();
  for (const n of [1, 2, 3, 4, 5]) town.place(`p${n}`, `Sted ${n}`);
  town.put("settings", "site", { name: "Prøve", code: "376", demo: true });
  phone = new Phone(town);
});

afterEach(() => phone.end());

const names = (signals: Signals): string[] => [...signals.places.value.values()].map((place) => place.name.da);
const faultsOf = (signals: Signals, id: string): string[] => {
  const place = signals.places.value.get(id);
  return place && "faults" in place ? place.faults.map((fault) => `${fault.what} ${fault.state}`) : [];
};
const bench = { kind: "place", id: "p1" };

test("a first visit reads the list and says when it was read by the server's clock", async () => {
  town.clock = Date.parse("2031-03-03T12:00:00Z");
  const signals = await phone.settled();
  expect(names(signals)).toEqual(["Sted 1", "Sted 2", "Sted 3", "Sted 4", "Sted 5"]);
  expect(signals.site.value?.name).toBe("Prøve");
  expect(signals.state.value).toMatchObject({ phase: "ready", kept: "disk", trouble: null, reread: false });
  expect(new Date(signals.state.value.readAt ?? 0).getUTCFullYear()).toBe(2031);
  expect(signals.now().getUTCFullYear()).toBe(2031);
});

test("the first rows show while later pages are still to come", async () => {
  town.pageSize = 2;
  const seen: [number, string][] = [];
  const signals = await phone.start();
  const stop = effect(() => {
    seen.push([signals.places.value.size, signals.state.value.phase]);
  });
  await signals.pullNow();
  stop();
  expect(seen).toContainEqual([2, "reading"]);
  expect(seen).toContainEqual([4, "reading"]);
  expect(seen.at(-1)).toEqual([5, "ready"]);
});

test("a phone started without network shows what it kept, with the age it had", async () => {
  const before = await phone.settled();
  town.network = "cut";
  const signals = await phone.start();
  expect(names(signals)).toHaveLength(5);
  expect(signals.state.value).toMatchObject({ phase: "ready", readAt: before.state.value.readAt });
  await signals.pullNow();
  expect(signals.online.value).toBe(false);
  expect(names(signals)).toHaveLength(5);
});

test("the server's clock is kept for a start without network", async () => {
  town.clock = Date.parse("2031-03-03T12:00:00Z");
  await phone.settled();
  town.network = "cut";
  const signals = await phone.start();
  expect(signals.now().getUTCFullYear()).toBe(2031);
});

test("a first visit without network is empty and says so", async () => {
  town.network = "cut";
  const signals = await phone.settled();
  expect(signals.state.value).toMatchObject({ phase: "empty", readAt: null });
});

for (const network of ["cut", "502", "portal"] as const)
  test(`online is said only after a request came through, and not of this: ${network}`, async () => {
    town.network = network;
    const signals = await phone.settled();
    expect(signals.online.value).toBe(false);
    town.network = "there";
    await signals.pullNow();
    expect(signals.online.value).toBe(true);
    town.network = network;
    await signals.pullNow();
    expect(signals.online.value).toBe(false);
  });

test("that there is no network is not said while the first question is still out", async () => {
  let answer: () => void = () => undefined;
  town.before = () => new Promise((done) => (answer = done));
  const signals = await phone.start();
  const pulled = signals.pullNow();
  expect(signals.asked.value).toBe(false);
  await vi.waitFor(() => expect(town.asked).not.toEqual([]));
  town.network = "cut";
  town.before = () => undefined;
  answer();
  await pulled;
  expect(signals.asked.value).toBe(true);
  expect(signals.online.value).toBe(false);
});

test("a place that dissolves or is withdrawn is so at the next read", async () => {
  const signals = await phone.settled();
  town.put("place", "p2", { id: "p2", slug: "p2", form: "spot", state: "dissolved", name: { da: "Sted 2" } });
  town.put("place", "p3", null);
  await signals.pullNow();
  expect(signals.places.value.get("p2")?.state).toBe("dissolved");
  expect(signals.places.value.has("p3")).toBe(false);
});

test("a reported fault waits on the phone, shows at once and outlives a kill", async () => {
  const first = await phone.settled();
  expect(faultsOf(first, "p1")).toEqual([]);
  town.network = "cut";
  await first.reportFault(bench, { what: "broken", text: "Ryglænet er knækket" });
  expect(faultsOf(first, "p1")).toEqual(["broken waiting"]);
  const signals = await phone.settled();
  expect(faultsOf(signals, "p1")).toEqual(["broken waiting"]);
  expect(signals.outbox.value).toMatchObject([{ verb: "report_fault", state: "waiting", subject: bench }]);
});

test("what waited lands once when the network is back, and the feed takes over from the overlay", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  await signals.reportFault(bench, { what: "broken", text: "" });
  await signals.pullNow();
  town.network = "there";
  await signals.pullNow();
  await signals.pullNow();
  expect(town.inbox.size).toBe(1);
  expect(faultsOf(signals, "p1")).toEqual(["broken reported"]);
  expect(signals.outbox.value).toMatchObject([{ state: "applied" }]);
});

test("an op whose answer was lost is sent again as it was and is one", async () => {
  const signals = await phone.settled();
  let lost = true;
  const { fetch } = town;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const answer = await fetch(path, init);
    if (path === "/api/v1/ops" && lost) {
      lost = false;
      throw new TypeError("Failed to fetch");
    }
    return answer;
  });
  await signals.reportFault(bench, { what: "litter", text: "" });
  await signals.pullNow();
  await signals.pullNow();
  expect(new Set(town.sent).size).toBe(1);
  expect(town.inbox.size).toBe(1);
  expect(signals.outbox.value).toMatchObject([{ state: "applied" }]);
});

test("a refused op stays with its reason and is out of the list; the person may discard it", async () => {
  town.refuse = { code: "gone", detail: "Stedet er nedlagt." };
  const signals = await phone.settled();
  await signals.reportFault(bench, { what: "broken", text: "" });
  await signals.pullNow();
  expect(signals.outbox.value).toMatchObject([{ state: "refused", code: "gone", detail: "Stedet er nedlagt." }]);
  expect(faultsOf(signals, "p1")).toEqual([]);
  await signals.discard(signals.outbox.value[0]?.id ?? "");
  expect(signals.outbox.value).toEqual([]);
});

test("what was refused goes out as a new op when tried again", async () => {
  town.refuse = { code: "too_long", detail: "" };
  const signals = await phone.settled();
  await signals.reportFault(bench, { what: "broken", text: "" });
  await signals.pullNow();
  const old = signals.outbox.value[0]?.id ?? "";
  town.refuse = null;
  await signals.retry(old);
  await signals.pullNow();
  expect(signals.outbox.value).toMatchObject([{ state: "applied" }]);
  expect(signals.outbox.value[0]?.id).not.toBe(old);
});

test("the outbox as a file has each op as the line that is sent, and another phone sends it once", async () => {
  const signals = await phone.settled();
  town.network = "cut";
  await signals.reportFault(bench, { what: "broken", text: "Blæst omkuld" });
  const text = await signals.outboxText("open");
  const [, kept = ""] = text.split("\n");
  expect(JSON.parse(JSON.parse(kept).line)).toMatchObject({ verb: "report_fault", args: { text: "Blæst omkuld" } });
  const other = new Phone(town);
  town.network = "there";
  const there = await other.settled();
  expect(await there.bringIn(text)).toEqual({ taken: 1, had: 0, wrong: 0, left: 0 });
  expect(await there.bringIn(text)).toEqual({ taken: 0, had: 1, wrong: 0, left: 0 });
  await there.pullNow();
  await other.end();
  const again = await phone.start();
  await again.pullNow();
  expect(again.outbox.value).toMatchObject([{ state: "applied" }]);
  expect(town.inbox.size).toBe(1);
});

test("a server begun anew is read beside the old list, which is never empty meanwhile, and gets the old ops again", async () => {
  const signals = await phone.settled();
  await signals.reportFault(bench, { what: "broken", text: "" });
  await signals.pullNow();
  // The backup of the night before: without the fault, with a place more.
  town.epoch = "e2";
  town.inbox.clear();
  town.place("p1", "Sted 1");
  town.place("p6", "Sted 6");
  town.pageSize = 2;
  const sizes = new Set<number>();
  const faults = new Set<number>();
  const stop = effect(() => {
    sizes.add(signals.places.value.size);
    faults.add(faultsOf(signals, "p1").length);
  });
  await signals.pullNow();
  await signals.pullNow();
  await signals.pullNow();
  stop();
  expect([...sizes]).toEqual([5, 6]);
  expect([...faults]).toEqual([1]);
  expect(town.inbox.size).toBe(1);
  expect(faultsOf(signals, "p1")).toEqual(["broken reported"]);
});

test("a copy that does not add up is read afresh once, past the browser's cache, and says so", async () => {
  const signals = await phone.settled();
  town.lie = 1;
  town.place("p6", "Sted 6");
  const caches: (RequestCache | undefined)[] = [];
  const { fetch } = town;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    caches.push(init.cache);
    return fetch(path, init);
  });
  await signals.pullNow();
  expect(signals.state.value.reread).toBe(true);
  expect(caches).toContain("reload");
  expect(signals.places.value.size).toBe(6);
});

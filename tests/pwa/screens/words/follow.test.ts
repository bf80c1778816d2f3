// What is followed in words: moments as people say them, what is ordered by when, and what is to be remembered.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  justOver,
  momentSaid,
  nameOfFollowed,
  nextDue,
  orderWords,
  timesToCome,
  timesToRemind,
  toRemember,
  wasMine,
} from "../../../../pwa/src/screens/words/follow.ts";
import type { MyFollow } from "../../../../pwa/src/store/device.ts";
import { events } from "../../../../pwa/src/store/signals.ts";
import { later } from "../../../../pwa/src/text/da-later.ts";
import { add } from "../../../../pwa/src/text/t.ts";
import { event, happen, time } from "../happening.ts";
import { fill, place, site } from "../town.ts";

const follows = vi.hoisted(() => ({ value: [] as unknown[] }));
const skips = vi.hoisted(() => ({ value: [] as unknown[] }));
const met = vi.hoisted(() => ({ value: [] as unknown[] }));
vi.mock("../../../../pwa/src/store/device.ts", () => ({ follows, skips, met }));

const plain = (text: string | null | undefined) => text?.replaceAll("\u00a0", " ");
const RULES = {
  phone: "54 73 10 00",
  hours_ahead: 2,
  deadline_local: null,
  hours: null,
  price: null,
};
const house = place({ id: "house", point: [11.87, 54.77] });
const coffee = event({
  id: "coffee",
  place_id: "house",
  organiser_id: "friends",
  rule: { da: "hver torsdag kl. 14" },
  times: [time("coffee", "2026-03-12", "14:00"), time("coffee", "2026-03-19", "14:00")],
});

beforeAll(() => add(later));
beforeEach(() => {
  // Wednesday the 11th, at 12 here.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-11T11:00:00Z") });
  fill({ places: [house], site: { ...site, transport: RULES } });
  happen([coffee]);
  [follows.value, skips.value, met.value] = [[], [], []];
});
afterEach(() => vi.useRealTimers());

const follow = (part: Partial<MyFollow>): MyFollow => ({
  kind: "event",
  id: "coffee",
  when: ["transport"],
  only: null,
  since: "2026-03-01",
  said: "known",
  ...part,
});
const said = () => toRemember().map(({ time: { id }, due }) => `${id} ${due.what} ${plain(momentSaid(due.at))}`);

describe("moments", () => {
  test.each([
    ["2026-03-11T18:00:00Z", "i dag kl. 19"],
    ["2026-03-12T10:30:00Z", "i morgen kl. 11.30"],
    ["2026-03-16T18:00:00Z", "mandag kl. 19"],
    ["2026-03-18T18:00:00Z", "onsdag den 18. marts kl. 19"],
  ])("%s is %s", (at, words) => {
    expect(plain(momentSaid(Date.parse(at)))).toBe(words);
  });

  test("transport is ordered by a clock on the same day, by day and clock where it is another", () => {
    const [first] = coffee.times;
    const due = first && nextDue("transport", [first])?.due;
    expect(due && plain(orderWords(due))).toBe("Bestil senest kl. 12, også turen hjem.");
    const early = { ...site, transport: { ...RULES, hours_ahead: null, deadline_local: "20:45" } };
    fill({ places: [house], site: { ...early, quiet: { from: "20:00", to: "08:00" } } });
    const before = first && nextDue("transport", [first])?.due;
    expect(before && plain(momentSaid(before.at))).toBe("i dag kl. 19.30");
  });

  test("a reminder that is too late for this time is told for the next", () => {
    vi.setSystemTime(Date.parse("2026-03-12T11:30:00Z"));
    expect(nextDue("transport", coffee.times)?.time.id).toBe("coffee.20260319");
    expect(nextDue("hour", coffee.times.slice(0, 1))?.due.what).toBe("hour");
  });
});

describe("what is to be remembered", () => {
  test("of an event each kind that was chosen, by when it comes", () => {
    follows.value = [follow({ when: ["evening", "hour"] })];
    expect(said()).toEqual([
      "coffee.20260312 evening i dag kl. 19",
      "coffee.20260312 hour i morgen kl. 13",
      "coffee.20260319 evening onsdag den 18. marts kl. 19",
      "coffee.20260319 hour torsdag den 19. marts kl. 13",
    ]);
  });

  test.each([
    ["its place", { kind: "place", id: "house" }],
    ["its organiser", { kind: "organiser", id: "friends" }],
    ["the area round the nearest town", { kind: "area", id: "nykoebing" }],
    ["all of it", { kind: "settings", id: "site" }],
  ] as const)("the same where %s is followed, and once where both are", (_, what) => {
    follows.value = [follow({ ...what }), follow({})];
    expect(said()).toHaveLength(2);
    follows.value = [follow({ ...what })];
    expect(said()).toHaveLength(2);
  });

  test("the area round another town says nothing", () => {
    follows.value = [follow({ kind: "area", id: "nysted" })];
    expect(said()).toEqual([]);
  });

  test("what is skipped, cancelled, or of another day than the one that is followed is left out", () => {
    follows.value = [follow({})];
    skips.value = [{ event_id: "coffee", day: "2026-03-12" }];
    expect(said()).toEqual(["coffee.20260319 transport torsdag den 19. marts kl. 11.30"]);
    skips.value = [];
    follows.value = [follow({ only: "2026-03-19" })];
    expect(said()).toHaveLength(1);
    expect(timesToCome(coffee, "2026-03-19")).toHaveLength(1);
    follows.value = [follow({})];
    happen([{ ...coffee, state: "cancelled" }]);
    expect(said()).toEqual([]);
  });
});

test("two times that are skipped one after the other are both passed over: the next is the one after them", () => {
  skips.value = [
    { event_id: "coffee", day: "2026-03-12" },
    { event_id: "coffee", day: "2026-03-19" },
  ];
  happen([{ ...coffee, times: [...coffee.times, time("coffee", "2026-03-26", "14:00")] }]);
  const [found] = [...events.value.values()];
  expect(found && timesToCome(found, null)).toHaveLength(3);
  expect(found && timesToRemind(found, null).map(({ date }) => date)).toEqual(["2026-03-26"]);
  expect(found && timesToRemind(found, "2026-03-19")).toEqual([]);
});

describe("what is just over", () => {
  beforeEach(() => vi.setSystemTime(Date.parse("2026-03-13T09:00:00Z")));
  const over = () => justOver().map(({ time: { id } }) => id);

  test("whoever follows it, or asked to be met there, may be asked how it was; nobody else", () => {
    expect(over()).toEqual([]);
    follows.value = [follow({ kind: "place", id: "house" })];
    expect(over()).toEqual(["coffee.20260312"]);
    [follows.value, met.value] = [[], [{ event_id: "coffee", day: "2026-03-12" }]];
    expect(over()).toEqual(["coffee.20260312"]);
  });

  test("not who follows it only since, for they may never have been there", () => {
    follows.value = [follow({ since: "2026-03-13" })];
    expect(over()).toEqual([]);
  });

  test("not who skipped it, and not after three days", () => {
    const [first] = coffee.times;
    follows.value = [follow({})];
    expect(first && wasMine(coffee, first)).toBe(true);
    skips.value = [{ event_id: "coffee", day: "2026-03-12" }];
    expect(first && wasMine(coffee, first)).toBe(false);
    expect(over()).toEqual([]);
    skips.value = [];
    vi.setSystemTime(Date.parse("2026-03-15T16:00:00Z"));
    expect(over()).toEqual([]);
  });
});

describe("names", () => {
  test("of an organiser leads to what it holds, of all of it to what nothing is left out of", () => {
    happen([coffee], [{ id: "friends", slug: "friends", name: "Havnens Venner", url: null }]);
    const friends = nameOfFollowed({ kind: "organiser", id: "friends" });
    expect([friends.href, friends.only]).toEqual(["/det-sker", { organiser: "friends" }]);
    expect(nameOfFollowed({ kind: "settings", id: "site" }).only).toEqual({});
  });

  test("of what the phone has, with the way to it; of what it no longer has it says so", () => {
    expect(nameOfFollowed({ kind: "area", id: "nykoebing" }).words).toBe("Omkring Nykøbing");
    expect(nameOfFollowed({ kind: "place", id: "house" }).href).toBe("/steder/house");
    expect(nameOfFollowed({ kind: "event", id: "none" })).toEqual({
      words: "Noget, som ikke er på telefonen mere",
      lang: null,
      href: null,
    });
  });
});

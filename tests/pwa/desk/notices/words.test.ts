import { expect, test } from "vitest";
import type { Event, Organiser, Site, StaffPlace } from "../../../../pwa/src/desk/data/things.ts";
import { choices, type Known, reasons, toWords, whenWords } from "../../../../pwa/src/desk/notices/words.ts";
import { EVENT, event, time } from "../host/events.ts";

const NOW = Date.parse("2026-03-12T11:00:00Z");
const place = (id: string, da: string, state: string) => ({ id, name: { da }, state }) as StaffPlace;
const known: Known = {
  places: new Map([
    ["a", place("a", "Åhuset", "active")],
    ["b", place("b", "Bænken", "resting")],
    ["c", place("c", "Ideen", "idea")],
    ["d", place("d", "Lukket", "dissolved")],
  ]),
  events: new Map<string, Event>([
    [EVENT, event({ times: [time("2026-03-19")] })],
    ["old", event({ id: "old", times: [time("2026-03-01")] })],
    ["draft", event({ id: "draft", state: "draft", times: [time("2026-03-19")] })],
  ]),
  organisers: new Map([["k", { id: "k", slug: "k", name: "Krolfklubben", url: null } as Organiser]]),
  site: { towns: [{ name: { da: "Nykøbing Falster" }, point: [11.87, 54.77] }] } as unknown as Site,
};

test.each([
  ["2026-03-12T13:00:00Z", "i dag kl. 14"],
  ["2026-03-13T07:00:00Z", "i morgen kl. 8"],
  ["2026-03-11T07:30:00Z", "i går kl. 8.30"],
  ["2026-03-30T06:00:00Z", "mandag den 30. marts kl. 8"],
  ["2027-01-04T07:05:00Z", "mandag den 4. januar 2027 kl. 8.05"],
  // By the municipality's clock, whatever this computer is set to.
  ["2026-03-12T23:30:00Z", "i morgen kl. 0.30"],
])("%s is %s", (at, words) => {
  expect(whenWords(at, NOW).replaceAll("\u00a0", " ")).toBe(words);
});

test("to whom it goes is told by name, also where the name is gone", () => {
  expect(toWords({ kind: "place", id: "b" }, known)).toBe("Dem, der følger Bænken");
  expect(toWords({ kind: "area", id: "nykoebing-falster" }, known)).toBe("Dem, der følger Nykøbing Falster");
  expect(toWords({ kind: "organiser", id: "k" }, known)).toBe("Dem, der følger Krolfklubben");
  expect(toWords({ kind: "event", id: "nothing" }, known)).toContain("ikke er her mere");
  expect(toWords({ kind: "all", id: null }, known)).toBe("Alle, der følger noget");
});

test("only what readers know can be chosen, and of events what is to come", () => {
  expect(choices("place", known, NOW).map(([, name]) => name)).toEqual(["Bænken", "Åhuset"]);
  expect(choices("event", known, NOW).map(([id]) => id)).toEqual([EVENT]);
  expect(choices("area", known, NOW)).toEqual([["nykoebing-falster", "Nykøbing Falster"]]);
  expect(choices("all", known, NOW)).toEqual([]);
});

test("why the others were not reached is told a line each, and one and many are told apart", () => {
  const told = reasons({ gone: 1, no_push: 12, quota: 2 });
  expect(told[0]).toMatch(/^12 telefoner følger/);
  expect(told[1]).toMatch(/^1 telefon findes ikke mere/);
  expect(told[2]).toBe("2 telefoner blev ikke nået.");
});

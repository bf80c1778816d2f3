import { expect, test } from "vitest";
import { newIn, turns } from "../../../../pwa/src/desk/host/turns.ts";
import { EVENT, event, time } from "./events.ts";

const NOW = Date.parse("2026-03-12T11:00:00Z");
const DAYS = ["2026-02-20", "2026-03-05", "2026-03-12", "2026-03-19", "2026-04-30"];
const coffee = event({ times: DAYS.map((day) => time(day)) });
const of = (p: Partial<Parameters<typeof turns>[0]>) =>
  turns({ events: [coffee], asked: [], counts: [], doing: [], now: NOW, every: true, ...p });
const asked = (day: string, number: number, answer: string | null = null) => ({
  ...{ event_id: EVENT, day, number },
  answer: answer === null ? null : { da: answer },
});

test("a host sees what comes in two weeks, and of what was the last two", () => {
  const { coming, over } = of({});
  expect(coming.map(({ day }) => day)).toEqual(["2026-03-12", "2026-03-19"]);
  expect(over.map(({ day }) => day)).toEqual(["2026-03-05"]);
});

test("somebody who asks about a time far ahead is seen, even one", () => {
  const { coming } = of({ asked: [asked("2026-04-30", 1)] });
  expect(coming.map(({ day, number }) => [day, number])).toContainEqual(["2026-04-30", 1]);
});

test("staff see of what comes only where somebody has asked or was answered", () => {
  const { coming } = of({ every: false, asked: [asked("2026-03-19", 2), asked("2026-04-30", 0, "Ved døren")] });
  expect(coming.map(({ day }) => day)).toEqual(["2026-03-19", "2026-04-30"]);
});

test("nothing is asked of a host about what is cancelled, or about a draft", () => {
  const off = { times: [time("2026-03-19", { state: "cancelled" }), time("2026-03-05", { state: "cancelled" })] };
  expect(of({ events: [event(off)] })).toEqual({ coming: [], over: [] });
  expect(of({ events: [{ ...coffee, state: "cancelled" }] })).toEqual({ coming: [], over: [] });
  expect(of({ events: [{ ...coffee, state: "proposed" }] })).toEqual({ coming: [], over: [] });
});

test("what was done here and has not come through shows already", () => {
  const answer = {
    verb: "answer_met",
    event_id: EVENT,
    args: { day: "2026-03-19", answer: { da: "Ved den røde dør" } },
  };
  const count = { verb: "count_event", event_id: EVENT, args: { day: "2026-03-05", came: 7, new: 2 } };
  const { coming, over } = of({ doing: [answer, count], asked: [asked("2026-03-19", 1, "Før")] });
  expect(coming.find(({ day }) => day === "2026-03-19")?.answer).toBe("Ved den røde dør");
  expect(over[0]?.counted).toMatchObject({ came: 7, new: 2 });
});

test("what is not counted goes before what is", () => {
  const events = [event({ times: [time("2026-03-03"), time("2026-03-05"), time("2026-03-10")] })];
  const counts = [{ event_id: EVENT, day: "2026-03-10", came: 4, new: 0 }];
  expect(of({ events, counts }).over.map(({ day }) => day)).toEqual(["2026-03-05", "2026-03-03", "2026-03-10"]);
});

test("a whole day can be come to and counted at the same time", () => {
  const { coming, over } = of({ events: [event({ times: [time("2026-03-12", { allDay: true })] })] });
  expect([coming.length, over.length]).toEqual([1, 1]);
});

test("the new ones of a year are counted once, also those that wait to be sent", () => {
  const counts = [
    { event_id: EVENT, day: "2025-12-30", came: 9, new: 9 },
    { event_id: EVENT, day: "2026-01-08", came: 5, new: 1 },
    { event_id: EVENT, day: "2026-03-05", came: 5, new: 1 },
  ];
  const doing = [{ verb: "count_event", event_id: EVENT, args: { day: "2026-03-05", came: 7, new: 3 } }];
  expect(newIn("2026", counts, of({ counts, doing }).over)).toBe(4);
});

/** Events at the desk: what is sent of a form, what a single time says, which a list shows, and what waits. */
import { expect, test } from "vitest";
import { changeDraft, dayOf, readChange } from "../../../pwa/src/desk/events/change.ts";
import { isAddress, spots } from "../../../pwa/src/desk/events/find-where.ts";
import { likeThis } from "../../../pwa/src/desk/events/like-this.ts";
import { ALL, counted, pick } from "../../../pwa/src/desk/events/pick.ts";
import { stepsOf } from "../../../pwa/src/desk/events/steps.ts";
import { check, FIVE, lacks, NO_NEWCOMERS, valuesOf } from "../../../pwa/src/desk/events/values.ts";
import { hostless, placesAhead, proposals } from "../../../pwa/src/desk/events/waits.ts";
import { NEW_WHEN } from "../../../pwa/src/desk/events/when.ts";
import { timeWords } from "../../../pwa/src/desk/events/words.ts";
import { say } from "../../../pwa/src/desk/parts/say.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { event, mapOf, place, route, time } from "./things.ts";

add(later);
const NOW = "2027-03-01T11:00:00Z";
const DAY = "2027-03-01";
const when = { ...NEW_WHEN, date: "2027-03-09", starts: "17", ends: "" };

test("five fields are sent as they are meant: the clock, and no empty words", () => {
  const set = {
    name: { da: " Krolf for alle " },
    place_id: "p1",
    schedule: when,
    host: { name: "Ole", phone: " 00 00 " },
  };
  const { sent, wrongs } = { sent: check(set, true, null, "show").set, wrongs: check(set, true, null, "show").wrongs };
  expect([...wrongs]).toEqual([]);
  expect(sent).toMatchObject({
    ...{ name: { da: "Krolf for alle" }, host: { name: "Ole", phone: "00 00" } },
    schedule: { date: "2027-03-09", starts: "17:00", ends: null, rrule: null, skips: [] },
  });
});

test("kept, an event needs its name alone; to be shown it needs where and when, each said at its field", () => {
  const keys = (set: object, aim: "keep" | "show") => [...check(set as never, true, null, aim).wrongs.keys()];
  expect(keys({ schedule: NEW_WHEN }, "keep")).toEqual(["name/da"]);
  expect(keys({ schedule: NEW_WHEN }, "show")).toEqual(["name/da", "where/da", "schedule/date", "schedule/starts"]);
  expect(keys({ name: { da: "Kaffe" }, schedule: { ...when, starts: null }, url: "www.a.dk" }, "show")).toEqual([]);
  expect(check({ schedule: NEW_WHEN }, false).set.schedule).toBeNull();
});

test.each<[string, object, string]>([
  ["a clock that is none", { ...when, starts: "kvart over" }, "schedule/starts"],
  ["an end that is none", { ...when, ends: "25" }, "schedule/ends"],
  ["an end that is the beginning", { ...when, ends: "17.00" }, "schedule/ends"],
  ["no days", { ...when, starts: null, days: 0 }, "schedule/days"],
  ["an hour without a day", { ...when, date: "" }, "schedule/date"],
  ["a day left out that is not chosen", { ...when, left_out: [""] }, "schedule/left_out/0"],
])("%s is said at its field", (_, schedule, path) => {
  expect([...check({ schedule }, false).wrongs.keys()]).toEqual([path]);
});

test("whoever is new is told all five, or nothing", () => {
  const two = { ...NO_NEWCOMERS, where: { da: "Ind ad porten" }, leaving: { da: "Ja" } };
  const read = check({ newcomers: two }, false);
  expect([...read.wrongs.keys()]).toEqual(
    ["who_meets_you", "how_many", "first_minutes"].map((one) => `newcomers/${one}/da`),
  );
  expect(check({ newcomers: { ...NO_NEWCOMERS, where: { da: "  " } } }, false).set.newcomers).toBeNull();
  const all = Object.fromEntries(FIVE.map((one) => [one, { da: "Ja" }]));
  expect(check({ newcomers: all }, false).set.newcomers).toEqual(all);
});

test("what lacks is counted as the server does", () => {
  expect(lacks(valuesOf(null))).toEqual(["name", "place_id", "schedule"]);
  expect(lacks(valuesOf(event("e1", "Krolf", { place_id: "p1" })))).toEqual([]);
});

test("a single time is moved, called off and on again; each says why, and a move says where to", () => {
  const one = time("e1", "2027-03-09", "17:00");
  expect(dayOf(one)).toBe("2027-03-09");
  const draft = changeDraft(one);
  const keys = (more: object) => [...readChange(one, { ...draft, ...more }).wrongs.keys()];
  expect(keys({ state: "cancelled" })).toEqual(["change/why"]);
  expect(keys({ state: "moved", date: "2027-03-10" })).toEqual(["change/why"]);
  expect(keys({ state: "moved", why: "Sol" })).toEqual(["change/date"]);
  expect(keys({ state: "moved", why: "Sol", date: "2027-03-10", starts: "x" })).toEqual(["change/starts"]);
  const moved = { state: "moved", why: "Sol", date: "2027-03-10", starts: "18", ends: "" } as const;
  expect(readChange(one, { ...draft, ...moved }).change).toEqual({
    ...{ day: "2027-03-09", state: "moved", date: "2027-03-10", starts: "18:00", ends: null, why: { da: "Sol" } },
    ...{ full: false, meeting: null },
  });
  expect(
    readChange(one, { ...draft, state: "on", why: "gammel grund", full: true, meeting: " Ved broen " }).change,
  ).toEqual({
    ...{ day: "2027-03-09", state: "on", date: null, starts: null, ends: null, why: null },
    ...{ full: true, meeting: { da: "Ved broen" } },
  });
});

test("where: places in use before routes, those that begin with the word first; an address is seen as one", () => {
  const places = [
    place("p1", "Den gamle plæne"),
    place("p2", "Plænen ved noret"),
    place("p3", "Plænen, en idé", { state: "idea" }),
  ];
  const found = spots(places, [route("r1", "Plænestien", [])], "plæn", 6);
  expect(found.map(({ id }) => id)).toEqual(["p2", "r1", "p1"]);
  expect(["https://moede.dk/a", "www.moede.dk", "Strandvej 3", ""].map(isAddress)).toEqual([true, true, false, false]);
});

const LATER = time("e", "2027-03-09", "17:00");
const krolf = event("e1", "Krolf", { state: "proposed", times: [LATER], host: null });
const kaffe = event("e2", "Kaffe", { place_id: "p1", times: [time("e2", "2027-03-04", "10:00"), LATER] });
const fest = event("e3", "Fest", { state: "cancelled", why: { da: "Regn" }, times: [LATER] });
const gammel = event("e4", "Gammel", { times: [time("e4", "2026-03-04", "10:00")] });

test("a list shows what is asked for, the next first", () => {
  const all = [gammel, fest, krolf, kaffe];
  const ids = (wish: object) =>
    pick(all, { ...ALL, ...wish }, NOW, ({ name }) => name.da.toLowerCase()).map(({ id }) => id);
  expect(ids({})).toEqual(["e2"]);
  expect(ids({ show: "all" })).toEqual(["e2", "e3", "e1", "e4"]);
  expect(ids({ show: "past" })).toEqual(["e4"]);
  expect(ids({ show: "all", place: "p1" })).toEqual(["e2"]);
  expect(ids({ show: "all", words: "kro" })).toEqual(["e1"]);
  expect(counted(all, NOW)).toMatchObject({ coming: 1, proposed: 1, draft: 0, cancelled: 1, past: 1, all: 4 });
});

test("proposals wait before all else of events, with who and when; a day soon without a host is told too", () => {
  const known = { events: mapOf(krolf, kaffe), today: DAY, now: NOW, organiserName: () => "Nykøbing Krolf" };
  expect(proposals(known).map(({ title, rest, note, first }) => [`${title} ${rest}`, note, first])).toEqual([
    ["Krolf venter på jer", "Nykøbing Krolf. Tirs. 9.\u00a0marts kl.\u00a017.", true],
  ]);
  const many = mapOf(...["a", "b", "c", "d", "f"].map((id) => event(id, id, { state: "proposed", times: [LATER] })));
  expect(proposals({ ...known, events: many }).map(({ title }) => title)).toEqual([
    "a",
    "b",
    "c",
    "To forslag til venter",
  ]);
  expect(hostless({ ...known, events: mapOf({ ...kaffe, host: null }) })[0]?.title).toBe("Kaffe");
  expect(hostless(known)).toEqual([]);
});

test("a place where something is to happen is in use; a cancelled one makes nothing happen", () => {
  expect([...placesAhead([kaffe, { ...fest, place_id: "p2" }, { ...krolf, place_id: "p3" }], NOW)]).toEqual(["p1"]);
});

test("who may take which step: an organiser proposes until it is trusted, and staff answer", () => {
  const to = (...of: Parameters<typeof stepsOf>) => stepsOf(...of).map((step) => step.to);
  expect(to("draft", false, false)).toEqual(["proposed", "withdrawn"]);
  expect(to("draft", false, true)).toEqual(["public", "withdrawn"]);
  expect(to("proposed", true, true)).toEqual(["public", "draft"]);
  expect(to("proposed", false, false)).toEqual(["draft"]);
  expect([to("public", false, false), to("cancelled", false, false)]).toEqual([["cancelled"], ["public"]]);
});

test("one that is made like another begins on the same weekday a year after, without single days and notes", () => {
  const schedule = { ...when, starts: "17:00", rrule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270615", left_out: ["2027-03-16"] };
  const like = likeThis(
    event("e1", "Krolf", { place_id: "p1", staff: { schedule, notes: "hemmeligt" } }),
    "2027-11-27",
  );
  expect(like).toMatchObject({ name: { da: "Krolf" }, place_id: "p1" });
  expect(like.schedule).toMatchObject({
    ...{ date: "2028-03-07", rrule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20280613", left_out: [] },
  });
  expect(Object.keys(like)).not.toContain("notes");
});

test("fields of events are told in words", () => {
  const schedule = { ...when, starts: "17:00", ends: "19:30", rrule: "FREQ=MONTHLY;BYDAY=2TU", skips: ["school"] };
  expect(say("schedule", schedule).words).toBe(
    "9.\u00a0marts 2027, kl. 17–19.30, hver måned (den 2. tirsdag), ikke i skoleferier",
  );
  expect(say("host", { name: "Ole", phone: "00 00" }).words).toBe("Ole, 00 00");
  expect(say("themes", ["coffee", "walk"]).words).toBe("kaffe og gåtur");
  expect(say("state", "proposed").words).toBe("forslag");
  expect(say("state", "active").words).toBe("i brug");
  const change = { day: "2027-03-09", state: "cancelled", date: null, starts: null, full: false, why: { da: "Syg" } };
  expect(say("changes", [change]).words).toBe("9.\u00a0marts 2027: aflyst, Syg");
  expect(timeWords({ date: "2027-03-09", start_local: null }, DAY)).toBe("tirs. 9.\u00a0marts, hele dagen");
});

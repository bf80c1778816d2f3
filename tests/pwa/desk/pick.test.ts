/** What a list of places shows, in which order, and how days are said. */
import { expect, test } from "vitest";
import { shares } from "../../../pwa/src/desk/lists/known.ts";
import { ALL, counted, pick, type Wish } from "../../../pwa/src/desk/lists/pick.ts";
import { age, monthsBefore, span, when } from "../../../pwa/src/desk/lists/words.ts";
import { fold } from "../../../pwa/src/text/fold.ts";
import { fact, lacking, mapOf, place, route } from "./things.ts";

const clock = { today: "2026-03-05", seenMonths: 12 };
const seen = (on: string | null) => ({ staff: { missing: [], notes: null, last_seen_on: on } });
const dissolved = {
  ...{ id: "d", slug: "d", form: "spot", state: "dissolved", name: { da: "Ålen" } },
  point: null,
} as never;
const all = [
  place("b", "Ærø", { contact: null }),
  place("a", "Bænken", seen("2024-01-01")),
  place("c", "Åen", { state: "resting" }),
  lacking("e", "Skoven", "developing", ["purpose"]),
  dissolved,
];
const names = (wish: Partial<Wish>) =>
  pick(all, { ...ALL, ...wish }, clock, (one) => fold(one.name.da)).map((one) => one.name.da);

test("all but the dissolved, by name as Danes sort", () => {
  expect(names({})).toEqual(["Bænken", "Skoven", "Ærø", "Åen"]);
});
test.each([
  [{ state: "dissolved" }, ["Ålen"]],
  [{ state: "developing" }, ["Skoven"]],
  [{ lack: "unseen" }, ["Bænken"]],
  [{ lack: "contactless" }, ["Ærø"]],
  [{ lack: "unready" }, ["Skoven"]],
  [{ words: fold("AA") }, ["Åen"]],
  [{ words: fold("baenk") }, ["Bænken"]],
  [{ sort: "state" }, ["Bænken", "Ærø", "Skoven", "Åen"]],
  [{ sort: "seen" }, ["Skoven", "Bænken", "Ærø", "Åen"]],
  [{ sort: "missing" }, ["Skoven", "Bænken", "Ærø", "Åen"]],
] as const)("%j shows %j", (wish, expected) => {
  expect(names(wish)).toEqual(expected);
});

test("each state is counted", () => {
  expect(counted(all)).toEqual({ idea: 0, developing: 1, active: 2, resting: 1, dissolved: 1 });
});

test("of a route what is known is known by its length", () => {
  const way = route("r1", "Skoven", [
    [300, "2026-01-01"],
    [100, null],
  ]);
  const trip = place("p1", "Tur", { form: "route", route_id: "r1" });
  const bench = place("p2", "Bænk", { surface: fact("firm", "2026-01-01") });
  const online = place("p3", "Online", { form: "online" });
  const found = shares([trip, bench, online], mapOf(way));
  expect(found.map((one) => [one.words, one.known])).toEqual([
    ["underlag", 0.875],
    ["trin", 0],
    ["låge, bredde", 0],
    ["hældning", 0],
  ]);
  expect(shares([online], new Map())).toEqual([]);
});

test("days are said as people say them", () => {
  expect(when("2026-03-05", "2026-03-05")).toBe("i dag");
  expect(when("2026-03-04", "2026-03-05")).toBe("i går");
  expect(when("2026-01-12", "2026-03-05")).toBe("12.\u00a0januar");
  expect(when("2025-12-31", "2026-03-05")).toBe("31.\u00a0december 2025");
  expect([age("2026-03-05", "2026-03-05"), age("2026-03-04", "2026-03-05"), age("2026-02-01", "2026-03-05")]).toEqual([
    "i dag",
    "1 dag",
    "32 dage",
  ]);
  expect([age("2025-09-01", "2026-03-05"), age("2023-03-01", "2026-03-05")]).toEqual(["6 måneder", "3 år"]);
  expect([monthsBefore("2026-03-31", 1), monthsBefore("2026-03-05", 24), monthsBefore("2028-02-29", 12)]).toEqual([
    "2026-02-28",
    "2024-03-05",
    "2027-02-28",
  ]);
  expect([span(12), span(24), span(6), span(1)]).toEqual(["et år", "to år", "seks måneder", "en måned"]);
});

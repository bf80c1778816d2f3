/** Faults put together, in order, in words. */
import { expect, test } from "vitest";
import { group, openCount, ordered } from "../../../pwa/src/desk/faults/group.ts";
import { faultTitle } from "../../../pwa/src/desk/faults/words.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { fault, mapOf, place } from "./things.ts";

add(later);

const at = (id: string) => ({ subject: { kind: "place", id } }) as const;

test("the same thing and kind told of three times is one, since the first day", () => {
  const found = group([
    fault("b", { since: "2026-03-04" }),
    fault("a", { since: "2026-03-01" }),
    fault("c", { what: "litter" }),
    fault("d", at("p2")),
  ]);
  expect(found.map((one) => [one.subject.id, one.what, one.since, one.faults.map((f) => f.id)])).toEqual([
    ["p1", "broken", "2026-03-01", ["a", "b"]],
    ["p1", "litter", "2026-03-03", ["c"]],
    ["p2", "broken", "2026-03-03", ["d"]],
  ]);
});

test("a new report on what somebody has taken is taken too, and one on what was mended is new", () => {
  const taken = group([fault("a", { state: "taken", taken_by: "Vej og Park" }), fault("b")]);
  expect(taken.map((one) => [one.state, one.taken_by])).toEqual([["taken", "Vej og Park"]]);
  const again = group([fault("a", { state: "fixed" }), fault("b")]);
  expect(again.map((one) => one.state)).toEqual(["fixed", "reported"]);
});

test("by age what nobody has taken is first, by place and by kind the words decide", () => {
  const groups = group([
    fault("a", { ...at("b"), state: "taken", since: "2026-01-01" }),
    fault("b", { ...at("c"), since: "2026-03-02", what: "litter" }),
    fault("c", { ...at("a"), since: "2026-03-01", what: "under_water" }),
  ]);
  const ids = (order: "age" | "place" | "what") =>
    ordered(groups, order, (one) => one.subject.id).map((one) => one.subject.id);
  expect(ids("age")).toEqual(["a", "c", "b"]);
  expect(ids("place")).toEqual(["a", "b", "c"]);
  expect(ids("what")).toEqual(["b", "c", "a"]);
});

test("a bench without a name is told by its kind and by the place that it belongs to", () => {
  const bench = { id: "f1", code: 1371, type_text: "Bord-bænk", name: null };
  const known = {
    places: mapOf(place("p1", "Hasselø Nor", { facility_ids: ["f1"] })),
    routes: new Map(),
    facilities: new Map([["f1", bench]]) as never,
  };
  const told = (id: string, what: "broken" | "other") => faultTitle(known, { subject: { kind: "facility", id }, what });
  expect(told("f1", "broken")).toBe("Bænk i stykker, Hasselø Nor");
  expect(told("f1", "other")).toBe("Bænk: andet, Hasselø Nor");
  expect(told("f9", "broken")).toBe("En ting i stykker");
  expect(faultTitle(known, { subject: { kind: "place", id: "p1" }, what: "litter" })).toBe("Hasselø Nor: affald");
});

test("what is mended or closed is not counted, and what three told of is one", () => {
  const all = [
    fault("a"),
    fault("b"),
    fault("c", { state: "fixed" }),
    fault("d", { state: "closed" }),
    fault("e", at("p2")),
  ];
  expect(openCount(all)).toBe(2);
});

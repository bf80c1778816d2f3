/** One box over everything: what is found by which words, the best first. */
import { expect, test } from "vitest";
import { entriesOf, find } from "../../../pwa/src/desk/search-find.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { fault, mapOf, place, route } from "./things.ts";

add(later);

const bench = { id: "f1", code: 1371, type_text: "Bord-bænk", name: null };
const all = entriesOf({
  places: mapOf(
    place("p1", "Bænken ved Hasselø Nor", { where: { da: "Ved enden af Norvej" }, facility_ids: ["f1"] }),
    place("p2", "Norvejens café", { contact: { name: "Åse Ærø", phone: null, role: null } }),
    place("p3", "Medborgerhuset"),
  ),
  routes: mapOf(route("r1", "Norruten", [])),
  facilities: new Map([["f1", bench]]) as never,
  faults: mapOf(fault("x1", { subject: { kind: "facility", id: "f1" }, text: "Brættet er knækket" })),
  people: [{ id: "q1", name: "Jens Krogh", role: "Redaktør" }],
});
const hits = (query: string) => find(all, query, 5).hits.map((one) => one.words);

test.each([
  ["hasseloe", ["Bænken ved Hasselø Nor", "Bænk i stykker, Bænken ved Hasselø Nor", "Bænk"]],
  ["HASSELØ nor", ["Bænken ved Hasselø Nor", "Bænk i stykker, Bænken ved Hasselø Nor", "Bænk"]],
  ["aase aeroe", ["Norvejens café"]],
  ["cafe", ["Norvejens café"]],
  ["knækket", ["Bænk i stykker, Bænken ved Hasselø Nor"]],
  ["krogh", ["Jens Krogh"]],
  ["medborgerhuset", ["Medborgerhuset"]],
  ["   ", []],
  ["(", []],
] as const)("%j finds %j", (query, expected) => {
  expect(hits(query)).toEqual(expected);
});

test("what begins with the word stands before what only has it inside, and what has it in its text is last", () => {
  expect(hits("nor")).toEqual([
    "Norvejens café",
    "Norruten",
    "Bænken ved Hasselø Nor",
    "Bænk i stykker, Bænken ved Hasselø Nor",
    "Bænk",
  ]);
});

test("a hit leads to its own screen", () => {
  const to = (query: string) => find(all, query, 1).hits[0]?.href;
  expect([to("medborgerhuset"), to("norruten"), to("knækket"), to("krogh")]).toEqual([
    "/desk/steder/p3",
    "/desk/ruter/r1",
    "/desk/fejl/x1",
    "/desk/folk",
  ]);
});

test("how many there are is told, though only the best are shown", () => {
  const many = entriesOf({
    places: mapOf(...Array.from({ length: 3000 }, (_, n) => place(`p${n}`, `Bænk ${n}`))),
    ...{ routes: new Map(), facilities: new Map(), faults: new Map(), people: [] },
  });
  const found = find(many, "bænk", 12);
  expect([found.hits.length, found.all]).toEqual([12, 3000]);
});

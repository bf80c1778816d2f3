/** What waits for staff, in which order and in which words. */
import { expect, test } from "vitest";
import { type Known, waiting } from "../../../pwa/src/desk/overview-waits.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { fact, fault, lacking, mapOf, place } from "./things.ts";

add(later);

const none: Known = {
  ...{ today: "2026-03-05", places: new Map(), routes: new Map(), facilities: new Map(), faults: new Map() },
  ...{ events: new Map(), now: "2026-03-05T11:00:00Z", organiserName: () => null },
  ...{ drafts: [], unsent: [], seenMonths: 12, asking: [], troubles: [] },
};
const draft = (id: string, more: object = {}) => ({
  ...{ kind: "place", id, isNew: false, set: { name: { da: "Ny" } }, clashes: [] },
  ...more,
});
const clash = (field: string) => ({ field, by: "Jens Krogh", on: "2026-03-04" });
const seen = (on: string | null) => ({ staff: { missing: [], notes: null, last_seen_on: on } });
const op = (id: string, state: "waiting" | "refused") => ({ id, state, subject: { kind: "place", id: "p1" } });

const titles = (known: Partial<Known>) =>
  waiting({ ...none, ...known }).map((one) => [one.title, one.rest].filter(Boolean).join(" "));

test("nothing waits where nothing is wrong", () => {
  expect(waiting({ ...none, places: mapOf(place("p1", "Bænken")) })).toEqual([]);
});

test("the most important first: what is lost, what stands still for citizens, then what can wait", () => {
  const all = titles({
    places: mapOf(
      place("p1", "Bænken ved Hasselø Nor"),
      place("p2", "Sundby Havn", seen("2024-10-08")),
      place("p3", "Skejten", { ...seen(null), contact: null }),
      place("p4", "Kettinge Kær", { contact: null }),
      place("p5", "Toreby", { surface: fact("firm", "2023-01-01") }),
      lacking("p6", "Hamborgskoven", "developing", ["purpose", "activities"]),
      lacking("p7", "Klar", "developing", []),
    ),
    faults: mapOf(fault("f1")),
    drafts: [draft("p2"), draft("p1", { clashes: [clash("surface"), clash("purpose")] })],
    unsent: [op("a", "waiting"), op("b", "refused")],
    asking: [{ id: "q1", name: "Ole", asked_on: "2026-03-01" }],
    troubles: [{ key: "import", title: "En import gik i stå", note: "", button: "Se den", href: "/desk/ind" }],
  });
  expect(all).toEqual([
    "Bænken ved Hasselø Nor er rettet af to",
    "Én rettelse kunne ikke sendes",
    "Én rettelse er ikke sendt endnu",
    "Ole beder om en ny invitation",
    "Bænken ved Hasselø Nor: i stykker",
    "En import gik i stå",
    "Klar er klar",
    "Hamborgskoven er under opbygning",
    "Skejten – hviler stedet?",
    "Sundby Havn er ikke set i et år",
    "Kettinge Kær har ingen, man kan ringe til",
    "Toreby har oplysninger, der er over to år gamle",
    "Sundby Havn er ikke gemt færdigt",
  ]);
});

test("an edit that two made says who, when and which fields", () => {
  const [first] = waiting({
    ...none,
    places: mapOf(place("p1", "Bænken")),
    drafts: [draft("p1", { clashes: [clash("surface"), clash("purpose")] })],
  });
  expect(first?.note).toBe("Du og Jens Krogh, i går. Underlag og formål.");
  expect(first?.does).toEqual({ is: "go", href: "/desk/steder/p1" });
});

test("more than three of a kind are one row together, which opens the list with them alone", () => {
  const places = ["a", "b", "c", "d", "e"].map((id) => place(id, `Sted ${id}`, seen("2024-01-01")));
  const found = waiting({ ...none, places: mapOf(...places) });
  expect(found.map((one) => one.title)).toEqual(["Fem steder er ikke set i et år"]);
  expect(found[0]?.note).toBe("Sted a, Sted b, Sted c og 2 til.");
  expect(found[0]?.does).toEqual({ is: "go", href: "/desk/steder", lack: "unseen" });
  const faults = ["a", "b", "c", "d", "e"].map((id) => fault(id, { subject: { kind: "place", id } }));
  expect(
    titles({ places: mapOf(...places.map((one) => ({ ...one, ...seen("2026-03-01") }))), faults: mapOf(...faults) }),
  ).toEqual(["Sted a: i stykker", "Sted b: i stykker", "Sted c: i stykker", "To fejl mere"]);
});

test("how often a place is seen is the municipality's own number", () => {
  const places = mapOf(place("p1", "Bænken", seen("2025-12-01")));
  expect(titles({ places })).toEqual([]);
  expect(titles({ places, seenMonths: 2 })).toEqual(["Bænken er ikke set i to måneder"]);
});

test("a place that is resting is not asked about, and a professional is not seen", () => {
  const rests = place("p1", "Bænken", { state: "resting", contact: null, ...seen(null) });
  const mental = place("p2", "Sygeplejersken", { form: "mental", ...seen(null) });
  expect(titles({ places: mapOf(rests, mental) })).toEqual([]);
});

test("a place that lacks something is not taken into use from here, one that lacks nothing is", () => {
  const places = mapOf(lacking("p1", "A", "developing", ["purpose"]), lacking("p2", "B", "developing", []));
  const [ready, rest] = waiting({ ...none, places });
  expect([ready?.button, ready?.does.is]).toEqual(["Tag i brug", "activate"]);
  expect([rest?.button, rest?.note]).toEqual(["Skriv resten", "Mangler: formål."]);
});

test("an idea without anything written still stands last of those that are built", () => {
  const places = mapOf(lacking("p1", "Idé", "idea", []), lacking("p2", "Bygges", "developing", ["purpose", "where"]));
  expect(titles({ places })).toEqual(["Bygges er under opbygning", "Idé er en idé"]);
});

test("what the server did not take is told with its reason, and the words are still here", () => {
  const back = { refused: { code: "too_long", detail: "" } };
  const [first] = waiting({ ...none, places: mapOf(place("p1", "Bænken")), drafts: [draft("p1", back)] });
  expect([first?.title, first?.rest, first?.button]).toEqual(["Bænken", "kunne ikke gemmes", "Ret det"]);
  expect(first?.note).toBe("Teksten er for lang. Gør den kortere, og gem igen. Det, du skrev, er her endnu.");
});

test("a new place that nobody has named is told as such", () => {
  const drafts = [draft("p9", { isNew: true, set: { form: "spot" } })];
  expect(titles({ drafts })).toEqual(["Nyt, uden navn er ikke gemt færdigt"]);
});

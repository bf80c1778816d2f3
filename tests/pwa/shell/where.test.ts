import { expect, test } from "vitest";
import { parse, roomOf } from "../../../pwa/src/shell/where.ts";

test.each([
  ["/", { screen: "list" }],
  ["/velkommen", { screen: "list" }],
  ["/kort", { screen: "map" }],
  ["/det-sker", { screen: "happens" }],
  ["/det-sker/kaffe-i-huset", { screen: "happens", slug: "kaffe-i-huset" }],
  ["/det-sker/kaffe/fejl", { screen: "missing" }],
  ["/gemt", { screen: "saved" }],
  ["/meldt", { screen: "reported" }],
  ["/hjaelp", { screen: "help" }],
  ["/om", { screen: "about" }],
  ["/steder/baenken", { screen: "place", slug: "baenken" }],
  ["/steder/b%C3%A6nken/", { screen: "place", slug: "bænken" }],
  ["/ruter/rundt", { screen: "route", slug: "rundt" }],
  ["/ting/05949b0f", { screen: "facility", id: "05949b0f" }],
  ["/steder/baenken/fejl", { screen: "fault", kind: "place", name: "baenken" }],
  ["/ruter/rundt/fejl", { screen: "fault", kind: "route", name: "rundt" }],
  ["/ting/05949b0f/fejl", { screen: "fault", kind: "facility", name: "05949b0f" }],
  ["/MELDT", { screen: "reported" }],
  ["/Steder/B%C3%86NKEN/Fejl", { screen: "fault", kind: "place", name: "bænken" }],
  ["/steder", { screen: "missing" }],
  ["/steder/%E0%A4%A", { screen: "missing" }],
  ["/steder/a/b", { screen: "missing" }],
  ["/steder/a/fejl/b", { screen: "missing" }],
  ["/andet", { screen: "missing" }],
])("%s is its own screen", (path, where) => {
  expect(parse(path)).toEqual(where);
});

test("the word below is lit for where one is", () => {
  expect(roomOf(parse("/steder/a/fejl"))).toBe("places");
  expect(roomOf(parse("/kort"))).toBe("places");
  expect(roomOf(parse("/om"))).toBe("help");
  expect(roomOf(parse("/meldt"))).toBe("saved");
  expect(roomOf(parse("/det-sker/kaffe"))).toBe("happens");
  expect(roomOf(parse("/andet"))).toBeNull();
});

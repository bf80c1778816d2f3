/** Ops in words: which fields, why not, and as a file. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { asText, fieldWords, verbWords, whyWords } from "../../../pwa/src/desk/waits-words.ts";

test("a field is told as people call it, a part of one as the whole, and one that is new here by its own name", () => {
  expect(["surface", "access/width_cm", "hours.note", "brand_new"].map(fieldWords)).toEqual([
    "underlag",
    "adgang",
    "åbningstid",
    "brand_new",
  ]);
});

test("every verb of the server's that leaves a row has its words", () => {
  const files = ["domain/verbs", "login/flow", "login/municipal", "web/backup"];
  const code = files.map((name) => readFileSync(`server/${name}.py`, "utf8")).join("\n");
  const verbs = [...code.matchAll(/(?:Verb\(|verb=)"(\w+)"/g)].map(([, verb]) => verb ?? "");
  expect(verbs.length).toBeGreaterThan(12);
  expect(verbs.filter((verb) => verbWords(verb) === verb)).toEqual([]);
});

test("what lacks, and what is wrong with a value, is said in the server's own words", () => {
  expect(whyWords("not_ready", "Stedet mangler: formål.")).toBe("Stedet mangler: formål.");
  expect(whyWords("invalid", "Ruten findes ikke.")).toBe("Ruten findes ikke.");
  expect(whyWords("in_use", "…")).toBe("Et mødested bruger ruten. Giv stedet en anden rute først.");
  expect(whyWords("brand_new", "Det er nyt.")).toBe("Det er nyt.");
  expect(whyWords(undefined, undefined)).toBe("Serveren kunne ikke tage imod det.");
});

test("a file has every word that was written, by field", () => {
  const set = { name: { da: "Bænken", en: "The bench" }, guests_welcome: true, point: [11.8, 54.7], url: null };
  expect(asText({ set }).split("\n")).toEqual([
    "navn: Bænken (en) The bench",
    "gæster: ja",
    "punkt på kortet: [11.8,54.7]",
  ]);
  expect(asText({ to: "dissolved", why: { da: "Huset er solgt." }, successor_id: null })).toBe(
    "tilstand: dissolved\nhvorfor: Huset er solgt.",
  );
});

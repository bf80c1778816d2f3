import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { outbox } from "../../../pwa/src/text/da/outbox.ts";
import { da as first } from "../../../pwa/src/text/da.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { de } from "../../../pwa/src/text/de.ts";
import { en } from "../../../pwa/src/text/en.ts";
import { add, told, use } from "../../../pwa/src/text/t.ts";

const da: Readonly<Record<string, string>> = { ...first, ...later, ...outbox };
const others: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["en", en],
  ["de", de],
];

beforeAll(() => add({ ...later, ...outbox }));

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();

describe.each(others)("%s", (_, words) => {
  test("has every key, with words in it", () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(da).sort());
    expect(Object.entries(words).filter(([, text]) => !text.trim())).toEqual([]);
  });
  test("fills in the same things as Danish", () => {
    const wrong = Object.keys(da).filter((key) => String(names(da[key] ?? "")) !== String(names(words[key] ?? "")));
    expect(wrong).toEqual([]);
  });
  test("tells one from many where Danish does", () => {
    const wrong = Object.keys(da).filter((key) => da[key]?.includes("|") !== words[key]?.includes("|"));
    expect(wrong).toEqual([]);
  });
});

test("no key stands in two files", () => {
  const dir = "pwa/src/text/da";
  const keys = readdirSync(dir).flatMap((file) =>
    [...readFileSync(`${dir}/${file}`, "utf8").matchAll(/^ {2}"?([\w.-]+)"?:/gm)].map((m) => m[1]),
  );
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test("the Danish is plain: LIX under 35", () => {
  const text = Object.values(da)
    .filter((words) => words.includes(" ") && /[.?]/.test(words))
    .join(" ")
    .replace(/[{}|]/g, " ");
  const words = text.match(/\p{L}+/gu) ?? [];
  const sentences = text.match(/[.?!]+/g) ?? [];
  const long = words.filter((w) => w.length > 6);
  const lix = words.length / sentences.length + (100 * long.length) / words.length;
  expect(lix).toBeLessThan(35);
});

test("nothing is said of being alone, and nobody is scolded", () => {
  const said = Object.values(da).join(" ").toLowerCase();
  for (const word of [
    "ensom",
    "alene",
    "isoleret",
    "desværre",
    "fejlede",
    "ugyldig",
    "adgangsvej",
    "kortpakke",
    "udbakke",
  ]) {
    expect(said).not.toContain(word);
  }
});

test("words that were weighed stay as they are", () => {
  expect(da["pos.title"]).toBe("Må vi se, hvor du er?");
  expect(da["pos.denied"]).toBe(
    "Vi kan ikke se, hvor du er, og det er i orden. Vælg en by, så sorterer vi ud fra den.",
  );
  expect(da["update.ready"]).toBe("Ny udgave er klar. Skift nu, eller næste gang du åbner. Intet går tabt.");
  expect(da["fault.kept"]).toBe("Tak. Fejlen er gemt her og sendes, når der er net. Du kan følge den under Gemt.");
  expect(da["list.across"]).toBe("på den anden side af sundet");
  expect(da["saved.ready"]).toBe("Klar uden net");
  expect(da["follow.leadEvent"]).toContain("Vil du have besked, før det går i gang? Du vælger selv tiden.");
  expect(da["push.deniedEvent"]).toBe(
    "Telefonen siger nej til beskeder. Begivenheden er gemt under Gemt. Vil du slå dem til, så se her hvordan.",
  );
  expect(da["met.noAnswer"]).toBe("{name} har ikke svaret. Du kan ringe, eller bare komme.");
  expect(`${da["error.title"]}. ${da["error.text"]}`).toBe(
    "Noget gik galt hos os. Det, du skrev, er gemt. Prøv igen om lidt.",
  );
  expect([da["first.one"], da["first.two"], da["first.three"]].join(" ")).toBe(
    "Vi spørger ikke, hvem du er. Hvor du går, bliver på din telefon. Din sagsbehandler kan ikke se, at du bruger Mødesteder.",
  );
});

test("a text that has no English is shown in Danish and says so", async () => {
  await use("en");
  expect(told({ da: "Bænken", en: "The bench" })).toEqual({ words: "The bench", lang: "en" });
  expect(told({ da: "Bænken" })).toEqual({ words: "Bænken", lang: "da" });
  await use("da");
  expect(told({ da: "Bænken", en: "The bench" })).toEqual({ words: "Bænken", lang: "da" });
});

import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chooseAll, chooseOnly, home, narrowed, steps, theme, tryNew } from "../../../../pwa/src/screens/now/chosen.ts";
import { farTo, nearFirst } from "../../../../pwa/src/screens/now/far.ts";
import { orderFrom, orderPlain } from "../../../../pwa/src/screens/now/order.ts";
import {
  clockWords,
  dayFrom,
  dayWords,
  eventStepFree,
  firstName,
  hrefOf,
  rowWords,
  timeWords,
  whereWords,
} from "../../../../pwa/src/screens/words/event.ts";
import { later } from "../../../../pwa/src/text/da-later.ts";
import { add, use } from "../../../../pwa/src/text/t.ts";
import { event, happen, time } from "../happening.ts";
import { fact, fill, noAccess, place, route } from "../town.ts";

const TODAY = "2026-03-05";
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const house = place({
  id: "house",
  form: "building",
  name: { da: "Medborger\u00adhuset i Nykøbing", en: "The citizens’ house" },
  point: [11.87, 54.77],
  access: { ...noAccess, step_free: fact(true) },
});
const steep = place({ id: "steep", point: [11.73, 54.66], access: { ...noAccess, step_free: fact(false) } });

beforeAll(() => add(later));
beforeEach(() => fill({ places: [house, steep], routes: [route({ id: "way", name: { da: "Rundt om Noret" } })] }));
afterEach(async () => {
  chooseAll();
  orderPlain();
  await use("da");
});

describe("when it is", () => {
  test.each([
    ["14:00", "16:00", "kl. 14 til 16"],
    ["09:30", "12:00", "kl. 9.30 til 12"],
    ["14:00", null, "kl. 14"],
    [null, null, "hele dagen"],
  ])("from %s to %s", (from, to, words) => {
    expect(plain(clockWords(time("e", "2026-03-12", from, to), TODAY))).toBe(words);
  });
  test("whole days tell their last", () => {
    const days = time("e", "2026-03-06", null, null, { end: "2026-03-08T23:00:00Z" });
    expect(plain(clockWords(days, TODAY))).toBe("hele dagen, til og med søndag den 8. marts");
  });
  test("from today, and with the year where it is far off", () => {
    expect(dayFrom("2026-03-05", TODAY)).toBe("i dag, torsdag den 5. marts");
    expect(dayFrom("2026-03-06", TODAY)).toBe("i morgen, fredag den 6. marts");
    expect(dayWords("2027-03-04", TODAY)).toBe("torsdag den 4. marts 2027");
    expect(plain(timeWords(time("e", "2026-03-12", "19:00"), TODAY))).toBe("torsdag den 12. marts kl. 19");
  });
  test("in English and German the clock is theirs", async () => {
    await use("en");
    expect(clockWords(time("e", "2026-03-12"), TODAY)).toBe("14:00 to 16:00");
    await use("de");
    expect(plain(clockWords(time("e", "2026-03-12"), TODAY))).toBe("14 bis 16 Uhr");
  });
});

describe("where it is", () => {
  test("the place, unless the name says it: then the town", () => {
    expect(whereWords(event({ id: "e", place_id: "house" }))?.words).toBe("Medborger\u00adhuset i Nykøbing");
    const named = event({ id: "e", name: { da: "Kaffe i Medborgerhuset" }, place_id: "house" });
    expect(whereWords(named)?.words).toBe("Nykøbing");
  });
  test("a route, from home, words of its own, nothing", () => {
    expect(whereWords(event({ id: "e", route_id: "way" }))?.words).toBe("Rundt om Noret");
    expect(whereWords(event({ id: "e", url: "https://m.dk" }))?.words).toBe("Hjemmefra");
    expect(whereWords(event({ id: "e", where: { da: "Ved den gule kran." } }))?.words).toBe("Ved den gule kran");
    expect(whereWords(event({ id: "e" }))).toBeNull();
  });
  test("a place whose name has been said in another language says which it is", async () => {
    await use("de");
    expect(whereWords(event({ id: "e", place_id: "house" }))?.lang).toBe("da");
  });
});

describe("what a row says", () => {
  const coffee = event({
    id: "e",
    name: { da: "Kaffe" },
    place_id: "house",
    host: { name: "Kirsten Bach", phone: null },
    newcomers: {
      who_meets_you: { da: "K" },
      where: { da: "W" },
      how_many: { da: "6" },
      first_minutes: { da: "F" },
      leaving: { da: "L" },
    },
  });
  test("where, steps, who meets the new", () => {
    expect(rowWords(coffee, false).map(({ words }) => words)).toEqual([
      "Medborger\u00adhuset i Nykøbing.",
      "Uden trin.",
      "Ny her? Kirsten tager imod.",
    ]);
  });
  test("the water between is told with the place", () => {
    expect(rowWords(coffee, true)[0]?.words).toBe("Medborger\u00adhuset i Nykøbing, på den anden side af sundet.");
  });
  test("from home it needs the net, and no steps are told", () => {
    expect(rowWords(event({ id: "e", url: "https://m.dk" }), false).map(({ words }) => words)).toEqual([
      "Hjemmefra.",
      "Kræver net.",
    ]);
  });
  test("a first name, and an address with the day that the rule gave", () => {
    expect(firstName(" Kirsten  Bach")).toBe("Kirsten");
    const moved = time("e", "2026-03-12", "19:00", null, { id: "e.20260305" });
    expect(hrefOf(event({ id: "e", slug: "kaffe" }), moved)).toBe("/det-sker/kaffe#20260305");
  });
});

describe("what the list is narrowed to", () => {
  const all = [
    event({ id: "in", place_id: "house", organiser_id: "o", themes: ["coffee"], level: "try" }),
    event({ id: "up", place_id: "steep", themes: ["walk"] }),
    event({ id: "out", where: { da: "Havnen" }, free: false }),
    event({ id: "net", url: "https://m.dk", themes: ["craft"] }),
    event({ id: "walk", route_id: "way" }),
  ];
  const fitting = () => narrowed(all).fit.map(({ id }) => id);
  test("without steps: those that are known to be so; the unknown are told in number", () => {
    expect(all.map(eventStepFree)).toEqual([true, false, null, true, null]);
    steps.value = true;
    expect(fitting()).toEqual(["in", "net"]);
    expect(narrowed(all).dunnoSteps.map(({ id }) => id)).toEqual(["out", "walk"]);
  });
  test("from home, a theme, for who has never tried it", () => {
    home.value = true;
    expect(fitting()).toEqual(["net"]);
    chooseAll();
    theme.value = "walk";
    expect(fitting()).toEqual(["up"]);
    chooseAll();
    tryNew.value = true;
    expect(fitting()).toEqual(["in"]);
  });
  test("one organiser's, one place's, one route's alone; what was chosen before is off", () => {
    steps.value = true;
    chooseOnly({ organiser: "o" });
    expect(fitting()).toEqual(["in"]);
    chooseOnly({ spot: "steep" });
    expect(fitting()).toEqual(["up"]);
    chooseOnly({ spot: "way" });
    expect(fitting()).toEqual(["walk"]);
  });
  test("near: the nearest first, what is joined from home last, and nothing moves before one asks", () => {
    const rows = all.map((one) => ({ event: one, time: time(one.id, TODAY), date: TODAY, minute: 0, was: false }));
    happen(all);
    expect(nearFirst(rows)).toBe(rows);
    expect(farTo(rows[0]?.event ?? event({ id: "none" }))).toBeNull();
    orderFrom([11.73, 54.66], null);
    const near = nearFirst(rows).map((row) => row.event.id);
    expect(near.slice(0, 2)).toEqual(["up", "in"]);
    expect(near.at(-1)).not.toBe("in");
    expect(farTo(all[1] ?? event({ id: "none" }))?.metres).toBe(0);
    expect(nearFirst([...rows, ...rows], true)).toHaveLength(rows.length);
    expect(nearFirst([...rows, ...rows])).toHaveLength(2 * rows.length);
  });
});

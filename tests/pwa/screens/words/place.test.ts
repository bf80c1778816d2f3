import { beforeEach, describe, expect, test } from "vitest";
import {
  closuresToTell,
  nextWords,
  openWords,
  outOfSeason,
  placeOpen,
} from "../../../../pwa/src/screens/words/open.ts";
import {
  byTown,
  facilitiesAt,
  faultBadge,
  faultsOf,
  kindWords,
  lineOf,
  routeName,
  routeWhat,
  sentences,
  stepFree,
  whatOf,
} from "../../../../pwa/src/screens/words/place.ts";
import { use } from "../../../../pwa/src/text/t.ts";
import { facility, fact, fill, noAccess, place, route, site } from "../town.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const thursday = new Date("2026-03-05T09:00:00Z");
const date = "2026-03-05";
const seen = { across: false, online: true, date };
const what = (p: Parameters<typeof whatOf>[0]) =>
  plain(
    whatOf(p)
      .map((w, i) => (i === 0 ? w.words : `${w.joined ? ", " : ". "}${w.words}`))
      .join(""),
  );

beforeEach(() => fill({}));

describe("what a row says a place is", () => {
  test("a spot: what is here, and whether there are steps", () => {
    expect(what(place({ id: "a", access: { ...noAccess, step_free: fact(true) } }))).toBe("Bænk og bord, uden trin");
    expect(what(place({ id: "a", access: { ...noAccess, step_free: fact(false) } }))).toBe("Bænk og bord. Trin");
  });
  test("in German the sentence goes on with a small letter", async () => {
    await use("de");
    const amenities = { da: "En bænk og et bord." };
    expect(what(place({ id: "a", amenities, access: { ...noAccess, step_free: fact(true) } }))).toMatch(
      /, ohne Stufen$/,
    );
    await use("da");
  });
  test("unknown steps are not mentioned: no sign is no promise", () => {
    expect(what(place({ id: "a" }))).toBe("Bænk og bord");
  });
  test("a route: how one goes, how far, how many benches", () => {
    const near = [
      { facility_id: "b1", at_m: 350, off_m: 3 },
      { facility_id: "t1", at_m: 900, off_m: 9 },
    ];
    fill({
      routes: [route({ id: "r", near })],
      facilities: [facility({ id: "b1" }), facility({ id: "t1", code: 1201 })],
    });
    expect(what(place({ id: "a", form: "route", route_id: "r" }))).toBe("Gåtur på 2,4 km, 1 bænk");
  });
  test("a route without a name is told from its neighbours by its length and where it begins, with one word for what it is", () => {
    fill({});
    const bare = (length_m: number) => {
      const one = route({
        id: `r${length_m}`,
        length_m,
        name: { da: "Vandrerute, uden navn", en: "Walking route, no name" },
      });
      return plain(`${routeName(one)}: ${routeWhat(one)}`);
    };
    expect(bare(2400)).toMatch(/^Gåtur på 2,4 km: /);
    expect(bare(2400)).not.toMatch(/vandre|uden navn/i);
    expect(bare(2400)).not.toBe(bare(5100));
    const unsaid = route({ id: "u", name: { da: "Rute, uden navn" }, modes: [] });
    expect(plain(String(routeName(unsaid)))).toBe("Tur på 2,4 km");
    const named = route({ id: "n", name: { da: "Svanestien" } });
    expect(routeName(named)).toBe(named.name);
    expect(plain(routeWhat(named))).toBe("Gåtur på 2,4 km");
  });
  test("a sentence that no eye takes in at once gives way to what stands there", () => {
    const shelter = facility({ id: "s", code: 3012, point: [11.87, 54.76] });
    fill({ facilities: [shelter] });
    const amenities = { da: "To shelters med plads til fem i hver. Ild." };
    const p = place({ id: "a", amenities, facility_ids: ["s"], access: { ...noAccess, step_free: fact(false) } });
    expect(what(p)).toBe("Shelter. Trin");
  });
  test("a long first sentence gives way to the kind", () => {
    const amenities = { da: `${"Meget at fortælle om ".repeat(5)}her.` };
    expect(what(place({ id: "a", form: "building", amenities }))).toBe("Hus");
  });
  test("'kl. 14' ends no sentence", () => {
    expect(sentences("Kaffe hver tirsdag kl. 14. Alle kan komme.")).toEqual([
      "Kaffe hver tirsdag kl. 14.",
      "Alle kan komme.",
    ]);
    expect(what(place({ id: "a", form: "online" }))).toBe("Hjemmefra. Kaffe hver tirsdag kl. 14");
  });
});

describe("the one line that matters most", () => {
  test("a fault on a place's bench is the place's", () => {
    const bench = facility({ id: "b1", faults: [{ what: "broken", since: "2026-03-03", state: "reported" }] });
    fill({ facilities: [bench] });
    const p = place({ id: "a", facility_ids: ["b1", "gone"] });
    expect(faultsOf(p).map(faultBadge)).toEqual(["bænk i stykker"]);
    expect(lineOf(p, { ...seen, across: true })?.words).toBe("bænk i stykker");
  });
  test("what is mended is no longer in the row", () => {
    const p = place({ id: "a", faults: [{ what: "litter", since: "2026-03-03", state: "fixed" }] });
    expect(lineOf(p, seen)).toBeNull();
  });
  test("water between is told where nothing is broken", () => {
    expect(lineOf(place({ id: "a" }), { ...seen, across: true })?.words).toBe("på den anden side af sundet");
  });
  test("a narrow gate on the way is told, a wide one not", () => {
    const stretch = { id: "s", line: "", length_m: 100, surface: null, access: { ...noAccess, gate_cm: fact(85) } };
    fill({ routes: [route({ id: "r", stretches: [stretch] })] });
    expect(plain(lineOf(place({ id: "a", form: "route", route_id: "r" }), seen)?.words ?? "")).toBe("låge på 85 cm");
    expect(lineOf(place({ id: "b", access: { ...noAccess, gate_cm: fact(120) } }), seen)).toBeNull();
  });
  test("a place on the web waits for network", () => {
    const p = place({ id: "a", form: "online", url: "https://example.org/" });
    expect(lineOf(p, { ...seen, online: false })?.words).toBe("ikke lige nu");
    expect(lineOf(p, seen)).toBeNull();
  });
});

describe("what stands at a place", () => {
  const bench = facility({ id: "b" });
  const toilet = facility({ id: "t", code: 1012, point: [11.87, 54.768] });
  const near = facility({ id: "n", code: 1012, point: [11.8702, 54.76] });
  test("a toilet 900 m off is not of the place: its own line says how far", () => {
    fill({ facilities: [{ ...bench, point: [11.87, 54.76] }, toilet] });
    const p = place({ id: "a", facility_ids: ["t", "b"] });
    expect(facilitiesAt(p).map((f) => [f.facility.id, f.metres && Math.round(f.metres / 10), f.to])).toEqual([
      ["b", null, null],
      ["t", 89, 0],
    ]);
    expect(kindWords(p)).toBe("Bænk");
  });
  test("what a body needs stands first", () => {
    fill({ facilities: [{ ...bench, point: [11.87, 54.76] }, near] });
    const p = place({ id: "a", facility_ids: ["b", "n"] });
    expect(facilitiesAt(p).map((f) => f.facility.id)).toEqual(["n", "b"]);
    expect(kindWords(p)).toBe("Toilet og bænk");
  });
  test("exercises for anywhere are not spoiled by one broken bench", () => {
    fill({ facilities: [facility({ id: "b", faults: [{ what: "broken", since: date, state: "reported" }] })] });
    expect(faultsOf(place({ id: "a", form: "mental", facility_ids: ["b"] }))).toEqual([]);
  });
  test("a part of the way that is closed is told before a narrow gate", () => {
    const closures = [{ from: "2026-03-01", to: null, why: { da: "Jagt." }, stretch_ids: ["s"] }];
    const stretch = { id: "s", line: "", length_m: 100, surface: null, access: { ...noAccess, gate_cm: fact(85) } };
    fill({ routes: [route({ id: "r", closures, stretches: [stretch] })] });
    expect(lineOf(place({ id: "a", form: "route", route_id: "r" }), seen)?.icon).toBe("barrier");
  });
  test("a pause is told before the water", () => {
    expect(lineOf(place({ id: "a", state: "resting" }), { ...seen, across: true })?.words).toBe("holder pause");
  });
});

test("the row of a route's place says that something is closed on the way, a part or all of it, on its days alone", () => {
  const walk = place({ id: "w", form: "route", route_id: "r" });
  const line = (stretch_ids: string[] | null, to: string) => {
    const closures = [{ from: "2026-03-02", to, why: { da: "Jagt." }, stretch_ids }];
    fill({ places: [walk], routes: [route({ id: "r", closures })] });
    return lineOf(walk, seen)?.words ?? null;
  };
  expect([line(["s1"], date), line(null, date), line(null, "2026-03-04")]).toEqual([
    "der er spærret",
    "der er spærret",
    null,
  ]);
});

describe("open", () => {
  const hours = {
    weekly: [
      { days: ["th" as const], opens: "10:00", closes: "17:00" },
      { days: ["tu" as const], opens: "10:00", closes: "12:30" },
    ],
    holidays: "closed" as const,
    except: [],
    note: null,
    source: "husets vært",
    seen_on: "2026-03-02",
  };
  const words = (at: string, over = {}) => {
    const open = placeOpen(place({ id: "a", form: "building", hours, ...over }), new Date(at), site);
    return open && plain(open.words);
  };
  test("a row in its words", () => {
    expect(words("2026-03-05T10:00:00Z")).toBe("åben til 17");
    expect(words("2026-03-05T08:00:00Z")).toBe("lukket, åbner kl. 10");
    expect(words("2026-03-06T10:00:00Z")).toBe("lukket, åbner tirs. kl. 10");
  });
  test("a building without hours says ved ikke; a bench says nothing", () => {
    expect(words("2026-03-05T10:00:00Z", { hours: null })).toBe("åbningstid:");
    expect(placeOpen(place({ id: "a" }), thursday, site)).toBeNull();
  });
  test("a closure beats the hours, and says its last day", () => {
    const closures = [{ from: "2026-03-02", to: "2026-03-13", why: { da: "Gulvet bliver lavet." }, stretch_ids: null }];
    expect(words("2026-03-05T10:00:00Z", { closures })).toBe("lukket til og med 13. marts");
    expect(words("2026-03-14T10:00:00Z", { closures })).not.toContain("til og med");
  });
  test("a stretch that is closed does not close the whole", () => {
    const closures = [{ from: "2026-03-02", to: null, why: { da: "Jagt." }, stretch_ids: ["s"] }];
    expect(words("2026-03-05T10:00:00Z", { closures })).toBe("åben til 17");
    expect(closuresToTell(closures, "2026-03-05")).toHaveLength(1);
  });
  test("what opens in a month is told by its date", () => {
    expect(plain(nextWords(Date.parse("2026-05-01T08:00:00Z"), thursday))).toBe("1. maj");
    expect(openWords({ is: "open", until: null }, thursday).words).toBe("åben hele døgnet");
  });
});

describe("things", () => {
  test("a toilet out of season says when it opens", () => {
    const toilet = facility({ id: "t", code: 1012, season: { from: "04-01", through: "10-31" } });
    expect(plain(outOfSeason(toilet, "2026-03-05") ?? "")).toBe("1. april");
    expect(outOfSeason(toilet, "2026-10-31")).toBeNull();
  });
  test("a thing without a name is told by the town that is nearest", () => {
    expect(plain(byTown([11.87, 54.761], site) ?? "")).toBe("1 km syd for Nykøbing");
    expect(byTown([11.7301, 54.6601], site)).toBe("ved Nysted");
    expect(byTown([11.87, 54.761], null)).toBeNull();
  });
});

describe("steps", () => {
  const stretch = (id: string, step_free: ReturnType<typeof fact<boolean>> | null) => ({
    id,
    line: "",
    length_m: 100,
    surface: null,
    access: { ...noAccess, step_free },
  });
  test("a route is without steps only where every stretch is known to be", () => {
    const p = place({ id: "a", form: "route", route_id: "r" });
    fill({ routes: [route({ id: "r", stretches: [stretch("1", fact(true)), stretch("2", fact(true))] })] });
    expect(stepFree(p)).toBe(true);
    fill({ routes: [route({ id: "r", stretches: [stretch("1", fact(true)), stretch("2", null)] })] });
    expect(stepFree(p)).toBeNull();
    fill({ routes: [route({ id: "r", stretches: [stretch("1", null), stretch("2", fact(false))] })] });
    expect(stepFree(p)).toBe(false);
  });
  test("the sign that meant no: a measured 'no' never passes the filter", () => {
    expect(stepFree(place({ id: "a", access: { ...noAccess, step_free: fact(false) } }))).toBe(false);
  });
});

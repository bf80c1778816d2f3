import { describe, expect, test } from "vitest";
import type { Closure, Stretch } from "../../../pwa/src/api/types.gen.ts";
import { inForce } from "../../../pwa/src/geo/place.ts";
import { type Bodies, counted, type LifeFeature, life } from "../../../pwa/src/map/life.ts";
import type { Dissolved, Facility, FaultNote, Place, Route } from "../../../pwa/src/store/signals.ts";

const LINE = "}jgmIuwmgAqBqD_FV";
const START = [11.87211, 54.76543];
const SHOWN = { today: "2026-03-03", chosen: null };

function place(some: Partial<Place> & { id: string }): Place {
  return {
    form: "spot",
    state: "active",
    name: { da: some.id },
    point: [11.9, 54.8],
    route_id: null,
    approaches: [],
    facility_ids: [],
    faults: [],
    closures: [],
    ...some,
  } as Place;
}

const gone = { id: "gone", slug: "gone", form: "spot", state: "dissolved", name: { da: "Væk" }, point: [11.9, 54.8] };

function stretch(id: string, surface: "firm" | "loose" | "unpaved" | "other" | null): Stretch {
  const fact = surface && { value: surface, source: "GeoFA 5802", seen_on: "2024-05-01" };
  return { id, line: LINE, length_m: 200, surface: fact } as Stretch;
}

function route(some: Partial<Route> & { id: string }): Route {
  return { stretches: [stretch("s1", "firm")], closures: [], approaches: [], faults: [], ...some } as Route;
}

function bodies(some: { places?: (Place | Dissolved)[]; routes?: Route[]; facilities?: Facility[] }): Bodies {
  const byId = <T extends { id: string }>(all: readonly T[] = []) => new Map(all.map((one) => [one.id, one]));
  return { places: byId(some.places), routes: byId(some.routes), facilities: byId(some.facilities) };
}

const whats = (features: LifeFeature[]) => features.map((f) => f.properties.what);
const pinsOf = (features: LifeFeature[]) => features.filter((f) => f.properties.what === "pin");
const fault = (state: FaultNote["state"]): FaultNote => ({ what: "broken", since: "2026-03-01", state });

describe("places", () => {
  test("a place is a pin of its form where it stands", () => {
    const [pin] = life(bodies({ places: [place({ id: "p", form: "building" })] }), SHOWN);
    expect(pin?.geometry).toEqual({ type: "Point", coordinates: [11.9, 54.8] });
    expect(pin?.properties).toMatchObject({
      what: "pin",
      kind: "place",
      id: "p",
      form: "building",
      sign: "",
      chosen: false,
    });
  });

  test("a dissolved place is not drawn", () => {
    expect(life(bodies({ places: [gone as unknown as Dissolved] }), SHOWN)).toEqual([]);
  });

  test("an online place without a point is not drawn", () => {
    expect(life(bodies({ places: [place({ id: "p", form: "online", point: null })] }), SHOWN)).toEqual([]);
  });

  test("a place of a route without a point stands where the route begins", () => {
    const walk = place({ id: "p", form: "route", point: null, route_id: "r" });
    const [pin] = pinsOf(life(bodies({ places: [walk], routes: [route({ id: "r" })] }), SHOWN));
    expect(pin?.geometry).toEqual({ type: "Point", coordinates: START });
  });

  test.each(["waiting", "reported", "taken"] as const)("a fault that is %s is a triangle", (state) => {
    const [pin] = life(bodies({ places: [place({ id: "p", faults: [fault(state)] })] }), SHOWN);
    expect(pin?.properties.sign).toBe("fault");
  });

  test("where something is held today there is a clock, unless something is wrong there", () => {
    const on = new Set(["p", "r"]);
    const signOf = (one: Place) => life(bodies({ places: [one] }), { ...SHOWN, on })[0]?.properties.sign;
    expect(signOf(place({ id: "p" }))).toBe("today");
    expect(signOf(place({ id: "walk", route_id: "r" }))).toBe("today");
    expect(signOf(place({ id: "other" }))).toBe("");
    expect(signOf(place({ id: "p", faults: [fault("reported")] }))).toBe("fault");
  });

  test("a place that is closed today is barred, whatever is broken there, and on its days alone", () => {
    const shut = { from: "2026-04-01", to: "2026-04-03", why: { da: "Jagt." }, stretch_ids: null };
    const signOn = (today: string) =>
      pinsOf(
        life(bodies({ places: [place({ id: "p", closures: [shut], faults: [fault("reported")] })] }), {
          ...SHOWN,
          today,
        }),
      )[0]?.properties.sign;
    expect(["2026-03-31", "2026-04-01", "2026-04-03", "2026-04-04"].map(signOn)).toEqual([
      "fault",
      "shut",
      "shut",
      "fault",
    ]);
  });

  test("the place of a route is barred where all of the route is closed, and not for a part of it", () => {
    const signOf = (stretch_ids: string[] | null) => {
      const closures = [{ from: "2020-01-01", to: null, why: { da: "Vand." }, stretch_ids }];
      const walk = place({ id: "p", form: "route", point: null, route_id: "r" });
      return pinsOf(life(bodies({ places: [walk], routes: [route({ id: "r", closures })] }), SHOWN))[0]?.properties
        .sign;
    };
    expect([signOf(null), signOf(["a"])]).toEqual(["shut", ""]);
  });

  test("a mended fault is none", () => {
    const [pin] = life(bodies({ places: [place({ id: "p", faults: [fault("fixed")] })] }), SHOWN);
    expect(pin?.properties.sign).toBe("");
  });

  test("a fault of a thing that stands there is the place's on the map, and an unknown thing is passed over", () => {
    const bench = { id: "f", point: [11.9, 54.8], faults: [fault("reported")] } as unknown as Facility;
    const there = place({ id: "p", facility_ids: ["f", "not-here"] });
    const [pin] = life(bodies({ places: [there], facilities: [bench] }), SHOWN);
    expect(pin?.properties.sign).toBe("fault");
  });
});

describe("routes", () => {
  test("each stretch is drawn by its surface, and one that nobody measured is unknown, not firm", () => {
    const stretches = [
      stretch("a", "firm"),
      stretch("b", "loose"),
      stretch("c", "unpaved"),
      stretch("d", "other"),
      stretch("e", null),
    ];
    const drawn = life(bodies({ routes: [route({ id: "r", stretches })] }), SHOWN);
    expect(drawn.map((f) => f.properties.surface)).toEqual(["firm", "loose", "unpaved", "other", "unknown"]);
    expect(drawn[0]?.geometry.type).toBe("LineString");
  });

  test("a closed stretch is closed and nothing else, on its days alone", () => {
    const shut: Closure = { from: "2026-03-02", to: "2026-03-13", why: { da: "Gulvet" }, stretch_ids: ["b"] };
    const way = route({ id: "r", stretches: [stretch("a", "firm"), stretch("b", "firm")], closures: [shut] });
    expect(whats(life(bodies({ routes: [way] }), SHOWN))).toEqual(["stretch", "closed"]);
    expect(whats(life(bodies({ routes: [way] }), { ...SHOWN, today: "2026-03-14" }))).toEqual(["stretch", "stretch"]);
  });

  test("a closure without stretches closes the whole route", () => {
    const shut: Closure = { from: "2026-03-03", to: null, why: { da: "Diget" }, stretch_ids: null };
    const way = route({ id: "r", stretches: [stretch("a", null), stretch("b", "firm")], closures: [shut] });
    expect(whats(life(bodies({ routes: [way] }), SHOWN))).toEqual(["closed", "closed"]);
  });

  test("a closure holds from its first day through its last", () => {
    const days = { from: "2026-03-02", to: "2026-03-13" };
    expect(["2026-03-01", "2026-03-02", "2026-03-13", "2026-03-14"].map((day) => inForce(days, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("the ways in of a route and of a place are drawn", () => {
    const approaches = [
      { from: "parking", name: { da: "P" }, length_m: 50, surface: null, line: LINE },
    ] as Route["approaches"];
    const drawn = life(
      bodies({ routes: [route({ id: "r", approaches })], places: [place({ id: "p", approaches })] }),
      SHOWN,
    );
    expect(whats(drawn)).toEqual(["stretch", "approach", "pin", "approach"]);
  });
});

describe("what is chosen", () => {
  const walk = place({ id: "p", form: "route", point: null, route_id: "r" });

  test("a chosen place stands on its foot", () => {
    const chosen = { kind: "place", id: "p" };
    const drawn = pinsOf(life(bodies({ places: [place({ id: "p" }), place({ id: "q" })] }), { ...SHOWN, chosen }));
    expect(drawn.map((f) => f.properties.chosen)).toEqual([true, false]);
  });

  test("a chosen route is its place's pin", () => {
    const chosen = { kind: "route", id: "r" };
    const drawn = pinsOf(life(bodies({ places: [walk], routes: [route({ id: "r" })] }), { ...SHOWN, chosen }));
    expect(drawn.map((f) => [f.properties.kind, f.properties.chosen])).toEqual([["place", true]]);
  });

  test("a chosen route that no place names gets a pin at its start", () => {
    const chosen = { kind: "route", id: "r" };
    const [pin] = pinsOf(life(bodies({ routes: [route({ id: "r" })] }), { ...SHOWN, chosen }));
    expect(pin?.properties).toMatchObject({ kind: "route", id: "r", form: "route", chosen: true });
    expect(pin?.geometry).toEqual({ type: "Point", coordinates: START });
  });

  test("a bench is on the map only while it is chosen", () => {
    const bench = { id: "f", point: [11.8, 54.7], faults: [] } as unknown as Facility;
    expect(life(bodies({ facilities: [bench] }), SHOWN)).toEqual([]);
    const [pin] = life(bodies({ facilities: [bench] }), { ...SHOWN, chosen: { kind: "facility", id: "f" } });
    expect(pin?.properties).toMatchObject({ kind: "facility", form: "thing", chosen: true });
  });

  test("what is not on this phone is passed over", () => {
    expect(life(bodies({}), { ...SHOWN, chosen: { kind: "route", id: "nowhere" } })).toEqual([]);
  });
});

test("the map's name counts places and routes, not lines and chosen benches", () => {
  const way = route({ id: "r", stretches: [stretch("a", "firm"), stretch("b", null)] });
  const bench = { id: "f", point: [11.8, 54.7], faults: [] } as unknown as Facility;
  const drawn = life(bodies({ places: [place({ id: "p" })], routes: [way], facilities: [bench] }), {
    ...SHOWN,
    chosen: { kind: "facility", id: "f" },
  });
  expect(counted(drawn)).toEqual({ places: 1, routes: 1 });
});

import { describe, expect, test } from "vitest";
import type { Place } from "../../../pwa/src/api/types.gen.ts";
import { pathOf } from "../../../pwa/src/desk/parts/check.ts";
import { copied, ofFacility } from "../../../pwa/src/desk/place/copy-of.ts";
import { doubles, near } from "../../../pwa/src/desk/place/near.ts";
import { checkThing } from "../../../pwa/src/desk/place/thing-values.ts";
import { check, EMPTY, lacks, valuesOf } from "../../../pwa/src/desk/place/values.ts";
import { verdict } from "../../../pwa/src/desk/place/verdict.ts";

const fact = (value: unknown) => ({ value, source: "set på stedet", seen_on: "2026-03-03" });
const text = (da: string) => ({ da });

const bench: Place = {
  id: "018f0000-0000-7000-8000-000000000001",
  slug: "baenken",
  form: "spot",
  state: "active",
  name: text("Bænken"),
  where: text("Ved enden af Norvej."),
  amenities: null,
  ground: null,
  purpose: null,
  activities: null,
  point: [11.872, 54.765],
  route_id: null,
  url: null,
  surface: null,
  access: EMPTY.access as Place["access"],
  way_in: null,
  approaches: [],
  hours: null,
  contact: null,
  first_time: null,
  guests_welcome: null,
  appointed_on: null,
  facility_ids: [],
  organiser_id: null,
  photos: [],
  faults: [],
  closures: [],
  staff: { missing: [], notes: "Ring til ejeren.", last_seen_on: "2026-01-02" },
};

describe("a place in its form", () => {
  test("stands as it is read, with the draft laid over and what is staff's own in it", () => {
    const values = valuesOf(bench, { name: text("Den nye bænk"), where: null });
    expect(values).toMatchObject({
      name: text("Den nye bænk"),
      where: null,
      notes: "Ring til ejeren.",
      last_seen_on: "2026-01-02",
    });
    expect(valuesOf(null)).toEqual(EMPTY);
  });
  test("what is sent has numbers for what was typed, and nothing round the words", () => {
    const { set, wrongs } = check({
      name: { da: "  Bænken ", en: " " },
      access: { ...EMPTY.access, width_cm: fact("90,5 cm"), step_free: fact(true) },
      url: "guldborgsund.dk/kaffe",
      notes: "",
      approaches: [{ from: "parking", name: text("P"), length_m: "60 m", surface: null, line: "abc" }],
    });
    expect([...wrongs]).toEqual([]);
    expect(set).toMatchObject({
      name: { da: "Bænken" },
      access: { width_cm: { value: 90 }, step_free: { value: true } },
      url: "https://guldborgsund.dk/kaffe",
      notes: null,
      approaches: [{ length_m: 60 }],
    });
    expect(set.name).not.toHaveProperty("en");
  });
  test("each thing that is wrong is told at its field, in words", () => {
    const { wrongs } = check({
      name: null,
      where: { da: "", en: "By the road" },
      ground: text("x".repeat(100_000)),
      access: { ...EMPTY.access, width_cm: fact("11") },
      photos: [{ sha256: "0".repeat(64), w: 1, h: 1, alt: null, credit: "" }],
      closures: [{ from: "2026-03-13", to: "2026-03-02", why: null, stretch_ids: null }],
      contact: { name: "", phone: "54 73 10 00", role: null },
      slug: "Bænken!",
    });
    expect([...wrongs.keys()].sort()).toEqual([
      "access/width_cm/value",
      "closures/0/to",
      "closures/0/why/da",
      "contact/name",
      "ground/da",
      "name/da",
      "photos/0/alt/da",
      "slug",
      "where/da",
    ]);
    expect(wrongs.get("ground/da")).toContain("96.000 tegn for lang");
    expect(wrongs.get("access/width_cm/value")).toBe("11\u00a0cm er for smalt. Mente du 110\u00a0cm?");
  });
  test("a new one wants a name, and an emptied field is sent as nothing", () => {
    expect(check({ form: "spot" }, true).wrongs.has("name/da")).toBe(true);
    expect(check({ form: "spot", name: text("Hus") }, true).wrongs.size).toBe(0);
    expect(check({ purpose: null, hours: null, access: null }).set).toEqual({
      purpose: null,
      hours: null,
      access: null,
    });
  });
  test("what the server refuses is told at the field that it points to", () => {
    expect([
      pathOf("/args/set/name/da"),
      pathOf("/args/set/facility_ids/3"),
      pathOf("/subject"),
      pathOf(undefined),
    ]).toEqual(["name/da", "facility_ids/3", null, null]);
  });
});

describe("what a place lacks", () => {
  test("is counted as the server counts it, by its form", () => {
    expect(lacks(valuesOf(bench), false)).toEqual(["amenities", "ground", "purpose", "activities"]);
    expect(lacks({ ...EMPTY, form: "online" }, false)).toEqual(["purpose", "activities", "url"]);
    expect(lacks({ ...EMPTY, form: "online", contact: { name: "A", phone: "1", role: null } }, false)).not.toContain(
      "url",
    );
    expect(lacks({ ...EMPTY, form: "building" }, false)).toEqual(expect.arrayContaining(["point", "hours"]));
    expect(lacks({ ...EMPTY, form: "route", route_id: "r" }, false)).toContain("route_id");
    expect(lacks({ ...EMPTY, form: "route", route_id: "r" }, true)).not.toContain("route_id");
    expect(lacks({ ...EMPTY, form: "mental" }, false)).toEqual(["purpose", "activities"]);
  });
});

describe("the answer that a citizen reads", () => {
  const access = { ...EMPTY.access, step_free: fact(true), width_cm: fact("90") };
  test("is no with the one reason, ved ikke with what nobody has seen, else yes", () => {
    expect(verdict({ ...EMPTY, access: { ...access, step_free: fact(false) } })?.is).toBe("no");
    expect(verdict({ ...EMPTY, access: { ...access, gate_cm: fact("75") } })?.why).toBe("Lågen er 75\u00a0cm.");
    expect(verdict({ ...EMPTY, access })).toMatchObject({ is: "unknown", why: "Ingen har set efter: underlag." });
    expect(verdict({ ...EMPTY, access, surface: fact("firm") })?.is).toBe("yes");
    expect(verdict({ ...EMPTY, form: "online" })).toBeNull();
  });
});

describe("what is near", () => {
  const at = (id: string, north: number) => ({
    id,
    name: id,
    point: [11.872, 54.765 + north / 111_195] as const,
    known: true,
  });
  test("doubles are those within 300 m, or by name however far", () => {
    const all = [at("Bænken", 0), at("Bænk ved vandet", 120), at("Huset", 900)];
    const of = all[0] as (typeof all)[number];
    expect(doubles(all, of, "").map(({ id }) => id)).toEqual(["Bænk ved vandet"]);
    expect(doubles(all, of, "hus").map(({ id }) => id)).toEqual(["Huset"]);
  });
  test("things of a place: chosen ones first, however far, then the nearest", () => {
    const thing = (id: string, north: number) => ({
      ...at(id, north),
      code: 1371,
      type_text: "Bænk",
      access: EMPTY.access,
      season: null,
      open_24h: null,
      source: "x",
      faults: [],
    });
    const all = [thing("a", 400), thing("b", 100), thing("c", 2000), thing("d", 900)] as never[];
    expect(near(all, [11.872, 54.765], ["c"]).map(({ facility }) => facility.id)).toEqual(["c", "b", "a"]);
    expect(near(all, null, ["c"]).map(({ facility }) => facility.id)).toEqual(["c"]);
  });
});

describe("new places of what there is", () => {
  test("a copy leaves behind what was measured at the other place", () => {
    const made = copied(valuesOf({ ...bench, surface: fact("firm") as Place["surface"] }));
    expect(made).toMatchObject({ name: { da: "Bænken (kopi)" }, form: "spot", where: text("Ved enden af Norvej.") });
    for (const field of ["point", "surface", "access", "photos", "slug", "notes"])
      expect(made).not.toHaveProperty(field);
  });
  test("a thing that becomes a meeting place brings its point and itself", () => {
    const facility = { id: "f", code: 1371, type_text: "Bænk", name: null, point: [11.9, 54.7] } as never;
    expect(ofFacility(facility)).toMatchObject({ form: "spot", point: [11.9, 54.7], facility_ids: ["f"] });
  });
  test("a new thing wants a type and a point", () => {
    expect([...checkThing({ code: null }, true).wrongs.keys()]).toEqual(["type_text", "point"]);
    expect(checkThing({ code: null, type_text: "Bænk", point: [11.9, 54.7], public: null }, true)).toEqual({
      set: { code: null, type_text: "Bænk", point: [11.9, 54.7] },
      wrongs: new Map(),
    });
  });
});

import { beforeAll, expect, test } from "vitest";
import { search } from "../../../../pwa/src/screens/now/search.ts";
import { fold, tails } from "../../../../pwa/src/text/fold.ts";
import { facility, fill, place, route } from "../town.ts";

beforeAll(() => {
  fill({
    places: [
      place({
        id: "nor",
        name: { da: "Bænken ved Hasselø Nor" },
        facility_ids: ["b1"],
        amenities: { da: "Et sted at sidde." },
      }),
      place({ id: "hus", form: "building", name: { da: "Medborgerhuset i Nykøbing" }, where: { da: "Midt i byen." } }),
      place({
        id: "skov",
        form: "route",
        name: { da: "Rundt om Hamborgskoven" },
        route_id: "r",
        amenities: { da: "Stier." },
      }),
      place({ id: "aa", name: { da: "Åstedet i Ålholm" }, amenities: { da: "Ild." } }),
    ],
    facilities: [
      facility({ id: "b1" }),
      facility({ id: "t1", code: 1012, type_text: "Toilet", point: [11.73, 54.66] }),
    ],
    routes: [route({ id: "r", name: { da: "Hamborgskoven rundt" } })],
  });
});

test.each([
  ["bænk", "nor"],
  ["baenk", "nor"],
  ["BÆNKEN", "nor"],
  ["hasselö", "nor"],
  ["hasslø", "nor"],
  ["nykobing", "hus"],
  ["nykoebing", "hus"],
  ["medborgerhus", "hus"],
  ["borgerhuset", "hus"],
  ["skov", "skov"],
  ["gåtur", "skov"],
  ["aalholm", "aa"],
  ["ålholm", "aa"],
  ["aastedet", "aa"],
  ["toilet", "t1"],
  ["wc", "t1"],
  ["toilet nysted", "t1"],
])("'%s' finds %s", async (query, id) => {
  expect(await search(query)).toContain(id);
});

test("a bench is found by its kind, though nobody gave it a name", async () => {
  expect(await search("bænk")).toContain("b1");
});

test("what is called so comes before what only mentions it", async () => {
  expect((await search("hamborgskoven"))[0]).toMatch(/^(skov|r)$/);
});

test("nonsense finds nothing", async () => {
  expect(await search("xyzzyq")).toEqual([]);
});

test("folding makes one of the ways to write a name, and drops soft hyphens", () => {
  expect(fold("Møde\u00adsteder")).toBe("moedesteder");
  expect(fold("Århus")).toBe(fold("AARHUS"));
  expect(tails("hamborgskoven")).toContain("skoven");
  expect(tails("bænk")).toEqual(["bænk"]);
});

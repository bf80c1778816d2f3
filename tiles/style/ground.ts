// The land without its roads, bottom to top: what grows, what is wet, what is built, what is protected.
import { fill, type Ink, image, kind, type Layers, line, px } from "./layer.ts";
import { fade } from "./themes.ts";

const ROUND = { "line-join": "round", "line-cap": "round" } as const;
const wood = kind("forest");
const wet = kind("swamp", "bog", "string_bog", "wet_meadow", "marsh");
const sand = kind("sand", "beach", "shingle");
const field = kind("farmland", "orchard", "vineyard", "plant_nursery", "greenhouse_horticulture", "allotments");

/** Layer `land` of the tiles: fills and their patterns, each pattern above its own fill. */
function cover(ink: Ink): Layers {
  const { c, look } = ink;
  const pattern = (name: string) => ({ "fill-pattern": image(look, name) });
  return [
    // On the overview the neighbours' land is told from one's own.
    { ...fill(ink, "land-beyond", "beyond", 8, null, { "fill-color": c["m-built"] }), maxzoom: 11 },
    fill(ink, "built", "land", 10, kind("residential", "commercial", "retail", "garages", "railway"), {
      "fill-color": c["m-built"],
    }),
    fill(ink, "yard", "land", 10, kind("industrial", "farmyard", "landfill", "quarry", "brownfield", "greenfield"), {
      "fill-color": c["m-yard"],
    }),
    fill(ink, "field", "land", 10, field, { "fill-color": c["m-field"] }),
    fill(ink, "field-strip", "land", 10, field, pattern("field-strip")),
    line(ink, "field-edge", "land", 11, field, {
      "line-color": fade(c["m-dyke"], 0.45),
      "line-width": px(0.4, 0.7, 1),
    }),
    fill(ink, "meadow", "land", 11, kind("meadow", "grass", "grassland", "village_green", "recreation_ground"), {
      "fill-color": c["m-meadow"],
    }),
    fill(ink, "heath", "land", 11, kind("heath", "scrub", "bare_rock", "scree"), { "fill-color": c["m-heath"] }),
    fill(ink, "wetland", "land", 11, wet, { "fill-color": c["m-wetland"] }),
    fill(ink, "wetland-dash", "land", 11, wet, pattern("wetland-dash")),
    fill(ink, "wood", "land", 8, wood, { "fill-color": c["m-wood"] }),
    fill(ink, "wood-crown", "land", 8, wood, pattern("wood-crown")),
    fill(ink, "park", "land", 11, kind("park", "garden", "golf_course", "playground", "cemetery", "grave_yard"), {
      "fill-color": c["m-park"],
    }),
    fill(ink, "sand", "land", 10, sand, { "fill-color": c["m-sand"] }),
    fill(ink, "sand-dot", "land", 10, sand, pattern("sand-dot")),
  ];
}

/** Sea, lakes and streams. The outline of the sea is its shore; the tile's own edges lie in the buffer, which is cut. */
function water(ink: Ink): Layers {
  const { c } = ink;
  const lake = ["!", kind("glacier")] as ["!", ReturnType<typeof kind>];
  const shore = { "line-color": c["m-shore"], "line-width": px(1, 1.8, 2.5) };
  return [
    fill(ink, "water-sea", "ocean", 8, null, { "fill-color": c["m-water"] }),
    fill(ink, "water-lake", "water_polygons", 8, lake, { "fill-color": c["m-water"] }),
    line(ink, "shore", "ocean", 8, null, shore),
    line(ink, "shore-lake", "water_polygons", 8, lake, shore),
    line(
      ink,
      "stream",
      "water_lines",
      9,
      ["any", kind("river", "canal"), ["all", kind("stream", "ditch"), [">=", ["zoom"], 12]]],
      { "line-color": c["m-stream"], "line-width": px(0.6, 2.2, 4) },
      ROUND,
    ),
  ];
}

/** Dykes, protected nature, piers, buildings, ferries, railways and the municipality's border. */
function made(ink: Ink): Layers {
  const { c } = ink;
  const pier = c["m-path"];
  return [
    line(ink, "dyke", "dykes", 11, null, { "line-color": c["m-dyke"], "line-width": px(1, 2, 3) }),
    // Ticks stand to the left of the line, where a coastline has its land.
    line(ink, "dyke-tick", "dykes", 11, null, {
      "line-color": c["m-dyke"],
      "line-width": 5,
      "line-offset": -3,
      "line-dasharray": [0.3, 1.7],
    }),
    // A ring in a tile has its inside on the right: the band lies inside the line. From z13 on, as the register has
    // thousands of ponds, each smaller than the band is wide.
    line(ink, "protect-band", "protected", 13, null, {
      "line-color": c["m-protect"],
      "line-width": ["interpolate", ["linear"], ["zoom"], 13, 3, 15, 6],
      "line-offset": ["interpolate", ["linear"], ["zoom"], 13, 2.2, 15, 4],
      "line-opacity": 0.2,
    }),
    line(ink, "protect", "protected", 10, null, {
      "line-color": c["m-protect"],
      "line-width": px(1, 1.5, 2),
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 10, 0.3, 12, 0.6, 13, 1],
    }),
    fill(ink, "pier-ground", "pier_polygons", 12, null, { "fill-color": c["m-land"], "fill-outline-color": pier }),
    line(ink, "pier", "pier_lines", 12, null, { "line-color": pier, "line-width": px(1, 2, 4) }),
    fill(ink, "building", "buildings", 13, null, { "fill-color": c["m-building"] }),
    line(ink, "ferry", "ferries", 8, null, {
      "line-color": c["m-ferry"],
      "line-width": px(1, 2, 2.5),
      "line-dasharray": [4, 3],
    }),
  ];
}

export function ground(ink: Ink): Layers {
  return [...cover(ink), ...water(ink), ...made(ink)];
}

/** Above the roads, as it runs along some of them. */
export function border(ink: Ink): Layers {
  return [
    line(
      ink,
      "border",
      "boundaries",
      8,
      ["all", ["==", ["to-number", ["get", "admin_level"]], 7], ["!=", ["get", "maritime"], true]],
      { "line-color": ink.c["m-border"], "line-width": px(2, 3, 3), "line-dasharray": [4.7, 1.3, 0.7, 1.3] },
    ),
  ];
}

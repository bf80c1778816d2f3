// Names. They give way to pins (placed before them) and to each other: towns before villages, water before streets.
import type { ExpressionSpecification, SymbolLayerSpecification } from "maplibre-gl";
import { type Ink, image, kind, type Layers } from "./layer.ts";
import type { Colours, Role } from "./themes.ts";

/** Cut from the project's own face at two weights, as a font file for the map can not vary (fonts/README.md). */
export const PLAIN = "Moedesteder Next 560";
export const STRONG = "Moedesteder Next 700";

type Layout = NonNullable<SymbolLayerSpecification["layout"]>;

export function ink(c: Colours, role: Role): NonNullable<SymbolLayerSpecification["paint"]> {
  return { "text-color": c[role], "text-halo-color": c["m-halo"], "text-halo-width": 2 };
}

const along = { "symbol-placement": "line", "text-max-angle": 30, "symbol-spacing": 280 } as const;
/** The first in settings is placed first and so keeps its name; a map of OpenStreetMap tells by kind. */
const rank: ExpressionSpecification = [
  "coalesce",
  ["get", "rank"],
  ["match", ["get", "kind"], ["city", "town"], 0, ["village", "island"], 1, ["suburb", "hamlet"], 2, 3],
];

/** Beside its dot, else further off, past a pin that stands on the town. */
const around = [
  ...["left", [0.55, 0], "top", [0, 0.5], "bottom", [0, -0.5], "right", [-0.55, 0]],
  ...["top", [0, 1.4], "bottom", [0, -1.4], "left", [1.3, 0], "right", [-1.3, 0]],
];
const on = ["center", [0, 0], "top", [0, 2.1], "bottom", [0, -2.1], "left", [1.9, 0], "right", [-1.9, 0]];

function name(
  from: Ink,
  id: string,
  layer: string,
  minzoom: number,
  role: Role,
  layout: Layout,
): SymbolLayerSpecification {
  return {
    id,
    type: "symbol",
    source: from.source,
    "source-layer": layer,
    minzoom,
    layout: { "text-field": ["get", "name"], "text-font": [PLAIN], "text-size": 16, "text-padding": 4, ...layout },
    paint: ink(from.c, role),
  };
}

export function names(from: Ink): Layers {
  const water = { "text-size": 17, "text-letter-spacing": 1 / 17 };
  const place = name(from, "name-place", "place_labels", 8, "m-label", {
    "text-font": [STRONG],
    "text-size": ["interpolate", ["linear"], ["zoom"], 9, 16, 13, ["match", ["get", "kind"], ["city", "town"], 20, 16]],
    "symbol-sort-key": rank,
    // Far out a town is a dot with its name beside; near to, the name stands on the town.
    "icon-image": ["step", ["zoom"], image(from.look, "town-dot"), 11.5, ""],
    "icon-allow-overlap": true,
    "icon-optional": false,
    "text-variable-anchor-offset": ["step", ["zoom"], ["literal", around], 11.5, ["literal", on]] as never,
    "text-justify": "auto",
  });
  place.filter = ["step", ["zoom"], kind("city", "town"), 10, kind("city", "town", "village", "island"), 12, true];
  return [
    name(from, "name-street", "street_labels", 12, "m-label", along),
    name(from, "name-water", "water_polygons_labels", 9, "m-label-water", water),
    name(from, "name-water-line", "water_lines_labels", 9, "m-label-water", { ...water, ...along }),
    name(from, "name-nature", "land_labels", 11, "m-label-nature", {}),
    place,
  ];
}

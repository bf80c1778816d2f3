// What lies on the land and comes from the feed: routes, closures, ways in, places, the edge of what is saved, and you.
// Sources, GeoJSON: `life` (property `what` tells the layer); `pins`, apart because a tile keeps its images in one sheet, where the
// rim of a pattern (slant, outside) shows under a pin; `you`, apart so that a step taken does not cut the rest anew.
import type { ExpressionSpecification, LineLayerSpecification, SymbolLayerSpecification } from "maplibre-gl";
import { image, type Layers, px } from "./layer.ts";
import { ink, STRONG } from "./names.ts";
import type { Colours, Look } from "./themes.ts";

/** Pins are small (24 px) up to here. */
export const SMALL_BELOW = 11;

export const SURFACES = ["firm", "loose", "unpaved", "other", "unknown"] as const;

const is = (what: string): ExpressionSpecification => ["==", ["get", "what"], what];
const chosen: ExpressionSpecification = ["get", "chosen"];

function drawn(
  id: string,
  filter: ExpressionSpecification,
  paint: LineLayerSpecification["paint"],
  cap: "round" | "butt" = "butt",
): LineLayerSpecification {
  return {
    id,
    type: "line",
    source: "life",
    filter,
    layout: { "line-join": "round", "line-cap": cap },
    ...(paint ? { paint } : {}),
  };
}

/** Up to where the saved map reaches. Lies over the land and under what people add. */
export function frame(c: Colours, look: Look): Layers {
  return [
    {
      id: "outside",
      type: "fill",
      source: "life",
      filter: is("outside"),
      paint: { "fill-pattern": image(look, "outside") },
    },
    drawn("frame-case", is("frame"), { "line-color": c["m-case"], "line-width": 7 }),
    drawn("frame", is("frame"), { "line-color": c.ink, "line-width": 3, "line-dasharray": [16 / 3, 7 / 3] }),
  ];
}

/** One layer a surface: the pattern tells it, not the colour; "ved ikke" is hollow, a form of its own. */
export function ways(c: Colours, look: Look): Layers {
  const on = (surface: (typeof SURFACES)[number]): ExpressionSpecification => [
    "all",
    is("stretch"),
    ["==", ["get", "surface"], surface],
  ];
  const act = { "line-color": c.act, "line-width": px(5, 6, 9) };
  return [
    drawn("closed-case", is("closed"), { "line-color": c["m-case"], "line-width": px(9, 10, 13) }),
    drawn("closed", is("closed"), {
      "line-color": c.bad,
      "line-width": px(5, 6, 9),
      "line-dasharray": [0.5, 1],
    }),
    drawn("route-case", is("stretch"), { "line-color": c["m-case"], "line-width": px(9, 10, 13) }, "round"),
    drawn("route-firm", on("firm"), act, "round"),
    drawn(
      "route-loose",
      on("loose"),
      { "line-color": c.act, "line-width": px(5.5, 6.5, 9.5), "line-dasharray": [0, 1.46] },
      "round",
    ),
    drawn("route-unpaved", on("unpaved"), { ...act, "line-dasharray": [1.67, 1] }),
    drawn("route-other", on("other"), { "line-pattern": image(look, "slant"), "line-width": px(5, 6, 9) }),
    drawn(
      "route-unknown",
      on("unknown"),
      { "line-color": c.act, "line-width": px(1.6, 2, 2.6), "line-gap-width": px(2.2, 3, 4.4) },
      "round",
    ),
    {
      ...drawn("approach", is("approach"), {
        "line-color": c.act,
        "line-width": px(2, 2.5, 4),
        "line-dasharray": [1.2, 1.6],
      }),
      minzoom: 12,
    },
  ];
}

/** By size: on the overview, near to, and the chosen one, which stands on a foot. */
function bySize<T>(small: T, plain: T, picked: T): ExpressionSpecification {
  return [
    "step",
    ["zoom"],
    ["case", chosen, picked, small],
    SMALL_BELOW,
    ["case", chosen, picked, plain],
  ] as unknown as ExpressionSpecification;
}

export function pins(c: Colours, look: Look): Layers {
  const named = (prefix: string, of: string, size: string) => ["concat", image(look, prefix), ["get", of], size];
  const sized = (prefix: string, of: string) =>
    bySize(named(prefix, of, "-small"), named(prefix, of, ""), named(prefix, of, "-chosen"));
  const over = { "icon-allow-overlap": true, "icon-padding": 0 } as const;
  const layer = (
    id: string,
    filter: ExpressionSpecification,
    layout: SymbolLayerSpecification["layout"],
  ): SymbolLayerSpecification => ({ id, type: "symbol", source: "pins", filter, layout: { ...over, ...layout } });
  return [
    {
      id: "name-frame",
      type: "symbol",
      source: "life",
      filter: is("edge"),
      layout: {
        "text-field": ["get", "name"],
        "text-font": [STRONG],
        "text-size": 16,
        "text-anchor": ["get", "anchor"],
        "text-radial-offset": 0.9,
        "text-max-width": 20,
      },
      paint: ink(c, "m-label"),
    },
    layer("pin", is("pin"), {
      "icon-image": sized("pin-", "form"),
      "icon-anchor": ["case", chosen, "bottom", "center"],
      "icon-offset": ["case", chosen, ["literal", [0, 5]], ["literal", [0, 0]]],
      // The start of a route lies over other pins, the chosen one over all.
      "symbol-sort-key": ["case", chosen, 2, ["==", ["get", "form"], "route"], 1, 0],
    }),
    layer("pin-sign", ["all", is("pin"), ["!=", ["get", "sign"], ""]], {
      "icon-image": sized("sign-", "sign"),
      "icon-offset": bySize(["literal", [11, -11]], ["literal", [17, -17]], ["literal", [24, -57]]),
      "symbol-sort-key": ["case", chosen, 2, 0],
      "icon-ignore-placement": true,
    }),
  ];
}

/** You: a disc, a ring as wide as the fix is unsure, and a wedge where you look. */
export function you(c: Colours, look: Look): Layers {
  return [
    {
      id: "you-ring",
      type: "circle",
      source: "you",
      filter: [">", ["get", "ring"], 0],
      paint: {
        "circle-color": c.now,
        "circle-opacity": 0.28,
        "circle-stroke-color": c.ink,
        "circle-stroke-width": 1.5,
        // `ring` is the radius in px at z0; metres on the ground double with each zoom.
        "circle-radius": [
          "interpolate",
          ["exponential", 2],
          ["zoom"],
          0,
          ["get", "ring"],
          22,
          ["*", ["get", "ring"], 2 ** 22],
        ],
        "circle-pitch-alignment": "map",
      },
    },
    {
      id: "you-wedge",
      type: "symbol",
      source: "you",
      filter: ["has", "heading"],
      layout: {
        "icon-image": image(look, "you-wedge"),
        "icon-rotate": ["get", "heading"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
    {
      id: "you",
      type: "symbol",
      source: "you",
      layout: { "icon-image": image(look, "you"), "icon-allow-overlap": true },
    },
  ];
}

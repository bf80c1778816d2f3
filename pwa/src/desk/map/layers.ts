// What the person draws, over the map's own layers, in the colours of the look; and the things round about, small.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { COLOURS, type Theme } from "#style/index.ts";

export const SOURCES = ["life", "pins", "around", "drawn", "dots"] as const;
export type SourceName = (typeof SOURCES)[number];
/** Things that are no places come into sight here: a municipality has thousands. */
const THINGS_FROM = 12.5;

const NOTHING = { type: "FeatureCollection" as const, features: [] };
const is = (state: string): ExpressionSpecification => ["==", ["get", "state"], state];

/** `base` with the layers of the desk over its own. */
export function withDrawing(base: StyleSpecification, theme: Theme): StyleSpecification {
  const c = COLOURS[theme];
  const own = ["around", "drawn", "dots"].map((name) => [name, { type: "geojson", data: NOTHING, tolerance: 0 }]);
  const lines: LayerSpecification[] = [
    line("drawn-case", null, { "line-color": c["m-case"], "line-width": 11 }),
    line("drawn-chosen", is("chosen"), { "line-color": c.now, "line-width": 17, "line-opacity": 0.75 }),
    line("drawn", ["!=", ["get", "state"], "closed"], { "line-color": c.act, "line-width": 6 }),
    line("drawn-closed", is("closed"), { "line-color": c.bad, "line-width": 6, "line-dasharray": [0.7, 1] }),
    line("drawn-editing", ["any", is("editing"), ["all", is("plain"), ["get", "hollow"]]], {
      "line-color": c["m-case"],
      "line-width": 2,
    }),
  ];
  const dots: LayerSpecification[] = [
    {
      id: "around",
      type: "circle",
      source: "around",
      minzoom: THINGS_FROM,
      paint: {
        "circle-radius": 5,
        "circle-color": c.ink,
        "circle-stroke-color": c["m-case"],
        "circle-stroke-width": 2,
      },
    },
    {
      id: "dots",
      type: "circle",
      source: "dots",
      paint: {
        "circle-radius": ["match", ["get", "what"], "corner", 5, 8],
        "circle-color": ["match", ["get", "what"], "first", c["m-case"], "last", c.act, c["m-case"]],
        "circle-stroke-color": ["match", ["get", "what"], "last", c["m-case"], c.act],
        "circle-stroke-width": ["match", ["get", "what"], "corner", 2.5, 3.5],
      },
    },
  ];
  return {
    ...base,
    sources: { ...base.sources, ...Object.fromEntries(own) },
    layers: [...base.layers, ...lines, ...dots],
  };

  function line(id: string, filter: ExpressionSpecification | null, paint: object): LayerSpecification {
    return {
      id,
      type: "line",
      source: "drawn",
      ...(filter ? { filter } : {}),
      layout: { "line-join": "round", "line-cap": "round" },
      paint,
    } as LayerSpecification;
  }
}

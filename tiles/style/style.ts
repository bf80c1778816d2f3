// The whole style: the saved map, what lies on it, and every layer, bottom to top. Nothing in it leads to another host.
import type { StyleSpecification } from "maplibre-gl";
import plain from "./fonts/map-560.woff2?url";
import strong from "./fonts/map-700.woff2?url";
import { border, ground } from "./ground.ts";
import type { Ink, Layers } from "./layer.ts";
import { frame, pins, ways, you } from "./life.ts";
import { names, PLAIN, STRONG } from "./names.ts";
import { streets } from "./streets.ts";
import { COLOURS, coloursOf, lookOf, type Theme } from "./themes.ts";

export interface Wanted {
  theme: Theme;
  /** The municipality's own colour of places and routes in this theme (#rrggbb); the strong themes keep theirs. */
  act?: string | null;
  /** `pmtiles://…` of the saved pack (z8–13), null where none is saved. */
  land: string | null;
  /** The same of the overview (z8–10). Drawn alone it takes the layers' own names; under a small pack `over-…`. */
  over: string | null;
}

const NOTHING = { type: "FeatureCollection" as const, features: [] };

/** `life`, `pins` and `you` begin empty: the map fills them. */
export function style({ theme, act = null, land, over }: Wanted): StyleSpecification {
  const look = lookOf(theme, act);
  const c = coloursOf(look) ?? COLOURS[theme];
  const ink = (source: Ink["source"]): Ink => ({ look, c, source });
  const top = land ? ink("land") : over ? ink("over") : null;
  const below = land && over ? ink("over") : null;
  return {
    version: 8,
    name: `moedesteder ${theme}`,
    sources: {
      ...(land ? { land: { type: "vector", url: land } } : {}),
      ...(over ? { over: { type: "vector", url: over } } : {}),
      // Lines are as exact as they came: what is drawn is at most 2 m from what was walked.
      life: { type: "geojson", data: NOTHING, tolerance: 0, maxzoom: 14, buffer: 128 },
      pins: { type: "geojson", data: NOTHING },
      you: { type: "geojson", data: NOTHING },
    },
    "font-faces": { [PLAIN]: plain, [STRONG]: strong },
    layers: [
      { id: "land", type: "background", paint: { "background-color": backdrop() } },
      ...(below ? under(below) : []),
      ...(top ? [...ground(top), ...streets(top), ...border(top)] : []),
      ...frame(c, look),
      ...ways(c, look),
      ...(below ? names(below).map(lower) : []),
      ...(top ? names(top) : []),
      ...pins(c, look),
      ...you(c, look),
    ],
  };

  /** Fields come into the tiles at z10. Further out the ground itself has their colour, so that nothing pales on the way in. */
  function backdrop(): ["interpolate", ["linear"], ["zoom"], number, string, number, string] {
    return ["interpolate", ["linear"], ["zoom"], 10, c["m-field"], 11.5, c["m-land"]];
  }

  /** The overview under a small pack, and a plain floor where the pack itself draws, so that no coarse shore shows through. */
  function under(from: Ink): Layers {
    return [
      ...[...ground(from), ...streets(from), ...border(from)].map(lower),
      {
        id: "over-cover",
        type: "fill",
        source: "life",
        filter: ["==", ["get", "what"], "saved"],
        paint: { "fill-color": c["m-land"] },
      },
    ];
  }
}

function lower<L extends Layers[number]>(layer: L): L {
  return { ...layer, id: `over-${layer.id}` };
}

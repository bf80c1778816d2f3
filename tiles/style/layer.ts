// What the layer files share: how widths grow, how a layer is told which features are its own, and where it reads them.
import type {
  ExpressionSpecification,
  FillLayerSpecification,
  FilterSpecification,
  LayerSpecification,
  LineLayerSpecification,
} from "maplibre-gl";
import type { Colours, Look } from "./themes.ts";

/** What a group of layers is drawn with: a look's colours, and the saved pack that the tiles come from. */
export interface Ink {
  look: Look;
  c: Colours;
  source: "land" | "over";
}

export type Layers = LayerSpecification[];
type FillPaint = NonNullable<FillLayerSpecification["paint"]>;
type LinePaint = NonNullable<LineLayerSpecification["paint"]>;
type LineLayout = NonNullable<LineLayerSpecification["layout"]>;

/** px at z10, z13 and z16; what lies outside keeps the nearest value. */
export function px(z10: number, z13: number, z16: number): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.5], ["zoom"], 10, z10, 13, z13, 16, z16];
}

/** Features whose Shortbread `kind` is one of these. */
export function kind(...kinds: string[]): ExpressionSpecification {
  return ["match", ["get", "kind"], kinds, true, false];
}

/** The name under which the phone draws an image when the style first asks for it: `light/wood-crown`. */
export function image(look: Look, name: string): string {
  return `${look}/${name}`;
}

export function fill(
  ink: Ink,
  id: string,
  layer: string,
  minzoom: number,
  filter: FilterSpecification | null,
  paint: FillPaint,
): FillLayerSpecification {
  return { id, type: "fill", source: ink.source, "source-layer": layer, minzoom, ...(filter ? { filter } : {}), paint };
}

export function line(
  ink: Ink,
  id: string,
  layer: string,
  minzoom: number,
  filter: FilterSpecification | null,
  paint: LinePaint,
  layout: LineLayout = { "line-join": "round" },
): LineLayerSpecification {
  return {
    id,
    type: "line",
    source: ink.source,
    "source-layer": layer,
    minzoom,
    ...(filter ? { filter } : {}),
    layout,
    paint,
  };
}

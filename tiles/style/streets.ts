// Railways, paths and roads. All edges of the roads lie under all their fills, so that crossings are open.
import type { ExpressionSpecification } from "maplibre-gl";
import { type Ink, kind, type Layers, line, px } from "./layer.ts";
import type { Role } from "./themes.ts";

interface Road {
  id: string;
  from: number;
  kinds: string[];
  /** px at z10, z13, z16. */
  width: [number, number, number];
  /** px on each side. */
  edge: number;
  fill: Role;
  line: Role;
}

/** Least first. A link has the kind of what it leads to. */
const ROADS: readonly Road[] = [
  {
    id: "street",
    from: 12,
    kinds: ["residential", "living_street", "service", "busway"],
    width: [0.8, 2.4, 8],
    edge: 0.6,
    fill: "m-road",
    line: "m-road-edge",
  },
  {
    id: "minor",
    from: 10,
    kinds: ["tertiary", "unclassified"],
    width: [0.8, 3.2, 9],
    edge: 0.9,
    fill: "m-road",
    line: "m-road-edge",
  },
  {
    id: "main",
    from: 8,
    kinds: ["trunk", "primary", "secondary"],
    width: [1.5, 5, 12],
    edge: 1.3,
    fill: "m-main",
    line: "m-main-edge",
  },
  {
    id: "motor",
    from: 8,
    kinds: ["motorway"],
    width: [2, 6, 14],
    edge: 1.5,
    fill: "m-motor",
    line: "m-main-edge",
  },
];

const bridge: ExpressionSpecification = ["==", ["get", "bridge"], true];

function roads(ink: Ink, prefix: "" | "bridge-"): Layers {
  const at = (road: Road) => (prefix ? Math.max(road.from, 11) : road.from);
  const own = (road: Road): ExpressionSpecification =>
    prefix ? ["all", kind(...road.kinds), bridge] : kind(...road.kinds);
  const caps = { "line-join": "round", "line-cap": prefix ? "butt" : "round" } as const;
  return [
    ...ROADS.map((road) => {
      const [a, b, c] = road.width;
      // At z10 a road is a hair wide: the whole edge would make it a dark line.
      const width = px(a + road.edge * 1.2, b + road.edge * 2, c + road.edge * 2);
      const paint = { "line-color": ink.c[road.line], "line-width": width };
      return line(ink, `${prefix}${road.id}-edge`, "streets", at(road), own(road), paint, caps);
    }),
    ...ROADS.map((road) => {
      const paint = { "line-color": ink.c[road.fill], "line-width": px(...road.width) };
      return line(ink, `${prefix}${road.id}`, "streets", at(road), own(road), paint, caps);
    }),
  ];
}

export function streets(ink: Ink): Layers {
  const { c } = ink;
  const rail: ExpressionSpecification = [
    "all",
    kind("rail", "light_rail", "narrow_gauge"),
    ["!=", ["get", "rail"], false],
  ];
  const small = px(1, 1.8, 3);
  return [
    line(ink, "rail", "streets", 8, rail, { "line-color": c["m-rail"], "line-width": px(1, 2.4, 3) }),
    line(ink, "rail-tie", "streets", 8, rail, {
      "line-color": c["m-rail"],
      "line-width": px(3, 6, 8),
      "line-dasharray": [0.27, 2],
    }),
    line(ink, "track", "streets", 12, kind("track"), {
      "line-color": c["m-track"],
      "line-width": small,
      "line-dasharray": [3.9, 2.2],
    }),
    line(
      ink,
      "path",
      "streets",
      12,
      kind("footway", "path", "pedestrian", "bridleway"),
      { "line-color": c["m-path"], "line-width": small, "line-dasharray": [0.4, 2.2] },
      { "line-join": "round", "line-cap": "round" },
    ),
    line(ink, "steps", "streets", 12, kind("steps"), {
      "line-color": c["m-path"],
      "line-width": px(3, 5, 8),
      "line-dasharray": [0.24, 0.5],
    }),
    line(ink, "cycle", "streets", 12, kind("cycleway"), {
      "line-color": c["m-path"],
      "line-width": px(1, 2, 3),
      "line-dasharray": [6, 1.5],
    }),
    ...roads(ink, ""),
    ...roads(ink, "bridge-"),
  ];
}

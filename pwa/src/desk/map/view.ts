// MapLibre under the desk's drawing: fetched when somebody opens it. It draws what it is given and tells what was touched; what a touch
// means is the screen's. For tests the MapLibre map is `el.moede`.
import { effect } from "@preact/signals";
import type * as GeoJSON from "geojson";
import { type GeoJSONSource, type Map as GlMap, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { drawImage, style, type Theme } from "#style/index.ts";
import { begin, showAll, showWhole, zoomBy } from "../../map/camera.ts";
import { frameOf, padded } from "../../map/frame.ts";
import { type Bodies, life } from "../../map/life.ts";
import { BEYOND, type Bounds, DENMARK } from "./allowed.ts";
import { overview, whole } from "./ground.ts";
import { SOURCES, type SourceName, withDrawing } from "./layers.ts";
import type { Points } from "./line.ts";
import type { Point } from "./types.ts";
import "../../map/map.css";

export { NoMap } from "../../map/camera.ts";
export { coming, fetchWhole, offered, openGround, overview, trouble, whole } from "./ground.ts";

export interface Px {
  readonly x: number;
  readonly y: number;
}
export interface ShownLine {
  readonly id: string;
  readonly points: Points;
  readonly state: "plain" | "chosen" | "closed" | "editing";
  /** Nobody knows what it is made of. */
  readonly hollow: boolean;
}
export interface Shown {
  readonly lines: readonly ShownLine[];
  /** Its corners are drawn, and can be dragged by a mouse. */
  readonly corners: Points;
}
export interface Touched {
  readonly at: Point;
  /** The corner under the finger, of those that are drawn. */
  readonly corner: number | null;
  /** The nearest line within reach. */
  readonly line: string | null;
}
export interface Options {
  readonly theme: Theme;
  readonly bounds: Bounds | null;
  onTouch(touched: Touched): void;
  onDrag(corner: number, to: Point, done: boolean): void;
}
export interface DrawView {
  setTheme(theme: Theme): void;
  setLabel(words: string): void;
  setBounds(bounds: Bounds | null): void;
  setAround(bodies: Bodies, today: string, self: string | undefined): void;
  set(shown: Shown): void;
  project(at: Point): Px;
  unproject(px: Px): Point;
  centre(): Point;
  zoomBy(steps: 1 | -1): void;
  /** Goes to where all of these are seen; without any, to the whole municipality. */
  show(points: Points): void;
  /** Called whenever the map stands otherwise, for what lies over it; the function that comes back ends it. */
  onMove(then: () => void): () => void;
  /** Keeps this in view. */
  follow(at: Point): void;
  metresPerPx(): number;
  /** Paths and roads of the tiles that are loaded; none where only the overview is here. */
  paths(): Points[];
  /** Counts up when `paths` may say something else. */
  readonly turn: number;
  destroy(): void;
}

type Host = HTMLElement & { moede?: GlMap };
/** Half of a target. */
const REACH = 24;
const MOUSE_REACH = 12;
const ON_FOOT = [
  ...["residential", "living_street", "service", "busway", "tertiary", "unclassified", "secondary", "primary", "track"],
  ...["footway", "path", "pedestrian", "bridleway", "steps", "cycleway"],
];

setWorkerUrl(worker);

/** Fills `el`. Throws NoMap where WebGL 2 is missing. */
export function mount(el: Host, options: Options): DrawView {
  let theme = options.theme;
  let bounds = options.bounds;
  let shown: Shown = { lines: [], corners: [] };
  let turn = 0;
  let loaded = false;
  let moved = false;
  let ways: readonly GeoJSON.Feature[] = [];
  const empty = (): boolean => shown.lines.every(({ points }) => points.length < 2);
  const data = new Map<SourceName, GeoJSON.FeatureCollection>(SOURCES.map((name) => [name, collect([])]));
  const map = begin(el, looks(), bounds ?? DENMARK);
  dress(el, map);
  map.once("style.load", () => {
    loaded = true;
    // What came while the style was on its way: a map, another theme, things round about.
    putLife();
    map.setStyle(looks());
    map.triggerRepaint();
  });
  map.on("movestart", (event) => {
    if (event.originalEvent) moved = true;
  });
  const follows = new Set<() => void>();
  const tell = (): void => {
    for (const follow of follows) follow();
  };
  map.on("move", tell);
  map.on("moveend", () => {
    turn++;
  });
  map.on("sourcedata", () => {
    turn++;
  });
  map.on("resize", () => {
    if (bounds && !moved && empty()) showWhole(map, bounds);
    tell();
  });
  map.on("idle", () => {
    el.dataset.mapDrawn = map.getSource("land") ? "all" : map.getSource("over") ? "overview" : "none";
  });
  map.on("error", (event) => console.warn("map", event.error));
  map.on("click", ({ point, lngLat }) => {
    const line = nearestLine(point);
    options.onTouch({ at: [lngLat.lng, lngLat.lat], corner: cornerAt(point, REACH), line });
  });
  const stop = effect(() => {
    void [overview.value, whole.value];
    if (!loaded) return;
    delete el.dataset.mapDrawn;
    putLife();
    map.setStyle(looks());
    map.triggerRepaint();
  });
  const drag = dragging(map, (px) => cornerAt(px, MOUSE_REACH), options.onDrag);

  function looks(): StyleSpecification {
    const all = whole.peek();
    const land = all?.url ?? null;
    const over = all ? null : (overview.peek()?.url ?? null);
    const next = withDrawing(style({ theme, land, over }), theme);
    const own = SOURCES.map((name) => [name, { ...next.sources[name], data: data.get(name) }]);
    return { ...next, sources: { ...next.sources, ...Object.fromEntries(own) } };
  }

  function put(name: SourceName, now: GeoJSON.FeatureCollection): void {
    data.set(name, now);
    if (loaded) map.getSource<GeoJSONSource>(name)?.setData(now);
  }

  /** Routes and ways in, and the edge of what is saved: beyond it is not sea, it is not here. */
  function putLife(): void {
    const area = (whole.peek() ?? overview.peek())?.manifest.bounds;
    put("life", collect([...(area ? frameOf(area, "Kortet slutter her") : []), ...ways]));
  }

  const project = (at: Point): Px => map.project([at[0], at[1]]);
  const far = (a: Px, b: Px): number => Math.hypot(a.x - b.x, a.y - b.y);

  function cornerAt(px: Px, reach: number): number | null {
    let best: number | null = null;
    let least = reach;
    shown.corners.forEach((corner, i) => {
      const off = far(project(corner), px);
      if (off > least) return;
      least = off;
      best = i;
    });
    return best;
  }

  function nearestLine(px: Px): string | null {
    let best: string | null = null;
    let least = REACH;
    for (const { id, points } of shown.lines) {
      const pixels = points.map(project);
      for (let i = 1; i < pixels.length; i++) {
        const off = toPiece(pixels[i - 1] as Px, pixels[i] as Px, px);
        if (off >= least) continue;
        least = off;
        best = id;
      }
    }
    return best;
  }

  return {
    get turn() {
      return turn;
    },
    setTheme(next) {
      theme = next;
      if (loaded) map.setStyle(looks());
    },
    setLabel: (words) => map.getCanvas().setAttribute("aria-label", words),
    setBounds(next) {
      bounds = next;
      map.setMaxBounds(bounds ? padded(bounds, BEYOND + 0.5) : null);
      if (bounds && !moved && empty()) showWhole(map, bounds);
    },
    setAround(bodies, today, self) {
      const [kind, id] = self?.split("/") ?? [];
      const less = <T>(of: string, all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
        kind === of ? new Map([...all].filter(([one]) => one !== id)) : all;
      const rest = {
        places: less("place", bodies.places),
        routes: less("route", bodies.routes),
        facilities: less("facility", bodies.facilities),
      };
      const all = life(rest, { today, chosen: null });
      ways = all.filter((one) => one.properties.what !== "pin");
      putLife();
      put("pins", collect(all.filter((one) => one.properties.what === "pin")));
      put("around", collect([...rest.facilities.values()].map(({ point }) => dot(point, "thing"))));
    },
    set(next) {
      shown = next;
      put("drawn", collect(next.lines.flatMap(drawn)));
      const last = next.corners.length - 1;
      const what = (i: number) => (i === 0 ? "first" : i === last ? "last" : "corner");
      put("dots", collect(next.corners.map((at, i) => dot(at, what(i)))));
    },
    project,
    unproject({ x, y }) {
      const { lng, lat } = map.unproject([x, y]);
      return [lng, lat];
    },
    centre() {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    },
    zoomBy(steps) {
      moved = true;
      zoomBy(map, steps);
    },
    show(points) {
      if (points.length > 0) {
        moved = true;
        showAll(map, points, 16);
      } else if (bounds) showWhole(map, bounds);
    },
    onMove(then) {
      follows.add(then);
      return () => follows.delete(then);
    },
    follow(at) {
      const { x, y } = project(at);
      const { clientWidth, clientHeight } = el;
      const edge = 40;
      if (x < edge || y < edge || x > clientWidth - edge || y > clientHeight - edge)
        map.jumpTo({ center: [at[0], at[1]] });
    },
    metresPerPx() {
      const { lat } = map.getCenter();
      return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / 512 / 2 ** map.getZoom();
    },
    paths() {
      if (!whole.peek() || !map.getSource("land")) return [];
      const found = map.querySourceFeatures("land", {
        sourceLayer: "streets",
        filter: ["match", ["get", "kind"], ON_FOOT, true, false],
      });
      return found.flatMap(({ geometry }) => linesOf(geometry));
    },
    destroy() {
      stop();
      drag();
      delete el.moede;
      delete el.dataset.mapDrawn;
      map.remove();
      el.replaceChildren();
    },
  };
}

/** A corner under a mouse is dragged at once; under a finger the map moves, and the corner by its pin. */
function dragging(
  map: GlMap,
  cornerAt: (px: Px) => number | null,
  tell: (corner: number, to: Point, done: boolean) => void,
): () => void {
  const el = map.getCanvasContainer();
  const at = (event: PointerEvent): Px => {
    const { left, top } = el.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const down = (event: PointerEvent): void => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    const corner = cornerAt(at(event));
    if (corner === null) return;
    map.dragPan.disable();
    const from = at(event);
    let went = false;
    const told = (one: PointerEvent, done: boolean): void => {
      const { x, y } = at(one);
      went ||= Math.hypot(x - from.x, y - from.y) > 3;
      const { lng, lat } = map.unproject([x, y]);
      if (went) tell(corner, [lng, lat], done);
    };
    const move = (one: PointerEvent): void => told(one, false);
    const up = (one: PointerEvent): void => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      map.dragPan.enable();
      told(one, true);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
  };
  el.addEventListener("pointerdown", down, true);
  return () => el.removeEventListener("pointerdown", down, true);
}

function dress(el: Host, map: GlMap): void {
  el.moede = map;
  const ring = document.createElement("div");
  ring.className = "map-focus";
  map.getCanvasContainer().append(ring);
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.doubleClickZoom.disable();
  map.setMissingStyleImageResolver(async (name) => {
    const ratio = Math.min(3, Math.max(1, Math.ceil(window.devicePixelRatio)));
    const image = map.hasImage(name) ? null : drawImage(name, ratio);
    if (image) map.addImage(name, image, { pixelRatio: ratio });
  });
}

function drawn({ id, points, state, hollow }: ShownLine): GeoJSON.Feature[] {
  if (points.length < 2) return [];
  const coordinates = points.map(([lon, lat]) => [lon, lat]);
  return [{ type: "Feature", geometry: { type: "LineString", coordinates }, properties: { id, state, hollow } }];
}

function dot([lon, lat]: readonly [number, number], what: string): GeoJSON.Feature {
  return { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { what } };
}

function linesOf(geometry: GeoJSON.Geometry): Points[] {
  if (geometry.type === "LineString") return [geometry.coordinates as unknown as Points];
  return geometry.type === "MultiLineString" ? (geometry.coordinates as unknown as Points[]) : [];
}

function toPiece(a: Px, b: Px, p: Px): number {
  const [x, y] = [b.x - a.x, b.y - a.y];
  const square = x * x + y * y;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * x + (p.y - a.y) * y) / square));
  return Math.hypot(a.x + share * x - p.x, a.y + share * y - p.y);
}

function collect(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

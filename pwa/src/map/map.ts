// The map, fetched only when somebody opens it. It reads the store's and the packs' signals, draws from the phone's own files,
// and tells which thing was touched. A position given to it is drawn and goes nowhere.

import { computed, effect, signal, untracked } from "@preact/signals";
import type * as GeoJSON from "geojson";
import { type GeoJSONSource, Map as GlMap, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { drawImage, style, type Theme } from "#style/index.ts";
import { local } from "../geo/copenhagen.ts";
import { openOverview, packs } from "../pack/packs.ts";
import { facilities, now, places, routes, site } from "../store/signals.ts";
import { t, told } from "../text/t.ts";
import { type Bounds, frameOf, padded } from "./frame.ts";
import { counted, type LifeFeature, life, pointOf, type Thing } from "./life.ts";
import { picked } from "./pick.ts";
import { close, open, readFromPhone, type Saved, sign } from "./saved.ts";
import { type Position, youOf } from "./you.ts";
import "./map.css";

export type { Theme } from "#style/index.ts";
export type { Thing } from "./life.ts";
export type { Position } from "./you.ts";

/** This phone can not draw the map: the list has all that stands on it. */
export class NoMap extends Error {
  readonly why = "webgl";
}

export interface MapOptions {
  theme: Theme;
  /** The place, route or facility that was touched; null where nothing stands. */
  onPick(thing: Thing | null): void;
  /** Shown first, and chosen. */
  start?: Thing;
  /** A saved map could not be read: said in words beside the map. */
  onTrouble?(why: "unreadable"): void;
}

export interface MapView {
  setTheme(theme: Theme): void;
  /** Chooses a thing and goes to it. */
  show(thing: Thing): void;
  /** Chooses (the pin on its foot) without moving; null lets go. */
  choose(thing: Thing | null): void;
  /** Draws where the person is; null takes it away. Moves nothing. */
  setPosition(at: Position | null): void;
  /** Goes to where the person is, if that is known. */
  locate(): void;
  zoomIn(): void;
  zoomOut(): void;
  destroy(): void;
}

setWorkerUrl(worker);
readFromPhone();

const DENMARK: Bounds = [8, 54.5, 13, 57.8];
/** LOOK: 260 ms moves a sheet, and the map under it. */
const CALM = 260;
const NEAR = 14.5;
/** px that the keys, the tabs and the chosen pin on its foot take from a route. */
const ROOM = { top: 120, bottom: 60, left: 36, right: 84 };
/** Where the map was left in this visit, in this page's memory alone. */
let left: { center: [number, number]; zoom: number } | null = null;

/**
 * Fills `el` with the map. The MapLibre map is reachable as `el.moede`, for tests: read pixels in its `render` event, in which the
 * drawing still stands. Throws NoMap where WebGL 2 is missing.
 */
export function mount(el: HTMLElement & { moede?: GlMap }, options: MapOptions): MapView {
  const theme = signal(options.theme);
  const chosen = signal<Thing | null>(options.start ?? null);
  const position = signal<Position | null>(null);
  const saved = signal<Saved>({ land: null, over: null });
  const bounds = computed(() => site.value?.bounds ?? null);
  const own = computed<LifeFeature[]>(() => {
    const bodies = { places: places.value, facilities: facilities.value, routes: routes.value };
    return life(bodies, { today: local(now()).date, chosen: chosen.value });
  });
  const drawn = computed<GeoJSON.FeatureCollection>(() => {
    const area = saved.value.land?.manifest.bounds;
    const edge = area ? frameOf(area, t("map.ends")) : [];
    return { type: "FeatureCollection", features: [...edge, ...own.value] };
  });
  const you = computed(() => youOf(position.value));
  const looks = computed(() => {
    const from = saved.value;
    return style({ theme: theme.value, land: from.land?.url ?? null, over: from.over?.url ?? null });
  });

  const map = begin(
    el,
    whole(untracked(() => looks.value)),
    untracked(() => bounds.value),
  );
  el.moede = map;
  const by = document.createElement("p");
  by.className = "map-by";
  el.append(by);
  const focus = document.createElement("div");
  focus.className = "map-focus";
  map.getCanvasContainer().append(focus);

  map.setMissingStyleImageResolver(async (name) => {
    const ratio = Math.min(3, Math.max(1, Math.ceil(window.devicePixelRatio)));
    const image = map.hasImage(name) ? null : drawImage(name, ratio);
    if (image) map.addImage(name, image, { pixelRatio: ratio });
  });
  map.on("click", (event) => {
    options.onPick(picked(event.point, own.peek(), (at) => map.project([at[0] ?? 0, at[1] ?? 0])));
  });
  map.on("error", ({ error }) => {
    console.warn("map", error);
    if (saved.peek().land || saved.peek().over) options.onTrouble?.("unreadable");
  });

  /** The style with what lies on the land put in, so that changing the theme never shows an empty map. */
  function whole(from: ReturnType<typeof style>): ReturnType<typeof style> {
    const filled = (name: "life" | "you", data: GeoJSON.FeatureCollection) =>
      ({ ...from.sources[name], data }) as never;
    const data = untracked(() => ({ life: filled("life", drawn.value), you: filled("you", you.value) }));
    return { ...from, sources: { ...from.sources, ...data } };
  }

  let set = looks.peek();
  const loaded = signal(false);
  map.once("style.load", () => {
    loaded.value = true;
  });
  const until: (() => void)[] = [
    effect(() => {
      const next = looks.value;
      if (!loaded.value || set === next) return;
      set = next;
      map.setStyle(whole(next));
    }),
    effect(() => put("life", drawn.value)),
    effect(() => put("you", you.value)),
    effect(() => {
      const from = saved.value.land ?? saved.value.over;
      by.textContent = from ? told(from.manifest.attribution).words : "";
    }),
    effect(() => {
      const name = site.value ? told(site.value.name).words : "";
      map.getCanvas().setAttribute("aria-label", t("map.label", { name, ...counted(own.value) }));
    }),
    effect(() => {
      const area = bounds.value;
      map.setMaxBounds(area ? padded(area, 0.75) : null);
    }),
    drawSaved(),
  ];

  function put(name: "life" | "you", data: GeoJSON.FeatureCollection): void {
    if (loaded.value) map.getSource<GeoJSONSource>(name)?.setData(data);
  }

  /** Follows the packs: what is whole is drawn, and the older archive is closed only when the newer one is on screen. */
  function drawSaved(): () => void {
    const which = computed(() => sign(packs.value));
    let turn = 0;
    const stop = effect(() => {
      which.value;
      const mine = ++turn;
      void open(untracked(() => packs.value)).then((next) => {
        if (mine !== turn) return close(next);
        const before = saved.peek();
        saved.value = next;
        close(before);
      });
    });
    return () => {
      turn++;
      stop();
      close(saved.peek());
    };
  }

  function still(): boolean {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  function go(to: { center: [number, number]; zoom: number }): void {
    map.easeTo({ ...to, duration: still() ? 0 : CALM });
  }

  function show(thing: Thing): void {
    chosen.value = thing;
    const route = thing.kind === "route" ? routes.peek().get(thing.id) : undefined;
    if (route) {
      const box = boxOf(own.peek().filter((f) => f.properties.kind === "route" && f.properties.id === route.id));
      if (box) map.fitBounds(box, { padding: ROOM, maxZoom: NEAR + 1, duration: still() ? 0 : CALM });
      return;
    }
    const at =
      thing.kind === "facility" ? facilities.peek().get(thing.id)?.point : pointFor(places.peek().get(thing.id));
    if (at) go({ center: at, zoom: Math.max(map.getZoom(), NEAR) });
  }

  function pointFor(
    place: ReturnType<typeof places.peek> extends ReadonlyMap<string, infer P> ? P | undefined : never,
  ) {
    return place && place.state !== "dissolved" ? pointOf(place, routes.peek()) : null;
  }

  void openOverview();
  if (options.start) show(options.start);

  return {
    setTheme: (next) => {
      theme.value = next;
    },
    show,
    choose: (thing) => {
      chosen.value = thing;
    },
    setPosition: (at) => {
      position.value = at;
    },
    locate: () => {
      const at = position.peek();
      if (at) go({ center: [at.point[0], at.point[1]], zoom: Math.max(map.getZoom(), NEAR) });
    },
    zoomIn: () => void map.zoomIn({ duration: still() ? 0 : CALM }),
    zoomOut: () => void map.zoomOut({ duration: still() ? 0 : CALM }),
    destroy: () => {
      const { lng, lat } = map.getCenter();
      left = { center: [lng, lat], zoom: map.getZoom() };
      for (const stop of until) stop();
      delete el.moede;
      map.remove();
      el.replaceChildren();
    },
  };
}

function begin(el: HTMLElement, from: ReturnType<typeof style>, bounds: Bounds | null): GlMap {
  const [w, s, e, n] = bounds ?? DENMARK;
  const where = left ?? { bounds: [w, s, e, n] as [number, number, number, number] };
  try {
    return new GlMap({
      container: el,
      style: from,
      ...where,
      fitBoundsOptions: { padding: { top: 28, bottom: 44, left: 12, right: 12 } },
      minZoom: 6,
      maxZoom: 18,
      attributionControl: false,
      // North is up, and the ground is flat: a map that turns under a finger loses people.
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      renderWorldCopies: false,
      fadeDuration: 0,
      refreshExpiredTiles: false,
      validateStyle: false,
    });
  } catch (cause) {
    el.replaceChildren();
    throw new NoMap("no WebGL 2 here", { cause });
  }
}

function boxOf(features: readonly LifeFeature[]): [number, number, number, number] | null {
  const all = features.flatMap((f) => (f.geometry.type === "LineString" ? f.geometry.coordinates : []));
  if (all.length === 0) return null;
  const lons = all.map((at) => at[0] ?? 0);
  const lats = all.map((at) => at[1] ?? 0);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

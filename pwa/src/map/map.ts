// The map, fetched only when somebody opens it. It reads the store's and the packs' signals, draws from the phone's own files,
// and tells which thing was touched. A position given to it is drawn and goes nowhere.
import { computed, effect, signal } from "@preact/signals";
import type * as GeoJSON from "geojson";
import { type GeoJSONSource, type Map as GlMap, prewarm, type StyleSpecification, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { drawImage, style, type Theme } from "#style/index.ts";
import { local } from "../geo/copenhagen.ts";
import { pointOf } from "../geo/place.ts";
import { onToday } from "../geo/times.ts";
import { onMap, openOverview, readBackAll, whole } from "../pack/packs.ts";
import { events, facilities, now, places, routes, site } from "../store/signals.ts";
import { t, told } from "../text/t.ts";
import { begin, keepInView, leave, showAll, showLines, showPoint, showWhole, wasOpen, zoomBy } from "./camera.ts";
import { frameOf, padded } from "./frame.ts";
import { counted, type LifeFeature, life, type Thing } from "./life.ts";
import { picked } from "./pick.ts";
import { close, open, openEarly, readFromPhone, type Saved, shownBy, sign, takeEarly } from "./saved.ts";
import { type Position, youOf } from "./you.ts";
import "./map.css";

export type { Theme } from "#style/index.ts";
export { NoMap } from "./camera.ts";
export type { Thing } from "./life.ts";
export type { Position } from "./you.ts";

export interface MapOptions {
  theme: Theme;
  /** What was touched: none, one, or several that lie on one another, to choose among. */
  onPick(things: readonly Thing[]): void;
  /** Chosen and gone to as soon as the phone has it. */
  start?: Thing;
  /** A saved map could not be read: said in words beside the map; "" once it can be again. */
  onTrouble(why: "unreadable" | ""): void;
}

export interface MapView {
  /** Resolves with the first whole picture, or when it has taken long: what can wait has waited for it. */
  readonly drawn: Promise<void>;
  setTheme(theme: Theme): void;
  /** Chooses a thing and goes to it. */
  show(thing: Thing): void;
  /** Chooses (the pin on its foot) without moving; null lets go. */
  choose(thing: Thing | null): void;
  /** Draws where the person is; null takes it away. Moves nothing. */
  setPosition(at: Position | null): void;
  /** Goes to where the person is, if that is known, with `near` (the nearest place) in view as well. */
  locate(near: Position["point"] | null): void;
  zoomIn(): void;
  zoomOut(): void;
  destroy(): void;
}

type Host = HTMLElement & { moede?: GlMap };
const SOURCES = ["life", "pins", "you"] as const;
/** How far one can pan beyond the municipality, as a share of its size. */
const BEYOND = 0.75;

/** An archive that fails to be read may be on its way out. */
const DOUBT_MS = 1_000;
/** A first picture that takes longer keeps nothing else waiting. */
const DRAWN_MS = 8_000;

setWorkerUrl(worker);
readFromPhone();
// MapLibre's worker and the saved archive are made ready while the page still does other things.
prewarm();
void openEarly();

/** To be awaited before each `mount`: the map then begins with what is saved, and need not begin again. */
export const prepare = openEarly;

/**
 * Fills `el` with the map. For tests the MapLibre map is `el.moede` (pixels are read in its `render` event, in which the drawing
 * still stands), and `data-map-drawn` tells which archives the still picture shows. Throws NoMap where WebGL 2 is missing.
 */
export function mount(el: Host, options: MapOptions): MapView {
  const theme = signal(options.theme);
  const chosen = signal<Thing | null>(options.start ?? null);
  const position = signal<Position | null>(null);
  const begun = takeEarly();
  const saved = signal<Saved>(begun.saved);
  const loaded = signal(false);
  const own = computed<LifeFeature[]>(() => {
    const bodies = { places: places.value, facilities: facilities.value, routes: routes.value };
    const on = onToday(events.value.values(), now());
    return life(bodies, { today: local(now()).date, chosen: chosen.value, on });
  });
  const data = {
    life: computed(() => {
      const area = saved.value.land?.manifest.bounds;
      return collect([...(area ? frameOf(area, t("map.ends")) : []), ...own.value.filter((one) => !isPin(one))]);
    }),
    pins: computed(() => collect(own.value.filter(isPin))),
    you: computed(() => youOf(position.value)),
  };
  /** The settings come and go with every page of the feed; only another colour is another style. */
  const act = computed(() => {
    const own = site.value?.colours;
    return (theme.value === "light" ? own?.light : theme.value === "dark" ? own?.dark : null) ?? null;
  });
  const looks = computed(() => {
    const { land, over } = saved.value;
    return style({ theme: theme.value, act: act.value, land: land?.url ?? null, over: over?.url ?? null });
  });

  /** What each source was last given. */
  const given = new Map<string, GeoJSON.FeatureCollection>();
  let worn = looks.peek();
  const map = begin(el, filled(worn), site.peek()?.bounds ?? null);
  dress(el, map);
  let moved = wasOpen();
  let awaited = options.start ?? null;
  /** What the map has gone to, until somebody moves it. */
  let gone: Thing | null = null;
  /** What could not be read, by its sign: told once. */
  let doubted = "";

  map.once("style.load", () => {
    loaded.value = true;
  });
  map.on("idle", () => {
    const { land, over } = saved.peek();
    onMap.value = [land, over].flatMap((one) => one?.manifest ?? []);
    const ids = shownBy(saved.peek());
    if (ids) el.dataset.mapDrawn = ids;
    else delete el.dataset.mapDrawn;
  });
  map.on("click", ({ point }) => {
    const things = picked(point, own.peek(), (at) => map.project([at[0] ?? 0, at[1] ?? 0]));
    gone = null;
    chosen.value = things.length === 1 ? (things[0] ?? null) : null;
    options.onPick(things);
  });
  // The sheet below comes and goes, and the map's box with it. Until somebody moves the map, the whole municipality stays in
  // the box; and what is chosen always does.
  map.on("movestart", (event) => {
    if (!event.originalEvent) return;
    moved = true;
    gone = null;
  });
  map.on("resize", () => {
    const bounds = site.peek()?.bounds;
    if (bounds && !moved) showWhole(map, bounds);
    // A whole way was fitted into the box as it was before the sheet took its share of it.
    if (gone && goTo(gone)) return;
    const pin = own.peek().find((f) => f.properties.chosen)?.geometry;
    if (pin?.type === "Point") keepInView(map, [pin.coordinates[0] ?? 0, pin.coordinates[1] ?? 0]);
  });
  map.on("error", (event) => {
    const { sourceId } = event as { sourceId?: string };
    console.warn("map", event.error);
    if (sourceId === "land" || sourceId === "over") failed();
  });
  const drawn = new Promise<void>((done) => {
    map.once("idle", () => done());
    setTimeout(done, DRAWN_MS);
  });

  const stops = [
    effect(() => {
      const next = looks.value;
      if (!loaded.value || worn === next) return;
      worn = next;
      map.setStyle(filled(next));
    }),
    ...SOURCES.map((name) =>
      effect(() => {
        const now = data[name].value;
        if (!loaded.value || given.get(name) === now) return;
        given.set(name, now);
        map.getSource<GeoJSONSource>(name)?.setData(now);
      }),
    ),
    effect(() => {
      const name = site.value ? told(site.value.name).words : "";
      map.getCanvas().setAttribute("aria-label", t("map.label", { name, ...counted(own.value) }));
    }),
    effect(() => {
      const bounds = site.value?.bounds;
      map.setMaxBounds(bounds ? padded(bounds, BEYOND) : null);
      if (bounds && !moved) showWhole(map, bounds);
    }),
    // After the one above: what was asked for comes before the whole.
    effect(() => {
      own.value;
      if (awaited && goTo(awaited)) awaited = null;
    }),
    followPacks(),
  ];
  void openOverview();

  /** Told where the archive is still meant to be there: one that is being taken away or replaced may well not be read. */
  function failed(): void {
    const meant = sign(whole.peek());
    if (!meant || meant === doubted) return;
    doubted = meant;
    setTimeout(() => {
      if (el.moede !== map || sign(whole.peek()) !== meant) return;
      readBackAll();
      options.onTrouble("unreadable");
    }, DOUBT_MS);
  }

  /** The style with what lies on the land put in, so that another theme never shows an empty map. */
  function filled(from: StyleSpecification): StyleSpecification {
    for (const name of SOURCES) given.set(name, data[name].peek());
    const own = SOURCES.map((name) => [name, { ...from.sources[name], data: given.get(name) }]);
    return { ...from, sources: { ...from.sources, ...Object.fromEntries(own) } };
  }

  /** What is whole is drawn; the older archive is let go of only when the newer one has taken its place. */
  function followPacks(): () => void {
    const which = computed(() => sign(whole.value));
    let turn = 0;
    let shown = begun.sign;
    return effect(() => {
      const wanted = which.value;
      const mine = ++turn;
      if (wanted === shown) return;
      open(whole.peek()).then(
        (next) => {
          if (mine !== turn || el.moede !== map) return close(next);
          const before = saved.peek();
          shown = wanted;
          saved.value = next;
          map.once("idle", () => {
            close(before);
            // Another archive, or the same one mended.
            if (!doubted || doubted === wanted) return;
            doubted = "";
            options.onTrouble("");
          });
          map.triggerRepaint();
        },
        (error: unknown) => {
          console.warn("map", error);
          failed();
        },
      );
    });
  }

  /** False where the phone does not have it (yet), or it stands nowhere. */
  function goTo(thing: Thing): boolean {
    const place = places.peek().get(thing.id);
    const there = place && place.state !== "dissolved" ? pointOf(place, routes.peek()) : null;
    const at = thing.kind === "facility" ? facilities.peek().get(thing.id)?.point : there;
    const lines = own.peek().filter(({ properties: { kind, id } }) => kind === "route" && id === thing.id);
    if (!at && lines.length === 0) return false;
    moved = true;
    gone = thing;
    if (at) showPoint(map, at);
    else showLines(map, lines);
    return true;
  }

  function zoom(steps: 1 | -1): void {
    moved = true;
    gone = null;
    zoomBy(map, steps);
  }

  return {
    drawn,
    setTheme: (next) => {
      theme.value = next;
    },
    show: (thing) => {
      chosen.value = thing;
      awaited = goTo(thing) ? null : thing;
    },
    choose: (thing) => {
      chosen.value = thing;
      gone = null;
    },
    setPosition: (at) => {
      position.value = at;
    },
    locate: (near) => {
      const at = position.peek();
      if (!at) return;
      moved = true;
      gone = null;
      if (near) showAll(map, [at.point, near]);
      else showPoint(map, at.point);
    },
    zoomIn: () => zoom(1),
    zoomOut: () => zoom(-1),
    destroy: () => {
      leave(map);
      for (const stop of stops) stop();
      delete el.moede;
      delete el.dataset.mapDrawn;
      onMap.value = [];
      map.remove();
      // Last, so that no tile is asked of an archive that is shut.
      close(saved.peek());
      el.replaceChildren();
    },
  };
}

/** What the map needs besides its canvas: a ring for the keyboard, images at need. */
function dress(el: Host, map: GlMap): void {
  el.moede = map;
  const ring = document.createElement("div");
  ring.className = "map-focus";
  map.getCanvasContainer().append(ring);
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.setMissingStyleImageResolver(async (name) => {
    const ratio = Math.min(3, Math.max(1, Math.ceil(window.devicePixelRatio)));
    const image = map.hasImage(name) ? null : drawImage(name, ratio);
    if (image) map.addImage(name, image, { pixelRatio: ratio });
  });
}

function isPin(one: LifeFeature): boolean {
  return one.properties.what === "pin";
}

function collect(features: GeoJSON.Feature[]): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features };
}

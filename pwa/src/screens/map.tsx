/** Kort: hosts the map, offers the detail, shows what was touched, and has the same things as a list beside it. */
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Point } from "../geo/distance.ts";
import type { MapView, Thing } from "../map/map.ts";
import { onMap, refresh } from "../pack/packs.ts";
import { facilities, now, online, places, routes } from "../store/signals.ts";
import { distance } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Tabs } from "../ui/choose.tsx";
import { Title } from "../ui/head.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { More } from "../ui/more.tsx";
import { Rows } from "../ui/row.tsx";
import { Dialog, tell } from "../ui/sheet.tsx";
import { theme } from "../ui/theme.ts";
import { FacilityLine, PlaceLine, RouteLine } from "./list-rows.tsx";
import { MapSheet } from "./map-sheet.tsx";
import { settled } from "./now/clock.ts";
import { inOrder, order, orderFrom } from "./now/order.ts";
import { asking, find, fix, permission, refusal, WEAK_M } from "./now/position.ts";
import { livePlaces, whereIs } from "./words/place.ts";
import "./map.css";

const chosen = signal<readonly Thing[]>([]);
/** A position older than this is asked for again. */
const FRESH_MS = 120_000;
/** Our own question comes before the phone's. */
const question = signal(false);
/** What keeps the map from being seen: its code is not here, the phone can not draw, or a saved map can not be read. */
const trouble = signal<"" | "failed" | "offline" | "webgl" | "unreadable">("");
const drawn = signal(false);

/** "place/<id>" after the # of an address: what to show first. */
function thingOf(fragment: string): Thing | null {
  const [kind, id] = fragment.split("/");
  const all = { place: places.peek(), route: routes.peek(), facility: facilities.peek() }[kind ?? ""];
  return id && all?.has(id) ? ({ kind, id } as Thing) : null;
}

export function MapScreen({ fragment }: { fragment: string }) {
  const el = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  useEffect(() => {
    let gone = false;
    const stops: (() => void)[] = [];
    chosen.value = [];
    trouble.value = "";
    drawn.value = false;
    const open = async () => {
      const { mount, prepare } = await import("../map/map.ts");
      // The data comes first: the map opens on what was asked for and with what is saved, once that is known.
      await Promise.all([known(), prepare()]);
      if (gone || !el.current) return;
      const start = thingOf(fragment);
      view.current = mount(el.current, {
        theme: theme.peek(),
        onPick: (things) => {
          chosen.value = things;
        },
        onTrouble: (why) => {
          trouble.value = why;
        },
        ...(start ? { start } : {}),
      });
      chosen.value = start ? [start] : [];
      drawn.value = true;
      stops.push(
        effect(() => view.current?.setTheme(theme.value)),
        effect(() => view.current?.setPosition(fix.value)),
      );
      // Reading every saved byte back, and asking the server, wait for the first picture.
      await view.current.drawn;
    };
    open()
      .catch((error: unknown) => {
        console.error(error);
        const blind = (error as { why?: string }).why === "webgl";
        if (!gone) trouble.value = blind ? "webgl" : online.peek() ? "failed" : "offline";
      })
      .then(refresh)
      .catch(() => undefined);
    return () => {
      gone = true;
      for (const stop of stops) stop();
      view.current?.destroy();
      view.current = null;
    };
  }, [fragment]);
  const locate = async () => {
    question.value = false;
    const fresh = fix.value && now().getTime() - fix.value.at < FRESH_MS ? fix.value : null;
    const here = fresh ?? (await find()) ?? fix.value;
    if (!here) return tell(t(refusal.value === "denied" ? "map.denied" : "map.noFix"));
    orderFrom(here.point, null);
    if (here.accuracy > WEAK_M) tell(t("pos.weak", { m: distance(here.accuracy) }));
    view.current?.locate(nearestPlace());
  };
  const tapped = async () => {
    if (!fix.value && (await permission()) === "prompt") question.value = true;
    else await locate();
  };
  return (
    <main id="main" tabIndex={-1}>
      <div class="vh">
        <Title>{t("map.title")}</Title>
      </div>
      <div class="map-first">
        <div class="map">
          <div class="map-here" ref={el} />
          <div class="map-tabs">
            <Tabs
              label={t("list.as")}
              tabs={[
                { href: "/", words: t("list.list"), here: false },
                { href: "/kort", words: t("list.map"), here: true },
              ]}
            />
          </div>
          {drawn.value && (
            <div class="map-tools">
              <Tool
                icon="locate"
                label={t(asking.value ? "map.finding" : "map.locate")}
                onClick={() => void tapped()}
              />
              <Tool icon="plus" label={t("map.in")} onClick={() => view.current?.zoomIn()} />
              <Tool icon="minus" label={t("map.out")} onClick={() => view.current?.zoomOut()} />
            </div>
          )}
          {drawn.value && <Attribution />}
          {!drawn.value && !trouble.value && (
            <p class="map-coming" role="status">
              {t("map.coming")}
            </p>
          )}
          <Trouble />
        </div>
        {trouble.value === "unreadable" && chosen.value.length === 0 ? (
          <Unreadable />
        ) : (
          <MapSheet
            chosen={chosen.value}
            onClose={() => {
              chosen.value = [];
              view.current?.choose(null);
            }}
          />
        )}
      </div>
      {question.value && <Question onYes={() => void locate()} />}
      <Same open={trouble.value !== ""} />
    </main>
  );
}

function Tool(p: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={p.label} onClick={p.onClick}>
      <Icon name={p.icon} />
    </button>
  );
}

/** Resolves when the phone's own data has been looked for. */
function known(): Promise<void> {
  return new Promise((done) => {
    if (settled.peek() || places.peek().size > 0) return done();
    const stop = settled.subscribe((is) => {
      if (!is) return;
      queueMicrotask(() => stop());
      done();
    });
  });
}

const sources = signal(false);

/** Who made what stands on the map now, and nobody else: on one line, or behind a key where the line has no room. */
function Attribution() {
  const by = new Set(onMap.value.map((one) => told(one.attribution).words));
  if (by.size === 0) return null;
  return (
    <div class={sources.value ? "map-from open" : "map-from"}>
      <p class="map-by">{[...by].join(" · ")}</p>
      <button
        type="button"
        aria-expanded={sources.value}
        onClick={() => {
          sources.value = !sources.value;
        }}
      >
        {t("map.sources")}
      </button>
    </div>
  );
}

function Question({ onYes }: { onYes: () => void }) {
  const close = () => {
    question.value = false;
  };
  return (
    <Dialog title={t("pos.title")} onClose={close}>
      <p>{t("map.findText")}</p>
      <div class="btns">
        <Button onClick={onYes}>{t("pos.yes")}</Button>
        <Button look="quiet" onClick={close}>
          {t("map.notNow")}
        </Button>
      </div>
    </Dialog>
  );
}

/** On one's own side of the water, where there is one. */
function nearestPlace(): Point | null {
  const first = inOrder(livePlaces(), order.value).find((place) => whereIs(place));
  return first ? whereIs(first) : null;
}

const why = { failed: "map.failedText", offline: "map.failedOffline", webgl: "map.noWebgl" } as const;

/** In the place of the map, where there is none. */
function Trouble() {
  const of = trouble.value;
  if (of === "" || of === "unreadable") return null;
  return (
    <div class="map-trouble" role="alert">
      <Empty title={t("map.failed")}>
        <p>{t(why[of])}</p>
        <div class="btns">
          <LinkButton icon="list" href="/">
            {t("map.toList")}
          </LinkButton>
          <Button look="quiet" icon="repeat" onClick={() => location.reload()}>
            {t("map.again")}
          </Button>
        </div>
      </Empty>
    </div>
  );
}

/** Under the map, which still has places and routes: the land was saved and can not be read, and mends itself with network. */
function Unreadable() {
  return (
    <section class="sheet mapsheet" role="alert">
      <p>
        <b>{t("map.spoiled")}</b> {t("map.spoiledText")}
      </p>
      <div class="btns">
        <LinkButton icon="list" href="/">
          {t("map.toList")}
        </LinkButton>
        <Button
          look="quiet"
          onClick={() => {
            trouble.value = "";
          }}
        >
          {t("close")}
        </Button>
      </div>
    </section>
  );
}

/** Everything that stands on the map, for those who do not see it: the list is the map for many. */
function Same({ open }: { open: boolean }) {
  const live = inOrder(livePlaces(), order.value);
  const some = [...facilities.value.values()].slice(0, 100);
  return (
    <section class="band ground" aria-label={t("map.same")}>
      <More title={t("map.same")} open={open}>
        <Rows label={t("map.same")}>
          {live.map((p) => (
            <li key={p.id}>
              <PlaceLine place={p} />
            </li>
          ))}
          {[...routes.value.values()].map((r) => (
            <li key={r.id}>
              <RouteLine route={r} />
            </li>
          ))}
          {some.map((f) => (
            <li key={f.id}>
              <FacilityLine facility={f} />
            </li>
          ))}
        </Rows>
      </More>
    </section>
  );
}

/** Kort: hosts the map, offers the detail, shows what was touched, and has the same things as a list beside it. */
import { effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { MapView, Thing } from "../map/map.ts";
import { packs, refresh } from "../pack/packs.ts";
import { facilities, online, places, routes } from "../store/signals.ts";
import { t, told } from "../text/t.ts";
import { Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Tabs } from "../ui/choose.tsx";
import { Title } from "../ui/head.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { More } from "../ui/more.tsx";
import { Rows } from "../ui/row.tsx";
import { theme } from "../ui/theme.ts";
import { settled } from "./clock.ts";
import { PlaceLine, RouteLine, ThingLine } from "./list-rows.tsx";
import { MapSheet } from "./map-sheet.tsx";
import { inOrder, order } from "./order.ts";
import { livePlaces } from "./place-words.ts";
import { find, fix } from "./position.ts";

const chosen = signal<Thing | null>(null);
const trouble = signal<"" | "failed" | "offline">("");
const drawn = signal(false);

/** "place/<id>" after the # of an address: what to show first. */
function thingOf(fragment: string): Thing | null {
  const [kind, id] = fragment.split("/");
  const things = { place: places.peek(), route: routes.peek(), facility: facilities.peek() }[kind ?? ""];
  return id && things?.has(id) ? ({ kind, id } as Thing) : null;
}

export function MapScreen({ fragment }: { fragment: string }) {
  const el = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  useEffect(() => {
    let gone = false;
    const stops: (() => void)[] = [];
    chosen.value = null;
    trouble.value = "";
    drawn.value = false;
    void refresh().catch(() => undefined);
    const open = async () => {
      const { mount } = await import("../map/map.ts");
      // The data comes first: the map opens on what was asked for, once it is known.
      await known();
      if (gone || !el.current) return;
      const start = thingOf(fragment);
      view.current = mount(el.current, {
        theme: theme.peek(),
        onPick: (thing) => {
          chosen.value = thing;
        },
        ...(start ? { start } : {}),
      });
      chosen.value = start;
      drawn.value = true;
      stops.push(
        effect(() => view.current?.setTheme(theme.value)),
        effect(() => view.current?.setPosition(fix.value)),
      );
    };
    open().catch((error: unknown) => {
      console.error(error);
      if (!gone) trouble.value = online.peek() ? "failed" : "offline";
    });
    return () => {
      gone = true;
      for (const stop of stops) stop();
      view.current?.destroy();
      view.current = null;
    };
  }, [fragment]);
  const locate = async () => {
    if (fix.value || (await find())) view.current?.locate();
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
              <Tool icon="locate" label={t("map.locate")} onClick={() => void locate()} />
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
          {trouble.value && <Trouble />}
        </div>
        <MapSheet
          chosen={chosen.value}
          onClose={() => {
            chosen.value = null;
            view.current?.choose(null);
          }}
        />
      </div>
      <Same />
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

function Attribution() {
  const own = packs.value.find((p) => p.usable) ?? packs.value[0];
  return own ? <p class="map-by">{told(own.manifest.attribution).words}</p> : null;
}

function Trouble() {
  const off = trouble.value === "offline";
  return (
    <div class="map-trouble" role="alert">
      <Empty title={t("map.failed")}>
        <p>{t(off ? "map.failedOffline" : "map.failedText")}</p>
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

/** Everything that stands on the map, for those who do not see it: the list is the map for many. */
function Same() {
  const live = inOrder(livePlaces(), order.value);
  const things = [...facilities.value.values()].slice(0, 100);
  return (
    <section class="band ground" aria-label={t("map.same")}>
      <More title={t("map.same")}>
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
          {things.map((f) => (
            <li key={f.id}>
              <ThingLine thing={f} />
            </li>
          ))}
        </Rows>
      </More>
    </section>
  );
}

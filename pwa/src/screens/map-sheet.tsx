/** Under the map: first the offer of paths and houses, then whatever was touched. It never covers the person. */
import { signal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Thing } from "../map/map.ts";
import { type Pack, packs } from "../pack/packs.ts";
import { freeBytes, room } from "../store/room.ts";
import { facilities, places, routes } from "../store/signals.ts";
import { size } from "../text/amounts.ts";
import { t } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { Rows } from "../ui/row.tsx";
import { FacilityLine, PlaceLine, RouteLine } from "./list-rows.tsx";
import { order } from "./now/order.ts";
import { fix } from "./now/position.ts";
import { fetchPack, PackDialogs, PackProgress } from "./saved-packs.tsx";
import { isReady, packName, smallMap, wholeMap } from "./words/pack.ts";

const notNow = signal(false);
/** The map that was seen coming, until its "Klar uden net" is read and closed. */
const followed = signal<string | null>(null);

/** `chosen`: what was touched, several where pins lie on one another. */
export function MapSheet(p: { chosen: readonly Thing[]; onClose: () => void }) {
  const pack = coming();
  const free = freeBytes(room.value);
  const whole = wholeMap(packs.value);
  const offer = !pack && whole && !notNow.value && !packs.value.some(isReady) ? whole : null;
  const full = offer !== null && (offer.state === "full" || (free !== null && free < offer.manifest.bytes * 1.15));
  useEffect(() => {
    if (pack) followed.value = pack.manifest.id;
  }, [pack?.manifest.id]);
  const el = useFocusKept(`${pack?.manifest.id} ${pack?.usable} ${offer?.manifest.id}`);
  const things = p.chosen.filter(isHere);
  return (
    <>
      <p class="vh" role="status">
        {pack && said(pack)}
      </p>
      {things.length > 0 ? (
        <Sheet at={el} label={t("map.chosen")} onClose={p.onClose}>
          <Chosen things={things} />
          <Close onClose={p.onClose} />
        </Sheet>
      ) : pack?.usable ? (
        <Sheet at={el} label={t("map.ask")}>
          <h2 class="sheet-h">{t("saved.ready")}</h2>
          <p>{checked(pack)}</p>
          <Close
            onClose={() => {
              followed.value = null;
            }}
          />
        </Sheet>
      ) : pack ? (
        <Sheet at={el} label={t("map.ask")}>
          <PackProgress pack={pack} />
        </Sheet>
      ) : offer ? (
        <Sheet at={el} label={t("map.ask")} alert={full}>
          <Offer whole={offer} full={full} free={free} />
        </Sheet>
      ) : null}
      <PackDialogs />
    </>
  );
}

/** The map with detail that is on its way, or has just come. */
function coming(): Pack | null {
  const busy = packs.value.find(
    ({ manifest, state }) =>
      manifest.id !== "overview" && (state === "loading" || state === "cut" || state === "paused"),
  );
  if (busy) return busy;
  return packs.value.find((pack) => pack.manifest.id === followed.value && isReady(pack)) ?? null;
}

/** Said when it changes, not with every piece that comes. */
function said(pack: Pack): string {
  if (pack.usable) return `${t("saved.ready")}. ${checked(pack)}`;
  return t(pack.state === "loading" ? "map.loading" : pack.state === "cut" ? "saved.cut" : "saved.paused");
}

function checked(pack: Pack): string {
  return pack.manifest.id === "all" ? t("saved.checked") : t("saved.checkedPart", { names: packName(pack) });
}

/** Where the key that was pressed has gone with what it stood in, the focus stays in the sheet. */
function useFocusKept(turn: string): RefObject<HTMLElement | null> {
  const el = useRef<HTMLElement | null>(null);
  // Asked while drawing: the old key is still there, and a moment later it is not.
  const inside = el.current?.contains(document.activeElement) ?? false;
  useEffect(() => {
    if (inside && !el.current?.contains(document.activeElement)) el.current?.focus({ preventScroll: true });
  }, [turn]);
  return el;
}

function Sheet(p: {
  at: RefObject<HTMLElement | null>;
  label: string;
  alert?: boolean;
  onClose?: () => void;
  children: ComponentChildren;
}) {
  return (
    <section
      class="sheet mapsheet"
      aria-label={p.label}
      tabIndex={-1}
      ref={p.at}
      {...(p.alert ? { role: "alert" } : {})}
    >
      {p.onClose && <button type="button" class="grip" aria-label={t("close")} onClick={p.onClose} />}
      {p.children}
    </section>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <div class="btns">
      <Button look="quiet" onClick={onClose}>
        {t("close")}
      </Button>
    </div>
  );
}

function isHere({ kind, id }: Thing): boolean {
  if (kind === "place") return (places.value.get(id)?.state ?? "dissolved") !== "dissolved";
  return (kind === "route" ? routes : facilities).value.has(id);
}

function Chosen({ things }: { things: readonly Thing[] }) {
  const [one] = things;
  if (things.length === 1 && one) return <Line thing={one} inside />;
  const title = t("map.several", { n: things.length });
  return (
    <>
      <h2 class="sheet-h">{title}</h2>
      <Rows label={title}>
        {things.map((thing) => (
          <li key={thing.id}>
            <Line thing={thing} />
          </li>
        ))}
      </Rows>
    </>
  );
}

/** The row leads on: what it is, how far, the one thing that matters. */
function Line({ thing: { kind, id }, inside = false }: { thing: Thing; inside?: boolean }) {
  const place = kind === "place" ? places.value.get(id) : undefined;
  const route = kind === "route" ? routes.value.get(id) : undefined;
  const facility = kind === "facility" ? facilities.value.get(id) : undefined;
  if (place && place.state !== "dissolved") return <PlaceLine place={place} inside={inside} />;
  if (route) return <RouteLine route={route} />;
  return facility ? <FacilityLine facility={facility} /> : null;
}

/** Two buttons on the overview, or words where there is no room. */
function Offer({ whole, full, free }: { whole: Pack; full: boolean; free: number | null }) {
  const part = smallMap(packs.value, order.value?.from ?? fix.value?.point ?? null);
  return (
    <>
      <h2 class="sheet-h">{full ? t("map.fullTitle", { size: size(whole.manifest.bytes) }) : t("map.askTitle")}</h2>
      <p>
        {full ? <b>{t("map.fullText")}</b> : t("map.askText")} {free !== null && t("saved.room", { size: size(free) })}
      </p>
      <div class="btns col">
        {!full && (
          <Button icon="download" onClick={() => fetchPack("all")}>
            {t("saved.get", { size: size(whole.manifest.bytes) })}
          </Button>
        )}
        {part && (
          <Button
            look={full ? "" : "quiet"}
            icon={full ? "download" : undefined}
            onClick={() => fetchPack(part.manifest.id)}
          >
            {t("map.part", { name: packName(part), size: size(part.manifest.bytes) })}
          </Button>
        )}
        {full && (
          <Button
            look="quiet"
            onClick={() => {
              notNow.value = true;
            }}
          >
            {t("map.notNow")}
          </Button>
        )}
      </div>
    </>
  );
}

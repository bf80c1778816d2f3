/** Under the map: first the offer of paths and houses, then whatever was touched. It never covers the person. */
import { signal } from "@preact/signals";
import type { Thing } from "../map/map.ts";
import { packs, room } from "../pack/packs.ts";
import { facilities, type Place, places, routes } from "../store/signals.ts";
import { size } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { kindOf, small } from "../ui/kinds.ts";
import { FacilityLine, PlaceLine, RouteLine } from "./list-rows.tsx";
import { order } from "./now/order.ts";
import { fix } from "./now/position.ts";
import { fetchPack, PackDialogs, PackProgress } from "./saved-packs.tsx";
import { freeBytes, isReady, packName, smallMap, wholeMap } from "./words/pack.ts";
import { subjectOf } from "./words/subject.ts";

const notNow = signal(false);

export function MapSheet({ chosen, onClose }: { chosen: Thing | null; onClose: () => void }) {
  if (chosen) return <Chosen thing={chosen} onClose={onClose} />;
  return (
    <>
      <Offer />
      <PackDialogs />
    </>
  );
}

function Chosen({ thing, onClose }: { thing: Thing; onClose: () => void }) {
  const place = thing.kind === "place" ? places.value.get(thing.id) : undefined;
  const route = thing.kind === "route" ? routes.value.get(thing.id) : undefined;
  const facility = thing.kind === "facility" ? facilities.value.get(thing.id) : undefined;
  const live: Place | undefined = place && place.state !== "dissolved" ? place : undefined;
  const href = subjectOf(thing.kind, thing.id)?.href;
  if (!href || !(live || route || facility)) return null;
  const more = live
    ? t("map.more")
    : route
      ? t("map.moreRoute")
      : t("map.moreFacility", { name: facility ? small(kindOf(facility).words) : "" });
  return (
    <section class="sheet mapsheet" aria-label={t("map.chosen")}>
      <button type="button" class="grip" aria-label={t("close")} onClick={onClose} />
      {live && <PlaceLine place={live} inside />}
      {route && <RouteLine route={route} />}
      {facility && <FacilityLine facility={facility} />}
      <div class="btns">
        <LinkButton href={href}>{more}</LinkButton>
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
    </section>
  );
}

/** Two buttons on the overview; while one loads, how far it is; nothing once a map with detail is here. */
function Offer() {
  const whole = wholeMap(packs.value);
  const part = smallMap(packs.value, order.value?.from ?? fix.value?.point ?? null);
  const busy = packs.value.find(
    (p) => p.manifest.id !== "overview" && (p.state === "loading" || p.state === "cut" || p.state === "paused"),
  );
  if (busy) {
    return (
      <section class="sheet mapsheet" aria-label={t("map.ask")}>
        <PackProgress pack={busy} />
      </section>
    );
  }
  if (!whole || notNow.value || packs.value.some(isReady)) return null;
  const free = freeBytes(room.value);
  const full = whole.state === "full" || (free !== null && free < whole.manifest.bytes * 1.15);
  return (
    <section class="sheet mapsheet" aria-label={t("map.ask")} {...(full ? { role: "alert" } : {})}>
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
    </section>
  );
}

/** Kort på telefonen: each map with what is done, what is left, and what can be done with it. */
import { signal } from "@preact/signals";
import { download, type Pack, packs, pause, remove } from "../pack/packs.ts";
import { freeBytes, room } from "../store/room.ts";
import { percent, size, wait, yearDate } from "../text/amounts.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { More } from "../ui/more.tsx";
import { Dialog } from "../ui/sheet.tsx";
import { Badge } from "../ui/state.tsx";
import { share } from "../ui/surface.tsx";
import { InstallIos, installFirst } from "./install.tsx";
import { offered, packName, wholeMap } from "./words/pack.ts";

const doomed = signal<Pack | null>(null);
/** The map that waits for the person to read about the home screen first. */
const before = signal<string | null>(null);

/** Starts a download, on an iPhone's browser after saying where it should live. */
export function fetchPack(id: string): void {
  if (installFirst()) before.value = id;
  else void download(id);
}

function Top({ pack }: { pack: Pack }) {
  const badge = {
    absent: <span class="num">{size(pack.manifest.bytes)}</span>,
    loading: <Badge icon="download">{t("saved.loading")}</Badge>,
    paused: <Badge icon="pause">{t("saved.paused")}</Badge>,
    cut: (
      <Badge tone="wait" icon="wait">
        {t("saved.cut")}
      </Badge>
    ),
    ready: (
      <Badge tone="good" icon="check">
        {t("saved.okay")}
      </Badge>
    ),
    stale: (
      <Badge tone="good" icon="check">
        {t("saved.okay")}
      </Badge>
    ),
    full: (
      <Badge tone="bad" icon="warn">
        {t("saved.full")}
      </Badge>
    ),
  }[pack.state];
  return (
    <div class="pack-top">
      <h3>{packName(pack)}</h3>
      {badge}
    </div>
  );
}

function Progress({ pack }: { pack: Pack }) {
  const done = pack.manifest.bytes > 0 ? Math.min(100, (pack.done / pack.manifest.bytes) * 100) : 0;
  return (
    <div
      class="furrow"
      role="progressbar"
      aria-valuenow={Math.floor(done)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-label={packName(pack)}
    >
      <i ref={share(done)} />
    </div>
  );
}

function Words({ pack, whole }: { pack: Pack; whole: Pack | undefined }) {
  const all = size(pack.manifest.bytes);
  const done = size(pack.done);
  switch (pack.state) {
    case "loading":
      return (
        <p>
          <b class="num">{t("saved.done", { done, all })}</b>,{" "}
          <span class="num">{percent(Math.floor((pack.done / (pack.manifest.bytes || 1)) * 100))}</span>.{" "}
          {pack.left_s !== null && `${wait(pack.left_s)} `}
          {t("saved.restLater")}
        </p>
      );
    case "paused":
      return <p>{t("saved.pausedText", { done, all })}</p>;
    case "cut":
      return <p>{pack.done < pack.manifest.bytes ? t("saved.cutText", { done, all }) : t("saved.cutCode")}</p>;
    case "full":
      return <p>{t("saved.fullText", { size: all })}</p>;
    case "ready":
      return (
        <p>
          <b>{t("saved.ready")}.</b>{" "}
          {t("saved.readyPack", { size: all, date: yearDate(pack.manifest.built_at.slice(0, 10)) })}
        </p>
      );
    case "stale":
      return <p>{t("saved.staleText", { size: all })}</p>;
    default:
      return <p>{whole?.usable && pack !== whole ? t("saved.within") : t("saved.absent")}</p>;
  }
}

function Keys({ pack }: { pack: Pack }) {
  const id = pack.manifest.id;
  const name = packName(pack);
  const kept = pack.usable || pack.done > 0;
  const erase = (
    <Button
      look="danger"
      small
      icon="trash"
      label={t("saved.deleteName", { name })}
      onClick={() => {
        doomed.value = pack;
      }}
    >
      {t("saved.delete")}
    </Button>
  );
  return (
    <div class="btns">
      {pack.state === "loading" && (
        <Button look="quiet" small icon="pause" onClick={() => pause(id)}>
          {t("saved.pause")}
        </Button>
      )}
      {(pack.state === "paused" || pack.state === "cut" || pack.state === "full") && (
        <Button look="quiet" small icon="download" onClick={() => fetchPack(id)}>
          {t("saved.resume")}
        </Button>
      )}
      {pack.state === "stale" && (
        <Button look="quiet" small icon="download" onClick={() => fetchPack(id)}>
          {t("saved.renew")}
        </Button>
      )}
      {pack.state === "absent" && id !== "all" && (
        <Button
          look="quiet"
          small
          icon="download"
          label={t("saved.getPart", { name, size: size(pack.manifest.bytes) })}
          onClick={() => fetchPack(id)}
        >
          {t("saved.getShort")}
        </Button>
      )}
      {pack.usable && (
        <LinkButton look="quiet" small icon="map" href="/kort">
          {t("saved.show")}
        </LinkButton>
      )}
      {(kept || pack.state === "loading") && erase}
    </div>
  );
}

export function PacksBand() {
  const known = offered(packs.value);
  const whole = wholeMap(packs.value);
  const free = freeBytes(room.value);
  const rest = known.filter((p) => p !== whole);
  const small = rest.filter((p) => p.state === "absent");
  return (
    <>
      <Band toRows={known.length > 0 && whole?.state !== "absent"} title={t("saved.maps")}>
        {known.length === 0 && <p>{t("saved.mapsOffline")}</p>}
        {whole?.state === "absent" && (
          <>
            <p>
              {t("saved.ask")} {free !== null && t("saved.room", { size: size(free) })}{" "}
              {room.value.persisted === false && t("saved.notPersisted")}
            </p>
            <Button wide icon="download" onClick={() => fetchPack("all")}>
              {t("saved.get", { size: size(whole.manifest.bytes) })}
            </Button>
          </>
        )}
      </Band>
      {[...(whole && whole.state !== "absent" ? [whole] : []), ...rest.filter((p) => p.state !== "absent")].map(
        (pack) => (
          <div class="pack" key={pack.manifest.id}>
            <PackProgress pack={pack} />
          </div>
        ),
      )}
      {small.length > 0 && !whole?.usable && (
        <section class="band ground tight">
          <More title={t("saved.smaller")}>
            {small.map((pack) => (
              <div class="pack in small" key={pack.manifest.id}>
                <div class="pack-top">
                  <h3>{packName(pack)}</h3>
                  <span class="num">{size(pack.manifest.bytes)}</span>
                  <Keys pack={pack} />
                </div>
              </div>
            ))}
          </More>
        </section>
      )}
      <PackDialogs />
    </>
  );
}

/** One map: its name and state, how far, in words, and its keys. */
export function PackProgress({ pack }: { pack: Pack }) {
  return (
    <>
      <Top pack={pack} />
      {(pack.state === "loading" || pack.state === "paused" || pack.state === "cut") && <Progress pack={pack} />}
      <Words pack={pack} whole={wholeMap(packs.value)} />
      <Keys pack={pack} />
    </>
  );
}

/** What is asked before a map is fetched or deleted; shown once on a screen that has maps. */
export function PackDialogs() {
  return (
    <>
      {before.value && (
        <InstallIos
          onClose={() => {
            before.value = null;
          }}
          onAnyway={() => {
            if (before.value) void download(before.value);
            before.value = null;
          }}
        />
      )}
      {doomed.value && <Doomed pack={doomed.value} />}
    </>
  );
}

function Doomed({ pack }: { pack: Pack }) {
  const close = () => {
    doomed.value = null;
  };
  return (
    <Dialog title={t("saved.deleteMap", { name: told(pack.manifest.name).words })} onClose={close}>
      <p>{t("saved.deleteMapText")}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            void remove(pack.manifest.id);
            close();
          }}
        >
          {t("saved.deleteYes")}
        </Button>
        <Button onClick={close}>{t("saved.keep")}</Button>
      </div>
    </Dialog>
  );
}

/** Gemt: what works without network, the maps, what was reported, and every stored thing with its reason. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { packs, refresh, room } from "../pack/packs.ts";
import { erase, eraseAll, type Kept, list } from "../store/kept.ts";
import { outbox, site, state } from "../store/signals.ts";
import { size } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band, Ready } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { forgetChoices } from "../ui/choice.ts";
import { FactLine } from "../ui/facts.tsx";
import { Horizon, Title } from "../ui/head.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Dialog, tell } from "../ui/sheet.tsx";
import { said } from "./clock.ts";
import { InstallAndroid } from "./install.tsx";
import { isReady, offered, packName } from "./pack-words.ts";
import { livePlaces } from "./place-words.ts";
import { OutboxBand, saveAsFile, unsent } from "./saved-outbox.tsx";
import { PacksBand } from "./saved-packs.tsx";

const kept = signal<readonly Kept[]>([]);
const asked = signal(false);

async function look(): Promise<void> {
  kept.value = await list();
}

const icons: Readonly<Record<Kept["what"], IconName>> = {
  list: "list",
  shell: "home",
  map: "map",
  media: "photo",
  outbox: "send",
  settings: "user",
  pack: "map",
};

export function SavedScreen() {
  // A new pack, a sent op: what lies here has changed. Asking the server which maps there are is done once.
  const ready = packs.value.filter(isReady);
  useEffect(() => {
    void refresh().catch(() => undefined);
  }, []);
  useEffect(() => {
    void look().catch(() => undefined);
  }, [ready.length, outbox.value.length, state.value.readAt]);
  return (
    <main id="main" tabIndex={-1}>
      <header class="head">
        <Title>{t("saved.title")}</Title>
        <p class="lead">{t("saved.lead")}</p>
      </header>
      <Horizon code={site.value?.code} />
      <Summary />
      <PacksBand />
      {ready.length > 0 && <InstallAndroid />}
      <OutboxBand />
      <KeptBand />
    </main>
  );
}

/** "Klar uden net" only where a whole, checked map says so itself. */
function Summary() {
  const { readAt } = state.value;
  const n = livePlaces().length;
  const ready = packs.value.filter(isReady);
  const fetched = readAt && <p class="note-text">{t("saved.fetched", { when: said(readAt) })}</p>;
  if (ready.length > 0 && readAt) {
    const whole = ready.some((p) => p.manifest.id === "all");
    const maps = whole ? t("saved.checked") : t("saved.checkedPart", { names: ready.map(packName).join(", ") });
    return (
      <Ready title={t("saved.ready")}>
        <p>{t("saved.readyText", { n, maps })}</p>
        {fetched}
      </Ready>
    );
  }
  if (!readAt || state.value.kept === "memory") return null;
  return (
    <Band tone="ground" title={t("saved.listOnly")}>
      <p>{t("saved.listOnlyText", { n })}</p>
      {fetched}
    </Band>
  );
}

function nameOf(item: Kept): string {
  const pack = item.what === "pack" ? offered(packs.value).find((p) => p.manifest.id === item.id) : undefined;
  return item.what === "pack"
    ? t("saved.keptpack", { name: pack ? packName(pack) : (item.id ?? "") })
    : t(`saved.kept${item.what}`);
}

function KeptBand() {
  const waiting = unsent();
  return (
    <Band title={t("saved.phone")}>
      <p>{t("saved.phoneText")}</p>
      <dl class="facts t3">
        {kept.value.map((item) => (
          <FactLine
            key={`${item.what}${item.id ?? ""}`}
            icon={icons[item.what]}
            what={nameOf(item)}
            value={size(item.bytes)}
            source={
              <>
                {t(item.what === "pack" ? "saved.keptpackWhy" : `saved.kept${item.what}Why`)}
                <br />
                <EraseOne item={item} />
              </>
            }
          />
        ))}
      </dl>
      {room.value.persisted !== null && (
        <p class="note-text">{t(room.value.persisted ? "saved.persisted" : "saved.notPersisted")}</p>
      )}
      <h3 class="t3">{t("saved.server")}</h3>
      <p>{t("saved.serverText")}</p>
      <Button
        look="danger"
        wide
        icon="trash"
        onClick={() => {
          asked.value = true;
        }}
      >
        {t("saved.all")}
      </Button>
      {asked.value && (
        <Dialog
          title={t("saved.allTitle")}
          onClose={() => {
            asked.value = false;
          }}
        >
          <p>{t("saved.allText")}</p>
          {waiting.length > 0 && (
            <>
              <p>
                <b>{t("saved.allUnsent", { n: waiting.length })}</b>
              </p>
              <Button look="quiet" icon="download" onClick={() => saveAsFile(waiting)}>
                {t("saved.file")}
              </Button>
            </>
          )}
          <div class="btns">
            <Button
              look="danger"
              icon="trash"
              onClick={() => {
                asked.value = false;
                void eraseAll().then(() => {
                  forgetChoices();
                  tell(t("saved.allDone"));
                  return look();
                });
              }}
            >
              {t("saved.deleteYes")}
            </Button>
            <Button
              look="quiet"
              onClick={() => {
                asked.value = false;
              }}
            >
              {t("saved.keep")}
            </Button>
          </div>
        </Dialog>
      )}
    </Band>
  );
}

/** What waits to be sent is thrown away one by one, above, where it says what it is. */
function EraseOne({ item }: { item: Kept }) {
  if (item.what === "outbox") return null;
  const name = nameOf(item);
  return (
    <button
      type="button"
      class="btn plain erase"
      aria-label={t("saved.deleteName", { name })}
      onClick={() => {
        void erase(item.what, item.id).then(() => {
          if (item.what === "settings") forgetChoices();
          tell(t("saved.one", { what: name }));
          return look();
        });
      }}
    >
      {t("saved.delete")}
    </button>
  );
}

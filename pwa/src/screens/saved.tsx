/** Gemt: what works without network, the maps, what was reported, and every stored thing with its reason. */
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { packs, refresh } from "../pack/packs.ts";
import { kept as device, forgetting } from "../store/device.ts";
import { drafts, readDrafts } from "../store/drafts.ts";
import { erase, eraseAll, type Kept, list } from "../store/kept.ts";
import { askOpens, opens } from "../store/opens.ts";
import { room } from "../store/room.ts";
import { type OutboxItem, online, outbox, state, waits } from "../store/signals.ts";
import { size } from "../text/amounts.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Band, Note, Ready } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { forgetChoices } from "../ui/choice.ts";
import { FactLine } from "../ui/facts.tsx";
import { saveWords } from "../ui/file.ts";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import type { IconName } from "../ui/icon.tsx";
import { small } from "../ui/kinds.ts";
import { Dialog, tell } from "../ui/sheet.tsx";
import { AfterLatest } from "./after-band.tsx";
import { InstallAndroid } from "./install.tsx";
import { MemoryNote } from "./memory-note.tsx";
import { said } from "./now/clock.ts";
import { saveReports } from "./outbox-save.ts";
import { RoomNote } from "./room-note.tsx";
import { RowWords } from "./row-words.tsx";
import { MineBand } from "./saved-mine.tsx";
import { OutboxBand } from "./saved-outbox.tsx";
import { PacksBand } from "./saved-packs.tsx";
import { type Draft, draftOf } from "./words/draft.ts";
import { isReady, offered, packName } from "./words/pack.ts";
import { livePlaces } from "./words/place.ts";
import { isQuiet, lostName, notLanded, reports, wordsToSave } from "./words/report.ts";
import { subjectOf } from "./words/subject.ts";

const kept = signal<readonly Kept[]>([]);
/** What the person was asked about deleting, until it is answered. */
const asked = signal<Kept | "all" | null>(null);

async function look(): Promise<void> {
  kept.value = await list();
}

const icons: Readonly<Record<Kept["what"], IconName>> = {
  list: "list",
  shell: "home",
  map: "map",
  media: "photo",
  outbox: "send",
  drafts: "edit",
  settings: "user",
  pack: "map",
  desk: "people",
  device: "bell",
};

export function SavedScreen() {
  // A new pack, a sent op: what lies here has changed. Which maps there are is asked once, and again where there was no network for it.
  const ready = packs.value.filter(isReady);
  const late = packs.value.length === 0 && !online.value;
  useEffect(() => {
    void refresh().catch(() => undefined);
    if (!late) return undefined;
    // Something waits for the network: its return is looked for.
    waits(1);
    return () => waits(-1);
  }, [late]);
  useEffect(() => void readDrafts(), []);
  useEffect(() => {
    void look().catch(() => undefined);
    void askOpens().catch(() => undefined);
  }, [ready.length, outbox.value.length, drafts.value.size, state.value.readAt, device.value === null]);
  return (
    <main id="main" tabIndex={-1}>
      <header class="head">
        <Title>{t("saved.title")}</Title>
        <p class="lead">{t("saved.lead")}</p>
      </header>
      <Horizon />
      <Summary />
      {state.value.ops === "memory" && unsent().length > 0 ? <MemoryNote which="open" /> : <RoomNote from="little" />}
      <AfterLatest />
      <MineBand />
      <OutboxBand />
      <PacksBand />
      {ready.length > 0 && <InstallAndroid />}
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
  if (!readAt || state.value.kept === "memory" || opens.value === null) return null;
  if (!opens.value)
    return (
      <Note icon="warn">
        <h2>{t("saved.netOnly")}</h2>
        <p>{t("saved.netOnlyText")}</p>
      </Note>
    );
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
      <p>
        {device.value !== null && `${t("mine.server")} ${t("saved.through")} `}
        {t("saved.serverText")}
      </p>
      <Button
        look="danger"
        wide
        icon="trash"
        onClick={() => {
          asked.value = "all";
        }}
      >
        {t("saved.all")}
      </Button>
      {asked.value && <Ask what={asked.value} />}
    </Band>
  );
}

async function eraseOne(item: Kept): Promise<void> {
  const name = nameOf(item);
  await erase(item.what, item.id);
  if (item.what === "settings") forgetChoices();
  tell(item.what === "device" && forgetting.value ? t("mine.forgetting") : t("saved.one", { what: name }));
  await look();
}

async function eraseEverything(): Promise<void> {
  const left = await eraseAll();
  forgetChoices();
  const names = left.map((what) => (what === "pack" ? t("saved.maps") : t(`saved.kept${what}`)));
  const done = forgetting.value ? `${t("saved.allDone")} ${t("mine.forgetting")}` : t("saved.allDone");
  tell(names.length === 0 ? done : t("saved.allNot", { what: names.join(", ") }));
  await look();
}

/** What can be had again goes at a tap; what somebody typed, and nobody else has, is asked about. */
function EraseOne({ item }: { item: Kept }) {
  const typed = item.what === "drafts" || (item.what === "outbox" && unsent().length > 0);
  return (
    <button
      type="button"
      class="btn plain erase"
      aria-label={t("saved.deleteName", { name: nameOf(item) })}
      onClick={() => {
        if (typed) asked.value = item;
        else attempt(() => eraseOne(item));
      }}
    >
      {t("saved.delete")}
    </button>
  );
}

function unsent(): readonly OutboxItem[] {
  return reports.value.filter((item) => notLanded(item) && !isQuiet(item));
}

interface Begun {
  readonly key: string;
  readonly name: string;
  readonly draft: Draft;
}

function allBegun(): Begun[] {
  return [...drafts.value.keys()].map((key) => {
    const [kind = "", id = ""] = key.split("/");
    return { key, name: subjectOf(kind, id)?.words ?? lostName(kind), draft: draftOf(key) };
  });
}

function Ask({ what }: { what: Kept | "all" }) {
  const all = what === "all";
  const unlanded = all || what.what === "outbox" ? unsent() : [];
  const begun = all || what.what === "drafts" ? allBegun() : [];
  const had = (all || what.what === "outbox") && reports.value.some((item) => !notLanded(item));
  // A toast would lie behind the dialog.
  const filed = useSignal("");
  const close = () => {
    asked.value = null;
  };
  return (
    <Dialog title={all ? t("saved.allTitle") : t("saved.askOne", { what: small(nameOf(what)) })} onClose={close}>
      {all && <p>{t("saved.allText")}</p>}
      {unlanded.length > 0 && (
        <>
          <p>
            <b>{t("saved.allUnsent", { n: unlanded.length })}</b>
          </p>
          <Button look="quiet" icon="download" onClick={() => saveReports("open", (words) => (filed.value = words))}>
            {t("saved.fileReports")}
          </Button>
        </>
      )}
      {had && <p>{t("saved.hasThem")}</p>}
      {begun.length > 0 && (
        <>
          <p>
            <b>{t("saved.begun")}</b>
          </p>
          <ul>
            {begun.map(({ key, name, draft }) => (
              <li key={key}>
                {name}: <RowWords what={draft.what} text={draft.text} />
              </li>
            ))}
          </ul>
          <Button
            look="quiet"
            icon="download"
            onClick={() => {
              const name = `${t("file.draftsName")}.txt`;
              saveWords(
                name,
                begun.map((one) => wordsToSave(one.name, one.draft)),
              );
              filed.value = t("file.saved", { name });
            }}
          >
            {t("saved.fileBegun")}
          </Button>
        </>
      )}
      <p role="status">{filed.value}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            close();
            attempt(() => (all ? eraseEverything() : eraseOne(what)));
          }}
        >
          {t("saved.deleteYes")}
        </Button>
        <Button onClick={close}>{t("saved.keep")}</Button>
      </div>
    </Dialog>
  );
}

/** Meld en fejl: six pictures, words if one likes, kept here at once and sent when there is network. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { dropDraft, readDrafts, unkept } from "../store/drafts.ts";
import { getReady, reportFault } from "../store/report.ts";
import { online, outbox, state } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FaultTile } from "../ui/choose.tsx";
import { saveWords } from "../ui/file.ts";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Quote } from "../ui/quote.tsx";
import { holdStill } from "../ui/still.ts";
import { GoneScreen } from "./fault-gone.tsx";
import { OwnPhotos, PhotosField } from "./fault-photos.tsx";
import { shownHere } from "./landed.ts";
import { MemoryNote } from "./memory-note.tsx";
import { MissingScreen } from "./missing.tsx";
import { said, settled } from "./now/clock.ts";
import { MakeRoom, RoomNote } from "./room-note.tsx";
import { type Draft, draftOf, leaveDraft, photosIn, putDraft, withPhotos } from "./words/draft.ts";
import { FAULTS, faultIcons, lostName, ownWords, wordsToSave } from "./words/report.ts";
import { type Subject, subjectOf } from "./words/subject.ts";

/** Code points, as the server counts them. */
const LONGEST = 500;

interface Sent {
  readonly key: string;
  readonly id: string;
  readonly online: boolean;
}
const sent = signal<Sent | null>(null);
const failed = signal(false);

/** What a form of this visit was about, by its address: it may be taken away while somebody writes. */
const opened = new Map<string, Subject>();
/** From the first tap until its screen has changed: two taps make one report. */
let sending = false;

export function FaultScreen(p: { kind: "place" | "route" | "facility"; name: string; back: Back }) {
  const here = `${p.kind}/${p.name}`;
  const now = subjectOf(p.kind, p.name);
  if (now) opened.set(here, now);
  const subject = now ?? opened.get(here) ?? null;
  const key = `${p.kind}/${subject?.id ?? p.name}`;
  const gone = !now || now.gone === true;
  const last = useRef({ key, gone });
  last.current = { key, gone };
  useEffect(() => {
    void readDrafts();
    getReady();
    return () => {
      const { key, gone } = last.current;
      if (!gone) void leaveDraft(key).catch(() => undefined);
    };
  }, []);
  const own = draftOf(key);
  const [busy, setBusy] = useState(false);
  const some = own.what !== null || own.text !== "" || own.photos !== undefined;
  // The thanks are one step of the way back. Whoever comes again has something else to say.
  if (subject && sent.value?.key === key && sent.value.id === history.state?.sent && !some)
    return <Thanks subject={subject} lost={!now} back={backTo(subject)} of={sent.value} />;
  if (!subject && (!some || !settled.value)) return <MissingScreen back={p.back} maybe />;
  if (gone || !subject)
    return <GoneScreen at={key} name={subject?.words ?? lostName(p.kind)} subject={subject} own={own} />;
  const set = (next: Partial<Draft>) => {
    void putDraft(key, { ...draftOf(key), ...next });
  };
  const photos = (change: (names: readonly string[]) => readonly string[]) => {
    const { photos: before = [], ...rest } = draftOf(key);
    void putDraft(key, { ...rest, ...withPhotos(change(before)) });
  };
  const left = LONGEST - [...own.text].length;
  const send = async () => {
    if (!own.what || busy || sending) return;
    sending = true;
    failed.value = false;
    try {
      const said = { what: own.what, text: own.text.trim(), ...withPhotos(own.photos ?? []) };
      const id = await reportFault({ kind: p.kind, id: subject.id }, said, own.mends);
      void dropDraft(key, own);
      history.replaceState({ ...history.state, sent: id }, "");
      sent.value = { key, id, online: online.value };
      scrollTo(0, 0);
      holdStill();
    } catch {
      failed.value = true;
    } finally {
      sending = false;
    }
  };
  return (
    <Page
      back={backTo(subject)}
      name={t("fault.title")}
      title={t("fault.title")}
      head={<p class="lead">{t("fault.for", { name: subject.words })}</p>}
    >
      {own.mends && (
        <Note icon="edit">
          <p>{t("fault.mending")}</p>
        </Note>
      )}
      {!unkept.value && <RoomNote from="scarce" />}
      <Band>
        <fieldset class="towns">
          <legend>{t("fault.lead")}</legend>
          <div class="tiles three">
            {FAULTS.map((what) => (
              <FaultTile
                key={what}
                name="fault"
                icon={faultIcons[what]}
                on={own.what === what}
                onPick={() => set({ what })}
              >
                {t(`fault.${what}`)}
              </FaultTile>
            ))}
          </div>
        </fieldset>
      </Band>
      <Band>
        <div class={left < 0 ? "field wrong" : "field"}>
          <label for="fault-words">{t("fault.words")}</label>
          <span class="hint" id="fault-hint">
            {t("fault.wordsHint")}
          </span>
          <textarea
            id="fault-words"
            rows={4}
            dir="auto"
            value={own.text}
            aria-describedby="fault-hint fault-count"
            aria-invalid={left < 0}
            onInput={(e) => set({ text: e.currentTarget.value })}
          />
          <span class={left < 0 ? "err" : "hint"} id="fault-count">
            {left < 0 ? t("fault.over", { n: -left }) : t("fault.count", { n: left })}
          </span>
        </div>
        <PhotosField names={own.photos ?? []} onChange={photos} busy={busy} onBusy={setBusy} />
        <p class="note-text">{t("fault.privacy")}</p>
        {(failed.value || unkept.value) && (
          <Note tone="bad" icon="warn" flat>
            <p role="alert">{t("fault.failed")}</p>
            <div class="btns">
              <Button
                look="quiet"
                icon="download"
                onClick={() => saveWords(`${t("file.name")}.txt`, [wordsToSave(subject.words, own)])}
              >
                {t("fault.saveWords")}
              </Button>
            </div>
            <MakeRoom />
          </Note>
        )}
        <Button wide icon="send" off={!own.what || left < 0 || busy} onClick={() => void send()}>
          {own.what ? t("fault.send") : t("fault.choose")}
        </Button>
      </Band>
    </Page>
  );
}

const backTo = ({ href, words }: Subject): Back => ({ href, words });

/** `lost`: what it was about is on this phone no more; the report is. */
function Thanks(p: { subject: Subject; lost: boolean; back: Back; of: Sent }) {
  const { id } = p.of;
  useEffect(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }), []);
  useEffect(() => shownHere(id), [id]);
  const item = outbox.value.find((one) => one.id === id);
  const memory = state.value.ops === "memory";
  const alone = memory && item?.state !== "applied";
  // "Gemt her" is said only of what lies on the disk.
  const key = memory ? (p.of.online ? "memoryNow" : "memory") : p.of.online ? "sending" : "kept";
  return (
    <Page
      back={p.lost ? { href: "/", words: t("bar.places") } : p.back}
      name={t("fault.title")}
      title={t("fault.title")}
    >
      <Note tone="good" icon="check" live>
        <p>
          <b>{t(`fault.${key}`)}</b>
        </p>
        {item?.state === "applied" && <p>{t("fault.landed", { when: said(item.settledAt ?? item.at) })}</p>}
        {item?.state === "refused" && <p>{t("fault.refused")}</p>}
        {alone && item && (
          <p class="own">
            <Quote of={ownWords(item.args.text)} />
          </p>
        )}
        {item && item.state !== "applied" && <OwnPhotos names={photosIn(item.args)} />}
      </Note>
      {alone && <MemoryNote which={{ id }} />}
      <Band>
        <div class="btns">
          {p.lost ? (
            <LinkButton look={alone ? "quiet" : ""} icon="list" href="/">
              {t("missing.list")}
            </LinkButton>
          ) : (
            <LinkButton look={alone ? "quiet" : ""} href={p.subject.href}>
              {t("fault.back", { name: p.subject.words })}
            </LinkButton>
          )}
          <LinkButton look="quiet" icon="saved" href={`/meldt#${id}`}>
            {t("fault.follow")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

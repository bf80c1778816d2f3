/** Meld en fejl: six pictures, words if one likes, kept here at once and sent when there is network. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { drafts, keepDraft, readDrafts, unkept } from "../store/drafts.ts";
import { type FaultWhat, online, reportFault } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FaultTile } from "../ui/choose.tsx";
import type { Back } from "../ui/head.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { MissingScreen } from "./missing.tsx";
import { subjectOf } from "./words/subject.ts";

const FAULTS: readonly FaultWhat[] = ["broken", "sign_gone", "under_water", "toilet_closed", "litter", "other"];
/** Code points, as the server counts them. */
const LONGEST = 500;

const faultIcons: Readonly<Record<FaultWhat, IconName>> = {
  broken: "benchbroken",
  sign_gone: "signgone",
  under_water: "flood",
  toilet_closed: "toiletshut",
  litter: "litter",
  other: "more",
};

/** A report half written. It is kept on the phone at each letter: going back, or a dead battery, loses nothing. */
export interface Draft {
  readonly what: FaultWhat | null;
  readonly text: string;
}

/** The draft of "place/<id>", as the phone has it. */
export function draftOf(key: string): Draft {
  return (drafts.value.get(key) as Draft | undefined) ?? { what: null, text: "" };
}

const sent = signal<{ readonly key: string; readonly online: boolean } | null>(null);
const failed = signal(false);

/** Puts back what was refused, to be mended. What is being written there already stays, before it. */
export async function draftAgain(key: string, what: FaultWhat, text: string): Promise<void> {
  await readDrafts();
  const before = draftOf(key).text.trim();
  const joined = before && before !== text ? `${before}\n${text}` : text;
  sent.value = null;
  await keepDraft(key, { what, text: joined });
}

export function FaultScreen(p: { kind: "place" | "route" | "facility"; name: string; back: Back }) {
  const subject = subjectOf(p.kind, p.name);
  useEffect(() => void readDrafts(), []);
  if (!subject) return <MissingScreen back={p.back} />;
  const key = `${p.kind}/${subject.id}`;
  const back = { href: subject.href, words: subject.words };
  if (sent.value?.key === key) return <Thanks subject={subject} back={back} online={sent.value.online} />;
  const own = draftOf(key);
  const set = (next: Partial<Draft>) => {
    const now = { ...draftOf(key), ...next };
    void keepDraft(key, now.what === null && !now.text ? null : now);
  };
  const left = LONGEST - [...own.text].length;
  const send = async () => {
    if (!own.what) return;
    failed.value = false;
    try {
      await reportFault({ kind: p.kind, id: subject.id }, { what: own.what, text: own.text.trim() });
      void keepDraft(key, null);
      sent.value = { key, online: online.value };
      scrollTo(0, 0);
    } catch {
      failed.value = true;
    }
  };
  return (
    <Page
      back={back}
      name={t("fault.title")}
      title={t("fault.title")}
      head={<p class="lead">{t("fault.for", { name: subject.words })}</p>}
    >
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
            value={own.text}
            aria-describedby="fault-hint fault-count"
            aria-invalid={left < 0}
            onInput={(e) => set({ text: e.currentTarget.value })}
          />
          <span class={left < 0 ? "err" : "hint"} id="fault-count">
            {left < 0 ? t("fault.over", { n: -left }) : t("fault.count", { n: left })}
          </span>
        </div>
        <p class="note-text">{t("fault.privacy")}</p>
        {(failed.value || unkept.value) && (
          <Note tone="bad" icon="warn" flat>
            <p role="alert">{t("fault.failed")}</p>
          </Note>
        )}
        <Button wide icon="send" off={!own.what || left < 0} onClick={() => void send()}>
          {own.what ? t("fault.send") : t("fault.choose")}
        </Button>
      </Band>
    </Page>
  );
}

function Thanks(p: { subject: { words: string; href: string }; back: Back; online: boolean }) {
  useEffect(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }), []);
  return (
    <Page back={p.back} name={t("fault.title")} title={t("fault.title")}>
      <Note tone="good" icon="check">
        <p role="status">
          <b>{t(p.online ? "fault.sending" : "fault.kept")}</b>
        </p>
      </Note>
      <Band>
        <div class="btns">
          <LinkButton href={p.subject.href}>{t("fault.back", { name: p.subject.words })}</LinkButton>
          <LinkButton look="quiet" icon="saved" href="/gemt">
            {t("fault.follow")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

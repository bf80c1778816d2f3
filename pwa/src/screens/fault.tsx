/** Meld en fejl: six pictures, words if one likes, kept here at once and sent when there is network. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { setting } from "../store/settings.ts";
import { type FaultWhat, facilities, online, places, reportFault, routes } from "../store/signals.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FaultTile } from "../ui/choose.tsx";
import type { Back } from "../ui/head.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Page } from "./frame.tsx";
import { kindOf } from "./kinds.ts";
import { MissingScreen } from "./missing.tsx";

export const FAULTS: readonly FaultWhat[] = ["broken", "sign_gone", "under_water", "toilet_closed", "litter", "other"];
/** Code points, as the server counts them. */
export const LONGEST = 500;

const faultIcons: Readonly<Record<FaultWhat, IconName>> = {
  broken: "benchbroken",
  sign_gone: "signgone",
  under_water: "flood",
  toilet_closed: "toiletshut",
  litter: "litter",
  other: "warn",
};

interface Draft {
  readonly what: FaultWhat | null;
  readonly text: string;
}

/** What is typed is kept on the phone at once: going back, or a dead battery, loses nothing. */
const drafts = setting<Readonly<Record<string, Draft>>>("fault_drafts", {});
const sent = signal<{ readonly key: string; readonly online: boolean } | null>(null);
const failed = signal(false);

/** Puts words back to be mended: from something that was refused. */
export function draft(kind: string, id: string, what: FaultWhat, text: string): void {
  drafts.value = { ...drafts.value, [`${kind}/${id}`]: { what, text } };
  sent.value = null;
}

function subjectOf(
  kind: "place" | "route" | "facility",
  name: string,
): { id: string; words: string; href: string } | null {
  if (kind === "facility") {
    const f = facilities.value.get(name);
    return f ? { id: f.id, words: f.name ? told(f.name).words : kindOf(f).words, href: `/ting/${f.id}` } : null;
  }
  const things = kind === "place" ? places.value : routes.value;
  for (const thing of things.values()) {
    if (thing.slug === name || thing.id === name) {
      const href = kind === "place" ? `/steder/${thing.slug}` : `/ruter/${thing.slug}`;
      return { id: thing.id, words: told(thing.name).words, href };
    }
  }
  return null;
}

export function FaultScreen(p: { kind: "place" | "route" | "facility"; name: string; back: Back }) {
  const subject = subjectOf(p.kind, p.name);
  if (!subject) return <MissingScreen back={p.back} />;
  const key = `${p.kind}/${subject.id}`;
  const back = { href: subject.href, words: subject.words };
  if (sent.value?.key === key) return <Thanks subject={subject} back={back} online={sent.value.online} />;
  const own: Draft = drafts.value[key] ?? { what: null, text: "" };
  const set = (next: Partial<Draft>) => {
    drafts.value = { ...drafts.value, [key]: { ...own, ...next } };
  };
  const left = LONGEST - [...own.text].length;
  const send = async () => {
    if (!own.what) return;
    failed.value = false;
    try {
      await reportFault({ kind: p.kind, id: subject.id }, { what: own.what, text: own.text.trim() });
      const { [key]: _, ...others } = drafts.value;
      drafts.value = others;
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
        {failed.value && (
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

/** A part of Opsætning that is edited: its draft kept at every keystroke, what is wrong said by field, and saved through the outbox. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { drafts, dropDraft, keepDraft, readDrafts, unkept } from "../../store/drafts.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { act } from "../data/write.ts";
import { type Acting, SaidNote, useActing } from "../lists/acting.tsx";
import { clock, today } from "../lists/words.ts";
import { idOf, NOTHING_WRONG, type Wrongs } from "../parts/field.tsx";
import type { Read } from "./check.ts";

export const SITE = { kind: "settings", id: "site" } as const;
export const HOME = "/desk/opsaetning";

interface Kept<T> {
  readonly value: T;
  /** What stood there when the person began to type. */
  readonly was: T;
  /** ms, this computer's clock. */
  readonly at: number;
}

export interface Form<T> {
  readonly value: T;
  readonly changed: boolean;
  /** ms: when the draft was written; null where there is none. */
  readonly at: number | null;
  /** It lies on the disk of this computer. */
  readonly kept: boolean;
  /** Somebody else has saved another value since the person began. */
  readonly overtaken: boolean;
  readonly wrongs: Wrongs;
  readonly acting: Acting;
  readonly done: boolean;
  change(value: T): void;
  drop(): void;
  /** Puts it into the outbox where nothing is wrong; else leads to the first field that is. `set`: of save_settings. */
  save<S>(read: (value: T) => Read<S>, set: (sent: S) => Readonly<Record<string, unknown>>): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** `key`: which part. `standing`: as the settings have it. */
export function useForm<T>(key: string, standing: T): Form<T> {
  const full = `desk/settings/${key}`;
  const acting = useActing();
  const [wrongs, setWrongs] = useState(NOTHING_WRONG);
  const [done, setDone] = useState(false);
  const [keptAt, setKeptAt] = useState(0);
  useEffect(() => void readDrafts(), []);
  const kept = drafts.value.get(full) as Kept<T> | undefined;
  const value = kept?.value ?? standing;
  const drop = (): void => {
    setWrongs(NOTHING_WRONG);
    if (kept) void dropDraft(full, kept);
  };
  return {
    value,
    changed: kept !== undefined,
    at: kept?.at ?? null,
    // What is older than this page was read from the disk.
    kept: kept !== undefined && !unkept.value && (keptAt >= kept.at || kept.at < performance.timeOrigin),
    overtaken: kept !== undefined && !same(kept.was, standing),
    wrongs,
    acting,
    done: done && kept === undefined,
    drop,
    change(next) {
      setDone(false);
      if (same(next, standing)) return drop();
      const at = Date.now();
      const draft: Kept<T> = { value: next, was: kept?.was ?? standing, at };
      void keepDraft(full, draft).then(() => setKeptAt(at));
    },
    save(read, set) {
      const { sent, wrongs: found } = read(value);
      setWrongs(found);
      const first = [...found.keys()][0];
      if (first !== undefined) {
        // Drawn first: what is wrong may open a part that was folded.
        requestAnimationFrame(() => document.getElementById(idOf(first))?.focus());
        return;
      }
      acting.run(
        () => act("save_settings", SITE, { set: set(sent) }),
        (outcome) => {
          drop();
          setDone(outcome.is === "applied");
        },
      );
    },
  };
}

/** Below a form: what became of it, whether the draft is kept, and the button. */
export function SaveRow<T>({ form, onSave }: { form: Form<T>; onSave: () => void }) {
  const { acting, changed, wrongs, overtaken } = form;
  return (
    <div class="stack">
      {overtaken && (
        <Note icon="warn" live>
          <p>
            <b>En anden har rettet det her imens.</b> Gemmer du, gælder det, du har skrevet.
          </p>
        </Note>
      )}
      {wrongs.size > 0 && (
        <p role="alert">
          <b>{wrongs.size === 1 ? "Ét felt skal rettes" : `${wrongs.size} felter skal rettes`}, før det kan gemmes.</b>
        </p>
      )}
      <SaidNote acting={acting} />
      <p class="note-text" aria-live="polite">
        {changed ? draftWords(form) : form.done && "Gemt. Telefonerne får det, næste gang de har net."}
      </p>
      <div class="btns start">
        <Button off={acting.busy || !changed} onClick={onSave}>
          {acting.busy ? "Gemmer …" : changed ? "Gem" : "Alt er gemt"}
        </Button>
        {changed && !acting.busy && (
          <Button look="quiet" onClick={form.drop}>
            Fortryd ændringer
          </Button>
        )}
      </div>
    </div>
  );
}

function draftWords({ at, kept }: Form<unknown>): string {
  if (unkept.value) return "Kladden kan ikke gemmes på denne computer. Gem, før du lukker.";
  if (!kept || at === null) return "Din kladde gemmes …";
  return `Din kladde er gemt ${clock(new Date(at).toISOString(), today()).replace(/^i dag /, "")}.`;
}

/** The head of a part: where it belongs, and what it is. */
export function Head({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="desk-head">
      <div>
        <p class="crumb">
          <a href={HOME}>Opsætning</a>
        </p>
        <h1 tabIndex={-1}>{title}</h1>
        {children && <p class="note-text">{children}</p>}
      </div>
    </div>
  );
}

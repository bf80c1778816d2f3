/** Det, du har meldt: each with its state, and where it was refused why, and what can be done with it. */
import { signal } from "@preact/signals";
import { discard, type FaultWhat, type OutboxItem, outbox, retry } from "../store/signals.ts";
import { maybe, t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { saveWords } from "../ui/file.ts";
import { go } from "../ui/go.ts";
import { Dialog } from "../ui/sheet.tsx";
import { Badge } from "../ui/state.tsx";
import { draftAgain } from "./fault.tsx";
import { said } from "./now/clock.ts";

import { subjectOf } from "./words/subject.ts";

const doomed = signal<OutboxItem | null>(null);

/** Not yet with the municipality. */
export function unsent(): readonly OutboxItem[] {
  return outbox.value.filter((item) => item.state !== "applied");
}

/** "Bænken ved åen: I stykker, ”Et bræt mangler”" */
export function reportWords(kind: string, id: string, what: unknown, text: unknown): string {
  const words = maybe(`fault.${String(what)}`) ?? t("fault.title");
  const own = String(text ?? "").trim();
  const subject = subjectOf(kind, id);
  return [subject ? `${subject.words}: ${words}` : words, own && `”${own}”`].filter(Boolean).join(", ");
}

function whatOf({ subject, args }: OutboxItem): string {
  return reportWords(subject.kind, subject.id, args.what, args.text);
}

/** What was sent or waits, as a file of the person's own. */
export function saveReports(items: readonly OutboxItem[]): void {
  saveWords(items.map((item) => `${item.at}\n${whatOf(item)}`));
}

async function mend({ id, subject: { kind, id: of }, args }: OutboxItem): Promise<void> {
  const subject = subjectOf(kind, of);
  if (!subject) return;
  // Kept as a draft before it leaves the outbox: between the two a battery may die.
  await draftAgain(`${kind}/${of}`, args.what as FaultWhat, String(args.text ?? ""));
  await discard(id);
  go(`${subject.href}/fejl`);
}

function State({ item }: { item: OutboxItem }) {
  const words = t(`saved.item${item.state}`);
  if (item.state === "applied")
    return (
      <Badge tone="good" icon="check">
        {words}
      </Badge>
    );
  if (item.state === "refused")
    return (
      <Badge tone="bad" icon="warn">
        {words}
      </Badge>
    );
  return (
    <Badge tone="wait" icon="wait">
      {words}
    </Badge>
  );
}

export function OutboxBand() {
  if (outbox.value.length === 0) return null;
  return (
    <>
      <Band toRows title={t("saved.outbox")} />
      {[...outbox.value].reverse().map((item) => (
        <div class="pack" key={item.id}>
          <p>
            <State item={item} />
          </p>
          <p>{t("saved.itemText", { what: whatOf(item), when: said(item.at) })}</p>
          {item.state === "applied" && <p class="note-text">{t("saved.itemThanks")}</p>}
          {item.state === "refused" && (
            <p>{t("saved.refused", { why: maybe(`why.${item.code ?? ""}`) ?? item.detail ?? t("why.other") })}</p>
          )}
          <Keys item={item} />
        </div>
      ))}
      {doomed.value && <Doomed item={doomed.value} />}
    </>
  );
}

function Keys({ item }: { item: OutboxItem }) {
  const refused = item.state === "refused";
  return (
    <div class="btns">
      {refused && subjectOf(item.subject.kind, item.subject.id) && (
        <Button look="quiet" small icon="edit" onClick={() => void mend(item)}>
          {t("saved.mend")}
        </Button>
      )}
      {refused && (
        <Button look="quiet" small icon="repeat" onClick={() => void retry(item.id)}>
          {t("saved.again")}
        </Button>
      )}
      {item.state !== "applied" && (
        <Button look="quiet" small icon="download" onClick={() => saveReports([item])}>
          {t("saved.file")}
        </Button>
      )}
      {item.state === "applied" ? (
        // The municipality has it: what lies here is a copy, and nothing is lost.
        <Button
          look="danger"
          small
          icon="trash"
          label={t("saved.deleteName", { name: whatOf(item) })}
          onClick={() => void discard(item.id)}
        >
          {t("saved.delete")}
        </Button>
      ) : (
        <Button
          look="danger"
          small
          icon="trash"
          onClick={() => {
            doomed.value = item;
          }}
        >
          {t("saved.throw")}
        </Button>
      )}
    </div>
  );
}

function Doomed({ item }: { item: OutboxItem }) {
  const close = () => {
    doomed.value = null;
  };
  return (
    <Dialog title={t("saved.throwTitle")} onClose={close}>
      <p>{t(item.state === "sent" ? "saved.throwSent" : "saved.throwText")}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            void discard(item.id);
            close();
          }}
        >
          {t("saved.throwYes")}
        </Button>
        <Button onClick={close}>{t("saved.keep")}</Button>
      </div>
    </Dialog>
  );
}

/** Det, du har meldt: each with its state, and where it was refused why, and what can be done with it. */
import { signal } from "@preact/signals";
import { discard, facilities, type OutboxItem, outbox, places, retry, routes } from "../store/signals.ts";
import { maybe, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { go } from "../ui/go.ts";
import { Dialog } from "../ui/sheet.tsx";
import { Badge } from "../ui/state.tsx";
import { said } from "./clock.ts";
import { draft } from "./fault.tsx";
import { kindOf } from "./kinds.ts";

const doomed = signal<OutboxItem | null>(null);

/** Not yet with the municipality. */
export function unsent(): readonly OutboxItem[] {
  return outbox.value.filter((item) => item.state !== "applied");
}

function subjectOf({ subject }: OutboxItem): { words: string; href: string } | null {
  const named = { place: places.value, route: routes.value }[subject.kind]?.get(subject.id);
  if (named) {
    return {
      words: told(named.name).words,
      href: subject.kind === "place" ? `/steder/${named.slug}` : `/ruter/${named.slug}`,
    };
  }
  const thing = facilities.value.get(subject.id);
  return thing ? { words: thing.name ? told(thing.name).words : kindOf(thing).words, href: `/ting/${thing.id}` } : null;
}

function whatOf(item: OutboxItem): string {
  const what = maybe(`fault.${String(item.args.what)}`) ?? t("fault.title");
  const text = String(item.args.text ?? "").trim();
  const subject = subjectOf(item);
  return [subject && `${subject.words}: ${what}`, text && `”${text}”`].filter(Boolean).join(", ") || what;
}

/** All that was written, as a file of the phone's own: nothing typed is ever lost. */
export function saveAsFile(items: readonly OutboxItem[]): void {
  const text = items.map((item) => `${item.at}\n${whatOf(item)}\n`).join("\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = "moedesteder.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function mend(item: OutboxItem): void {
  const subject = subjectOf(item);
  if (!subject) return;
  draft(item.subject.kind, item.subject.id, item.args.what as never, String(item.args.text ?? ""));
  void discard(item.id);
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
            <>
              <p>{t("saved.refused", { why: maybe(`why.${item.code ?? ""}`) ?? item.detail ?? t("why.other") })}</p>
              <div class="btns">
                {subjectOf(item) && (
                  <Button look="quiet" small icon="edit" onClick={() => mend(item)}>
                    {t("saved.mend")}
                  </Button>
                )}
                <Button look="quiet" small icon="repeat" onClick={() => void retry(item.id)}>
                  {t("saved.again")}
                </Button>
                <Button look="quiet" small icon="download" onClick={() => saveAsFile([item])}>
                  {t("saved.file")}
                </Button>
                <Throw item={item} />
              </div>
            </>
          )}
          {item.state === "waiting" && (
            <div class="btns">
              <Button look="quiet" small icon="download" onClick={() => saveAsFile([item])}>
                {t("saved.file")}
              </Button>
              <Throw item={item} />
            </div>
          )}
        </div>
      ))}
      {doomed.value && <Doomed item={doomed.value} />}
    </>
  );
}

function Throw({ item }: { item: OutboxItem }) {
  return (
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
  );
}

function Doomed({ item }: { item: OutboxItem }) {
  const close = () => {
    doomed.value = null;
  };
  return (
    <Dialog title={t("saved.throwTitle")} onClose={close}>
      <p>{t("saved.throwText")}</p>
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
        <Button look="quiet" onClick={close}>
          {t("saved.keep")}
        </Button>
      </div>
    </Dialog>
  );
}

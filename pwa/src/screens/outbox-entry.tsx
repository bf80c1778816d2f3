/** One thing that was reported: what was said, of what, when, what the municipality answered, and what can be done with it. */
import { useEffect, useState } from "preact/hooks";
import { discard, retry } from "../store/report.ts";
import { type OutboxItem, online, outbox, pullNow, state } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Band, Empty, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import { go } from "../ui/go.ts";
import type { Back } from "../ui/head.tsx";
import { Icon } from "../ui/icon.tsx";
import { Page } from "../ui/page.tsx";
import { Quote } from "../ui/quote.tsx";
import { Dialog, tell } from "../ui/sheet.tsx";
import { OwnPhotos } from "./fault-photos.tsx";
import { seenRefused, shownHere } from "./landed.ts";
import { MemoryNote } from "./memory-note.tsx";
import { said } from "./now/clock.ts";
import { saveReports } from "./outbox-save.ts";
import { asItWas, draftOf, MOVE, mend, photosIn } from "./words/draft.ts";
import { iconOfReport, isQuiet, nameOf, notLanded, ownWords, subjectOfItem, whatWords } from "./words/report.ts";
import { mayGoAgain, needsElsewhere, tellOf } from "./words/why.ts";

/** What the person is asked about, until it is answered. */
type Asked = "delete" | "mend" | null;
type Ask = (what: Asked) => void;

export function EntryScreen({ id, back }: { id: string; back: Back }) {
  const item = outbox.value.find((one) => one.id === id);
  const [asked, ask] = useState<Asked>(null);
  useEffect(() => shownHere(id), [id]);
  useEffect(() => seenRefused(item ? [item] : []), [item?.state]);
  if (!item) {
    return (
      <Page back={back} name={t("out.title")} title={t("out.none")}>
        <Empty title={t("out.noneText")}>
          <LinkButton icon="list" href={back.href}>
            {t("out.see")}
          </LinkButton>
        </Empty>
      </Page>
    );
  }
  const subject = subjectOfItem(item);
  const answered = item.settledAt !== null && (item.state === "applied" || item.state === "refused");
  return (
    <Page
      back={back}
      name={nameOf(item)}
      title={nameOf(item)}
      kind={
        isQuiet(item) ? undefined : (
          <>
            <Icon name={iconOfReport(item.args.what)} /> {whatWords(item.args.what)}
          </>
        )
      }
    >
      {state.value.ops === "memory" && notLanded(item) && <MemoryNote which={{ id }} />}
      <Told item={item} />
      <Band {...(isQuiet(item) ? {} : { title: t("out.said") })}>
        {!isQuiet(item) && <OwnWords item={item} />}
        <Facts gap>
          <FactLine
            icon="pin"
            what={t("out.place")}
            value={subject ? <a href={subject.href}>{subject.words}</a> : nameOf(item)}
          />
          <FactLine icon="edit" what={t("out.made")} value={said(item.at)} />
          <FactLine
            icon="chat"
            what={t(answered ? (item.state === "applied" ? "out.gotIt" : "out.saidNo") : "out.answer")}
            value={answered ? said(item.settledAt ?? 0) : t("out.noAnswer")}
          />
        </Facts>
      </Band>
      <Band>
        <Keys item={item} ask={ask} />
      </Band>
      {asked === "delete" && <Doomed item={item} ask={ask} />}
      {asked === "mend" && <Mending item={item} ask={ask} />}
    </Page>
  );
}

function OwnWords({ item }: { item: OutboxItem }) {
  const own = ownWords(item.args.text);
  return (
    <>
      {own ? (
        <p class="lead own">
          <Quote of={own} />
        </p>
      ) : (
        <p>{t("out.noWords")}</p>
      )}
      <OwnPhotos names={photosIn(item.args)} />
    </>
  );
}

function Told({ item }: { item: OutboxItem }) {
  const { happened, kept, todo } = tellOf(item);
  const tone = item.state === "refused" ? "bad" : item.state === "applied" ? "good" : null;
  return (
    <Note {...(tone ? { tone } : {})} icon={tone === "bad" ? "warn" : tone === "good" ? "check" : "wait"} live>
      <p>
        <b>{happened}</b>
      </p>
      <p>
        {kept} {todo}
      </p>
      {beingMended(item) && <p>{t("out.mending")}</p>}
    </Note>
  );
}

/** Its words were changed in the form, and not sent yet. */
function beingMended({ id, state, subject }: OutboxItem): boolean {
  const own = draftOf(`${subject.kind}/${subject.id}`);
  return state !== "applied" && own.mends === id && !asItWas(own);
}

async function send(item: OutboxItem): Promise<void> {
  await retry(item.id);
  await pullNow();
  if (!online.peek()) tell(t("out.stillOff"));
  // Sent again it is another one, under another id.
  if (item.state === "refused") go("/meldt");
}

async function toMend(item: OutboxItem): Promise<void> {
  const subject = subjectOfItem(item);
  const key = await mend(item);
  go(subject && !subject.gone && !needsElsewhere(item) ? `${subject.href}/fejl` : `/meldt#${MOVE}${key}`);
}

function Keys({ item, ask }: { item: OutboxItem; ask: Ask }) {
  const { state: now } = item;
  const open = now === "waiting" || now === "sent";
  const elsewhere = needsElsewhere(item) || !subjectOfItem(item);
  const quiet = isQuiet(item);
  const mendIt = (
    <Button
      look={now === "refused" ? "" : "quiet"}
      icon={elsewhere ? "pin" : "edit"}
      onClick={() => {
        if (open && item.offered) ask("mend");
        else attempt(() => toMend(item));
      }}
    >
      {t(elsewhere ? "out.elsewhere" : "out.mend")}
    </Button>
  );
  return (
    <div class="btns">
      {now === "refused" && !quiet && mendIt}
      {now === "waiting" && (
        <Button look={online.value ? "" : "quiet"} icon="send" onClick={() => attempt(() => send(item))}>
          {t("out.sendNow")}
        </Button>
      )}
      {now === "refused" && mayGoAgain(item) && (
        <Button look="quiet" icon="repeat" onClick={() => attempt(() => send(item))}>
          {t("out.sendAgain")}
        </Button>
      )}
      {open && item.verb === "report_fault" && mendIt}
      {!quiet && (
        <Button look="quiet" icon="download" onClick={() => saveReports({ id: item.id })}>
          {t("out.file")}
        </Button>
      )}
      <Button look="danger" icon="trash" onClick={() => ask("delete")}>
        {t("out.delete")}
      </Button>
    </div>
  );
}

function Doomed({ item, ask }: { item: OutboxItem; ask: Ask }) {
  const close = () => ask(null);
  const out = item.state === "waiting" && item.offered ? "sent" : item.state;
  return (
    <Dialog title={t("out.deleteTitle")} onClose={close}>
      <p>{t(`out.delete${out}`)}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            close();
            attempt(async () => {
              await discard(item.id);
              tell(t("out.deleted"));
              go("/meldt");
            });
          }}
        >
          {t("saved.deleteYes")}
        </Button>
        <Button onClick={close}>{t("saved.keep")}</Button>
      </div>
    </Dialog>
  );
}

/** It has been out: the municipality may get both, and the person says whether that is all right. */
function Mending({ item, ask }: { item: OutboxItem; ask: Ask }) {
  const close = () => ask(null);
  return (
    <Dialog title={t("out.mendTitle")} onClose={close}>
      <p>{t("out.mendSent")}</p>
      <div class="btns">
        <Button
          icon="edit"
          onClick={() => {
            close();
            attempt(() => toMend(item));
          }}
        >
          {t("out.mendYes")}
        </Button>
        <Button look="quiet" onClick={close}>
          {t("saved.keep")}
        </Button>
      </div>
    </Dialog>
  );
}

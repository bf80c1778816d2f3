/** What somebody writes about is no more, taken away perhaps while they wrote: that it is so, that the words are kept, and the way on. */
import { useLayoutEffect } from "preact/hooks";
import { places } from "../store/signals.ts";
import { yearDate } from "../text/amounts.ts";
import { t } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { saveWords } from "../ui/file.ts";
import { Page } from "../ui/page.tsx";
import { Quote } from "../ui/quote.tsx";
import { OwnPhotos } from "./fault-photos.tsx";
import { type Draft, MOVE } from "./words/draft.ts";
import { ownWords, whatWords, wordsToSave } from "./words/report.ts";
import type { Subject } from "./words/subject.ts";

/** `subject`: as the phone has it, or had it when the form was opened; null where it never did. */
export function GoneScreen(p: { at: string; name: string; subject: Subject | null; own: Draft }) {
  const { at, name, subject, own } = p;
  // The form is away, and the focus that stood in it: at once, or a key typed meanwhile goes nowhere.
  useLayoutEffect(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, []);
  const place = subject && places.value.get(subject.id);
  const since = place?.state === "dissolved" ? yearDate(place.dissolved_on) : null;
  const text = ownWords(own.text);
  const some = own.what !== null || text !== "" || own.photos !== undefined;
  const back = since && subject ? { href: subject.href, words: name } : { href: "/", words: t("bar.places") };
  return (
    <Page back={back} name={t("fault.title")} title={t("fault.title")}>
      <Note tone="shut" icon="barrier">
        <div role="alert">
          <p>
            <b>{since ? t("fault.goneOn", { name, date: since }) : t("fault.gone", { name })}</b>
          </p>
          {some && <p>{t("fault.goneKept")}</p>}
        </div>
        {some && (
          <p class="own">
            {own.what && whatWords(own.what)}
            {own.what && text && ", "}
            {text && <Quote of={text} />}
          </p>
        )}
        <OwnPhotos names={own.photos ?? []} />
      </Note>
      <Band>
        <div class="btns">
          {some && (
            <LinkButton icon="pin" href={`/meldt#${MOVE}${at}`}>
              {t("fault.goneElse")}
            </LinkButton>
          )}
          {text && (
            <Button
              look="quiet"
              icon="download"
              onClick={() => saveWords(`${t("file.name")}.txt`, [wordsToSave(name, own)])}
            >
              {t("fault.saveWords")}
            </Button>
          )}
          {since && subject && (
            <LinkButton look="quiet" href={subject.href}>
              {t("fault.goneSee", { name })}
            </LinkButton>
          )}
          <LinkButton look="quiet" icon="list" href="/">
            {t("missing.list")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}

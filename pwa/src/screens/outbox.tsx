/**
 * Det, du har meldt: what waits, what could not be sent and why, what has landed; each opens. A file of its own, fetched when first asked
 * for. Which one is open stands in the fragment: an op's id never leaves the phone in an address.
 */
import { useEffect } from "preact/hooks";
import { drafts, readDrafts } from "../store/drafts.ts";
import { type OutboxItem, state, watchOutbox } from "../store/signals.ts";
import { outbox as words } from "../text/da/outbox.ts";
import { add, t } from "../text/t.ts";
import { Band, Empty } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { ReportRow } from "../ui/report-row.tsx";
import { Rows } from "../ui/row.tsx";
import { Tally } from "../ui/tally.tsx";
import { lastSaid, listedHere, seenRefused } from "./landed.ts";
import { MemoryNote } from "./memory-note.tsx";
import { ElsewhereScreen } from "./outbox-elsewhere.tsx";
import { EntryScreen } from "./outbox-entry.tsx";
import { FileBand } from "./outbox-file.tsx";
import { RoomNote } from "./room-note.tsx";
import { RowWords } from "./row-words.tsx";
import { ItemRow } from "./saved-outbox.tsx";
import { asItWas, type Draft, draftOf, MOVE } from "./words/draft.ts";
import { iconOfReport, lostName, notLanded, reports, stateWords } from "./words/report.ts";
import { subjectOf } from "./words/subject.ts";
import { whyShort } from "./words/why.ts";

add(words);

export function OutboxScreen({ back, fragment }: { back: Back; fragment: string }) {
  // Whoever looks on sees things go: nothing is kept apart in time meanwhile.
  useEffect(watchOutbox, []);
  useEffect(() => void readDrafts(), []);
  const home: Back = { href: "/meldt", words: t("saved.outbox") };
  if (fragment.startsWith(MOVE)) return <ElsewhereScreen from={fragment.slice(MOVE.length)} back={home} />;
  if (fragment) return <EntryScreen id={fragment} back={home} />;
  return <ListScreen back={back} />;
}

function ListScreen({ back }: { back: Back }) {
  const items = [...reports.value].reverse();
  const waiting = items.filter((item) => item.state === "waiting" || item.state === "sent");
  const refused = items.filter((item) => item.state === "refused");
  const landed = items.filter((item) => item.state === "applied");
  const begun = [...drafts.value.keys()].filter((key) => isBegun(key, items));
  useEffect(() => seenRefused(refused), [refused.length]);
  useEffect(listedHere, []);
  const nothing = items.length === 0 && begun.length === 0;
  return (
    <Page
      back={back.href === "/" ? { href: "/gemt", words: t("nav.saved") } : back}
      name={t("out.title")}
      title={t("out.title")}
      head={nothing ? undefined : <p class="lead">{t("out.lead")}</p>}
    >
      <p class="vh" role="status">
        {lastSaid.value}
      </p>
      {state.value.ops === "memory" && items.some(notLanded) ? <MemoryNote which="open" /> : <RoomNote from="scarce" />}
      {nothing ? (
        <Nothing />
      ) : (
        <>
          <Band tight>
            <Tally here={waiting.length + refused.length} sent={landed.length} />
          </Band>
          <Part title={t("out.refused")} items={refused} why />
          {waiting.length + begun.length > 0 && (
            <>
              <Band toRows title={t("out.waits")} />
              <Rows label={t("out.waits")}>
                {begun.map((key) => (
                  <BegunRow at={key} key={key} />
                ))}
                {waiting.map((item) => (
                  <ItemRow item={item} key={item.id} />
                ))}
              </Rows>
            </>
          )}
          <Part title={t("out.landed")} items={landed} note={t("out.landedText")} />
        </>
      )}
      <FileBand some={items.length > 0} open={items.some(notLanded)} />
    </Page>
  );
}

function Part(p: { title: string; items: readonly OutboxItem[]; note?: string; why?: boolean }) {
  if (p.items.length === 0) return null;
  return (
    <>
      <Band toRows title={p.title}>
        {p.note && <p class="note-text">{p.note}</p>}
      </Band>
      <Rows label={p.title}>
        {p.items.map((item) => (
          <ItemRow item={item} key={item.id} {...(p.why ? { why: whyShort(item) } : {})} />
        ))}
      </Rows>
    </>
  );
}

/** A draft that mends something stands there already, as what it mends; where that has landed, what was changed since stands alone. */
function isBegun(key: string, items: readonly OutboxItem[]): boolean {
  const own = draftOf(key);
  const old = items.find(({ id }) => id === own.mends);
  return !old || (old.state === "applied" && !asItWas(own));
}

function BegunRow({ at }: { at: string }) {
  const { what, text }: Draft = draftOf(at);
  const [kind = "", id = ""] = at.split("/");
  const subject = subjectOf(kind, id);
  return (
    <li>
      <ReportRow
        href={subject && !subject.gone ? `${subject.href}/fejl` : `/meldt#${MOVE}${at}`}
        icon={iconOfReport(what)}
        name={subject?.words ?? lostName(kind)}
        what={<RowWords what={what} text={text} />}
        state={stateWords("begun")}
      />
    </li>
  );
}

function Nothing() {
  return (
    <Empty title={t("out.empty")}>
      <p>{t("out.emptyText")}</p>
      <LinkButton icon="list" href="/">
        {t("out.find")}
      </LinkButton>
    </Empty>
  );
}

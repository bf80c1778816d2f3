/** Det, du har meldt, on Gemt: what needs the person first, how many there are, and the way to all of it. */
import { drafts } from "../store/drafts.ts";
import type { OutboxItem } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { ReportRow } from "../ui/report-row.tsx";
import { Rows } from "../ui/row.tsx";
import { Tally } from "../ui/tally.tsx";
import { RowWords } from "./row-words.tsx";
import { iconOfReport, isNow, isQuiet, nameOf, notLanded, reports, stateWords } from "./words/report.ts";

/** So many stand on Gemt; the others a tap away. */
const SOME = 3;

/** What could not be sent, then what waits, then what has landed; in each the newest first. */
export function inTurn(items: readonly OutboxItem[]): OutboxItem[] {
  const rank = (item: OutboxItem) => (item.state === "refused" ? 0 : item.state === "applied" ? 2 : 1);
  return [...items].reverse().sort((a, b) => rank(a) - rank(b));
}

export function ItemRow({ item, why }: { item: OutboxItem; why?: string | null }) {
  return (
    <li key={item.id}>
      <ReportRow
        href={`/meldt#${item.id}`}
        icon={iconOfReport(item.args.what)}
        name={nameOf(item)}
        what={isQuiet(item) ? "" : <RowWords what={item.args.what} text={item.args.text} at={item.at} />}
        why={why ?? null}
        state={stateWords(isNow(item))}
      />
    </li>
  );
}

export function OutboxBand() {
  const items = reports.value;
  if (items.length === 0 && drafts.value.size === 0) return null;
  const open = items.filter(notLanded).length;
  return (
    <>
      <Band toRows title={t("saved.outbox")}>
        <Tally here={open} sent={items.length - open} />
      </Band>
      {items.length > 0 && (
        <Rows label={t("saved.outbox")}>
          {inTurn(items)
            .slice(0, SOME)
            .map((item) => (
              <ItemRow item={item} key={item.id} />
            ))}
        </Rows>
      )}
      <Band>
        <LinkButton look="quiet" wide icon="list" href="/meldt">
          {t("out.see")}
        </LinkButton>
      </Band>
    </>
  );
}

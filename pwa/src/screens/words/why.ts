/** What the municipality answered, in words, by the codes of sync/PROTOCOL.md: what happened, what is kept, what to do. */
import type { OutboxItem } from "../../store/signals.ts";
import { yearDate } from "../../text/amounts.ts";
import { maybe, t } from "../../text/t.ts";
import { nowish, said } from "../now/clock.ts";
import { isNow, isQuiet, subjectOfItem } from "./report.ts";

export interface Told {
  readonly happened: string;
  readonly kept: string;
  readonly todo: string;
}

/** Sent as it is, these would be refused as it was. */
const NOT_AS_IT_IS: ReadonlySet<string> = new Set([
  "gone",
  "unknown_subject",
  "too_long",
  "too_large",
  "invalid",
  "bad_line",
  "again_soon",
  // A photo that lies neither here nor there.
  "blob_missing",
]);
/** The words may be right; it is the place that is not. */
const NOT_THERE: ReadonlySet<string> = new Set(["gone", "unknown_subject"]);

export function mayGoAgain({ code }: OutboxItem): boolean {
  return !NOT_AS_IT_IS.has(code ?? "");
}

export function needsElsewhere({ state, code }: OutboxItem): boolean {
  return state === "refused" && NOT_THERE.has(code ?? "");
}

/** What happened, alone: for a row. Null while nothing has gone against it. */
export function whyShort(item: OutboxItem): string | null {
  const { subject, state, code, detail, name, on } = item;
  if (!code) return null;
  if (code === "gone") {
    const what = name ?? subjectOfItem(item)?.words ?? t("why.that");
    return on && /^\d{4}-\d\d-\d\d/.test(on)
      ? t(subject.kind === "place" ? "why.goneOn" : "why.takenOn", { name: what, date: yearDate(on.slice(0, 10)) })
      : t("why.gone", { name: what });
  }
  // Of what is followed the server says more than the code: which time, and why not.
  if (isQuiet(item) && detail && (code === "invalid" || code === "forbidden")) return detail;
  return maybe(`why.${code}`) ?? detail ?? t(state === "refused" ? "why.other" : "why.later");
}

function todo(item: OutboxItem): string {
  const { state, code } = item;
  if (state === "refused" && code === "blob_missing") return t("do.blob_lost");
  if (isQuiet(item)) return maybe(`do.mine.${code}`) ?? t("do.mine");
  return maybe(`do.${code}`) ?? t(state === "refused" ? "do.other" : "do.later");
}

/** Sooner than this is "in a moment". */
const SOON_MS = 90_000;

/** "Vi prøver igen i dag kl. 14.32." */
function again({ notBefore }: OutboxItem): string {
  const now = nowish().getTime();
  return notBefore - now < SOON_MS ? t("now.againSoon") : t("now.again", { when: said(notBefore) });
}

export function tellOf(item: OutboxItem): Told {
  const is = isNow(item);
  switch (is) {
    case "refused":
      return {
        happened: whyShort(item) ?? t("why.other"),
        kept: isQuiet(item) ? "" : t("kept.refused"),
        todo: todo(item),
      };
    case "later":
      return {
        happened: whyShort(item) ?? t("why.later"),
        kept: t("kept.later"),
        todo: `${item.code === "blocked" ? "" : `${again(item)} `}${todo(item)}`,
      };
    case "applied":
      return {
        happened: t("now.applied", { when: said(item.settledAt ?? item.at) }),
        kept: "",
        todo: t("now.appliedDo"),
      };
    default:
      return { happened: t(`now.${is}`), kept: "", todo: t(`now.${is}Do`) };
  }
}

/** Det, du følger, on Gemt: the first few with what comes next, and the way to all of it. */
import { dayOf } from "../geo/times.ts";
import { follows, forgetting, type MyFollow } from "../store/device.ts";
import { events, notices } from "../store/signals.ts";
import { shortDate } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import { chooseOnly } from "./now/chosen.ts";
import { Waits } from "./waits.tsx";
import {
  dueOf,
  isSkipped,
  momentSaid,
  type Named,
  nameOfFollowed,
  nextDue,
  proposals,
  timesToCome,
  timesToRemind,
} from "./words/follow.ts";

/** So many stand on Gemt; the others a tap away. */
const SOME = 3;

export function NameOf({ named }: { named: Named }) {
  const lang = named.lang ? { lang: named.lang } : {};
  if (named.href === null) return <span {...lang}>{named.words}</span>;
  return (
    <a href={named.href} {...lang} onClick={() => named.only && chooseOnly(named.only)}>
      {named.words}
    </a>
  );
}

/** "I tide til flextur: torsdag kl. 11.30." of the next time; of a place that one is told; of what has ended that it has. */
export function WhatComes({ of }: { of: MyFollow }) {
  const event = of.kind === "event" ? events.value.get(of.id) : undefined;
  const when = of.when.map((what) => t(`follow.${what}Is`));
  const asks = when.length > 0 ? when : [t(of.kind === "event" ? "follow.changesIs" : "follow.newIs")];
  if (of.kind !== "event") return <>{`${asks.join(". ")}.`}</>;
  if (!event) return <>{t(proposals.value.includes(of.id) ? "answer.comes" : "mine.ended")}</>;
  const [first] = timesToCome(event, of.only);
  const coming = timesToRemind(event, of.only);
  if (!first) return <>{t("mine.ended")}</>;
  if (isSkipped(event.id, dayOf(first))) {
    const [next] = coming;
    return (
      <>
        {t("follow.skippedDate", { date: shortDate(first.date) })}{" "}
        {next && t("follow.nextIs", { date: shortDate(next.date) })}
      </>
    );
  }
  if (of.when.length === 0) return <>{`${asks.join(". ")}.`}</>;
  return (
    <>
      {of.when.map((what) => {
        const due = nextDue(what, coming)?.due ?? dueOf(what, first);
        return due ? <span key={what}>{`${t(`follow.${what}Is`)}: ${momentSaid(due.at)}. `}</span> : null;
      })}
    </>
  );
}

export function MineBand() {
  const all = follows.value;
  const some = notices.value.size > 0;
  if (forgetting.value && all.length === 0)
    return (
      <Note icon="wait">
        <p>{t("mine.forgetting")}</p>
      </Note>
    );
  if (all.length === 0 && !some) return null;
  return (
    <Band title={t("mine.title")}>
      {all.length > 0 && (
        <Facts>
          {all.slice(0, SOME).map((of) => (
            <FactLine
              key={`${of.kind}/${of.id}`}
              icon="bell"
              what={<NameOf named={nameOfFollowed(of)} />}
              value={of.said === "waiting" ? <Waits /> : ""}
              source={<WhatComes of={of} />}
            />
          ))}
        </Facts>
      )}
      <div class="btns">
        {all.length > 0 && (
          <LinkButton look="quiet" icon="list" href="/gemt#foelger">
            {t("mine.see")}
          </LinkButton>
        )}
        {some && (
          <LinkButton look="quiet" icon="chat" href="/beskeder">
            {t("mine.notices")}
          </LinkButton>
        )}
      </div>
    </Band>
  );
}

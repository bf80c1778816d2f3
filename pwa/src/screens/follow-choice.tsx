/** When to be reminded, as the person chooses it: three times, each with its own clock time, and of a series which times. */
import { useState } from "preact/hooks";
import type { Event, Time } from "../api/types.gen.ts";
import { dayOf } from "../geo/times.ts";
import type { Follow, Followed, When } from "../store/device.ts";
import { shortDate } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { Pick } from "../ui/choose.tsx";
import { hasTransport, momentSaid, nextDue, orderWords, timesToCome, WHATS } from "./words/follow.ts";

interface Chosen {
  readonly when: readonly When[];
  readonly only: string | null;
}

/** Under each choice: when it comes, for the time that is shown or the next that it can still come for. */
function Under({
  what,
  event,
  time,
  only,
}: {
  what: When;
  event: Event | undefined;
  time: Time | undefined;
  only: boolean;
}) {
  if (!event || !time) {
    if (what === "evening") return <span class="note-text">{t("follow.eveningAny")}</span>;
    return what === "transport" ? <span class="note-text">{t("follow.transportAny")}</span> : null;
  }
  const later = timesToCome(event, null).filter((one) => one.start >= time.start);
  const next = nextDue(what, only ? [time] : later);
  if (!next) return <span class="note-text">{t("follow.over")}</span>;
  const order = orderWords(next.due);
  return (
    <span class="note-text">
      {momentSaid(next.due.at)}
      {order && `. ${order}`}
    </span>
  );
}

/** Which of the three there are here: no ordering where nobody knows how, nothing by the clock for whole days. */
function offered(time: Time | undefined): readonly When[] {
  return WHATS.filter((what) => (what !== "transport" || hasTransport()) && (what === "evening" || !time?.all_day));
}

/** What is chosen before anybody has: in time for transport, where that is ordered and it can still be; else what can. */
function first(what: readonly When[], event: Event | undefined, time: Time | undefined): readonly When[] {
  const times = event && time ? timesToCome(event, null).filter((one) => one.start >= time.start) : null;
  const can = (one: When) => what.includes(one) && (times === null || nextDue(one, times) !== null);
  const found = (["transport", "evening", "hour"] as const).find(can);
  return found ? [found] : [];
}

export function FollowChoice(p: {
  subject: Followed;
  event?: Event | undefined;
  time?: Time | undefined;
  /** What is followed already, where that is changed. */
  before: Follow | null;
  onDo: (chosen: Chosen) => void;
  onCancel?: () => void;
  onStop?: () => void;
}) {
  const { event, time, before } = p;
  const name = `when-${p.subject.kind}-${p.subject.id}`;
  const what = offered(time);
  const [when, choose] = useState<readonly When[]>(before ? before.when : first(what, event, time));
  const [only, choosesOnly] = useState<boolean>(before !== null && before.only !== null);
  const series = event !== undefined && event.rule !== null && time !== undefined;
  const chosenTime = before?.only && event ? (timesToCome(event, before.only)[0] ?? time) : time;
  const toggle = (one: When) => choose(when.includes(one) ? when.filter((other) => other !== one) : [...when, one]);
  return (
    <>
      <fieldset class="towns stack">
        <legend class="vh">{t("follow.group")}</legend>
        {what.map((one) => (
          <label class="pick" key={one}>
            <input type="checkbox" checked={when.includes(one)} onChange={() => toggle(one)} />
            <span>
              {t(`follow.${one}`)}
              <br />
              <Under what={one} event={event} time={chosenTime} only={only || !series} />
            </span>
          </label>
        ))}
      </fieldset>
      {series && chosenTime && (
        <fieldset class="towns stack t3">
          <legend>{t("follow.which")}</legend>
          <Pick name={name} on={!only} onPick={() => choosesOnly(false)}>
            {t("follow.all")}
          </Pick>
          <Pick name={name} on={only} onPick={() => choosesOnly(true)}>
            {t("follow.only", { date: shortDate(chosenTime.date) })}
          </Pick>
        </fieldset>
      )}
      <Button
        wide
        icon={before ? "check" : "bell"}
        onClick={() => p.onDo({ when, only: only && chosenTime ? dayOf(chosenTime) : null })}
      >
        {t(before ? "follow.save" : "follow.do")}
      </Button>
      {before && (
        <div class="btns">
          <Button look="danger" icon="close" onClick={() => p.onStop?.()}>
            {t("follow.stop")}
          </Button>
          <Button look="quiet" onClick={() => p.onCancel?.()}>
            {t("follow.cancel")}
          </Button>
        </div>
      )}
    </>
  );
}

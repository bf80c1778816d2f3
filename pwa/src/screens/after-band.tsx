/** The day after: how was it? Nobody has to answer, nobody sees who did, and it is asked once. */
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Event, Time } from "../api/types.gen.ts";
import { dayOf, endMs, isOff, nextTime } from "../geo/times.ts";
import { AFTERS, type After, afterTold, dropAfter, tellAfter } from "../store/after.ts";
import { online } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Pick } from "../ui/choose.tsx";
import { Say } from "../ui/say.tsx";
import { nowish, today } from "./now/clock.ts";
import { timeWords } from "./words/event.ts";
import { justOver, wasMine } from "./words/follow.ts";

/** So long afterwards it is asked; the server takes it for two weeks. */
const ASKED_MS = 7 * 86_400_000;

/** Of what was last, where the person looks at all that they follow: one question at a time. */
export function AfterLatest() {
  const last = justOver().find(({ time }) => !afterTold(time.id) || time.id === thanked.value);
  return last ? <AfterBand key={last.time.id} event={last.event} time={last.time} named /> : null;
}

/** What was just answered stays on the screen with its thanks. */
const thanked = signal<string | null>(null);

/** `named`: what it was stands here too, since it stands nowhere else on the screen. */
export function AfterBand({ event, time, named }: { event: Event; time: Time; named?: boolean }) {
  const [how, choose] = useState<After | null>(null);
  const [sent, send] = useState<After | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (sent) heading.current?.focus({ preventScroll: true });
  }, [sent]);
  const now = nowish().getTime();
  const over = endMs(time);
  const day = dayOf(time);
  // Who only looks at what has been is not asked: who follows it, or asked to be met there, may have been there.
  const mine = wasMine(event, time);
  if (sent) return <Thanks heading={heading} event={event} how={sent} />;
  if (isOff(event, time) || over > now || now - over > ASKED_MS || !mine || afterTold(time.id)) return null;
  return (
    <section class="band ground">
      <h2>{t("after.ask")}</h2>
      {named && (
        <p>
          <b>
            <Say of={event.name} />
          </b>
          , {timeWords(time, today().date)}
        </p>
      )}
      <p>{t("after.text")}</p>
      <fieldset class="towns stack">
        <legend class="vh">{t("after.group")}</legend>
        {AFTERS.map((one) => (
          <Pick key={one} name={`after-${time.id}`} on={how === one} onPick={() => choose(one)}>
            {t(`after.${one}`)}
          </Pick>
        ))}
      </fieldset>
      <div class="btns">
        {how && (
          <Button
            icon="send"
            onClick={() =>
              attempt(async () => {
                await tellAfter(event.id, time.id, day, how);
                thanked.value = time.id;
                send(how);
              })
            }
          >
            {t("after.send")}
          </Button>
        )}
        <Button look="plain" onClick={() => dropAfter(time.id)}>
          {t("after.no")}
        </Button>
      </div>
    </section>
  );
}

function Thanks(p: { heading: { current: HTMLHeadingElement | null }; event: Event; how: After }) {
  const next = nextTime(p.event, nowish().getTime());
  return (
    <section class="band ground">
      <h2 tabIndex={-1} ref={p.heading}>
        {t(p.how === "not_there" ? "after.stayed" : "after.ask")}
      </h2>
      {next && p.how === "not_there" && <p>{t("after.stayedNext", { date: timeWords(next, today().date) })}</p>}
      <p>{t(online.value ? "after.thanks" : "after.thanksOff")}</p>
    </section>
  );
}

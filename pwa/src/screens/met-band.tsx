/** Mødes ved døren: asked without a name, answered by the host to all who asked, and kept for use without network. */
import { useEffect, useRef } from "preact/hooks";
import type { Event, Time } from "../api/types.gen.ts";
import { dayOf, isOff, startMs } from "../geo/times.ts";
import { askMet, type MyMet, metOf, refused } from "../store/device.ts";
import { telephone } from "../text/format.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Say } from "../ui/say.tsx";
import { tell } from "../ui/sheet.tsx";
import { Badge } from "../ui/state.tsx";
import { PushNote } from "./follow-push.tsx";
import { nowish, said } from "./now/clock.ts";
import { Waits } from "./waits.tsx";
import { firstName } from "./words/event.ts";

/** Who has not answered by then is not waited for: two hours before it begins. */
const LATE_MS = 2 * 3_600_000;

export function MetBand({ event, time }: { event: Event; time: Time }) {
  const day = dayOf(time);
  const own = metOf(event.id, day);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus({ preventScroll: true });
    moved.current = false;
  }, [own === null]);
  const now = nowish().getTime();
  // Nobody can be asked where nobody holds it, and nobody asks for what has begun; an answer that is here stays readable.
  const asks = event.host !== null && startMs(time) > now;
  if (isOff(event, time) || (!own && !asks)) return null;
  const shown = (asked: boolean) => {
    moved.current = true;
    attempt(async () => {
      await askMet(event.id, day, asked);
      if (!asked) tell(t("met.undone"));
    });
  };
  const title = own?.answer ? "met.will" : own ? "met.asked" : "met.ask";
  return (
    <section class="band now">
      <h2 tabIndex={-1} ref={heading}>
        {t(title)}
      </h2>
      {!own && <Question event={event} onAsk={() => shown(true)} />}
      {own && !own.answer && <Asked event={event} time={time} own={own} onUndo={() => shown(false)} />}
      {own?.answer && <Answered event={event} own={own} answer={own.answer} onUndo={() => shown(false)} />}
      {!own && <Refused event={event} day={day} />}
    </section>
  );
}

function Question({ event, onAsk }: { event: Event; onAsk: () => void }) {
  const name = event.host && firstName(event.host.name);
  return (
    <>
      <p>{name ? t("met.askHost", { name }) : t("met.askNoHost")}</p>
      <Button look="quiet" wide icon="door" onClick={onAsk}>
        {t("met.do")}
      </Button>
      <p class="note-text">{t("met.gone")}</p>
    </>
  );
}

function Asked(p: { event: Event; time: Time; own: MyMet; onUndo: () => void }) {
  const name = p.event.host && firstName(p.event.host.name);
  const waits = p.own.said === "waiting";
  const late = !waits && startMs(p.time) - nowish().getTime() < LATE_MS;
  return (
    <>
      <p>
        <Badge tone="wait" icon="door">
          {t("met.badge")}
        </Badge>{" "}
        {waits && <Waits />}
      </p>
      {late ? (
        <p>{name ? t("met.noAnswer", { name }) : t("met.noAnswerNoHost")}</p>
      ) : (
        <p>{name ? t("met.answersHost", { name }) : t("met.answersNoHost")}</p>
      )}
      <div class="btns">
        {late && <Call event={p.event} />}
        <Button look="quiet" onClick={p.onUndo}>
          {t("met.undo")}
        </Button>
      </div>
      <p>{t("met.noNeed")}</p>
      <PushNote />
    </>
  );
}

function Answered(p: { event: Event; own: MyMet; answer: NonNullable<MyMet["answer"]>; onUndo: () => void }) {
  const { answered_at } = p.own;
  return (
    <>
      <p class="answer">
        <Say of={p.answer} />
      </p>
      {answered_at && <p class="note-text">{t("met.from", { when: said(answered_at) })}</p>}
      <div class="btns">
        <Call event={p.event} />
        <Button look="plain" onClick={p.onUndo}>
          {t("met.undo")}
        </Button>
      </div>
      <p>{t("met.noNeed")}</p>
    </>
  );
}

function Call({ event: { host } }: { event: Event }) {
  if (!host?.phone) return null;
  return (
    <LinkButton look="quiet" icon="phone" href={telephone(host.phone)}>
      {t("met.call", { name: firstName(host.name) })}
    </LinkButton>
  );
}

/** The server said no, in words of its own. */
function Refused({ event, day }: { event: Event; day: string }) {
  const op = refused.value.findLast(
    ({ verb, subject, args }) => verb === "ask_met" && subject.id === event.id && args.day === day,
  );
  if (!op) return null;
  return (
    <Note tone="bad" icon="warn" live>
      <p>
        {t("follow.refused")} {op.detail && <span lang="da">{op.detail}</span>}
      </p>
    </Note>
  );
}

/** Følg: on an event, a place, an organiser and an area. A plain question first, the phone's permission only after the tap. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Event, Time } from "../api/types.gen.ts";
import { dayOf } from "../geo/times.ts";
import {
  type Followed,
  follow,
  followOf,
  kept,
  type MyFollow,
  refused,
  skip,
  skipOf,
  unfollow,
} from "../store/device.ts";
import { startPush } from "../store/push.ts";
import { online } from "../store/signals.ts";
import { capital, shortDate } from "../text/format.ts";
import { type Told, t, told } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FactLine } from "../ui/facts.tsx";
import { More } from "../ui/more.tsx";
import { tell } from "../ui/sheet.tsx";
import { FollowChoice } from "./follow-choice.tsx";
import { PushNote } from "./follow-push.tsx";
import { nowish } from "./now/clock.ts";
import { Waits } from "./waits.tsx";
import { momentSaid, nextDue, orderWords, timesToCome, timesToRemind } from "./words/follow.ts";

const WEEK_MS = 6 * 86_400_000;

interface Props {
  subject: Followed;
  /** Of what is followed. */
  name: Told | string;
  /** Where it is an event, and which time of it the screen shows. */
  event?: Event;
  time?: Time | undefined;
}

export function FollowBand(p: Props) {
  const own = followOf(p.subject);
  const [changes, change] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  /** The band is drawn anew in another form: the focus goes with it, for whoever steps by keyboard or hears the screen. */
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    heading.current?.focus({ preventScroll: true });
  }, [own === null, changes]);
  const shown = (work: () => unknown) => {
    moved.current = true;
    attempt(work);
  };
  const asks = own === null || changes;
  return (
    <section class="band follow">
      <h2 tabIndex={-1} ref={heading}>
        {asks ? question(p) : t("follow.is")}
      </h2>
      {asks ? (
        <>
          <p>{t(p.event ? "follow.leadEvent" : "follow.lead")}</p>
          <FollowChoice
            subject={p.subject}
            event={p.event}
            time={p.time}
            before={own}
            onDo={({ when, only }) => {
              const done = follow(p.subject, when, only);
              // Within the tap, not a moment later: Safari asks the person at no other time.
              void startPush(done);
              shown(() => {
                change(false);
                return done;
              });
            }}
            onCancel={() => shown(() => change(false))}
            onStop={() =>
              shown(async () => {
                change(false);
                await unfollow(p.subject);
                tell(t(online.peek() ? "follow.stopped" : "follow.stoppedOff"));
              })
            }
          />
          {/* Who follows for the first time reads it without asking. */}
          <More title={t("follow.whoSees")} open={kept.peek() === null}>
            <p>{t("follow.whoSeesText")}</p>
          </More>
        </>
      ) : (
        <Kept own={own} event={p.event} time={p.time} onChange={() => shown(() => change(true))} />
      )}
      <Refused subject={p.subject} />
    </section>
  );
}

function question({ subject, name }: Props): string {
  const words = typeof name === "string" ? name : told(name).words;
  if (subject.kind === "place") return t("follow.askPlace");
  if (subject.kind === "organiser") return t("follow.askOrganiser", { name: words });
  if (subject.kind === "area") return t("follow.askArea", { name: words });
  return t(subject.kind === "settings" ? "follow.askAll" : "follow.ask");
}

function Refused({ subject }: { subject: Followed }) {
  const op = refused.value.findLast(
    ({ verb, subject: of }) => verb !== "ask_met" && of.kind === subject.kind && of.id === subject.id,
  );
  if (!op) return null;
  return (
    <Note tone="bad" icon="warn" live>
      <p>{t(op.code === "too_many" ? "follow.many" : "follow.refused")}</p>
      <div class="btns">
        <LinkButton look="quiet" icon="fwd" href={`/meldt#${op.id}`}>
          {t("follow.refusedSee")}
        </LinkButton>
      </div>
    </Note>
  );
}

function Kept(p: { own: MyFollow; event: Event | undefined; time: Time | undefined; onChange: () => void }) {
  const { own, event } = p;
  const coming = event ? timesToCome(event, own.only) : [];
  const time = p.time && (own.only === null || own.only === dayOf(p.time)) ? p.time : coming[0];
  const reminded = event && time ? timesToRemind(event, own.only).filter((one) => one.start >= time.start) : undefined;
  const next = time && reminded?.find((one) => one.start > time.start);
  const skipped = event && time ? skipOf(event.id, dayOf(time)) : null;
  const over = !time || Date.parse(time.start) <= nowish().getTime();
  return (
    <>
      <dl class="facts">
        {own.when.map((what) => (
          <Reminder key={what} what={what} times={reminded} />
        ))}
        <FactLine icon="repeat" what={t(event ? "follow.changesIs" : "follow.newIs")} value="" />
        {next && <FactLine icon="calendar" what={t("follow.next")} value={shortDate(next.date)} />}
        {event?.rule && own.only && time && (
          <FactLine icon="calendar" what={t("follow.onlyIs")} value={shortDate(time.date)} />
        )}
      </dl>
      {(own.said === "waiting" || skipped?.said === "waiting") && <Waits text />}
      {skipped && event && time && !over && (
        <p role="status">
          {t("follow.skipped")} {next && t("follow.nextIs", { date: shortDate(next.date) })}
        </p>
      )}
      <div class="btns">
        {event && time && !over && own.when.length > 0 && (
          <Button
            look="quiet"
            icon={skipped ? "bell" : "skip"}
            onClick={() => attempt(() => skip(event.id, dayOf(time), !skipped))}
          >
            {t(skipped ? "follow.unskip" : "follow.skip")}
          </Button>
        )}
        <Button look="plain" onClick={p.onChange}>
          {t("follow.change")}
        </Button>
      </div>
      <PushNote list event={event !== undefined} />
    </>
  );
}

/** One chosen time: when it comes next, and by when transport must be ordered. `times`: those it may come for; undefined: of no one event. */
function Reminder({ what, times }: { what: MyFollow["when"][number]; times: readonly Time[] | undefined }) {
  const words = t(`follow.${what}Is`);
  if (!times?.length) return <FactLine icon="bell" what={words} value="" />;
  const now = nowish().getTime();
  const at = nextDue(what, times)?.due;
  if (!at) return <FactLine icon="bell" what={words} value="" source={t("follow.over")} />;
  const order = orderWords(at);
  const said = momentSaid(at.at);
  // "torsdag den 19. marts kl. 11.30" beside its name would leave the name no room.
  const far = at.at - now > WEEK_MS;
  const source = [far && `${capital(said)}.`, order].filter(Boolean).join(" ");
  return <FactLine icon="bell" what={words} value={far ? "" : said} {...(source ? { source } : {})} />;
}

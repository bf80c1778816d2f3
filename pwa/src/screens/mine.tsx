/** Det, du følger: what is to be remembered day by day, all that is followed with a stop for each, and a stop for all of it. */
import { useState } from "preact/hooks";
import type { Due } from "../geo/remind.ts";
import { dayOf, minuteOf, startMs, timeOf } from "../geo/times.ts";
import {
  follows,
  forgetMe,
  forgetting,
  kept,
  type MyFollow,
  type MyMet,
  type MySkip,
  met,
  skip,
  skips,
  unfollow,
} from "../store/device.ts";
import { endPush, pushing } from "../store/push.ts";
import { type Event, events, online, type Time } from "../store/signals.ts";
import { atClock, capital, shortDate } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Band, Empty, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Say } from "../ui/say.tsx";
import { Dialog, tell } from "../ui/sheet.tsx";
import { AfterLatest } from "./after-band.tsx";
import { FollowMore } from "./follow-more.tsx";
import { PushNote } from "./follow-push.tsx";
import { nowish } from "./now/clock.ts";
import { NameOf, WhatComes } from "./saved-mine.tsx";
import { Waits } from "./waits.tsx";
import { hrefOf } from "./words/event.ts";
import { dayAnd, momentSaid, nameOfFollowed, toRemember } from "./words/follow.ts";

export function MineScreen({ back }: { back: Back }) {
  const all = follows.value;
  const home: Back = back.href === "/" ? { href: "/gemt", words: t("nav.saved") } : back;
  const nothing = all.length === 0 && met.value.length === 0 && skips.value.length === 0;
  return (
    <Page back={home} name={t("mine.title")} title={t("mine.title")}>
      {forgetting.value && (
        <Note icon="wait" live>
          <p>{t("mine.forgetting")}</p>
        </Note>
      )}
      {nothing ? (
        <Empty title={t("mine.none")}>
          <p>{t("mine.noneText")}</p>
          <LinkButton icon="calendar" href="/det-sker">
            {t("mine.find")}
          </LinkButton>
        </Empty>
      ) : (
        <>
          {pushing.value !== "on" && all.length > 0 && (
            <Band tight>
              <PushNote />
            </Band>
          )}
          <AfterLatest />
          {all.length > 0 && <Coming />}
          <All />
          <Met />
          <Skipped />
        </>
      )}
      <FollowMore />
      <Band tone="ground">
        <p>{t("mine.server")}</p>
        {kept.value !== null && !nothing && <StopAll />}
      </Band>
    </Page>
  );
}

interface Line {
  readonly event: Event;
  readonly time: Time;
  readonly dues: readonly Due[];
}

/** What is to be remembered, by the time that it is about: a phone that has no messages says it here, and any other too. */
function Coming() {
  const lines = new Map<string, Line>();
  for (const { event, time, due } of toRemember())
    lines.set(time.id, { event, time, dues: [...(lines.get(time.id)?.dues ?? []), due] });
  const inTime = [...lines.values()].sort((a, b) => startMs(a.time) - startMs(b.time));
  const days = [...new Set(inTime.map(({ time }) => time.date))];
  return (
    <Band title={t(pushing.value === "on" ? "mine.comingPush" : "mine.coming")}>
      <p>{t(days.length > 0 ? "mine.comingText" : "mine.comingNone")}</p>
      {days.map((date) => (
        <div key={date}>
          <h3>{capital(dayAnd(date, "").trim())}</h3>
          <Facts>
            {inTime
              .filter(({ time }) => time.date === date)
              .map((line) => (
                <Remember line={line} key={line.time.id} />
              ))}
          </Facts>
        </div>
      ))}
    </Band>
  );
}

function Remember({ line: { event, time, dues } }: { line: Line }) {
  const order = dues.find(({ orderBy }) => orderBy !== null)?.orderBy;
  const clock = time.start_local === null ? "" : atClock(minuteOf(time.start_local));
  const { words, lang } = told(event.name);
  const now = nowish().getTime();
  const said = dues.filter(({ at }) => at > now).map(({ at }) => momentSaid(at));
  return (
    <FactLine
      icon="bell"
      what={
        <a href={hrefOf(event, time)} lang={lang}>
          {words}
        </a>
      }
      value={clock}
      source={
        <>
          {order && <>{t("mine.order", { when: momentSaid(order) })} </>}
          {pushing.value === "on" && said.length > 0 && `${capital([...new Set(said)].join(", "))}.`}
        </>
      }
    />
  );
}

function All() {
  const all = follows.value;
  if (all.length === 0) return null;
  return (
    <Band title={t("mine.n", { n: all.length })}>
      <Facts>
        {all.map((of) => (
          <One of={of} key={`${of.kind}/${of.id}`} />
        ))}
      </Facts>
    </Band>
  );
}

function One({ of }: { of: MyFollow }) {
  const named = nameOfFollowed(of);
  const stop = () =>
    attempt(async () => {
      await unfollow(of);
      tell(t(online.peek() ? "follow.stopped" : "follow.stoppedOff"));
    });
  return (
    <FactLine
      icon="bell"
      what={<NameOf named={named} />}
      value={of.said === "waiting" ? <Waits /> : ""}
      source={
        <>
          <WhatComes of={of} />
          <br />
          <button
            type="button"
            class="btn plain erase"
            aria-label={t("mine.stopName", { name: named.words })}
            onClick={stop}
          >
            {t("mine.stop")}
          </button>
        </>
      }
    />
  );
}

interface OfTime {
  readonly event: Event;
  readonly time: Time;
}

/** The time that something was said of, where it is to come and the phone has it. */
function toCome({ event_id, day }: MySkip | MyMet): OfTime | null {
  const event = events.value.get(event_id);
  const time = event && timeOf(event, day);
  return event && time && startMs(time) > nowish().getTime() ? { event, time } : null;
}

function Met() {
  const found = met.value.flatMap((one) => {
    const at = toCome(one);
    return at ? [{ ...at, answer: one.answer }] : [];
  });
  if (found.length === 0) return null;
  return (
    <Band tone="now" title={t("mine.met")}>
      <Facts>
        {found.map(({ event, time, answer }) => (
          <FactLine
            key={time.id}
            icon="door"
            what={<a href={hrefOf(event, time)}>{told(event.name).words}</a>}
            value={shortDate(time.date)}
            source={answer ? <Say of={answer} /> : t("mine.metAsked")}
          />
        ))}
      </Facts>
    </Band>
  );
}

function Skipped() {
  const found = skips.value.flatMap((one) => toCome(one) ?? []);
  if (found.length === 0) return null;
  return (
    <Band title={t("mine.skips")}>
      <Facts>
        {found.map(({ event, time }) => (
          <FactLine
            key={time.id}
            icon="skip"
            what={<a href={hrefOf(event, time)}>{told(event.name).words}</a>}
            value={shortDate(time.date)}
            source={
              <button
                type="button"
                class="btn plain erase"
                onClick={() => attempt(() => skip(event.id, dayOf(time), false))}
              >
                {t("follow.unskip")}
              </button>
            }
          />
        ))}
      </Facts>
    </Band>
  );
}

function StopAll() {
  const [asks, ask] = useState(false);
  return (
    <>
      <Button look="danger" wide icon="trash" onClick={() => ask(true)}>
        {t("mine.stopAll")}
      </Button>
      {asks && (
        <Dialog title={t("mine.stopAllTitle")} onClose={() => ask(false)}>
          <p>{t("mine.stopAllText")}</p>
          <div class="btns">
            <Button
              look="danger"
              icon="trash"
              onClick={() => {
                ask(false);
                attempt(stopAll);
              }}
            >
              {t("mine.stopAllYes")}
            </Button>
            <Button onClick={() => ask(false)}>{t("mine.stopAllNo")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** This phone is reached nowhere any more at once; the municipality hears of it now, or when there is a network. */
export async function stopAll(): Promise<void> {
  tell(t((await forgetMe(endPush)) ? "mine.stoppedAll" : "mine.forgetting"));
}

/** /gemt#svar-{id}: whoever proposed an event hears on this phone what the municipality answers. Until then readers know nothing of it. */
import { follow, followOf, unfollow } from "../store/device.ts";
import { startPush } from "../store/push.ts";
import { events, online } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Band } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { More } from "../ui/more.tsx";
import { Page } from "../ui/page.tsx";
import { tell } from "../ui/sheet.tsx";
import { PushNote } from "./follow-push.tsx";
import { Waits } from "./waits.tsx";
import { nameOfFollowed, proposals } from "./words/follow.ts";

export function AnswerScreen({ id, back }: { id: string; back: Back }) {
  const subject = { kind: "event", id } as const;
  const own = followOf(subject);
  const named = events.value.has(id) ? nameOfFollowed(subject) : null;
  const begin = () => {
    if (!proposals.peek().includes(id)) proposals.value = [...proposals.peek(), id];
    const done = follow(subject, []);
    // Within the tap, not a moment later: Safari asks the person at no other time.
    void startPush(done);
    attempt(() => done);
  };
  const stop = async () => {
    await unfollow(subject);
    tell(t(online.peek() ? "follow.stopped" : "follow.stoppedOff"));
  };
  return (
    <Page back={back} name={t("answer.title")} title={t("answer.title")}>
      <Band stack>
        {named?.href ? (
          <>
            <p>{t("answer.shown")}</p>
            <LinkButton icon="calendar" href={named.href}>
              {t("answer.see")}
            </LinkButton>
          </>
        ) : own ? (
          <>
            <p role="status">{t("answer.is")}</p>
            {own.said === "waiting" && <Waits text />}
            <PushNote />
            <Button look="quiet" onClick={() => attempt(stop)}>
              {t("follow.stop")}
            </Button>
          </>
        ) : (
          <>
            <p>{t("answer.ask")}</p>
            <Button wide icon="bell" onClick={begin}>
              {t("answer.do")}
            </Button>
          </>
        )}
        <More title={t("follow.whoSees")}>
          <p>{t("follow.whoSeesText")}</p>
        </More>
      </Band>
    </Page>
  );
}

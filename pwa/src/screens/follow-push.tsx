/** Whether this phone shows messages, in words: what to do where it does not, for the browser that it is. */
import { useState } from "preact/hooks";
import { pushing, startPush } from "../store/push.ts";
import { t } from "../text/t.ts";
import { Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { More, Steps } from "../ui/more.tsx";
import { InstallIos, installFirst } from "./install.tsx";

type Browser = "android" | "androidApp" | "ios" | "firefox" | "safari" | "other";

function browser(): Browser {
  const { userAgent } = navigator;
  const standalone = matchMedia("(display-mode: standalone)").matches;
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios";
  if (/Android/.test(userAgent)) return standalone ? "androidApp" : "android";
  if (/Firefox/.test(userAgent)) return "firefox";
  return /Safari/.test(userAgent) && !/Chrom/.test(userAgent) ? "safari" : "other";
}

/** What the person does in the phone's own settings; the app can not do it for them. */
function HowToAllow() {
  const which = browser();
  return (
    <More title={t("push.how")}>
      <Steps items={([1, 2, 3] as const).map((n) => t(`push.${which}${n}`))} />
    </More>
  );
}

/** Where the phone shows messages nothing needs to be done, and little is said. `list`: the way to what is to be remembered; `event`: it is one that is followed here. */
export function PushNote({ list, event }: { list?: boolean; event?: boolean }) {
  const [installing, install] = useState(false);
  const is = pushing.value;
  const seeList = list && (
    <LinkButton look="quiet" icon="list" href="/gemt#foelger">
      {t("push.list")}
    </LinkButton>
  );
  if (is === "on") return <p class="note-text">{t("push.on")}</p>;
  if (is === "waits") return <p class="note-text">{t("push.waits")}</p>;
  if (is === "ask")
    return (
      <Note icon="bell">
        <p>{t("push.ask")}</p>
        <div class="btns">
          <Button look="quiet" icon="bell" onClick={() => void startPush(Promise.resolve())}>
            {t("push.askDo")}
          </Button>
        </div>
      </Note>
    );
  if (is === "denied")
    return (
      <Note icon="bell">
        <p>{t(event ? "push.deniedEvent" : "push.denied")}</p>
        <HowToAllow />
        {seeList && <div class="btns">{seeList}</div>}
      </Note>
    );
  if (!installFirst())
    return (
      <Note icon="bell">
        <p>{t("push.none")}</p>
        {seeList && <div class="btns">{seeList}</div>}
      </Note>
    );
  return (
    <Note icon="bell">
      <p>{t("push.install")}</p>
      <div class="btns">
        <Button look="quiet" icon="addhome" onClick={() => install(true)}>
          {t("push.installDo")}
        </Button>
        {seeList}
      </div>
      {installing && <InstallIos why="push" onClose={() => install(false)} />}
    </Note>
  );
}

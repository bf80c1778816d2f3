/** An address that leads to nothing here: perhaps wrong, perhaps only not read yet. */
import { online, state } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { Empty } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { settled } from "./now/clock.ts";

/** `maybe`: the address could be a thing's, which this phone has not read yet. */
export function MissingScreen({ back, maybe = false }: { back: Back; maybe?: boolean }) {
  const waiting = maybe && (!settled.value || state.value.phase === "reading");
  if (waiting) {
    return (
      <main id="main" tabIndex={-1}>
        <p class="empty" role="status">
          {t("loading")}
        </p>
      </main>
    );
  }
  const sure = !maybe || (online.value && state.value.phase === "ready");
  return (
    <Page back={back} name={t("missing.title")} title={t(sure ? "missing.title" : "missing.wait")}>
      <Empty title={t(sure ? "missing.text" : "missing.waitText")}>
        <div class="btns">
          <LinkButton icon="list" href="/">
            {t("missing.list")}
          </LinkButton>
          <LinkButton look="quiet" icon="phone" href="/hjaelp">
            {t("missing.help")}
          </LinkButton>
        </div>
      </Empty>
    </Page>
  );
}

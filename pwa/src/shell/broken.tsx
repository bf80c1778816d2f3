/** Something went wrong in our own code: what happened, what is kept, and two ways on. */
import { t } from "../text/t.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { More } from "../ui/more.tsx";

/** `late`: the file of a later screen is not on this phone yet, which is nobody's fault. */
export function Broken({ error, late }: { error: unknown; late?: boolean }) {
  return (
    <main id="main" tabIndex={-1}>
      <header class="head">
        <Title>{t(late ? "error.notHere" : "error.title")}</Title>
        <p class="lead">{t(late ? "error.notHereText" : "error.text")}</p>
      </header>
      <Horizon />
      <section class="band stack" role="alert">
        <div class="btns">
          <Button icon="repeat" onClick={() => location.reload()}>
            {t("error.again")}
          </Button>
          <LinkButton look="quiet" icon="list" href="/">
            {t("error.list")}
          </LinkButton>
        </div>
        <More title={t("error.detail")}>
          <p class="note-text">{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</p>
        </More>
      </section>
    </main>
  );
}

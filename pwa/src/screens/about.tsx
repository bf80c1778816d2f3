/** Om: the version, where things come from, the licence, and what is known about the one who reads. */
import { packs } from "../pack/packs.ts";
import { site, state } from "../store/signals.ts";
import { update } from "../store/worker.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { said } from "./now/clock.ts";

/** The hash in the name of the file that runs: the same for all who have the same app. */
function version(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script?.src.match(/-([\w-]{6,})\.js$/)?.[1] ?? "udvikling";
}

export function AboutScreen() {
  const back: Back = { href: "/hjaelp", words: t("nav.help") };
  const { readAt } = state.value;
  const attributions = [...new Set(packs.value.map((p) => told(p.manifest.attribution).words))];
  return (
    <Page
      back={back}
      name={t("about.title")}
      title={t("about.title")}
      head={<p class="lead">{t("about.lead", { name: site.value ? told(site.value.name).words : t("about.here") })}</p>}
    >
      <Band>
        <Facts>
          <FactLine
            icon="info"
            what={t("about.version")}
            value={version()}
            source={update.value === "failed" ? t("update.failed") : undefined}
          />
          <FactLine icon="list" what={t("about.read")} value={readAt ? said(readAt) : t("about.never")} />
        </Facts>
        {site.value?.demo && <p>{t("about.demo")}</p>}
      </Band>
      <Band title={t("about.privacy")}>
        <p>{t("about.privacy1")}</p>
        <p>{t("about.privacy2")}</p>
        <p>{t("about.privacy3")}</p>
        <p>{t("about.privacy4")}</p>
      </Band>
      <Band title={t("about.sources")}>
        <p>{t("about.sourcesText")}</p>
        {attributions.map((a) => (
          <p key={a}>{t("about.map", { attribution: a })}</p>
        ))}
        <p>{t("about.font")}</p>
        <p>{t("about.licence")}</p>
      </Band>
      <Band title={t("about.data")}>
        <p>{t("about.dataText")}</p>
        <div class="btns">
          {/* The server's own page: `target` says to travel.ts that it is none of the app's. */}
          <a class="btn quiet" target="_self" href="/feeds">
            {t("about.dataSee")}
          </a>
        </div>
      </Band>
    </Page>
  );
}

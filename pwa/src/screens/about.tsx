/** Om: the version, where things come from, the licence, and what is known about the one who reads. */
import { useEffect } from "preact/hooks";
import { packs, refresh } from "../pack/packs.ts";
import { site, state } from "../store/signals.ts";
import { update } from "../store/worker.ts";
import { yearDate } from "../text/amounts.ts";
import { lang, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { FactLine, Facts } from "../ui/facts.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { said } from "./now/clock.ts";

/** The day on which the app was last changed, YYYY-MM-DD: written in by the build (pwa/vite.config.ts). */
declare const __EDITION__: string;

/** The hash in the name of the file that runs: the same for all who have the same app. */
function code(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script?.src.match(/-([\w-]{6,})\.js$/)?.[1] ?? "";
}

export function AboutScreen() {
  const back: Back = { href: "/hjaelp", words: t("nav.help") };
  const { readAt } = state.value;
  // The makers of the map stand here, also for who has not opened it.
  useEffect(() => void refresh(), []);
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
            value={yearDate(__EDITION__)}
            source={
              <>
                {code() && t("about.code", { code: code() })} {update.value === "failed" && t("update.failed")}
              </>
            }
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
        {attributions.length === 0 && <p>{t("about.mapLater")}</p>}
        <p>{t("about.font")}</p>
        <p>{t("about.licence")}</p>
      </Band>
      <Band title={t("about.data")}>
        <p>{t("about.dataText")}</p>
        <div class="btns">
          {/* The server's own page: `target` says to travel.ts that it is none of the app's. */}
          <a class="btn quiet" target="_self" href={`/feeds?sprog=${lang()}`}>
            {t("about.dataSee")}
          </a>
        </div>
      </Band>
    </Page>
  );
}

/** Beskeder: what the municipality has sent to those who follow something, for everybody to read. A tap on such a message opens it here. */
import { useEffect } from "preact/hooks";
import { type Notice, notices } from "../store/signals.ts";
import { capital } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band, Empty, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Prose } from "../ui/prose.tsx";
import { Say } from "../ui/say.tsx";
import { said } from "./now/clock.ts";
import { type Named, nameOfFollowed } from "./words/follow.ts";

/** What it was sent about; null: all, or what the phone no longer has. */
function about({ to }: Notice): Named | null {
  if (to.kind === "all" || to.id === null) return null;
  const named = nameOfFollowed({ kind: to.kind, id: to.id });
  return named.href ? named : null;
}

/** `fragment`: the id of the one that was tapped; it stands first, and the focus goes there. */
export function NoticesScreen({ back, fragment }: { back: Back; fragment: string }) {
  const all = [...notices.value.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
  const opened = all.find(({ id }) => id === fragment);
  const rest = all.filter((one) => one !== opened);
  useEffect(() => {
    if (opened) document.getElementById(`notice-${opened.id}`)?.focus();
  }, [opened?.id]);
  return (
    <Page
      back={back.href === "/" ? { href: "/gemt", words: t("nav.saved") } : back}
      name={t("notices.title")}
      title={t("notices.title")}
      head={all.length > 0 ? <p class="lead">{t("notices.lead")}</p> : undefined}
    >
      {fragment !== "" && !opened && all.length > 0 && (
        <Note icon="info">
          <p>{t("notices.gone")}</p>
        </Note>
      )}
      {all.length === 0 && (
        <Empty title={t("notices.none")}>
          <p>{t("notices.noneText")}</p>
          <LinkButton icon="calendar" href="/det-sker">
            {t("mine.find")}
          </LinkButton>
        </Empty>
      )}
      {opened && <One notice={opened} open />}
      {rest.map((notice) => (
        <One notice={notice} key={notice.id} />
      ))}
    </Page>
  );
}

function One({ notice, open }: { notice: Notice; open?: boolean }) {
  const named = about(notice);
  const to = notice.to.kind === "all" ? t("notices.toAll") : t("notices.toLost");
  return (
    <Band {...(open ? { tone: "now" as const } : {})} title={<Say of={notice.title} />} id={`notice-${notice.id}`}>
      <Prose of={notice.body} />
      <p class="note-text">
        {capital(said(notice.at))}. {named ? t("notices.to", { name: named.words }) : to}.
      </p>
      {named?.href && (
        <LinkButton look="quiet" icon="fwd" href={named.href}>
          {t("notices.see", { name: named.words })}
        </LinkButton>
      )}
    </Band>
  );
}

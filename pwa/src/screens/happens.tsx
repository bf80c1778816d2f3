/** Det sker: the week, a month, the year, the year on paper, or one event. Drawn from what lies on the phone. */
import type { ComponentChildren } from "preact";
import { events } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { type Back, Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { EventScreen } from "./event.tsx";
import { MonthBands } from "./happens-month.tsx";
import { WeekBands } from "./happens-week.tsx";
import { MissingScreen } from "./missing.tsx";
import { called } from "./words/subject.ts";
import { YearBands } from "./year.tsx";
import { PaperScreen } from "./year-paper.tsx";

const TABS = [
  ["", "happens.week"],
  ["maaned", "happens.month"],
  ["aaret", "happens.year"],
] as const;

/** The three ways to see it. */
function Frame({ slug, children }: { slug: string; children: ComponentChildren }) {
  return (
    <main id="main" tabIndex={-1}>
      <header class="head">
        <Title>{t("happens.title")}</Title>
        <nav class="tabs full" aria-label={t("happens.when")}>
          {TABS.map(([name, words]) => (
            <a
              key={name}
              href={name ? `/det-sker/${name}` : "/det-sker"}
              {...(name === slug ? { "aria-current": "page" as const } : {})}
            >
              {t(words)}
            </a>
          ))}
        </nav>
      </header>
      <Horizon />
      {children}
    </main>
  );
}

export function HappensScreen(p: { slug?: string | undefined; back: Back; fragment: string }) {
  const { slug = "", fragment } = p;
  // Who came by a link from outside goes on to the list of what is on, not to the places.
  const back = p.back.href === "/" ? { href: "/det-sker", words: t("nav.happens") } : p.back;
  if (slug === "")
    return (
      <Frame slug="">
        <WeekBands />
      </Frame>
    );
  if (slug === "maaned")
    return (
      <Frame slug="maaned">
        <MonthBands fragment={fragment} />
      </Frame>
    );
  if (slug === "aaret")
    return (
      <Frame slug="aaret">
        <YearBands />
      </Frame>
    );
  if (slug === "papir") return <PaperScreen back={back} />;
  const event = called(events.value, slug);
  return event ? <EventScreen event={event} back={back} fragment={fragment} /> : <MissingScreen back={back} maybe />;
}

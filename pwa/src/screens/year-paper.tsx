/** The year on paper: a wheel of twelve months and the same as a list, A3 lying. Made on the phone, printed in black without loss. */
import { useEffect } from "preact/hooks";
import { type Month, monthOf, months, type Season, seasonOf } from "../geo/times.ts";
import { type Event, events, site } from "../store/signals.ts";
import { capital, number, parts, phoneNumber } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { type Back, Bar, Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { Icon } from "../ui/icon.tsx";
import { Say } from "../ui/say.tsx";
import { monthWords } from "./happens-month.tsx";
import { chooseAll, chosen, narrowed } from "./now/chosen.ts";
import { today } from "./now/clock.ts";
import { clockWords, dayWords } from "./words/event.ts";
import { MONTHS } from "./year.tsx";

const MIDDLE = 200;
const [INNER, OUTER] = [92, 178];
/** So many things are named under a month on paper. */
const NAMED = 6;

/** A point of the wheel; `turn` 0 is up, 12 a whole turn to the right. */
function spot(turn: number, radius: number): string {
  const angle = (turn / MONTHS) * 2 * Math.PI;
  return `${(MIDDLE + radius * Math.sin(angle)).toFixed(1)} ${(MIDDLE - radius * Math.cos(angle)).toFixed(1)}`;
}

/** A month's slice: January from the top to the right. */
function slice(i: number): string {
  return `M${spot(i, INNER)}L${spot(i, OUTER)}A${OUTER} ${OUTER} 0 0 1 ${spot(i + 1, OUTER)}L${spot(i + 1, INNER)}A${INNER} ${INNER} 0 0 0 ${spot(i, INNER)}Z`;
}

const fills: Readonly<Record<Season, string>> = {
  winter: "wheel-winter",
  spring: "wheel-spring",
  summer: "wheel-summer",
  autumn: "wheel-autumn",
};

/** Each season has a pattern of its own, so that ink alone tells them apart. */
function Patterns() {
  return (
    <defs>
      <pattern id={fills.winter} width="10" height="10" patternUnits="userSpaceOnUse">
        <rect width="10" height="10" fill="var(--sky)" />
      </pattern>
      <pattern id={fills.spring} width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="10" height="10" fill="var(--surface)" />
        <path d="M0 5h10" stroke="var(--land)" stroke-width="1.6" opacity=".55" />
      </pattern>
      <pattern id={fills.summer} width="9" height="9" patternUnits="userSpaceOnUse">
        <rect width="9" height="9" fill="var(--good-soft)" />
        <circle cx="4.5" cy="4.5" r="1.3" fill="var(--land)" opacity=".6" />
      </pattern>
      <pattern id={fills.autumn} width="12" height="9" patternUnits="userSpaceOnUse">
        <rect width="12" height="9" fill="var(--bad-soft)" />
        <path d="M0 5q3-3 6 0t6 0" fill="none" stroke="var(--bad)" stroke-width="1.2" opacity=".5" />
      </pattern>
    </defs>
  );
}

/** `made`: twelve months from any; on the wheel each stands where it does in every year. */
function Wheel({ made, hub, who }: { made: readonly Month[]; hub: string; who: string }) {
  return (
    <svg class="wheel" viewBox="0 0 400 400" role="img" aria-label={t("year.paperWheel")}>
      <Patterns />
      {made.map(({ month, n }) => {
        const i = Number(month.slice(5)) - 1;
        const [x, y] = spot(i + 0.5, (INNER + OUTER) / 2).split(" ");
        return (
          <g key={month}>
            <path class="slice" d={slice(i)} fill={`url(#${fills[seasonOf(month)]})`} />
            <text class="halo month" x={x} y={Number(y) - 4}>
              {parts(`${month}-01`).month.slice(0, 3)}
            </text>
            <text class="halo n" x={x} y={Number(y) + 20}>
              {number(n)}
            </text>
          </g>
        );
      })}
      <text class="hub" x={MIDDLE} y={MIDDLE}>
        {hub}
      </text>
      <text class="who" x={MIDDLE} y={MIDDLE + 26}>
        {who}
      </text>
    </svg>
  );
}

/** Its rule, to go on in a sentence. */
const ruleWords = (event: Event): string =>
  event.rule
    ? `, ${told(event.rule)
        .words.replace(/\.$/, "")
        .replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())}`
    : "";

/** Held in half of the months or more: on paper it stands once, not twelve times. */
function regulars(made: readonly Month[]): Event[] {
  const often = new Map<Event, number>();
  for (const { events: held } of made) for (const { event } of held) often.set(event, (often.get(event) ?? 0) + 1);
  return [...often].filter(([, n]) => n >= MONTHS / 2).map(([event]) => event);
}

function MonthLine({ month, without }: { month: Month; without: readonly Event[] }) {
  const date = today().date;
  const held = month.events.filter(({ event }) => !without.includes(event));
  const more = held.length - NAMED;
  return (
    <li>
      <b>
        {capital(monthWords(month.month))}: {t("year.n", { n: number(month.n) })}
      </b>
      {held.slice(0, NAMED).map(({ event, times: [first, ...others] }) => (
        <span key={event.id}>
          <Say of={event.name} />
          {first && others.length === 0
            ? `, ${dayWords(first.date, first.date)}, ${clockWords(first, date).replace(/\.$/, "")}`
            : ruleWords(event)}
          .{" "}
        </span>
      ))}
      {more > 0 && `${capital(t("year.more", { n: number(more) }))}.`}
    </li>
  );
}

/** Only while the wheel is shown a sheet of paper is A3 and lies: other pages are printed as the person's printer has it. */
function useSheet(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("@page { size: A3 landscape; margin: 15mm; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, []);
}

export function PaperScreen({ back }: { back: Back }) {
  useSheet();
  const date = today().date;
  const { fit } = narrowed([...events.value.values()]);
  const made = months(fit, monthOf(date), MONTHS);
  const always = regulars(made);
  const years = [...new Set(made.map(({ month }) => month.slice(0, 4)))].join("–");
  const call = site.value?.help.find((one) => one.what === "municipality");
  const [first, last] = [made[0], made.at(-1)];
  return (
    <>
      <Bar back={back} />
      <main id="main" tabIndex={-1} class="paper">
        <header class="head">
          <Title>{t("year.paperTitle")}</Title>
          <p class="lead">
            {first &&
              last &&
              `${capital(t("year.span", { from: monthWords(first.month), to: monthWords(last.month) }))}. `}
            {t("year.paperLead")}
          </p>
          {chosen.value && <p>{t("year.paperChosen")}</p>}
        </header>
        <Horizon />
        <section class="band screen-only">
          <div class="btns">
            <Button icon="print" onClick={() => print()}>
              {t("year.paperPrint")}
            </Button>
            {chosen.value && (
              <Button look="quiet" icon="close" onClick={chooseAll}>
                {t("happens.all")}
              </Button>
            )}
          </div>
        </section>
        <div class="sheet-a3">
          <Band>
            <Wheel
              made={made}
              hub={years}
              who={site.value ? told(site.value.name).words.replace(/ Kommune$/, "") : ""}
            />
          </Band>
          <Band label={t("year.months")}>
            <ul class="paper-list">
              {always.length > 0 && (
                <li>
                  <b>{t("year.most")}</b>
                  {always.map((event) => (
                    <span key={event.id}>
                      <Say of={event.name} />
                      {ruleWords(event)}.{" "}
                    </span>
                  ))}
                </li>
              )}
              {made.map((month) => (
                <MonthLine key={month.month} month={month} without={always} />
              ))}
            </ul>
            <div class="ends">
              <p class="ic">
                <Icon name="online" />
                <span>{t("year.paperBy", { where: location.host })}</span>
              </p>
              {call && (
                <p class="ic">
                  <Icon name="phone" />
                  <span>{t("year.paperCall", { phone: phoneNumber(call.phone) })}</span>
                </p>
              )}
            </div>
          </Band>
        </div>
      </main>
    </>
  );
}

/** /desk/opsaetning: what makes this municipality's map its own. For administrators. */
import { SEEN_MONTHS } from "../lists/known.ts";
import "./settings.css";
import type { Site } from "../../api/types.gen.ts";
import { drafts } from "../../store/drafts.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { site as current, facilities, reading } from "../data/copy.ts";
import { count, span } from "../lists/words.ts";
import { day } from "../words.ts";
import { NEEDED, typesOf } from "./check.ts";
import { EventRules } from "./events.tsx";
import { Head, HOME } from "./form.tsx";
import { GoalForm } from "./goal.tsx";
import { HelpCards } from "./help.tsx";
import { Launching } from "./launch.tsx";
import { Readers } from "./readers.tsx";
import { Machine } from "./server.tsx";
import { TransportRules } from "./transport.tsx";

/** `rest`: what the address says after /desk/opsaetning. */
export function Settings({ rest = [] }: { readonly rest?: readonly string[] }) {
  const site = current.value;
  if (rest[0] === "serveren") return <Machine />;
  if (!site)
    return (
      <>
        <Head title="Opsætning" />
        <p role="status">
          {reading.value.reached ? "Henter indstillingerne …" : "Indstillingerne er ikke hentet endnu. Det kræver net."}
        </p>
      </>
    );
  switch (rest[0]) {
    case "hjaelp":
      return <HelpCards site={site} />;
    case "koersel":
      return <TransportRules site={site} />;
    case "begivenheder":
      return <EventRules site={site} />;
    case "borgerne":
      return <Readers site={site} />;
    case "maal":
      return <GoalForm site={site} />;
    default:
      return <All site={site} />;
  }
}

interface Row {
  readonly to: string;
  readonly icon: IconName;
  readonly words: string;
  readonly note: string;
  /** The key of its draft. */
  readonly draft?: string;
}

function rows(site: Site): readonly Row[] {
  const { help, transport, launch } = site;
  const { types } = typesOf(facilities.value.values());
  const shown = site.shown_codes === null ? null : types.filter(({ code }) => site.shown_codes?.includes(code)).length;
  const languages = { da: "dansk", en: "engelsk", de: "tysk" };
  return [
    {
      to: "hjaelp",
      icon: "phone",
      draft: "help",
      words: "Numre i Hjælp",
      note: help.some(({ what }) => what === "municipality")
        ? count(help.length, "nummer", "numre", true)
        : "Kommunens nummer mangler",
    },
    {
      to: "koersel",
      icon: "route",
      draft: "transport",
      words: "Kørsel, man bestiller",
      note: transport ? transport.phone : "ingen",
    },
    {
      to: "begivenheder",
      icon: "calendar",
      draft: "events",
      words: "Begivenheder og beskeder",
      note: `foreningers vises ${site.events_at_once ? "med det samme" : "når I har set dem"} · ${count(site.school_holidays.length, "skoleferie", "skoleferier")}`,
    },
    {
      to: "borgerne",
      icon: "people",
      draft: "readers",
      words: "Hvad borgerne ser",
      note: `${shown === null ? "alle slags ting" : `${shown} af ${types.length} slags ting`} · ${site.languages.map((one) => languages[one]).join(", ")}`,
    },
    {
      to: "maal",
      icon: "flag",
      draft: "goal",
      words: "Målet",
      note: `${launch?.needed ?? NEEDED} i brug${launch?.by ? ` senest ${day(launch.by)}` : ""} · set inden for ${span(site.seen_months ?? SEEN_MONTHS)}`,
    },
    { to: "serveren", icon: "saved", words: "Serveren", note: "sikkerhedskopi, plads, hvor længe noget gemmes" },
  ];
}

function All({ site }: { site: Site }) {
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Opsætning</h1>
          <p class="note-text">{site.name.da}</p>
        </div>
      </div>
      <Launching site={site} />
      <nav class="panel" aria-label="Indstillinger">
        <ul class="rows">
          {rows(site).map((row) => (
            <li key={row.to}>
              <a class="row set" href={`${HOME}/${row.to}`}>
                <Icon name={row.icon} />
                <span>
                  <span class="name">{row.words}</span>
                  <span class="what">
                    {row.draft && drafts.value.has(`desk/settings/${row.draft}`) ? "Kladde, ikke gemt" : row.note}
                  </span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

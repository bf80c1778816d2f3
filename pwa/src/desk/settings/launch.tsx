/** "Åbn kortet": closed, as a trial by link, open for all and for good. */
import { useState } from "preact/hooks";
import type { Site } from "../../api/types.gen.ts";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import { places } from "../data/copy.ts";
import { act } from "../data/write.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { OpenForAll, Trial } from "../overview-open.tsx";
import { day } from "../words.ts";
import { NEEDED } from "./check.ts";
import { HOME, SITE } from "./form.tsx";

const STEPS = [
  ["closed", "Lukket", "Borgerne ser, at Mødesteder åbner snart."],
  ["trial", "Prøve", "Kun dem med linket ser kortet."],
  ["open", "Åbent", "Alle kan finde stederne."],
] as const;

export function Launching({ site }: { site: Site }) {
  const { launch } = site;
  const now = launch?.state ?? "open";
  const active = [...places.value.values()].filter(({ state }) => state === "active").length;
  const needed = launch?.needed ?? NEEDED;
  const here = STEPS.findIndex(([state]) => state === now);
  return (
    <div class="desk-cols">
      <section class="panel" aria-label="Åbn kortet, trin for trin">
        <header>
          <h2>{now === "open" ? "Kortet er åbent" : "Åbn kortet"}</h2>
          <span class="note-text">
            {active > needed
              ? `${active} ${active === 1 ? "sted" : "steder"} i brug. Målet er ${needed}`
              : `${active} af ${needed} steder er i brug`}
          </span>
        </header>
        <div class="in list">
          <ul class="ticks">
            {STEPS.map(([state, words, means], at) => (
              <li key={state} {...(state === now ? { "aria-current": "step" as const } : {})}>
                {state === now ? <Icon name="check" /> : <span class={at < here ? "passed" : "todo-mark"} />}
                <span>
                  {state === now ? <b>{words}</b> : words}
                  <br />
                  <span class="note-text">
                    {state === "open" && launch?.opened_on ? `Siden ${day(launch.opened_on)}. ${means}` : means}
                  </span>
                </span>
                {state === now && <span class="badge good">nu</span>}
              </li>
            ))}
          </ul>
          <div class="btns start">
            <LinkButton look="quiet" small href={`${HOME}/maal`}>
              Ret målet
            </LinkButton>
            {launch && now === "trial" && <EndTrial launch={launch} />}
          </div>
        </div>
      </section>
      {launch && now !== "open" && (
        <div class="desk-col">
          <Trial launch={launch} />
          <OpenForAll active={active} needed={needed} />
        </div>
      )}
    </div>
  );
}

function EndTrial({ launch }: { launch: NonNullable<Site["launch"]> }) {
  const acting = useActing();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" small off={acting.busy} onClick={() => setAsking(true)}>
        {acting.busy ? "Lukker …" : "Luk prøven"}
      </Button>
      <SaidNote acting={acting} />
      {asking && (
        <Dialog title="Luk prøven?" onClose={() => setAsking(false)}>
          <p>
            Linket åbner ikke mere. En telefon, der har installeret kortet, beholder det og siger stadig, at det er en
            prøve.
          </p>
          <div class="btns">
            <Button
              onClick={() => {
                setAsking(false);
                acting.run(() => act("save_settings", SITE, { set: { launch: { ...launch, state: "closed" } } }));
              }}
            >
              Luk prøven
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Behold den
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** /desk/kalendere/{id}: what the last reading came to, what asks for a person, and what is said of the calendar here. */
import "../imports/imports.css";
import { useEffect, useState } from "preact/hooks";
import type { CalendarNow } from "../../api/types.gen.ts";
import { number } from "../../text/format.ts";
import { Note } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Dialog, tell } from "../../ui/sheet.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { go } from "../go.ts";
import { count, today, upper } from "../lists/words.ts";
import { LineField, NOTHING_WRONG, type Wrongs } from "../parts/field.tsx";
import { calendars, end, save } from "./ask.ts";
import { Remarks } from "./remarks.tsx";
import { check, NAME_LIMIT, type Said, setOf, WhoseAndWhere } from "./settings.tsx";
import { came, fieldsOf, stateOf } from "./words.ts";

const HOME = "/desk/kalendere";
const EVENTS = "/desk/begivenheder";

export function OneCalendar({ id }: { id: string }) {
  const all = calendars.value;
  const one = all?.find((found) => found.id === id);
  return (
    <>
      <p class="crumb">
        <a href={HOME}>Kalendere</a>
      </p>
      {one ? (
        <Known one={one} />
      ) : (
        <>
          <h1 tabIndex={-1}>{all ? "Kalenderen er her ikke" : "Henter kalenderen …"}</h1>
          {all && <p>Den kan være afsluttet, eller adressen er forkert.</p>}
        </>
      )}
    </>
  );
}

function Known({ one }: { one: CalendarNow }) {
  const doing = useDoing();
  const [ending, setEnding] = useState(false);
  const told = one.told;
  const state = stateOf(one, today());
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1} class="long">
            {one.name}
          </h1>
          <p class="note-text">{one.url === null ? "Kommer som filer." : "Læses hver time."}</p>
        </div>
        <div class="btns">
          {one.url === null ? (
            <LinkButton small icon="filein" href={`${HOME}/fil/${one.id}`}>
              En ny fil
            </LinkButton>
          ) : (
            <Button small icon="repeat" off={doing.busy} onClick={() => doing.run(() => save({}, one.id))}>
              Læs nu
            </Button>
          )}
          <Button small look="quiet" off={doing.busy} onClick={() => setEnding(true)}>
            Afslut
          </Button>
        </div>
      </div>
      <Note
        {...(state.tone === "bad" ? { tone: "bad" as const } : {})}
        icon={state.tone === "bad" ? "warn" : "info"}
        live
      >
        <p class="long">
          {state.words} {told && !one.failed && came(told)}
        </p>
        {state.tone === "bad" && <p>Begivenhederne står, som de gjorde. Der prøves igen.</p>}
        {told && told.past > 0 && <p>{upper(count(told.past, "er forbi", "er forbi"))} og er udeladt.</p>}
        {told && told.older > 0 && (
          <p>{upper(count(told.older, "er", "er"))} ældre i kalenderen, end de er her, og ændrer intet.</p>
        )}
        {told && !told.whole && <p>Den så ud til at være skåret af. Derfor er intet aflyst.</p>}
      </Note>
      <Wrong doing={doing} />
      {told && (
        <>
          <Seen one={one} />
          <Remarks
            title="Kom ikke med"
            of={told.left}
            about="Det her kan ikke læses, som det står. Ret det der, hvor kalenderen bor."
          />
          <Remarks title="Læst med forbehold" of={told.notes} />
        </>
      )}
      <Change one={one} />
      {ending && <Ending one={one} onClose={() => setEnding(false)} />}
    </>
  );
}

/** What a person sees to: drafts that lack something, what differs, and what is gone. */
function Seen({ one }: { one: CalendarNow }) {
  const told = one.told;
  if (!told || told.lacking + told.kept.length + told.gone.length === 0) return null;
  return (
    <section class="panel">
      <header>
        <h2>Se til det her</h2>
      </header>
      <div class="in">
        <ul class="todo">
          {told.lacking > 0 && (
            <li>
              <span>
                {upper(count(told.lacking, "mangler", "mangler"))} et sted og er{" "}
                <a href={EVENTS}>{told.lacking === 1 ? "en kladde" : "kladder"}</a>.
              </span>
            </li>
          )}
          {told.kept.map((kept) => (
            <li key={`kept ${kept.event_id}`}>
              <span>
                <a href={`${EVENTS}/${kept.event_id}`}>{kept.name.da}</a>
                <br />
                Kalenderen siger noget andet end I om {fieldsOf(kept.fields)}. Jeres står.
              </span>
            </li>
          ))}
          {told.gone.map((gone) => (
            <li key={`gone ${gone.event_id}`}>
              <span>
                <a href={`${EVENTS}/${gone.event_id}`}>{gone.name.da}</a>
                <br />
                {gone.cancelled
                  ? "Er væk fra kalenderen og er aflyst her."
                  : "Er væk fra kalenderen, men står her endnu. Aflys den, hvis den ikke bliver til noget."}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const saidOf = (one: CalendarNow): Said => ({
  name: one.name,
  url: one.url ?? "",
  organiser_id: one.organiser_id ?? "",
  place_id: one.place_id ?? "",
});

function Change({ one }: { one: CalendarNow }) {
  const doing = useDoing();
  const [said, setSaid] = useState<Said>(saidOf(one));
  const [wrongs, setWrongs] = useState<Wrongs>(NOTHING_WRONG);
  useEffect(() => setSaid(saidOf(one)), [one.id]);
  const hasUrl = one.url !== null;
  const send = () => {
    const found = check(said, hasUrl);
    setWrongs(found);
    if (found.size > 0) return;
    doing.run(async () => {
      await save(setOf(said, hasUrl), one.id);
      tell("Gemt. Det gælder fra næste gang, den læses.");
    });
  };
  return (
    <section class="panel">
      <header>
        <h2>Om kalenderen</h2>
      </header>
      <div class="in frm">
        <LineField
          path="name"
          label="Navn"
          value={said.name}
          limit={NAME_LIMIT}
          wrongs={wrongs}
          onChange={(name) => setSaid({ ...said, name })}
        />
        {hasUrl && (
          <LineField
            path="url"
            label="Adresse"
            type="url"
            mode="url"
            value={said.url}
            wrongs={wrongs}
            onChange={(url) => setSaid({ ...said, url })}
          />
        )}
        <WhoseAndWhere said={said} onChange={setSaid} />
        <Wrong doing={doing} />
        <Button off={doing.busy} onClick={send}>
          Gem
        </Button>
      </div>
    </section>
  );
}

function Ending({ one, onClose }: { one: CalendarNow; onClose: () => void }) {
  const doing = useDoing();
  return (
    <Dialog title="Afslut kalenderen?" onClose={onClose}>
      <p>
        Den læses ikke mere. {one.told ? `De ${number(one.told.events)} begivenheder` : "Begivenhederne"} bliver, og I
        retter dem selv.
      </p>
      <Wrong doing={doing} />
      <div class="btns">
        <Button
          off={doing.busy}
          onClick={() =>
            doing.run(async () => {
              await end(one.id);
              go(HOME);
            })
          }
        >
          Afslut den
        </Button>
        <Button look="quiet" onClick={onClose}>
          Lad være
        </Button>
      </div>
    </Dialog>
  );
}

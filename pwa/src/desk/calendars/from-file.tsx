/** /desk/kalendere/fil: a file is looked at first; what comes in and what is left out is seen before anything is changed. */
import "../imports/imports.css";
import { useRef, useState } from "preact/hooks";
import type { LookedAt } from "../../api/types.gen.ts";
import { number } from "../../text/format.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { tell } from "../../ui/sheet.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { go } from "../go.ts";
import { count, today, upper } from "../lists/words.ts";
import { me } from "../me.ts";
import { LineField } from "../parts/field.tsx";
import { bring, calendars, look } from "./ask.ts";
import { Remarks } from "./remarks.tsx";
import { EMPTY, NAME_LIMIT, type Said, WhoseAndWhere } from "./settings.tsx";
import { whenOf } from "./words.ts";

const HOME = "/desk/kalendere";

/** `id`: of the calendar that this is another file of. */
export function FromFile({ id }: { id?: string }) {
  const doing = useDoing();
  const [found, setFound] = useState<LookedAt | null>(null);
  const [said, setSaid] = useState<Said>(EMPTY);
  const known = id ? calendars.value?.find((one) => one.id === id) : undefined;
  const choose = (file: File | undefined) => {
    if (!file) return;
    setFound(null);
    doing.run(async () => {
      const read = await look(file);
      setFound(read);
      setSaid({ ...said, name: said.name || read.name || file.name.replace(/\.ics$/i, "") });
      requestAnimationFrame(() => document.querySelector<HTMLElement>("#found")?.focus());
    });
  };
  const send = () =>
    doing.run(async () => {
      if (!found) return;
      const isStaff = me.peek()?.rights.includes("staff") ?? false;
      const more = {
        name: said.name.trim() || "Kalender fra en fil",
        ...(said.place_id ? { place_id: said.place_id } : {}),
        ...(isStaff && said.organiser_id ? { organiser_id: said.organiser_id } : {}),
      };
      const made = id ? await bring(found.blob, {}, id) : await bring(found.blob, more);
      tell("Kalenderen er hentet ind.");
      go(`${HOME}/${made}`);
    });
  return (
    <>
      <p class="crumb">
        <a href={HOME}>Kalendere</a>
        {known && (
          <>
            {" "}
            / <a href={`${HOME}/${known.id}`}>{known.name}</a>
          </>
        )}
      </p>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>{known ? "En ny fil til kalenderen" : "En kalender fra en fil"}</h1>
          <p class="note-text">Intet ændres, før du har set, hvad der kommer ind.</p>
        </div>
      </div>
      <Drop busy={doing.busy} onFile={choose} />
      <div role="status">{doing.busy && <p>{found ? "Henter ind …" : "Læser filen …"}</p>}</div>
      <Wrong doing={doing} />
      {found && (
        <>
          <Found found={found} />
          <section class="panel">
            <header>
              <h2>Hent ind</h2>
            </header>
            <div class="in frm">
              {!id && (
                <>
                  <LineField
                    path="name"
                    label="Hvad hedder kalenderen?"
                    value={said.name}
                    limit={NAME_LIMIT}
                    onChange={(name) => setSaid({ ...said, name })}
                  />
                  <WhoseAndWhere said={said} onChange={setSaid} />
                </>
              )}
              <Button off={doing.busy || found.events === 0} onClick={send}>
                {found.events === 1 ? "Hent begivenheden ind" : `Hent ${number(found.events)} begivenheder ind`}
              </Button>
            </div>
          </section>
          <Remarks
            title="Kommer ikke med"
            of={found.left}
            about="Det her kan ikke hentes ind, som det står. Ret det der, hvor kalenderen bor."
          />
          <Remarks title="Set på med forbehold" of={found.notes} />
        </>
      )}
    </>
  );
}

function Drop({ busy, onFile }: { busy: boolean; onFile: (file: File | undefined) => void }) {
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <fieldset
      class={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (!busy) onFile(event.dataTransfer?.files[0]);
      }}
    >
      <legend class="vh">Filen</legend>
      <p>
        <b>Slip en kalenderfil her, eller vælg den</b>
      </p>
      <input
        ref={field}
        hidden
        type="file"
        accept=".ics,text/calendar"
        aria-label="Filen"
        onChange={(event) => {
          onFile(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <Button icon="filein" off={busy} onClick={() => field.current?.click()}>
        Vælg en fil
      </Button>
      <p class="note-text">En fil, der ender på .ics. Højst 5 MB.</p>
    </fieldset>
  );
}

function Found({ found }: { found: LookedAt }) {
  const now = today();
  return (
    <section class="panel">
      <header>
        <h2 id="found" tabIndex={-1}>
          {found.events === 0
            ? "Der er ingen kommende begivenheder"
            : `${upper(count(found.events, "begivenhed", "begivenheder"))} kommer ind`}
        </h2>
      </header>
      <div class="in">
        {!found.whole && (
          <Note tone="bad" icon="warn">
            <p>Filen ser ud til at være skåret af eller beskadiget. Hent den igen, hvis der mangler noget.</p>
          </Note>
        )}
        <ul class="todo">
          {found.shown.map((event) => (
            <li key={event.line}>
              <span>
                <b>{event.name.da}</b>
                {event.cancelled && " (aflyst)"}
                <br />
                <span class="note-text">
                  {whenOf(event, now)}
                  {event.where ? `. ${event.where.da}` : ""}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {found.events > found.shown.length && <p class="note-text">De første {number(found.shown.length)} er vist.</p>}
        {found.past > 0 && (
          <p class="note-text">{upper(count(found.past, "er forbi", "er forbi"))} og bliver udeladt.</p>
        )}
      </div>
    </section>
  );
}

/** The quick ways into a new event: one like an earlier, the words of a mail, or a calendar's file. */
import { useRef, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import { fromIcs } from "../calendars/from-ics.ts";
import { type FromText, fromText } from "../calendars/from-text.ts";
import { events, places } from "../data/copy.ts";
import type { Event } from "../data/things.ts";
import { AreaField } from "../parts/field.tsx";
import { fieldWords } from "../parts/say.ts";
import { focusAt } from "../place/editing.ts";
import { and } from "../words.ts";
import { likeThis } from "./like-this.ts";
import { isOurs } from "./ours.ts";
import { EMPTY, type Name, type Values } from "./values.ts";
import { dayWords } from "./words.ts";

const MOST = 20_000;

export function Paste(p: { set: <F extends Name>(field: F, value: Values[F]) => void; today: string }) {
  const [asking, setAsking] = useState<"text" | "copy" | null>(null);
  const [unsure, setUnsure] = useState<readonly string[]>([]);
  const fill = (fields: Partial<Record<Name, unknown>>) => {
    for (const [field, value] of Object.entries(fields))
      if (field in EMPTY) p.set(field as Name, value as Values[Name] as never);
    setAsking(null);
    requestAnimationFrame(() => focusAt("name"));
  };
  const ours = [...events.value.values()].filter(isOurs);
  return (
    <section class="quick" aria-label="Hurtige veje">
      <div class="btns start">
        {ours.length > 0 && (
          <Button look="quiet" small icon="copy" onClick={() => setAsking("copy")}>
            Kopiér fra sidste år
          </Button>
        )}
        <Button look="quiet" small icon="inbox" onClick={() => setAsking("text")}>
          Sæt tekst ind
        </Button>
      </div>
      <div role="status">
        {unsure.length > 0 && (
          <Note icon="info">
            <p>
              <b>Se efter her:</b> {and(unsure)}. Teksten kan læses på flere måder.
            </p>
          </Note>
        )}
      </div>
      {asking === "text" && (
        <TextDialog
          onClose={() => setAsking(null)}
          onText={(text) => {
            const known = [...places.value.values()].map(({ id, name }) => ({ id, name: name.da }));
            const read: FromText | null = IS_FILE.test(text) ? fromIcs(text, known) : fromText(text, known, p.today);
            if (!read) return false;
            setUnsure(read.unsure.map((field) => fieldWords(field).toLowerCase()));
            fill(read.set as Partial<Record<Name, unknown>>);
            return true;
          }}
        />
      )}
      {asking === "copy" && (
        <CopyDialog
          all={ours}
          today={p.today}
          onClose={() => setAsking(null)}
          onChoose={(event) => fill(likeThis(event, p.today))}
        />
      )}
    </section>
  );
}

/** A calendar's file, also where its words were pasted. */
const IS_FILE = /^\ufeff?\s*BEGIN:VCALENDAR/i;

/** `onText`: whether one event could be read of it. */
function TextDialog(p: { onClose: () => void; onText: (text: string) => boolean }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<"many" | "unread" | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const read = (words: string) => {
    if (!p.onText(words)) setWrong("many");
  };
  const take = (chosen: File | null | undefined) => {
    if (!chosen) return;
    setWrong(null);
    chosen.text().then(read, () => setWrong("unread"));
  };
  return (
    <Dialog title="Sæt tekst ind" onClose={p.onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the button below does the same */}
      <div
        class="frm in-dialog"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take(event.dataTransfer?.files[0]);
        }}
      >
        <AreaField
          path="paste"
          label="Teksten"
          hint="Fra en mail eller en plakat, eller en kalenderfil. Det, der kan læses, kommer i felterne. Teksten bliver på din telefon."
          rows={6}
          limit={MOST}
          value={text}
          onChange={(words) => {
            setWrong(null);
            setText(words);
          }}
        />
        <div role="alert">
          {wrong === "many" && (
            <p class="err">
              <Icon name="warn" />
              <span>
                Filen har ikke én begivenhed, men flere eller ingen. Hent den ind under{" "}
                <a href="/desk/kalendere">Kalendere</a> i stedet.
              </span>
            </p>
          )}
          {wrong === "unread" && (
            <p class="err">
              <Icon name="warn" />
              <span>Filen kunne ikke læses. Prøv en anden.</span>
            </p>
          )}
        </div>
        <input
          ref={file}
          class="vh"
          type="file"
          accept=".ics,text/calendar"
          aria-label="Kalenderfil"
          tabIndex={-1}
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <div class="btns">
          <Button off={text.trim() === "" || text.length > MOST} onClick={() => read(text)}>
            Udfyld felterne
          </Button>
          <Button look="quiet" icon="filein" onClick={() => file.current?.click()}>
            Vælg en kalenderfil
          </Button>
          <Button look="quiet" onClick={p.onClose}>
            Lad være
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function CopyDialog(p: {
  all: readonly Event[];
  today: string;
  onClose: () => void;
  onChoose: (event: Event) => void;
}) {
  const at = (event: Event) => event.staff?.schedule?.date ?? "";
  const sorted = [...p.all].sort((a, b) => at(b).localeCompare(at(a)));
  return (
    <Dialog title="Hvilken skal det ligne?" onClose={p.onClose}>
      <p class="note-text">Alt kommer med. Dagen bliver den samme ugedag et år efter. Ret den, hvis den er forkert.</p>
      <ul class="todo">
        {sorted.slice(0, 50).map((event) => (
          <li key={event.id}>
            <Icon name="calendar" />
            <span>
              <b>{event.name.da}</b>
              <br />
              <span class="note-text">{at(event) ? `første gang ${dayWords(at(event), p.today)}` : "uden dag"}</span>
            </span>
            <span class="btns does">
              <Button look="quiet" small label={`Vælg ${event.name.da}`} onClick={() => p.onChoose(event)}>
                Vælg
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <div class="btns">
        <Button look="quiet" onClick={p.onClose}>
          Lad være
        </Button>
      </div>
    </Dialog>
  );
}

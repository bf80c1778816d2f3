/** /desk/opsaetning/serveren: backup now, how the machine is, and how long what is kept. */
import { useEffect, useState } from "preact/hooks";
import { number } from "../../text/format.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { clock, today } from "../lists/words.ts";
import { logInAgain } from "../me.ts";
import { bytes } from "./check.ts";
import { Head } from "./form.tsx";
import { type BackupMade, backUp, type Health, health, type Pushes, troubles } from "./machine.ts";

export function Machine() {
  const looking = useDoing();
  const [told, setTold] = useState<Health | null>(null);
  const look = async () => setTold(await health());
  useEffect(() => looking.run(look), []);
  return (
    <>
      <Head title="Serveren">Sikkerhedskopi, plads, og hvor længe noget gemmes.</Head>
      <div class="desk-cols">
        <div class="desk-col">
          <Backup last={told?.backup ?? null} onMade={look} />
          <section class="panel" aria-label="Sådan har serveren det">
            <header>
              <h2>Sådan har den det</h2>
            </header>
            <div class="in stack">
              <Wrong doing={looking} />
              {looking.wrong && (
                <Button look="quiet" icon="repeat" onClick={() => looking.run(look)}>
                  Prøv igen
                </Button>
              )}
              {!told && !looking.wrong && <p role="status">Et øjeblik …</p>}
              {told && <Told told={told} />}
            </div>
          </section>
        </div>
        <div class="desk-col">
          <Kept />
        </div>
      </div>
    </>
  );
}

function Backup({ last, onMade }: { last: BackupMade | null; onMade: () => Promise<void> }) {
  const doing = useDoing();
  const [made, setMade] = useState<BackupMade | null>(null);
  const make = async () => {
    setMade(null);
    setMade(await backUp());
    await onMade();
  };
  return (
    <section class="panel" aria-label="Sikkerhedskopi">
      <header>
        <h2>Sikkerhedskopi</h2>
      </header>
      <div class="in stack">
        <p>
          {last
            ? `Den nyeste er fra ${clock(last.made_at, today())}, ${bytes(last.bytes)}.`
            : "Serveren laver dem selv hver nat, når den er sat op til det."}
        </p>
        <div role="status">
          {made && (
            <Note tone="good" icon="check">
              <p>
                <b>Kopien er lavet og læst igennem.</b> {bytes(made.bytes)}. Mappen hedder {made.name}.
              </p>
            </Note>
          )}
        </div>
        <Wrong doing={doing} />
        {doing.code === "login_again" ? (
          <Button icon="key" onClick={() => doing.run(() => logInAgain().then(make))}>
            Log ind igen, og lav kopien
          </Button>
        ) : (
          <Button look="quiet" icon="saved" off={doing.busy} onClick={() => doing.run(make)}>
            {doing.busy ? "Laver kopien …" : "Lav en kopi nu"}
          </Button>
        )}
      </div>
    </section>
  );
}

function Told({ told }: { told: Health }) {
  const wrong = troubles(told, Date.now());
  return (
    <>
      {wrong.map((words) => (
        <Note key={words} icon="warn">
          <p>{words}</p>
        </Note>
      ))}
      {wrong.length === 0 && <p>Alt er, som det skal være.</p>}
      <dl class="told">
        <Fact what="Data hentet ind">{told.imported_at ? clock(told.imported_at, today()) : "ved ikke"}</Fact>
        <Fact what="Databasen">{bytes(told.database_bytes)}</Fact>
        <Fact what="Plads på disken">{bytes(told.free_bytes)}</Fact>
        <Fact what="Beskeder">{pushes(told.pushes)}</Fact>
        <Fact what="Databasens udgave">{told.schema.slice(0, 4)}</Fact>
        {told.sources.map(({ source, things }) => (
          <Fact key={source} what={source}>
            {number(things)} ting
          </Fact>
        ))}
      </dl>
    </>
  );
}

function pushes({ phones, due }: Pushes): string {
  const reached = phones === 1 ? "1 telefon får dem" : `${number(phones)} telefoner får dem`;
  return due === 0 ? `${reached}, ingen venter` : `${reached}, ${number(due)} venter på at komme af sted`;
}

function Fact({ what, children }: { what: string; children: string | readonly (string | number)[] }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** As docs/privacy.md has it; what has no limit in the code says so. */
const KEPT: readonly (readonly [string, string])[] = [
  ["Hvem der gjorde hvad (loggen)", "24 måneder"],
  ["Et login", "7 dage, og 12 timer uden brug"],
  ["En invitation", "7 dage, én gang"],
  ["En fejl, der er rettet, hos borgerne", "14 dage"],
  ["Adressen på nettet på den, der melder en fejl", "højst en time, aldrig skrevet ned"],
  ["Prøvelinket i en browser", "90 dage, eller til prøven slutter"],
  ["Listen på en medarbejders computer", "til man logger ud, eller 30 dage uden brug"],
  ["Et billede, som ingen melding nævner", "24 timer"],
  ["En fil, der kun blev læst og ikke hentet ind", "7 dage"],
  ["Sikkerhedskopier", "de nyeste, så mange som serverens indstillinger siger (14)"],
  ["Meldte fejl med billeder, og steders tidligere udgaver", "der er ingen frist endnu"],
];

function Kept() {
  return (
    <section class="panel" aria-label="Hvor længe noget gemmes">
      <header>
        <h2>Hvor længe noget gemmes</h2>
      </header>
      <div class="in stack">
        <dl class="told">
          {KEPT.map(([what, long]) => (
            <Fact key={what} what={what}>
              {long}
            </Fact>
          ))}
        </dl>
        <p class="note-text">Fristerne ligger i programmet og kan ikke ændres her.</p>
      </div>
    </section>
  );
}

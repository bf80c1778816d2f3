/** /desk/mig: my passkeys and where I am logged in. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { forgetStaff } from "./data/copy.ts";
import { leave } from "./data/write.ts";
import { go } from "./go.ts";
import { LinkPanel } from "./link-panel.tsx";
import { addPasskey, endSession, logInAgain, logOut, me, removePasskey } from "./me.ts";
import { PersonName } from "./person-name.tsx";
import { handOver } from "./persons.ts";
import { day, ROLES } from "./words.ts";

export function Mine() {
  const doing = useDoing();
  const who = me.value;
  if (!who) return null;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>{who.name}</h1>
          <p class="note-text">
            {ROLES[who.role].name}. {ROLES[who.role].may}
          </p>
        </div>
        <div class="btns">
          <Button
            look="quiet"
            small
            onClick={() =>
              doing.run(async () => {
                await logOut();
                await leave(who.id);
                await forgetStaff();
                go("/login");
              })
            }
          >
            Log ud
          </Button>
        </div>
      </div>
      <Wrong doing={doing} />
      {doing.code === "login_again" && (
        <p>
          <Button icon="key" onClick={() => doing.run(logInAgain)}>
            Log ind igen
          </Button>
        </p>
      )}
      <div class="desk-cols">
        <section class="panel">
          <header>
            <h2>Adgangsnøgler</h2>
          </header>
          <div class="in list">
            <ul class="ticks bare" aria-label="Adgangsnøgler">
              {who.passkeys.map((key) => (
                <li key={key.id}>
                  <span>
                    <b>{key.name}</b>
                    <br />
                    <span class="note-text">
                      Lavet {day(key.added_on)}
                      {key.used_on && `, sidst brugt ${day(key.used_on)}`}
                    </span>
                  </span>
                  {who.passkeys.length > 1 && (
                    <Button
                      look="quiet"
                      small
                      label={`Fjern ${key.name}`}
                      onClick={() => doing.run(() => removePasskey(key.id))}
                    >
                      Fjern
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            <p>
              Lav gerne en mere på en anden telefon eller computer. Så er du ikke lukket ude, hvis den ene bliver væk.
            </p>
            <Button look="quiet" icon="plus" onClick={() => doing.run(addPasskey)}>
              Lav en mere
            </Button>
          </div>
        </section>
        <section class="panel">
          <header>
            <h2>Her er du logget ind</h2>
          </header>
          <div class="in list">
            <ul class="ticks bare" aria-label="Her er du logget ind">
              {who.sessions.map((session) => (
                <li key={session.id}>
                  <span>
                    <b>{session.device}</b>
                    <br />
                    <span class="note-text">{session.here ? "Det er her" : `Sidst brugt ${day(session.seen_on)}`}</span>
                  </span>
                  {!session.here && (
                    <Button
                      look="quiet"
                      small
                      label={`Log ud: ${session.device}`}
                      onClick={() => doing.run(() => endSession(session.id))}
                    >
                      Log ud
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        </section>
        {who.role === "organiser" && <HandOver id={who.id} />}
      </div>
    </>
  );
}

/** An organiser who stops: somebody else goes on with what is theirs. */
function HandOver({ id }: { id: string }) {
  const [name, setName] = useState("");
  const [lacks, setLacks] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  const doing = useDoing();
  if (url) return <LinkPanel name={name} url={url} />;
  return (
    <section class="panel">
      <header>
        <h2>Giv videre til en anden</h2>
      </header>
      <form
        class="in stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return setLacks(true);
          setLacks(false);
          doing.run(async () => setUrl(await handOver(id, name.trim())));
        }}
      >
        <p>Den nye får et link. Når det er brugt, er du logget ud, og det, du har lavet, er den nyes.</p>
        <PersonName id="successor" label="Navn på den nye" value={name} lacks={lacks} onChange={setName} />
        <Wrong doing={doing} />
        <button type="submit" class="btn quiet" aria-disabled={doing.busy}>
          {doing.busy ? "Et øjeblik …" : "Lav linket"}
        </button>
      </form>
    </section>
  );
}

/** /invite#code: whom it is for, and one tap that makes a passkey. A look uses nothing up. */
import { useEffect, useState } from "preact/hooks";
import { Band, Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { go } from "./go.ts";
import { askAgain, type Invited, openInvitation, useInvitation } from "./me.ts";
import { canMake } from "./webauthn.ts";
import { ROLES } from "./words.ts";

/** The code leaves the address at once: it is a key, and addresses are seen, kept and shared. */
function takeCode(): string {
  const code = location.hash.slice(1);
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}

export function Invite() {
  const [code] = useState(takeCode);
  const [invited, setInvited] = useState<Invited | null>(null);
  const [asked, setAsked] = useState(false);
  const looking = useDoing();
  const doing = useDoing();
  useEffect(() => {
    looking.run(async () => setInvited(await openInvitation(code)));
  }, []);
  const old = looking.code === "invitation_old" || looking.code === "invitation_used";
  const title = invited
    ? `Goddag, ${invited.name}`
    : old
      ? looking.code === "invitation_old"
        ? "Invitationen er for gammel"
        : "Invitationen er brugt"
      : looking.wrong
        ? "Invitationen kan ikke åbnes"
        : "Et øjeblik …";
  return (
    <div class="page">
      <main id="main" tabIndex={-1}>
        <header class="head">
          <Title>{title}</Title>
          {invited && <p class="lead">Du er inviteret som {ROLES[invited.role].name.toLowerCase()}.</p>}
          {!invited && looking.wrong && <p class="lead">{looking.wrong}</p>}
        </header>
        <Horizon />
        {invited && (
          <section class="band door-in">
            <Button
              wide
              icon="key"
              off={doing.busy || !canMake()}
              onClick={() =>
                doing.run(async () => {
                  await useInvitation(code);
                  go("/desk");
                })
              }
            >
              {doing.busy ? "Et øjeblik …" : "Lav en adgangsnøgle"}
            </Button>
            <p>
              {canMake()
                ? "Din telefon eller computer beder om finger, ansigt eller kode. Nøglen bliver på den, og der er ingen adgangskode at huske."
                : "Denne browser kan ikke lave adgangsnøgler. Åbn linket i en nyere, eller på en telefon."}
            </p>
            <Wrong doing={doing} />
          </section>
        )}
        {!invited && old && !asked && (
          <section class="band door-in">
            <Button
              wide
              icon="send"
              off={doing.busy}
              onClick={() =>
                doing.run(async () => {
                  await askAgain(code);
                  setAsked(true);
                })
              }
            >
              Bed om en ny
            </Button>
            <p>Den, der passer Mødesteder i kommunen, får besked. Du får et nyt link.</p>
            <Wrong doing={doing} />
          </section>
        )}
        {asked && (
          <Band>
            <Note tone="good" icon="check" live>
              <p>
                <b>Der er bedt om en ny.</b> Du behøver ikke gøre mere. Du får et nyt link af kommunen.
              </p>
            </Note>
          </Band>
        )}
        {!invited && looking.code === "unreached" && (
          <Band>
            <Button onClick={() => looking.run(async () => setInvited(await openInvitation(code)))}>Prøv igen</Button>
          </Band>
        )}
      </main>
    </div>
  );
}

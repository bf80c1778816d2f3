/** /login: a passkey, or the municipality's own login where there is one; nothing to remember. */
import { useEffect, useState } from "preact/hooks";
import { Band, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { go } from "./go.ts";
import { logIn } from "./me.ts";
import { goThere, type Own, ownLogin, takeWhy, whyWords } from "./municipal.ts";
import { canMake } from "./webauthn.ts";

const ASK = "den, der passer Mødesteder i kommunen";

export function Login() {
  const doing = useDoing();
  const leaving = useDoing();
  const [own, setOwn] = useState<Own | null>(null);
  const [why] = useState(takeWhy);
  // Without network there is no login of any kind: the tap says so.
  useEffect(() => void ownLogin().then(setOwn, () => setOwn(null)), []);
  const said = why === null ? null : whyWords(why, own?.ask ?? ASK);
  return (
    <div class="page">
      <main id="main" tabIndex={-1}>
        <header class="head">
          <Title>Log ind</Title>
          <p class="lead">For dig, der passer steder eller holder begivenheder.</p>
        </header>
        <Horizon />
        {said !== null && (
          <Band>
            <Note tone="bad" icon="warn" live>
              <p>{said}</p>
            </Note>
          </Band>
        )}
        <section class="band door-in">
          <Button
            wide
            icon="key"
            off={doing.busy || !canMake()}
            onClick={() =>
              doing.run(async () => {
                await logIn();
                go("/desk");
              })
            }
          >
            {doing.busy ? "Et øjeblik …" : "Log ind med adgangsnøgle"}
          </Button>
          <p>
            {canMake()
              ? "Brug finger, ansigt eller kode, som når du låser telefonen op. Der er ingen adgangskode at huske."
              : "Denne browser kan ikke bruge adgangsnøgler. Brug en nyere, eller en telefon."}
          </p>
          <Wrong doing={doing} />
        </section>
        {own && (
          <section class="band door-in">
            <h2>Ansat i kommunen?</h2>
            <Button look="quiet" wide icon="building" off={leaving.busy} onClick={() => leaving.run(() => goThere())}>
              {leaving.busy ? "Et øjeblik …" : own.button}
            </Button>
            <Wrong doing={leaving} />
          </section>
        )}
        <Band stack>
          <h2>Har du ingen adgangsnøgle?</h2>
          <p>
            Du får den med en invitation. Bed den, der passer Mødesteder i kommunen, om en ny, også hvis du har mistet
            din telefon.
          </p>
        </Band>
        <Band tone="ground" stack>
          <p>Skal du bare finde et sted? Så behøver du ikke logge ind.</p>
          <LinkButton look="plain" href="/">
            Se mødestederne
          </LinkButton>
        </Band>
      </main>
    </div>
  );
}

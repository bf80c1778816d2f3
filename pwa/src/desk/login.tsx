/** /login: a passkey, and nothing to remember. */
import { Band } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Title } from "../ui/head.tsx";
import { Horizon } from "../ui/horizon.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { go } from "./go.ts";
import { logIn } from "./me.ts";
import { canMake } from "./webauthn.ts";

export function Login() {
  const doing = useDoing();
  return (
    <div class="page">
      <main id="main" tabIndex={-1}>
        <header class="head">
          <Title>Log ind</Title>
          <p class="lead">For dig, der passer steder eller holder begivenheder.</p>
        </header>
        <Horizon />
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

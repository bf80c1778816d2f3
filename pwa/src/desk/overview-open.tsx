/** Opening the map: as a trial by a link, then for all. And letting a colleague in. */
import { useState } from "preact/hooks";
import { Button, LinkButton } from "../ui/button.tsx";
import { Dialog } from "../ui/sheet.tsx";
import { op } from "./ask.ts";
import { useDoing, Wrong } from "./busy.tsx";
import type { Site } from "./data/things.ts";
import { act, pullNow } from "./data/write.ts";
import { SaidNote, useActing } from "./lists/acting.tsx";
import { count } from "./lists/words.ts";
import { newCode } from "./persons.ts";

const SITE = { kind: "settings", id: "site" } as const;

/** Shown while the map is not open. What a link of before opened, it opens no more once there is a new one. */
export function Trial({ launch }: { launch: NonNullable<Site["launch"]> }) {
  const doing = useDoing();
  const [link, setLink] = useState("");
  const on = launch.state === "trial";
  const make = () =>
    doing.run(async () => {
      const { code, code_sha256 } = await newCode();
      await op("open_trial", SITE.kind, SITE.id, { code_sha256 });
      setLink(`${location.origin}/proeve#${code}`);
      await pullNow();
    });
  return (
    <section class="panel" aria-label="Åbn som prøve">
      <header>
        <h2>{on ? "Prøven er åben" : "Vil I vise det til nogen først?"}</h2>
      </header>
      <div class="in stack">
        <p>{on ? "Kun dem med linket ser kortet." : "Åbn som prøve. Så kan kun dem med linket se det."}</p>
        {link && <Link url={link} />}
        <Button look="quiet" icon="share" off={doing.busy} onClick={make}>
          {doing.busy ? "Et øjeblik …" : on ? "Lav et nyt link" : "Åbn som prøve"}
        </Button>
        {on && <p class="note-text">Et nyt link lukker det gamle.</p>}
        <Wrong doing={doing} />
      </div>
    </section>
  );
}

function Link({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="field">
      <label for="trial">Linket. Det vises kun her og nu</label>
      <input id="trial" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
      <Button
        look="quiet"
        small
        icon="copy"
        onClick={() =>
          void navigator.clipboard.writeText(url).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? "Kopieret" : "Kopiér"}
      </Button>
    </div>
  );
}

/** For all, and for good: only with as many places in use as the municipality has set itself. */
export function OpenForAll({ active, needed }: { active: number; needed: number }) {
  const acting = useActing();
  const [asking, setAsking] = useState(false);
  const lacking = needed - active;
  return (
    <section class="panel" aria-label="Åbn for alle">
      <header>
        <h2>Åbn kortet</h2>
      </header>
      <div class="in stack">
        <p>
          {lacking > 0
            ? "Så længe ser borgerne, at Mødesteder åbner snart."
            : "Alt er klar. Når I åbner, kan alle finde stederne."}
        </p>
        <Button
          icon="people"
          look={lacking > 0 ? "quiet" : ""}
          off={lacking > 0 || acting.busy}
          onClick={() => setAsking(true)}
        >
          {lacking > 0 ? `Mangler: ${count(lacking, "sted", "steder", true)} i brug` : "Åbn for alle"}
        </Button>
        <SaidNote acting={acting} />
      </div>
      {asking && (
        <Dialog title="Åbn for alle?" onClose={() => setAsking(false)}>
          <p>
            Kortet kan ikke lukkes igen: listen ligger så på folks telefoner. Steder kan stadig rettes, hvile og
            nedlægges.
          </p>
          <div class="btns">
            <Button
              onClick={() => {
                setAsking(false);
                acting.run(() => act("save_settings", SITE, { set: { launch: { state: "open" } } }));
              }}
            >
              Åbn for alle
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Vent lidt
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

export function InviteSomebody() {
  return (
    <section class="panel" aria-label="Inviter">
      <header>
        <h2>Inviter</h2>
      </header>
      <div class="in stack">
        <p>En kollega eller en forening. Linket gælder i syv dage.</p>
        <LinkButton look="quiet" icon="plus" href="/desk/folk">
          Ny invitation
        </LinkButton>
      </div>
    </section>
  );
}

/** /desk/venter: what was done here and has not come through: what waits for network, what was refused and why, what is half written. */
import { useState } from "preact/hooks";
import { Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { saveWords } from "../ui/file.ts";
import { Icon } from "../ui/icon.tsx";
import { Dialog, tell } from "../ui/sheet.tsx";
import { events, facilities, organisers, places, reading, routes } from "./data/copy.ts";
import { type Draft, drafts, drop } from "./data/draft.ts";
import { again, discard, type Unsent, unsent } from "./data/write.ts";
import { type Named, nameIn } from "./lists/names.ts";
import { clock, today, upper } from "./lists/words.ts";
import { me } from "./me.ts";
import { Todo } from "./overview-todo.tsx";
import { editorOf } from "./overview-waits.ts";
import { useWaits } from "./waits-all.ts";
import { asText, fieldWords, verbWords, whyWords } from "./waits-words.ts";
import { and } from "./words.ts";

type Asked = { readonly op: Unsent } | { readonly draft: Draft };

export function Waits(_: { rest?: readonly string[] }) {
  const known = {
    ...{ places: places.value, routes: routes.value, facilities: facilities.value },
    ...{ events: events.value, organisers: organisers.value },
  };
  const [asked, setAsked] = useState<Asked | null>(null);
  const day = today();
  const refused = unsent.value.filter(({ state }) => state === "refused");
  const waits = unsent.value.filter(({ state }) => state !== "refused");
  const begun = [...drafts.value.values()].filter(
    ({ set, clashes }) => clashes.length > 0 || Object.keys(set).length > 0,
  );
  const todo = useWaits(me.value?.rights.includes("admin") ?? false).filter(
    ({ key }) => !/^(?:refused|unsent|draft )/.test(key),
  );
  const empty = refused.length + waits.length + begun.length === 0;
  const save = (texts: readonly string[]) => {
    const name = `moedesteder-${day}.txt`;
    saveWords(name, texts);
    tell(`Filen hedder ${name} og ligger, hvor du plejer at finde det, du henter.`);
  };
  const all = [...unsent.value.map((op) => opText(known, op)), ...begun.map((draft) => draftText(known, draft))];
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Venter</h1>
          <p class="note-text">Det, du har skrevet på denne computer eller telefon, og som ikke er nået frem.</p>
        </div>
        {!empty && (
          <div class="btns">
            <Button look="quiet" small icon="download" onClick={() => save(all)}>
              Gem det hele som en fil
            </Button>
          </div>
        )}
      </div>
      {refused.length > 0 && (
        <List title="Kunne ikke sendes" note="Det, du skrev, er her endnu.">
          {refused.map((op) => (
            <li key={op.id}>
              <Icon name="warn" />
              <Told known={known} op={op} today={day} />
              <span class="btns does">
                <Button small label={`Prøv igen: ${named(known, op)}`} onClick={() => void again(op.id)}>
                  Prøv igen
                </Button>
                <Button
                  look="quiet"
                  small
                  label={`Gem som fil: ${named(known, op)}`}
                  onClick={() => save([opText(known, op)])}
                >
                  Gem som fil
                </Button>
                <Button look="quiet" small label={`Slet: ${named(known, op)}`} onClick={() => setAsked({ op })}>
                  Slet
                </Button>
              </span>
            </li>
          ))}
        </List>
      )}
      {waits.length > 0 && (
        <List
          title="Ikke sendt endnu"
          note={
            reading.value.reached
              ? "Det bliver sendt om lidt."
              : "Det bliver sendt, når der er net. Du skal ikke gøre noget."
          }
        >
          {waits.map((op) => (
            <li key={op.id}>
              <Icon name="wait" />
              <Told known={known} op={op} today={day} />
              <span class="btns does">
                <Button look="quiet" small label={`Send nu: ${named(known, op)}`} onClick={() => void again(op.id)}>
                  Send nu
                </Button>
                <Button look="quiet" small label={`Fortryd: ${named(known, op)}`} onClick={() => setAsked({ op })}>
                  Fortryd
                </Button>
              </span>
            </li>
          ))}
        </List>
      )}
      {begun.length > 0 && (
        <List title="Kladder" note="Gemt her, mens du skrev.">
          {begun.map((draft) => (
            <li key={`${draft.kind}/${draft.id}`}>
              <Icon name={draft.clashes.length > 0 ? "merge" : "edit"} />
              <span>
                <b>{draftName(known, draft)}</b>
                <br />
                <span class="note-text">{draftNote(draft, day)}</span>
              </span>
              <span class="btns does">
                <a
                  class={draft.clashes.length > 0 ? "btn small" : "btn quiet small"}
                  href={editorOf(draft.kind, draft.id)}
                  aria-label={`${draft.clashes.length > 0 ? "Saml" : "Skriv videre"}: ${draftName(known, draft)}`}
                >
                  {draft.clashes.length > 0 ? "Saml" : "Skriv videre"}
                </a>
                <Button
                  look="quiet"
                  small
                  label={`Smid væk: ${draftName(known, draft)}`}
                  onClick={() => setAsked({ draft })}
                >
                  Smid væk
                </Button>
              </span>
            </li>
          ))}
        </List>
      )}
      {empty && (
        <section class="panel">
          <Empty title="Alt er sendt">
            <p>Der ligger intet her, som serveren ikke har.</p>
            <div class="btns">
              <LinkButton look="quiet" href="/desk">
                Til overblikket
              </LinkButton>
              <LinkButton look="quiet" href="/desk/steder">
                Se stederne
              </LinkButton>
            </div>
          </Empty>
        </section>
      )}
      {todo.length > 0 && <Todo waits={todo} title="Venter også på dig" />}
      {asked && <Sure asked={asked} known={known} onClose={() => setAsked(null)} />}
    </>
  );
}

function List(p: { title: string; note: string; children: preact.ComponentChildren }) {
  return (
    <section class="panel apart" aria-label={p.title}>
      <header>
        <h2>{p.title}</h2>
        <span class="note-text">{p.note}</span>
      </header>
      <div class="in list">
        <ul class="todo">{p.children}</ul>
      </div>
    </section>
  );
}

const named = (known: Named, op: Unsent): string =>
  `${nameIn(known, op.subject.kind, op.subject.id)}, ${verbWords(op.verb)}`;

function Told({ known, op, today }: { known: Named; op: Unsent; today: string }) {
  const set = op.args.set as object | undefined;
  const fields = set ? `${upper(and(Object.keys(set).map(fieldWords)))}. ` : "";
  return (
    <span>
      <b>{nameIn(known, op.subject.kind, op.subject.id)}</b> {verbWords(op.verb).toLowerCase()}
      <br />
      <span class="note-text">
        {fields}Skrevet {clock(op.at, today)}.
      </span>
      {op.code && (
        <>
          <br />
          {op.state === "refused" ? whyWords(op.code, op.detail) : later(op.code)}
        </>
      )}
    </span>
  );
}

const LATER: Readonly<Record<string, string>> = {
  busy: "Serveren har travlt. Den prøver igen af sig selv.",
  blocked: "Den venter på noget andet om det samme.",
  blob_missing: "Et billede er ikke sendt endnu. Det bliver sendt først.",
  full: "Der er ikke mere plads på serveren. Sig det til den, der passer den.",
  rate_limited: "Der er sendt meget på kort tid. Den prøver igen af sig selv.",
};
const later = (code: string): string => LATER[code] ?? "Serveren kunne ikke tage imod det lige nu. Den prøver igen.";

const draftName = (known: Named, draft: Draft): string =>
  draft.isNew
    ? (draft.set.name as { da?: string } | undefined)?.da?.trim() || "Nyt, uden navn"
    : nameIn(known, draft.kind, draft.id);

function draftNote(draft: Draft, today: string): string {
  const fields = upper(and(Object.keys(draft.set).map(fieldWords)));
  if (draft.clashes.length > 0) return "To har rettet det samme. Vælg felt for felt.";
  if (draft.refused) return `${whyWords(draft.refused.code, draft.refused.detail)}`;
  return `${fields}. Skrevet ${clock(new Date(draft.at).toISOString(), today)}.`;
}

const opText = (known: Named, op: Unsent): string =>
  [`${nameIn(known, op.subject.kind, op.subject.id)}: ${verbWords(op.verb)}`, `Skrevet ${op.at}`, asText(op.args)].join(
    "\n",
  );

const draftText = (known: Named, draft: Draft): string =>
  [`${draftName(known, draft)}: kladde`, asText({ set: { ...draft.set, ...mine(draft) } })].join("\n");

const mine = (draft: Draft): Record<string, unknown> =>
  Object.fromEntries(draft.clashes.map((one) => [one.field, one.mine]));

function Sure({ asked, known, onClose }: { asked: Asked; known: Named; onClose: () => void }) {
  const op = "op" in asked ? asked.op : null;
  const words = op
    ? op.state === "sent"
      ? "Den har været på vej, så serveren kan have fået den."
      : "Det, du skrev, forsvinder herfra. Serveren har det ikke."
    : "Det, du skrev, forsvinder herfra. Det, der er gemt på serveren, bliver stående.";
  const title = op ? `Slet rettelsen af ${nameIn(known, op.subject.kind, op.subject.id)}?` : "Smid kladden væk?";
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{words}</p>
      <div class="btns">
        <Button
          look="danger"
          icon="trash"
          onClick={() => {
            onClose();
            if ("op" in asked) void discard(asked.op.id);
            else void drop(asked.draft.kind, asked.draft.id);
          }}
        >
          {op ? "Slet" : "Smid væk"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Behold
        </Button>
      </div>
    </Dialog>
  );
}

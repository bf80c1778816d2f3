/** /desk/arrangoerer/{id}: one organiser, its people and its events. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Dialog, tell } from "../../ui/sheet.tsx";
import { baseOf, events, organisers, reading, site } from "../data/copy.ts";
import { drafts, change as note } from "../data/draft.ts";
import type { Organiser } from "../data/things.ts";
import { act, newId, unsent } from "../data/write.ts";
import { pathOf } from "../events/path.ts";
import { EventBadge } from "../events/state.tsx";
import { coming, next, timeWords } from "../events/words.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { today } from "../lists/words.ts";
import { me } from "../me.ts";
import { Dock } from "../parts/dock.tsx";
import { DropDraft } from "../parts/drop-draft.tsx";
import { idOf, LineField, Tick } from "../parts/field.tsx";
import { type Step, useHistory, Went } from "../parts/history.tsx";
import { AddressField, NotesField } from "../parts/own-fields.tsx";
import { Reason, useReason } from "../parts/reason.tsx";
import { useSaveKey } from "../parts/save-key.ts";
import { type Person, people } from "../persons.ts";
import { clashSlot, Together } from "../place/clash-slot.tsx";
import { focusAt, useEditing } from "../place/editing.ts";
import { LeftDraft } from "../place/left-draft.tsx";
import { Refused } from "../place/refused.tsx";
import { check, EMPTY, NAME_LIMIT, type Name, type Values, valuesOf } from "./values.ts";

export const HOME = "/desk/arrangoerer";

/** `rest`: the organiser's id, or "ny". */
export function OrganiserEditor({ rest }: { rest: readonly string[] }) {
  const id = rest[0] ?? "ny";
  useEffect(() => {
    if (id !== "ny") return;
    const fresh = newId();
    note("organiser", fresh, "name", "", true);
    history.replaceState(null, "", `${HOME}/${fresh}`);
    go(`${HOME}/${fresh}`);
  }, [id]);
  if (id === "ny") return null;
  const organiser = organisers.value.get(id);
  const draft = drafts.value.get(`organiser/${id}`);
  if (organiser || draft?.isNew || (draft && reading.value.phase !== "ready"))
    return <Editor key={id} id={id} organiser={organiser ?? null} />;
  const coming = reading.value.phase !== "ready";
  return (
    <>
      <Crumb />
      <h1 tabIndex={-1}>{coming ? "Henter arrangøren …" : "Arrangøren er her ikke"}</h1>
      {!coming && <p>Den kan være trukket tilbage, eller adressen er forkert.</p>}
      <LeftDraft kind="organiser" id={id} />
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href={HOME}>Arrangører</a>
  </p>
);
const noName = () => null;

function Editor({ id, organiser }: { id: string; organiser: Organiser | null }) {
  const editing = useEditing("organiser", id, check);
  const [dropping, setDropping] = useState(false);
  const { draft, isNew, clashes, wrongs } = editing;
  const set = draft?.set ?? {};
  const values = valuesOf(organiser, set);
  const stands = valuesOf(organiser);
  const steps = useHistory("organiser", id, isNew ? null : baseOf("organiser", id));
  const change = <F extends Name>(field: F, value: Values[F]) =>
    editing.set(field, !isNew && value === stands[field] ? undefined : value);
  const chosen = [...clashes.values()].filter((one) => one.chosen !== null).length;
  const left = clashes.size - chosen;
  const changed = draft !== undefined && (isNew || Object.keys(set).length > 0 || clashes.size > 0);
  const save = () => void editing.send();
  const back = (step: Step) => {
    const known = step.fields.filter(({ field }) => field in EMPTY);
    for (const { field, before } of known) change(field as Name, (before ?? EMPTY[field as Name]) as never);
    tell(known.length > 0 ? "Felterne står, som de gjorde før. Se efter, og gem." : "Det kan ikke sættes tilbage her.");
    if (known[0]) focusAt(known[0].field);
  };
  useSaveKey(save);
  const slot = clashSlot(editing, steps, noName);
  return (
    <>
      <Crumb />
      <div class="ed-head">
        <h1 tabIndex={-1}>{values.name || "Ny arrangør"}</h1>
        {isNew && <span class="badge wait">ikke gemt endnu</span>}
      </div>
      <div class="ed">
        <form
          class="panel frm"
          noValidate
          onFocusOut={editing.left}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Together editing={editing} of="arrangøren" />
          <Refused editing={editing} />
          {slot(
            "name",
            <LineField
              path="name"
              label="Navn"
              hint="Som det står på plakaten: ”Nykøbing Krolf”."
              limit={NAME_LIMIT}
              wrongs={wrongs}
              value={values.name}
              onChange={(name) => change("name", name)}
            />,
          )}
          {slot(
            "url",
            <LineField
              path="url"
              label="Adresse på nettet"
              type="url"
              mode="url"
              limit={500}
              wrongs={wrongs}
              value={values.url ?? ""}
              onChange={(url) => change("url", url || null)}
            />,
          )}
          {slot(
            "at_once",
            <>
              <Tick id={idOf("at_once")} on={values.at_once} onTick={(on) => change("at_once", on)}>
                Det, de laver, vises med det samme
              </Tick>
              <p class="note-text">
                {site.value?.events_at_once
                  ? "Det gør det nu for alle foreninger. Det vælges under Opsætning."
                  : "Ellers ser I på det først, og så vises det."}
              </p>
            </>,
          )}
          {slot(
            "notes",
            <NotesField value={values.notes} wrongs={wrongs} onChange={(notes) => change("notes", notes)} />,
          )}
          {values.slug !== "" &&
            slot(
              "slug",
              <AddressField value={values.slug} wrongs={wrongs} onChange={(slug) => change("slug", slug)} />,
            )}
        </form>
        <aside class="desk-col" aria-label="Om arrangøren">
          {!isNew && organiser && (
            <>
              <Belong id={id} />
              <Held id={id} />
              <Went steps={steps} nameOf={noName} onBack={back} />
              <TakeBack organiser={organiser} />
            </>
          )}
          {changed && (
            <div class="btns start in-col">
              <Button look="quiet" small icon="trash" onClick={() => setDropping(true)}>
                Smid kladden væk
              </Button>
            </div>
          )}
        </aside>
      </div>
      <Dock
        {...(clashes.size > 0 ? { clashes: { all: clashes.size, chosen } } : {})}
        changed={changed}
        waits={unsent.value.some((op) => op.subject.id === id && op.state !== "refused")}
        at={draft?.at ?? null}
        busy={editing.busy}
        save={left > 0 ? `Vælg ${left} ${left === 1 ? "felt" : "felter"} mere` : "Gem"}
        onSave={save}
        onClose={() => go(HOME)}
      />
      {dropping && (
        <DropDraft
          onClose={() => setDropping(false)}
          onDrop={() => void editing.throwAway().then(() => isNew && go(HOME))}
        >
          {isNew
            ? "Arrangøren er ikke gemt endnu."
            : "Det, du har rettet, forsvinder. Arrangøren bliver, som den står."}
        </DropDraft>
      )}
    </>
  );
}

/** Who makes events for it; administrators alone know who works here. */
function Belong({ id }: { id: string }) {
  const admin = me.value?.rights.includes("admin") ?? false;
  const [all, setAll] = useState<readonly Person[] | null>(null);
  useEffect(() => {
    if (!admin) return;
    people().then(setAll, () => undefined);
  }, [admin, id]);
  if (!admin) return null;
  const here = (all ?? []).filter((person) => person.organiser_id === id && !person.ended_on);
  return (
    <section class="panel" aria-label="Folk">
      <header>
        <h2 class="small-h">Folk</h2>
      </header>
      <div class="in stack">
        {here.length === 0 ? (
          <p class="note-text">{all === null ? "Kan ikke hentes lige nu." : "Ingen er sat på endnu."}</p>
        ) : (
          <ul class="ticks bare">
            {here.map((person) => (
              <li key={person.id}>{person.name}</li>
            ))}
          </ul>
        )}
        <p>
          <a href="/desk/folk">Sæt en på under Folk</a>
        </p>
      </div>
    </section>
  );
}

function Held({ id }: { id: string }) {
  const now = new Date().toISOString();
  const held = [...events.value.values()]
    .filter((event) => event.organiser_id === id)
    .sort((a, b) => (coming(a, now)[0]?.start ?? "9").localeCompare(coming(b, now)[0]?.start ?? "9"));
  return (
    <section class="panel" aria-label="Begivenheder">
      <header>
        <h2 class="small-h">Begivenheder</h2>
      </header>
      <div class="in list">
        {held.length === 0 && <p class="note-text">Ingen endnu.</p>}
        <ul class="todo">
          {held.map((event) => {
            const time = next(event, now);
            return (
              <li key={event.id}>
                <Icon name="calendar" />
                <span>
                  <a href={pathOf(event.id)}>{event.name.da}</a>
                  <br />
                  <span class="note-text">{time ? timeWords(time, today()) : "ingen tid til gode"}</span>
                </span>
                <span class="does">
                  <EventBadge state={event.state} />
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function TakeBack({ organiser }: { organiser: Organiser }) {
  const acting = useActing();
  const [asking, setAsking] = useState(false);
  const reason = useReason("", "Skriv hvorfor, så de andre ved det.");
  const subject = { kind: "organiser", id: organiser.id } as const;
  const withdraw = () => {
    const why = reason.told();
    if (why === null) return;
    setAsking(false);
    acting.run(
      () => act("withdraw", subject, { why }),
      () => {
        if (location.pathname.includes(organiser.id)) go(HOME);
        const run = () => void act("restore", subject, {});
        tell(`${organiser.name} er trukket tilbage.`, { words: "Hent tilbage", run });
      },
    );
  };
  return (
    <section class="panel" aria-label="Mere">
      <div class="in t3 stack">
        <SaidNote acting={acting} />
        <div class="btns">
          <Button look="quiet" small icon="trash" off={acting.busy} onClick={() => setAsking(true)}>
            Træk tilbage
          </Button>
        </div>
      </div>
      {asking && (
        <Dialog title={`Træk ${organiser.name} tilbage?`} onClose={() => setAsking(false)}>
          <p>Arrangøren forsvinder fra listen. Den kan hentes tilbage.</p>
          <Reason {...reason} label="Hvorfor? Kun I kan læse det" hint="For eksempel: Foreningen er nedlagt." />
          <div class="btns">
            <Button look="danger" onClick={withdraw}>
              Træk tilbage
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Lad være
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

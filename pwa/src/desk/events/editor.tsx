/** /desk/begivenheder/{id}: one event, made or changed, kept while it is written, and together with whoever else writes it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { tell } from "../../ui/sheet.tsx";
import { baseOf, events, organisers, places, reading, routes, site } from "../data/copy.ts";
import { drafts } from "../data/draft.ts";
import type { Event } from "../data/things.ts";
import { act, unsent } from "../data/write.ts";
import { go } from "../go.ts";
import { today } from "../lists/words.ts";
import { me } from "../me.ts";
import { Dock } from "../parts/dock.tsx";
import { DropDraft } from "../parts/drop-draft.tsx";
import { type Step, useHistory, Went } from "../parts/history.tsx";
import { useSaveKey } from "../parts/save-key.ts";
import type { NameOf } from "../parts/say.ts";
import { clashSlot, Together } from "../place/clash-slot.tsx";
import { focusAt, useEditing } from "../place/editing.ts";
import { LeftDraft } from "../place/left-draft.tsx";
import { Refused } from "../place/refused.tsx";
import { AnswerLink } from "./answer-link.tsx";
import { Aside } from "./aside.tsx";
import { beginNew } from "./begin-new.ts";
import { EventForm } from "./form.tsx";
import { likeThis } from "./like-this.ts";
import { ownOrganiser } from "./ours.ts";
import { Paste } from "./paste.tsx";
import { LIST } from "./path.ts";
import { EventBadge, StatePanel } from "./state.tsx";
import { Times } from "./times.tsx";
import { type Aim, check, EMPTY, type Name, type Values, valuesOf } from "./values.ts";

/** `rest`: the event's id, or "ny". */
export function EventEditor({ rest }: { rest: readonly string[] }) {
  const id = rest[0] ?? "ny";
  useEffect(() => {
    if (id === "ny") beginNew({}, true);
  }, [id]);
  if (id === "ny") return null;
  const event = events.value.get(id);
  const draft = drafts.value.get(`event/${id}`);
  if (event?.staff || draft?.isNew || (draft && reading.value.phase !== "ready"))
    return <Editor key={id} id={id} event={event ?? null} />;
  return <Missing id={id} />;
}

function Missing({ id }: { id: string }) {
  const coming = reading.value.phase !== "ready";
  return (
    <>
      <Crumb />
      <h1 tabIndex={-1}>{coming ? "Henter begivenheden …" : "Begivenheden er her ikke"}</h1>
      {!coming && <p>Den kan være trukket tilbage, høre til en anden arrangør, eller adressen er forkert.</p>}
      <LeftDraft kind="event" id={id} />
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href={LIST}>Begivenheder</a>
  </p>
);

/** The questions of the form, where they are no names of fields. */
const LABELS = {
  name: "Hvad sker der?",
  where: "Hvor?",
  place_id: "Hvor?",
  schedule: "Hvornår?",
  host: "Hvem tager imod?",
};

const nameOf: NameOf = (id) =>
  places.peek().get(id)?.name.da ?? routes.peek().get(id)?.name.da ?? organisers.peek().get(id)?.name ?? null;

function Editor({ id, event }: { id: string; event: Event | null }) {
  const staff = me.value?.rights.includes("staff") ?? false;
  const aim = useRef<Aim>("keep");
  const editing = useEditing("event", id, (set, isNew) => check(set, isNew, event, aim.current));
  const [dropping, setDropping] = useState(false);
  // From the press until both are kept: what is said of it, and that it is to be shown.
  const [sending, setSending] = useState(false);
  const [done, setDone] = useState<"saved" | "shown" | "proposed" | null>(null);
  // Whoever was sent here before it was read stood on the heading that said so, which is gone.
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector("h1")?.focus({ preventScroll: true });
  }, []);
  const { draft, isNew, clashes } = editing;
  const set = draft?.set ?? {};
  const values = valuesOf(event, set);
  const stands = valuesOf(event);
  const state = event?.state ?? "draft";
  const steps = useHistory("event", id, isNew ? null : baseOf("event", id));
  const change = <F extends Name>(field: F, value: Values[F]) => {
    setDone(null);
    const asIs = !isNew && JSON.stringify(value) === JSON.stringify(stands[field]);
    editing.set(field, asIs ? undefined : value);
  };
  const chosen = [...clashes.values()].filter((one) => one.chosen !== null).length;
  const left = clashes.size - chosen;
  const waits = unsent.value.some((op) => op.subject.id === id && op.state !== "refused");
  const changed = draft !== undefined && (isNew || Object.keys(set).length > 0 || clashes.size > 0);
  const mine = ownOrganiser(event);
  const atOnce = staff || (site.value?.events_at_once ?? false) || (mine?.staff?.at_once ?? false);
  const unseen = state === "draft" || (state === "proposed" && staff);
  const save = async (wish: Aim) => {
    if (sending) return;
    aim.current = wish;
    const shows = wish === "show" && unseen;
    const to = atOnce ? "public" : "proposed";
    setSending(true);
    try {
      const outcome = await editing.send();
      if (!outcome || outcome.is === "refused") return;
      if (shows && to !== state) await act("move_event", { kind: "event", id }, { to });
    } finally {
      setSending(false);
    }
    setDone(shows ? (to === "public" ? "shown" : "proposed") : "saved");
    requestAnimationFrame(() => document.getElementById("done")?.focus());
  };
  const main: Aim = unseen ? "show" : "keep";
  const words = !unseen ? "Gem" : atOnce ? "Gem, og vis den" : "Gem, og send til kommunen";
  const back = (step: Step) => {
    const known = step.fields.filter(({ field }) => field in EMPTY);
    for (const { field, before } of known) change(field as Name, (before ?? EMPTY[field as Name]) as never);
    tell(known.length > 0 ? "Felterne står, som de gjorde før. Se efter, og gem." : "Det kan ikke sættes tilbage her.");
    if (known[0]) focusAt(known[0].field);
  };
  useSaveKey(() => void save(unseen ? "keep" : main));
  const slot = clashSlot(editing, steps, nameOf);
  return (
    <>
      <Crumb />
      <div class="ed-head">
        <h1 tabIndex={-1}>{values.name?.da || "Ny begivenhed"}</h1>
        {event && !isNew ? <EventBadge state={state} /> : <span class="badge wait">ikke gemt endnu</span>}
      </div>
      {isNew && <Paste set={change} today={today()} />}
      <div class="ed events">
        <form
          class="panel frm"
          noValidate
          onFocusOut={editing.left}
          onSubmit={(submitted) => {
            submitted.preventDefault();
            void save(main);
          }}
        >
          <Done done={done} event={event} />
          <Together editing={editing} of="begivenheden" />
          <Refused editing={editing} labels={LABELS} />
          <EventForm {...{ values, slot, staff }} wrongs={editing.wrongs} set={change} rule={event?.rule?.da ?? null} />
        </form>
        <aside class="desk-col" aria-label="Om begivenheden">
          {event && !isNew && (
            <>
              <StatePanel
                event={event}
                staff={staff}
                atOnce={atOnce}
                sent={done === "proposed"}
                onGone={() => go(LIST)}
              />
              <Times event={event} />
              <Aside event={event} staff={staff} />
              <Went steps={steps} nameOf={nameOf} onBack={back} />
            </>
          )}
          <section class="panel" aria-label="Mere">
            <div class="in t3">
              <div class="btns">
                {event && !isNew && (
                  <Button look="quiet" small icon="copy" onClick={() => beginNew(likeThis(event, today()))}>
                    Lav en magen til
                  </Button>
                )}
                {unseen && changed && left === 0 && (
                  <Button look="quiet" small off={editing.busy || sending} onClick={() => void save("keep")}>
                    Gem, uden at vise den
                  </Button>
                )}
                {changed && (
                  <Button look="quiet" small icon="trash" onClick={() => setDropping(true)}>
                    Smid kladden væk
                  </Button>
                )}
              </div>
            </div>
          </section>
        </aside>
      </div>
      <Dock
        {...(clashes.size > 0 ? { clashes: { all: clashes.size, chosen } } : {})}
        changed={changed || (unseen && event !== null && state === "draft")}
        waits={waits}
        at={draft?.at ?? null}
        busy={editing.busy || sending}
        save={left > 0 ? `Vælg ${left} ${left === 1 ? "felt" : "felter"} mere` : words}
        onSave={() => void save(main)}
        onClose={() => go(LIST)}
      />
      {dropping && (
        <DropDraft
          onClose={() => setDropping(false)}
          onDrop={() => void editing.throwAway().then(() => isNew && go(LIST))}
        >
          {isNew
            ? "Begivenheden er ikke gemt endnu. Alt, hvad du har skrevet, forsvinder."
            : "Det, du har rettet, forsvinder. Begivenheden bliver, som den står."}
        </DropDraft>
      )}
    </>
  );
}

/** What came of it, and what happens next. */
function Done({ done, event }: { done: "saved" | "shown" | "proposed" | null; event: Event | null }) {
  const path = event?.slug ? `/det-sker/${event.slug}` : null;
  const { reached } = reading.value;
  return (
    <div role="status" id="done" tabIndex={-1} class={done ? undefined : "vh"}>
      {done && (
        <Note tone="good" icon="check">
          {!reached ? (
            <p>
              <b>Det er gemt her.</b> Det bliver sendt, når der er net. Du skal ikke gøre noget.
            </p>
          ) : done !== "saved" && event?.state === "public" ? (
            <>
              <p>
                <b>{event.name.da} vises nu i appen.</b> De, der følger stedet eller jer, ser den næste gang, de har
                net.
              </p>
              {path && (
                <p>
                  <a href={path}>Se siden, som andre ser den</a>. Dér kan du følge den og få besked.
                </p>
              )}
            </>
          ) : done !== "saved" && event?.state === "proposed" ? (
            <>
              <p>
                <b>Kommunen har fået den.</b> De ser på den, og så vises den. Svaret står her og i din liste.
              </p>
              <AnswerLink id={event.id} />
            </>
          ) : (
            <p>
              <b>Det er gemt.</b>
              {event?.state === "draft" && " Ingen andre kan se den endnu."}
            </p>
          )}
        </Note>
      )}
    </div>
  );
}

/** /desk/steder/{id}: one place, made or changed, kept while it is written, and together with whoever else writes it. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { tell } from "../../ui/sheet.tsx";
import { baseOf, facilities, places, reading, routes } from "../data/copy.ts";
import { drafts } from "../data/draft.ts";
import type { LivePlace, StaffPlace } from "../data/things.ts";
import { unsent } from "../data/write.ts";
import { go } from "../go.ts";
import { Lifecycle, StateBadge } from "../lifecycle.tsx";
import { kindWords } from "../lists/names.ts";
import { Dock } from "../parts/dock.tsx";
import { DropDraft } from "../parts/drop-draft.tsx";
import { idOf } from "../parts/field.tsx";
import { type Step, useHistory, Went } from "../parts/history.tsx";
import { useSaveKey } from "../parts/save-key.ts";
import type { NameOf } from "../parts/say.ts";
import { beginNew } from "./begin-new.ts";
import { clashSlot, Together } from "./clash-slot.tsx";
import { copied } from "./copy-of.ts";
import { focusAt, useEditing } from "./editing.ts";
import { isOut } from "./form-of.ts";
import { Lacking } from "./lacking.tsx";
import { LeftDraft } from "./left-draft.tsx";
import { MapPanel, useWide } from "./map-panel.tsx";
import { MergeDialog } from "./merge.tsx";
import { Preview } from "./preview.tsx";
import { Refused } from "./refused.tsx";
import { PlaceForm } from "./sections.tsx";
import { check, EMPTY, lacks, type Name, type Values, valuesOf } from "./values.ts";

const LIST = "/desk/steder";

/** `rest`: the place's id, or "ny". */
export function PlaceEditor({ rest }: { rest: readonly string[] }) {
  const id = rest[0] ?? "ny";
  useEffect(() => {
    if (id === "ny") beginNew({ form: "spot" }, true);
  }, [id]);
  if (id === "ny") return null;
  const place = places.value.get(id);
  const draft = drafts.value.get(`place/${id}`);
  if (place?.state === "dissolved") return <Gone place={place} />;
  if (place || draft?.isNew || (draft && reading.value.phase !== "ready"))
    return <Editor key={id} id={id} place={place ?? null} />;
  return <Missing id={id} />;
}

function Missing({ id }: { id: string }) {
  const coming = reading.value.phase !== "ready";
  return (
    <>
      <Crumb />
      <h1 tabIndex={-1}>{coming ? "Henter stedet …" : "Stedet er her ikke"}</h1>
      {!coming && <p>Det kan være trukket tilbage, eller adressen er forkert.</p>}
      <LeftDraft kind="place" id={id} />
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href={LIST}>Steder</a>
  </p>
);

function Gone({ place }: { place: StaffPlace }) {
  const steps = useHistory("place", place.id, baseOf("place", place.id));
  return (
    <>
      <Crumb />
      <Head name={place.name.da} form={place.form} state={place.state} />
      <LeftDraft kind="place" id={place.id} />
      <div class="ed">
        <Lifecycle place={place} />
        <aside class="desk-col" aria-label="Om stedet">
          <Went steps={steps} nameOf={nameOf} onBack={null} />
        </aside>
      </div>
    </>
  );
}

function Head({ name, form, state }: { name: string; form: LivePlace["form"]; state: StaffPlace["state"] | null }) {
  return (
    <div class="ed-head">
      <Plate form={form} />
      <h1 tabIndex={-1}>{name || "Nyt sted"}</h1>
      {state ? <StateBadge state={state} /> : <span class="badge wait">ikke gemt endnu</span>}
    </div>
  );
}

const nameOf: NameOf = (id) => {
  const facility = facilities.peek().get(id);
  return routes.peek().get(id)?.name.da ?? places.peek().get(id)?.name.da ?? (facility ? kindWords(facility) : null);
};

function Editor({ id, place }: { id: string; place: LivePlace | null }) {
  const editing = useEditing("place", id, check);
  const [asking, setAsking] = useState<"merge" | "drop" | null>(null);
  const [drawing, setDrawing] = useState<number | null>(null);
  const wide = useWide();
  const { draft, isNew, clashes } = editing;
  const set = draft?.set ?? {};
  const values = valuesOf(place, set);
  const stands = valuesOf(place);
  const steps = useHistory("place", id, isNew ? null : baseOf("place", id));
  const change = <F extends Name>(field: F, value: Values[F]) => {
    const asIs = !isNew && JSON.stringify(value) === JSON.stringify(stands[field]);
    editing.set(field, asIs ? undefined : value);
  };
  const route = values.route_id ? routes.value.get(values.route_id) : undefined;
  // Without a name nothing is saved at all.
  const lacking: Name[] = [...(values.name?.da.trim() ? [] : ["name" as const]), ...lacks(values, route !== undefined)];
  const chosen = [...clashes.values()].filter((one) => one.chosen !== null).length;
  const left = clashes.size - chosen;
  const waits = unsent.value.some((op) => op.subject.id === id && op.state !== "refused");
  const changed = draft !== undefined && (isNew || Object.keys(set).length > 0 || clashes.size > 0);
  // What became of it stands in the dock.
  const save = () => editing.send();
  const back = (step: Step) => {
    const known = step.fields.filter(({ field }) => field in EMPTY);
    for (const { field, before } of known) change(field as Name, (before ?? EMPTY[field as Name]) as never);
    tell(known.length > 0 ? "Felterne står, som de gjorde før. Se efter, og gem." : "Det kan ikke sættes tilbage her.");
    if (known[0]) focusAt(known[0].field);
  };
  const draw = (at: number | null) => {
    setDrawing(at);
    requestAnimationFrame(() => {
      const to = document.getElementById(at === null ? idOf("approaches") : "place-map");
      to?.focus({ preventScroll: true });
      to?.scrollIntoView({ block: "nearest" });
    });
  };
  useSaveKey(() => void save());
  const slot = clashSlot(editing, steps, nameOf);
  const map = isOut(values.form) && (
    <MapPanel
      wide={wide}
      id={id}
      values={values}
      drawing={drawing}
      onDrawing={draw}
      onPoint={(point) => change("point", point)}
      onApproaches={(list) => change("approaches", list)}
    />
  );
  return (
    <>
      <Crumb />
      <Head name={values.name?.da ?? ""} form={values.form} state={isNew ? null : (place?.state ?? null)} />
      <div class={isOut(values.form) ? "ed maps" : "ed"}>
        <form
          class="panel frm"
          noValidate
          onFocusOut={editing.left}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Together editing={editing} />
          <Refused editing={editing} />
          <Lacking names={lacking} state={place?.state ?? "idea"} />
          <PlaceForm
            id={id}
            values={values}
            wrongs={editing.wrongs}
            set={change}
            slot={slot}
            drawing={drawing}
            onDraw={draw}
            map={wide ? null : map}
          />
        </form>
        <aside class="desk-col" aria-label="Om stedet">
          {wide && map}
          <Preview values={values} />
          {place && !isNew && <Lifecycle place={place} onGone={() => go(LIST)} />}
          {!isNew && <Went steps={steps} nameOf={nameOf} onBack={back} />}
          <section class="panel" aria-label="Mere">
            <header>
              <h2 class="small-h">Mere</h2>
            </header>
            <div class="in">
              <div class="btns">
                {!isNew && (
                  <Button look="quiet" small icon="copy" onClick={() => beginNew(copied(values))}>
                    Kopiér stedet
                  </Button>
                )}
                {!isNew && (
                  <Button look="quiet" small icon="merge" onClick={() => setAsking("merge")}>
                    Læg sammen med et andet
                  </Button>
                )}
                {changed && (
                  <Button look="quiet" small icon="trash" onClick={() => setAsking("drop")}>
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
        changed={changed}
        waits={waits}
        at={draft?.at ?? null}
        busy={editing.busy}
        save={left > 0 ? `Vælg ${left} ${left === 1 ? "felt" : "felter"} mere` : "Gem"}
        onSave={() => void save()}
        onClose={() => go(LIST)}
      />
      {asking === "merge" && place && (
        <MergeDialog
          kind="place"
          of={{
            id,
            name: place.name.da,
            point: place.point,
            known: place.state === "active" || place.state === "resting",
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "drop" && (
        <DropDraft
          onClose={() => setAsking(null)}
          onDrop={() => void editing.throwAway().then(() => isNew && go(LIST))}
        >
          {isNew
            ? "Stedet er ikke gemt endnu. Alt, hvad du har skrevet, forsvinder."
            : "Det, du har rettet, forsvinder. Stedet bliver, som det står."}
        </DropDraft>
      )}
    </>
  );
}

/** /desk/ting/{id}: one thing in the landscape, and the way from it to a meeting place. */
import { useEffect, useState } from "preact/hooks";
import { kinds } from "../../text/da/kinds.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { iconOf } from "../../ui/kinds.ts";
import { tell } from "../../ui/sheet.tsx";
import { baseOf, facilities, places, reading } from "../data/copy.ts";
import { change as begin, drafts } from "../data/draft.ts";
import type { Facility } from "../data/things.ts";
import { newId, unsent } from "../data/write.ts";
import { go } from "../go.ts";
import { kindWords } from "../lists/names.ts";
import { DrawMap } from "../map/draw-map.tsx";
import { AccessField } from "../parts/access.tsx";
import { Dock } from "../parts/dock.tsx";
import { DropDraft } from "../parts/drop-draft.tsx";
import { SourceList, YesNoFact } from "../parts/facts.tsx";
import { type Choice, ChoiceField, LineField } from "../parts/field.tsx";
import { type Step, useHistory, Went } from "../parts/history.tsx";
import { useSaveKey } from "../parts/save-key.ts";
import { SeasonField } from "../parts/season.tsx";
import { TextField } from "../parts/text.tsx";
import { beginNew } from "./begin-new.ts";
import { clashSlot, Together } from "./clash-slot.tsx";
import { ofFacility } from "./copy-of.ts";
import { useEditing } from "./editing.ts";
import { LeftDraft } from "./left-draft.tsx";
import { MapFrame, useWide } from "./map-panel.tsx";
import { MergeDialog } from "./merge.tsx";
import { PointField } from "./point.tsx";
import { Refused } from "./refused.tsx";
import { checkThing, NO_THING, type ThingName, type ThingValues, thingOf } from "./thing-values.ts";

const LIST = "/desk/steder";

/** GeoFA's kinds that have a word of ours. */
const CODES: readonly Choice<string>[] = Object.entries(kinds)
  .flatMap(([key, words]): Choice<string>[] => {
    const code = /^kind\.(\d+)$/.exec(key)?.[1];
    return code ? [[code, words]] : [];
  })
  .sort((a, b) => a[1].localeCompare(b[1], "da"));

/** `rest`: the facility's id, or "ny". */
export function FacilityEditor({ rest }: { rest: readonly string[] }) {
  const id = rest[0] ?? "ny";
  useEffect(() => {
    if (id !== "ny") return;
    const made = newId();
    begin("facility", made, "code", null, true);
    history.replaceState(null, "", `/desk/ting/${made}`);
    go(`/desk/ting/${made}`);
  }, [id]);
  if (id === "ny") return null;
  const facility = facilities.value.get(id);
  const draft = drafts.value.get(`facility/${id}`);
  if (facility || draft?.isNew || (draft && reading.value.phase !== "ready"))
    return <Editor key={id} id={id} facility={facility ?? null} />;
  return (
    <>
      <Crumb />
      <h1 tabIndex={-1}>{reading.value.phase === "ready" ? "Tingen er her ikke" : "Henter …"}</h1>
      <LeftDraft kind="facility" id={id} />
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href={LIST}>Steder</a>
  </p>
);
const noName = () => null;

function Editor({ id, facility }: { id: string; facility: Facility | null }) {
  const editing = useEditing("facility", id, checkThing);
  const [asking, setAsking] = useState<"merge" | "drop" | null>(null);
  const wide = useWide();
  const { draft, isNew, clashes, wrongs } = editing;
  const set = draft?.set ?? {};
  const values = thingOf(facility, set);
  const stands = thingOf(facility);
  const steps = useHistory("facility", id, isNew ? null : baseOf("facility", id));
  const change = <F extends ThingName>(field: F, value: ThingValues[F]) => {
    const asIs = !isNew && JSON.stringify(value) === JSON.stringify(stands[field]);
    editing.set(field, asIs ? undefined : value);
  };
  const chosen = [...clashes.values()].filter((one) => one.chosen !== null).length;
  const left = clashes.size - chosen;
  const changed = draft !== undefined && (isNew || Object.keys(set).length > 0 || clashes.size > 0);
  // What became of it stands in the dock.
  const save = () => editing.send();
  const back = (step: Step) => {
    for (const { field, before } of step.fields)
      if (field in NO_THING) change(field as ThingName, (before ?? NO_THING[field as ThingName]) as never);
    tell("Felterne står, som de gjorde før. Se efter, og gem.");
  };
  useSaveKey(() => void save());
  const slot = clashSlot(editing, steps, noName);
  const map = (
    <MapFrame wide={wide} title="På kortet">
      <DrawMap
        label={`Kort over ${values.name?.da || values.type_text || "den nye ting"}`}
        self={`facility/${id}`}
        point={values.point}
        onPoint={(point) => change("point", point)}
      />
    </MapFrame>
  );
  const title = values.name?.da || (facility ? kindWords(facility) : values.type_text) || "Ny ting";
  return (
    <>
      <Crumb />
      <div class="ed-head">
        <Icon name={iconOf(values)} />
        <h1 tabIndex={-1}>{title}</h1>
        {isNew && <span class="badge wait">ikke gemt endnu</span>}
      </div>
      <div class="ed maps">
        <form
          class="panel frm"
          noValidate
          onFocusOut={editing.left}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Together editing={editing} of="tingen" />
          <Refused editing={editing} />
          <SourceList />
          <div class="two">
            {slot(
              "code",
              <ChoiceField
                path="code"
                label="Type"
                hint="Den type, borgeren kan søge på."
                wrongs={wrongs}
                value={values.code === null ? "" : String(values.code)}
                choices={[
                  ["", "Anden type"],
                  ...CODES,
                  ...(values.code === null || CODES.some(([code]) => code === String(values.code))
                    ? []
                    : [[String(values.code), values.type_text || `Kode ${values.code}`] as const]),
                ]}
                onChange={(code) => {
                  change("code", code === "" ? null : Number(code));
                  const own = CODES.find(([one]) => one === code)?.[1];
                  if (own && (isNew || !values.type_text)) change("type_text", own);
                }}
              />,
            )}
            {slot(
              "type_text",
              <LineField
                path="type_text"
                label="Typen i ord"
                limit={200}
                wrongs={wrongs}
                value={values.type_text}
                onChange={(words) => change("type_text", words)}
              />,
            )}
          </div>
          {slot(
            "name",
            <TextField
              path="name"
              label="Navn"
              hint="Kun hvis den har et: Bænken ved Hasselø Nor."
              line
              limit={120}
              wrongs={wrongs}
              value={values.name}
              onChange={(name) => change("name", name)}
            />,
          )}
          {slot(
            "point",
            <PointField
              path="point"
              wrongs={wrongs}
              value={values.point}
              onChange={(point) => change("point", point)}
            />,
          )}
          {!wide && map}
          {slot(
            "season",
            <SeasonField
              path="season"
              label="Sæson"
              hint="Hvornår på året den er her."
              wrongs={wrongs}
              value={values.season}
              onChange={(season) => change("season", season)}
            />,
          )}
          {slot(
            "open_24h",
            <YesNoFact
              path="open_24h"
              label="Åben hele døgnet"
              yes="Ja"
              no="Nej"
              wrongs={wrongs}
              value={values.open_24h}
              onChange={(fact) => change("open_24h", fact)}
            />,
          )}
          {slot(
            "access",
            <AccessField
              path="access"
              title="Kan man komme hen til den?"
              wrongs={wrongs}
              value={values.access}
              onChange={(access) => access && change("access", access)}
            />,
          )}
          <ChoiceField
            path="public"
            label="Hvem ser den?"
            wrongs={wrongs}
            value={values.public === null ? "" : values.public ? "all" : "staff"}
            choices={[
              ["", isNew ? "Alle" : "Som nu"],
              ["all", "Alle"],
              ["staff", "Kun medarbejdere"],
            ]}
            onChange={(is) => editing.set("public", is === "" ? undefined : is === "all")}
          />
        </form>
        <aside class="desk-col" aria-label="Om tingen">
          {wide && map}
          {facility && !isNew && <Places facility={facility} onMerge={() => setAsking("merge")} />}
          {!isNew && <Went steps={steps} nameOf={noName} onBack={back} />}
          {changed && (
            <div class="btns start in-col">
              <Button look="quiet" small icon="trash" onClick={() => setAsking("drop")}>
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
        onSave={() => void save()}
        onClose={() => go(LIST)}
      />
      {asking === "merge" && facility && (
        <MergeDialog
          kind="facility"
          of={{ id, name: kindWords(facility), point: facility.point, known: true }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "drop" && (
        <DropDraft
          onClose={() => setAsking(null)}
          onDrop={() => void editing.throwAway().then(() => isNew && go(LIST))}
        >
          Det, du har skrevet her, forsvinder.
        </DropDraft>
      )}
    </>
  );
}

/** The meeting places that it belongs to, or the way to make one of it. */
function Places({ facility, onMerge }: { facility: Facility; onMerge: () => void }) {
  const at = [...places.value.values()].filter(
    (one) => one.state !== "dissolved" && one.facility_ids.includes(facility.id),
  );
  return (
    <section class="panel" aria-label="Mødesteder her">
      <header>
        <h2 class="small-h">{at.length > 0 ? "Hører til" : "Hører ikke til et mødested"}</h2>
      </header>
      <div class="in stack">
        {at.length > 0 && (
          <ul class="stack">
            {at.map((one) => (
              <li key={one.id}>
                <a href={`/desk/steder/${one.id}`}>{one.name.da}</a>
              </li>
            ))}
          </ul>
        )}
        <div class="btns">
          <Button
            small
            {...(at.length > 0 ? { look: "quiet" as const } : {})}
            icon="plus"
            onClick={() => beginNew(ofFacility(facility))}
          >
            Gør denne facilitet til et mødested
          </Button>
          <Button look="quiet" small icon="merge" onClick={onMerge}>
            Læg sammen med en anden
          </Button>
        </div>
        <p class="note-text">Kilde: {facility.source}.</p>
      </div>
    </section>
  );
}

/** The route editor's fields, in the order of the work: name, way, stretches, ways in, closures. */
import type { ComponentChildren } from "preact";
import type { Mode } from "../../api/types.gen.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/choose.tsx";
import { exact } from "../map/keys.ts";
import { ApproachesField } from "../parts/approaches.tsx";
import { ClosuresField } from "../parts/closures.tsx";
import { SourceList } from "../parts/facts.tsx";
import { ChoiceField, Err, idOf, type Wrongs, wrongAt } from "../parts/field.tsx";
import { AddressField } from "../parts/own-fields.tsx";
import { SeasonField } from "../parts/season.tsx";
import { TextField } from "../parts/text.tsx";
import { Stretches } from "./stretches.tsx";
import type { WayWork } from "./use-way.ts";
import type { RouteName, RouteValues } from "./values.ts";
import { metresOf } from "./way.ts";
import { WayMap } from "./way-map.tsx";

const MODES: readonly (readonly [Mode, string])[] = [
  ["walk", "Gå"],
  ["cycle", "Cykle"],
  ["drive", "Køre"],
  ["ride", "Ride"],
  ["paddle", "Padle"],
];

export interface RouteFormProps {
  readonly id: string;
  readonly isNew: boolean;
  /** Null: it stands nowhere yet. */
  readonly isPublic: boolean | null;
  readonly values: RouteValues;
  readonly wrongs: Wrongs;
  readonly work: WayWork;
  readonly change: <F extends RouteName>(field: F, value: RouteValues[F]) => void;
  readonly slot: (field: RouteName, children: ComponentChildren) => ComponentChildren;
}

export function RouteForm(p: RouteFormProps) {
  const { values, wrongs, work, change, slot } = p;
  return (
    <>
      <SourceList />
      {slot(
        "name",
        <TextField
          path="name"
          label="Navn"
          line
          limit={120}
          wrongs={wrongs}
          value={values.name}
          onChange={(name) => change("name", name)}
        />,
      )}
      <Way {...p} />
      <section class="part">
        <h2>Stræk</h2>
        <p class="note-text">Hvert stræk har ét underlag. Del ruten, hvor underlaget skifter.</p>
        <Stretches work={work} wrongs={wrongs} />
      </section>
      <section class="part">
        <h2>Hvem og hvornår</h2>
        {slot("modes", <Modes {...p} />)}
        {slot(
          "season",
          <SeasonField
            path="season"
            label="Sæson"
            hint="Hvornår på året ruten kan bruges."
            wrongs={wrongs}
            value={values.season}
            onChange={(season) => change("season", season)}
          />,
        )}
        {slot("public", <Public {...p} />)}
      </section>
      <section class="part">
        <h2>Frem til ruten</h2>
        {slot(
          "approaches",
          <ApproachesField
            path="approaches"
            wrongs={wrongs}
            value={values.approaches}
            drawing={work.doing.what === "approach" ? work.doing.at : null}
            onDraw={(at) => {
              work.go({ what: "approach", at });
              document.getElementById(idOf("stretches"))?.focus();
            }}
            onChange={(list) => {
              if (list.length < values.approaches.length) work.go({ what: "look" });
              change("approaches", list);
            }}
          />,
        )}
      </section>
      <section class="part">
        <h2>Lukket for en tid</h2>
        {slot("closures", <Closures {...p} />)}
      </section>
      {values.slug !== "" && !p.isNew && (
        <section class="part">
          <h2>Adresse</h2>
          {slot(
            "slug",
            <AddressField
              value={values.slug}
              wrongs={wrongs}
              under="/ruter"
              onChange={(slug) => change("slug", slug)}
            />,
          )}
        </section>
      )}
    </>
  );
}

function Way(p: RouteFormProps) {
  const { work, wrongs, values } = p;
  const { doing, way } = work;
  const wrong = wrongAt(wrongs, "stretches") ?? wrongAt(wrongs, "order", true);
  const id = idOf("stretches");
  const name = (of: string) => `stræk ${way.findIndex((one) => one.id === of) + 1}`;
  const title = {
    look: "Ruten på kortet",
    draw: doing.what === "draw" ? `Tegn ${name(doing.id)}` : "",
    cut: doing.what === "cut" ? `Del ${name(doing.id)}` : "",
    approach: doing.what === "approach" ? `Tegn vej ${doing.at + 1}` : "",
    closure: doing.what === "closure" ? `Vælg stræk til spærring ${doing.at + 1}` : "",
  }[doing.what];
  return (
    <section class={wrong ? "part field wrong" : "part"} id={id} tabIndex={-1} aria-label="Ruten på kortet">
      <h2>{title}</h2>
      <p class="note-text">
        {way.length} stræk, {exact(metresOf(way))} i alt.
      </p>
      {!work.ours && (
        <Note icon="key" flat>
          <p>
            <b>Linjen er registrets.</b> Den ændres i registeret og kommer hertil med næste import. Alt andet kan du
            rette her. Skal ruten gå anderledes, så tegn en ny rute.
          </p>
        </Note>
      )}
      <WayMap id={p.id} name={values.name?.da ?? ""} values={values} work={work} change={p.change} />
      {wrong && <Err id={`${id}-wrong`}>{wrong}</Err>}
      {doing.what === "closure" && (
        <div class="btns start">
          <Button small icon="check" onClick={() => work.go({ what: "look" })}>
            Færdig
          </Button>
        </div>
      )}
      {work.ours && doing.what === "look" && (
        <div class="btns start">
          <Button look="quiet" small icon="plus" onClick={work.add}>
            Tilføj et stræk
          </Button>
        </div>
      )}
    </section>
  );
}

function Modes({ values, change }: RouteFormProps) {
  return (
    <fieldset class="chips bare" id={idOf("modes")} tabIndex={-1}>
      <legend class="small-h">Måder at komme frem</legend>
      {MODES.map(([mode, words]) => {
        const on = values.modes.includes(mode);
        const next = MODES.map(([one]) => one).filter((one) => (one === mode ? !on : values.modes.includes(one)));
        return (
          <Chip key={mode} on={on} onClick={() => change("modes", next)}>
            {words}
          </Chip>
        );
      })}
    </fieldset>
  );
}

function Public({ values, change, wrongs, isPublic }: RouteFormProps) {
  const now = values.public ?? isPublic ?? true;
  return (
    <ChoiceField
      path="public"
      label="Hvem ser ruten?"
      hint="En rute, som et mødested bruger, skal alle kunne se."
      wrongs={wrongs}
      value={now ? "all" : "staff"}
      choices={[
        ["all", "Alle"],
        ["staff", "Kun medarbejdere"],
      ]}
      onChange={(is) => {
        const next = is === "all";
        change("public", next === (isPublic ?? true) ? null : next);
      }}
    />
  );
}

function Closures({ values, wrongs, work, change }: RouteFormProps) {
  const stretches = work.way.map(({ id }, i) => ({ id, name: `Stræk ${i + 1}` }));
  return (
    <>
      <ClosuresField
        path="closures"
        wrongs={wrongs}
        value={values.closures}
        stretches={stretches}
        onChange={(list) => {
          if (list.length < values.closures.length) work.go({ what: "look" });
          change("closures", list);
        }}
      />
      {values.closures.length > 0 && stretches.length > 1 && (
        <div class="btns start">
          {values.closures.map((_, at) => (
            <Button
              key={at}
              look="quiet"
              small
              onClick={() => {
                work.go({ what: "closure", at });
                document.getElementById(idOf("stretches"))?.focus();
              }}
            >
              Vælg stræk til spærring {at + 1} på kortet
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

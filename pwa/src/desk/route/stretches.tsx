/** The stretches of a route, one by one: how long, what they are made of, and what is done to their line. */
import { decode } from "../../geo/line.ts";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { exact } from "../map/keys.ts";
import { lengthOf } from "../map/line.ts";
import { AccessField, type AccessName } from "../parts/access.tsx";
import { ChoiceFact } from "../parts/facts.tsx";
import { Err, idOf, type Wrongs, wrongAt } from "../parts/field.tsx";
import { SURFACES } from "../parts/surface.ts";
import type { WayWork } from "./use-way.ts";
import { gaps, type Part } from "./way.ts";

/** A way has no door. */
const MEASURED: readonly AccessName[] = ["step_free", "width_cm", "kerb_cm", "gate_cm", "slope_pct"];
/** More than so many are folded: a long route has hundreds. */
const OPEN_MOST = 6;

export function Stretches({ work, wrongs }: { work: WayWork; wrongs: Wrongs }) {
  const { way } = work;
  const apart = gaps(way);
  const one = (part: Part, i: number) => (
    <Stretch
      key={part.id}
      part={part}
      at={i}
      work={work}
      wrongs={wrongs}
      far={apart.find(({ after }) => after === i)}
    />
  );
  return (
    <>
      <p class="note-text" role="status">
        {work.said}
      </p>
      {way.slice(0, OPEN_MOST).map(one)}
      {way.length > OPEN_MOST && (
        <More
          title={`${way.length - OPEN_MOST} stræk mere`}
          open={[...wrongs.keys()].some((at) => at.startsWith("stretches/"))}
        >
          <div class="group">{way.slice(OPEN_MOST).map((part, i) => one(part, i + OPEN_MOST))}</div>
        </More>
      )}
    </>
  );
}

function Stretch(p: {
  part: Part;
  at: number;
  work: WayWork;
  wrongs: Wrongs;
  far: { readonly metres: number } | undefined;
}) {
  const { part, at, work, wrongs } = p;
  const path = `stretches/${part.id}`;
  const wrong = wrongAt(wrongs, path);
  const name = `Stræk ${at + 1}`;
  const long = lengthOf(decode(part.line));
  const { doing, way } = work;
  const here = (doing.what === "draw" || doing.what === "cut") && doing.id === part.id;
  const toMap = (what: "draw" | "cut") => {
    work.go({ what, id: part.id });
    document.getElementById(idOf("stretches"))?.focus();
  };
  return (
    <fieldset class="one-of" id={idOf(path)} tabIndex={-1}>
      <legend>
        {name}, {part.line ? exact(long) : "ikke tegnet endnu"}
      </legend>
      {here && <p class="note-text">{doing.what === "draw" ? "Tegnes på kortet nu." : "Deles på kortet nu."}</p>}
      {p.far && (
        <p class="note-text">
          Der er {exact(p.far.metres)} fra enden her til begyndelsen af stræk {at + 2}. Tegn dem sammen, eller vend et
          af dem.
        </p>
      )}
      {wrong && <Err id={`${idOf(path)}-wrong`}>{wrong}</Err>}
      {work.ours && (
        <div class="btns start">
          <Button
            look="quiet"
            small
            icon="edit"
            label={`${part.line ? "Ret linjen" : "Tegn linjen"}: ${name.toLowerCase()}`}
            onClick={() => toMap("draw")}
          >
            {part.line ? "Ret linjen" : "Tegn linjen"}
          </Button>
          {part.line && (
            <Button look="quiet" small label={`Del ${name.toLowerCase()}`} onClick={() => toMap("cut")}>
              Del
            </Button>
          )}
          {part.line && at < way.length - 1 && (
            <Button
              look="quiet"
              small
              icon="merge"
              label={`Læg sammen med næste: ${name.toLowerCase()}`}
              onClick={() => work.join(at)}
            >
              Læg sammen med næste
            </Button>
          )}
          {part.line && (
            <Button look="quiet" small label={`Vend ${name.toLowerCase()}`} onClick={() => work.turn(part.id)}>
              Vend
            </Button>
          )}
          {at > 0 && (
            <Button look="quiet" small label={`Flyt op: ${name}`} onClick={() => work.shift(at, -1)}>
              Flyt op
            </Button>
          )}
          {way.length > 1 && (
            <Button
              look="quiet"
              small
              icon="trash"
              label={`Fjern ${name.toLowerCase()}`}
              onClick={() => work.remove(part.id)}
            >
              Fjern
            </Button>
          )}
        </div>
      )}
      <ChoiceFact
        wrongs={wrongs}
        path={`${path}/surface`}
        label="Underlag"
        choices={SURFACES}
        value={part.surface}
        onChange={(surface) => work.setPart({ ...part, surface })}
      />
      <More title="Adgang på strækket" open={[...wrongs.keys()].some((key) => key.startsWith(`${path}/access`))}>
        <AccessField
          wrongs={wrongs}
          path={`${path}/access`}
          title="Kan man komme frem?"
          names={MEASURED}
          value={part.access}
          onChange={(access) => access && work.setPart({ ...part, access })}
        />
      </More>
    </fieldset>
  );
}

/** The last way in, from a parking place, a stop or a road: each with its line on the map. */

import { metres } from "../../geo/distance.ts";
import { decode } from "../../geo/line.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceFact, type FactDraft } from "./facts.tsx";
import { ChoiceField, Err, idOf, LineField, type Part, wrongAt } from "./field.tsx";
import { ListField } from "./list.tsx";
import { SURFACES } from "./surface.ts";
import { type TextDraft, TextField } from "./text.tsx";

export interface ApproachDraft {
  readonly from: "parking" | "road" | "stop";
  readonly name: TextDraft | null;
  /** Metres; as typed until it is sent. */
  readonly length_m: number | string;
  readonly surface: FactDraft | null;
  /** Encoded; "" until it is drawn. */
  readonly line: string;
}

export const APPROACH_FROM = { parking: "parkering", stop: "stoppested", road: "vej" } as const;

/** Metres along a line that was drawn. */
export function lengthOfLine(line: string): number {
  const points = decode(line);
  return Math.round(points.reduce((sum, at, i) => sum + (i === 0 ? 0 : metres(points[i - 1] ?? at, at)), 0));
}

/** `onDraw`: the person wants to draw the line of this one. `drawing`: that which is drawn now. */
export function ApproachesField(
  p: Part<readonly ApproachDraft[]> & { readonly onDraw?: (at: number) => void; readonly drawing?: number | null },
) {
  const told = p.wrongs ? { wrongs: p.wrongs } : {};
  return (
    <ListField
      path={p.path}
      title="De sidste meter"
      hint="Fra parkering, stoppested eller vej og frem til stedet. Hver får sin linje på kortet."
      each="Vej"
      add="Tilføj en vej"
      items={p.value}
      most={10}
      wrongs={p.wrongs}
      fresh={(): ApproachDraft => ({ from: "parking", name: null, length_m: "", surface: null, line: "" })}
      onChange={p.onChange}
    >
      {(one, set, path, at) => (
        <>
          <ChoiceField
            {...told}
            path={`${path}/from`}
            label="Fra"
            value={one.from}
            choices={[
              ["parking", "Parkering"],
              ["stop", "Stoppested"],
              ["road", "Vej"],
            ]}
            onChange={(from) => set({ ...one, from })}
          />
          <TextField
            {...told}
            path={`${path}/name`}
            label="Hvad den hedder"
            hint="Som ”P-pladsen for enden af Norvej”."
            line
            limit={200}
            value={one.name}
            onChange={(name) => set({ ...one, name })}
          />
          <LineField
            {...told}
            path={`${path}/length_m`}
            label="Længde i meter"
            hint="Kommer af sig selv, når linjen er tegnet."
            short
            mode="numeric"
            value={String(one.length_m)}
            onChange={(length_m) => set({ ...one, length_m })}
          />
          <ChoiceFact
            {...told}
            path={`${path}/surface`}
            label="Underlag"
            choices={SURFACES}
            value={one.surface}
            onChange={(surface) => set({ ...one, surface })}
          />
          <Line {...p} at={at} path={path} line={one.line} />
        </>
      )}
    </ListField>
  );
}

function Line(
  p: Pick<Part<unknown>, "path" | "wrongs"> & {
    at: number;
    line: string;
    onDraw?: (at: number) => void;
    drawing?: number | null;
  },
) {
  const wrong = wrongAt(p.wrongs, `${p.path}/line`);
  const id = idOf(`${p.path}/line`);
  return (
    <div class={wrong ? "field wrong" : "field"} id={id} tabIndex={-1}>
      <p class="note-text">
        {p.drawing === p.at
          ? "Tegn linjen på kortet nu."
          : p.line
            ? `Linjen er tegnet: ${lengthOfLine(p.line)}\u00a0m.`
            : "Linjen er ikke tegnet endnu."}
      </p>
      {p.onDraw && (
        <div class="btns start">
          <Button
            look="quiet"
            small
            icon="edit"
            onClick={() => p.onDraw?.(p.at)}
            label={`${p.line ? "Ret linjen på kortet" : "Tegn linjen på kortet"}: vej ${p.at + 1}`}
          >
            {p.line ? "Ret linjen på kortet" : "Tegn linjen på kortet"}
          </Button>
        </div>
      )}
      {wrong && <Err id={`${id}-wrong`}>{wrong}</Err>}
    </div>
  );
}

/** Cutting a line in two: the spot is found on the map, or by metres from the beginning. */
import { useState } from "preact/hooks";
import { decode } from "../../geo/line.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../parts/field.tsx";
import { encode } from "./encode.ts";
import { exact } from "./keys.ts";
import { along, lengthOf, nearestOn, split } from "./line.ts";
import type { DrawMapProps, Point } from "./types.ts";
import type { Say } from "./use-line.ts";

export interface CutWork {
  readonly name: string;
  readonly at: Point | null;
  /** Metres from the beginning, of so many. */
  readonly metres: number;
  readonly of: number;
  near(at: Point): void;
  setMetres(metres: number): void;
  cut(): void;
}

/** Null where nothing is being cut. */
export function useCut(p: DrawMapProps, say: Say): CutWork | null {
  const [state, setState] = useState<{ readonly id: string; readonly metres: number } | null>(null);
  const { onSplit } = p;
  const line = onSplit && !p.editing ? p.lines?.find(({ id }) => id === p.cutting) : undefined;
  if (!line || !onSplit) return null;
  const points = decode(line.line);
  const of = lengthOf(points);
  const metres = state?.id === line.id ? Math.min(state.metres, of) : of / 2;
  const at = along(points, metres);
  const setMetres = (next: number): void => {
    setState({ id: line.id, metres: next });
    say({ words: `Deles ${exact(next)} fra begyndelsen, ${exact(of - next)} fra enden.` });
  };
  return {
    name: line.name,
    at,
    metres,
    of,
    near(to) {
      const on = nearestOn(points, to);
      if (on) setMetres(on.along_m);
    },
    setMetres,
    cut() {
      const halves = at && split(points, at);
      if (!halves) return say({ words: "Her er linjens ende. Vælg et sted inde på linjen.", wrong: true });
      onSplit(line.id, encode(halves.first), encode(halves.second));
      say({ words: `Delt: ${exact(lengthOf(halves.first))} og ${exact(lengthOf(halves.second))}.` });
    },
  };
}

export function CutTools({ cut, onDone }: { cut: CutWork; onDone?: () => void }) {
  return (
    <div class="draw-tools">
      <Field
        path="draw/cut"
        label={`Hvor skal ${cut.name.toLowerCase()} deles?`}
        hint={`${exact(cut.metres)} fra begyndelsen, af ${exact(cut.of)}.`}
      >
        {(tied) => (
          <input
            {...tied}
            type="range"
            min="1"
            max={String(Math.max(2, Math.round(cut.of) - 1))}
            step="1"
            value={String(Math.round(cut.metres))}
            aria-valuetext={`${exact(cut.metres)} fra begyndelsen`}
            onInput={(event) => cut.setMetres(Number(event.currentTarget.value))}
          />
        )}
      </Field>
      <div class="btns start">
        <Button small onClick={cut.cut}>
          Del her
        </Button>
        {onDone && (
          <Button look="quiet" small onClick={onDone}>
            Lad være
          </Button>
        )}
      </div>
    </div>
  );
}

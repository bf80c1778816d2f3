/** The lines that can be chosen, by name: the same as a tap on each. */
import { Tick } from "../parts/field.tsx";
import type { Drawn } from "./types.ts";

export function ChooseTools({
  lines,
  chosen,
  onChoose,
}: {
  lines: readonly Drawn[];
  chosen: readonly string[];
  onChoose: (ids: readonly string[]) => void;
}) {
  return (
    <fieldset class="draw-points picks">
      <legend>Valgt på kortet</legend>
      {lines.map(({ id, name }) => (
        <Tick
          key={id}
          on={chosen.includes(id)}
          onTick={(on) => onChoose(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
        >
          {name}
        </Tick>
      ))}
    </fieldset>
  );
}

/** Where it lies, in figures: the way of the keyboard, beside the map. */
import { useState } from "preact/hooks";
import type { Point } from "../../geo/distance.ts";
import { LineField, type Part, type Wrongs } from "../parts/field.tsx";
import { coordinates, inFigures } from "../parts/loose.ts";

/** `hint`: where no map is beside it. */
export function PointField({
  path,
  value,
  onChange,
  wrongs,
  label,
  hint,
}: Part<Point | null> & { readonly label?: string; readonly hint?: string }) {
  // While it is written it is words; what can be read is a point at once.
  const [typed, setTyped] = useState<{ readonly words: string; readonly of: string } | null>(null);
  const stands = value ? inFigures(value) : "";
  const shown = typed && (typed.of === stands || typed.words === stands) ? typed.words : stands;
  const read = shown.trim() === "" ? null : coordinates(shown);
  const wrong = read && "wrong" in read && shown !== stands ? read.wrong : undefined;
  const told: Wrongs = wrong ? new Map([...(wrongs ?? []), [path, wrong]]) : (wrongs ?? new Map());
  return (
    <LineField
      path={path}
      label={label ?? "Punkt på kortet, i tal"}
      hint={hint ?? "Du kan også sætte punktet på kortet. Tallene er bredde og længde, som 54,765, 11,872."}
      wrongs={told}
      value={shown}
      onChange={(words) => {
        const found = coordinates(words);
        const point = words.trim() === "" ? null : "point" in found ? found.point : value;
        setTyped({ words, of: point ? inFigures(point) : "" });
        if (point !== value) onChange(point);
      }}
      onLeave={() => {
        if (!wrong) setTyped(null);
      }}
    />
  );
}

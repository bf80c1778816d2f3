/** What a place lacks before citizens can be shown it, each a way to its field. */
import { Note } from "../../ui/band.tsx";
import type { StaffPlace } from "../data/things.ts";
import { fieldWords } from "../parts/say.ts";
import { focusAt } from "./editing.ts";
import type { Name } from "./values.ts";

export function Lacking({ names, state }: { names: readonly Name[]; state: StaffPlace["state"] }) {
  const open = state === "active" || state === "resting";
  if (names.length === 0) return null;
  return (
    <Note icon="info" {...(open ? { tone: "bad" as const } : {})}>
      <p>
        <b>{open ? "Stedet er i brug og må ikke mangle det her:" : "Mangler, før stedet kan tages i brug:"}</b>
      </p>
      <p class="lacks">
        {names.map((name) => (
          <a
            key={name}
            href={`#f-${name}`}
            onClick={(event) => {
              event.preventDefault();
              focusAt(name);
            }}
          >
            {fieldWords(name)}
          </a>
        ))}
      </p>
    </Note>
  );
}

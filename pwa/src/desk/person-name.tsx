/** Who is let in: a name, as long as the server takes one (server/model/person.py). */
import { Err } from "./parts/field.tsx";

const MOST = 80;

export function PersonName(p: {
  id: string;
  label: string;
  value: string;
  /** It was to be used, and there is none. */
  lacks: boolean;
  onChange: (name: string) => void;
}) {
  const lacks = `${p.id}-lacks`;
  return (
    <div class={p.lacks ? "field wrong" : "field"}>
      <label for={p.id}>{p.label}</label>
      <input
        id={p.id}
        value={p.value}
        maxLength={MOST}
        autocomplete="off"
        aria-describedby={p.lacks ? lacks : undefined}
        aria-invalid={p.lacks}
        onInput={(event) => p.onChange(event.currentTarget.value)}
      />
      {p.lacks && <Err id={lacks}>Skriv, hvem det er.</Err>}
    </div>
  );
}

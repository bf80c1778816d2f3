/** Since when the centre has appointed a place as a meeting place. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { baseOf } from "./data/copy.ts";
import type { LivePlace } from "./data/things.ts";
import { act } from "./data/write.ts";
import { SaidNote, useActing } from "./lists/acting.tsx";
import { today } from "./lists/words.ts";
import { Err } from "./parts/field.tsx";

export function Appointed({ place }: { place: LivePlace }) {
  const acting = useActing();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const stands = place.appointed_on ?? "";
  const value = typed ?? stands;
  const save = () => {
    const year = Number(value.slice(0, 4));
    if (value !== "" && (!/^\d{4}-\d\d-\d\d$/.test(value) || year < 1900 || value > today()))
      return setWrong("Skriv en dag, der har været, f.eks. i dag.");
    setWrong(null);
    const set = { appointed_on: value === "" ? null : value };
    acting.run(
      () => act("save_place", { kind: "place", id: place.id }, { set }, baseOf("place", place.id)),
      () => setTyped(null),
    );
  };
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for="appointed">Udpeget af centret</label>
      <p class="hint" id="appointed-hint">
        Dagen, hvor centret gjorde det til et mødested. Tom: det er ikke udpeget.
      </p>
      <div class="btns">
        <input
          id="appointed"
          type="date"
          class="short-date"
          max={today()}
          value={value}
          aria-describedby={wrong ? "appointed-wrong" : "appointed-hint"}
          aria-invalid={wrong !== null}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(null);
          }}
        />
        {value !== stands && (
          <Button look="quiet" small off={acting.busy} onClick={save}>
            Gem dagen
          </Button>
        )}
      </div>
      {wrong && <Err id="appointed-wrong">{wrong}</Err>}
      <SaidNote acting={acting} />
    </div>
  );
}

/** Choosing another place by its name: a field that narrows a short list of buttons. */
import { useState } from "preact/hooks";
import { fold } from "../text/fold.ts";
import { places } from "./data/copy.ts";
import { STATES } from "./lists/words.ts";

const MOST = 6;

/** `not`: the place that is being left. Only what citizens can go to is offered. */
export function PlaceChoice(p: {
  label: string;
  not: string;
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const [words, setWords] = useState("");
  const chosen = p.chosen ? places.value.get(p.chosen) : undefined;
  const wanted = fold(words.trim()).split(" ").filter(Boolean);
  const found =
    wanted.length === 0
      ? []
      : [...places.value.values()]
          .filter((place) => place.id !== p.not && (place.state === "active" || place.state === "resting"))
          .filter((place) => wanted.every((word) => fold(place.name.da).includes(word)))
          .slice(0, MOST);
  return (
    <div class="field">
      <label for="successor">{p.label}</label>
      {chosen ? (
        <p class="chosen">
          <b>{chosen.name.da}</b>{" "}
          <button type="button" class="btn plain small" onClick={() => p.onChoose(null)}>
            Vælg et andet
          </button>
        </p>
      ) : (
        <>
          <p class="hint" id="successor-hint">
            Skriv lidt af navnet. Lad det stå tomt, hvis der ikke er noget sted.
          </p>
          <input
            id="successor"
            type="search"
            autocomplete="off"
            value={words}
            aria-describedby="successor-hint"
            onInput={(event) => setWords(event.currentTarget.value)}
          />
          <p class="note-text" role="status">
            {wanted.length > 0 && found.length === 0 && "Ingen steder hedder sådan. Prøv et andet ord."}
          </p>
          {found.length > 0 && (
            <ul aria-label="Steder, der passer">
              {found.map((place) => (
                <li key={place.id}>
                  <button type="button" class="btn plain small" onClick={() => p.onChoose(place.id)}>
                    {place.name.da} ({STATES[place.state]})
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}

/** "Hvor?": a place or a route found by its name, an address on the net, or words. One field for all of them. */
import { useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { places, routes } from "../data/copy.ts";
import { Field, idOf, tooLong, wrongAt } from "../parts/field.tsx";
import { withWords } from "../parts/text.tsx";
import { isAddress, type Spot, spots } from "./find-where.ts";
import type { FormProps } from "./form-props.ts";
import { SHORT_LIMIT } from "./values.ts";

const MOST = 6;
const PATH = "where/da";

export function WhereField({ values, wrongs, set }: FormProps) {
  const { place_id, route_id, url, where } = values;
  // Of an address, the words that are being written; else the place's own field has it.
  const online = !place_id && !route_id && !where && url !== null;
  const typed = online ? (url ?? "") : (where?.da ?? "");
  const wroteUrl = useRef(online);
  const focus = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus());
  const choose = (spot: Spot) => {
    set("place_id", spot.kind === "place" ? spot.id : null);
    set("route_id", spot.kind === "route" ? spot.id : null);
    set("where", null);
    set("point", null);
    if (wroteUrl.current) set("url", null);
    focus("chosen-where");
  };
  const write = (words: string) => {
    const address = isAddress(words);
    // An address that was written elsewhere stays; one that was written here goes with its words.
    if (address || wroteUrl.current) set("url", address ? words : null);
    wroteUrl.current = address;
    set("where", address ? null : withWords(where ?? { da: "" }, "da", words));
  };
  const chosen = place_id ? places.value.get(place_id) : route_id ? routes.value.get(route_id) : undefined;
  if (place_id || route_id)
    return (
      <fieldset class="group as-field" id={idOf("place_id")} tabIndex={-1}>
        <legend>Hvor?</legend>
        <p class="wrap" id="chosen-where" tabIndex={-1}>
          <Icon name={place_id ? "pin" : "route"} />
          <b>{chosen?.name.da ?? (place_id ? "Et sted, der ikke er her mere" : "En rute, der ikke er her mere")}</b>
        </p>
        <div class="btns start">
          <Button
            look="quiet"
            small
            onClick={() => {
              set("place_id", null);
              set("route_id", null);
              focus(idOf(PATH));
            }}
          >
            Vælg et andet sted
          </Button>
        </div>
      </fieldset>
    );
  const found = online ? [] : spots(places.value.values(), routes.value.values(), typed, MOST);
  const wrong = wrongAt(wrongs, "where", true) ?? wrongAt(wrongs, "url", true) ?? tooLong(typed, SHORT_LIMIT);
  return (
    <div class="text-field">
      <Field
        path={PATH}
        label="Hvor?"
        hint="Skriv lidt af stedets navn, og vælg det. Eller skriv en adresse."
        wrong={wrong}
      >
        {(tied) => (
          <input
            {...tied}
            type="text"
            autocomplete="off"
            value={typed}
            onInput={(event) => write(event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="note-text" role="status">
        {found.length > 0 && (found.length === 1 ? "1 passer. Vælg det her:" : `${found.length} passer. Vælg et her:`)}
        {found.length === 0 && online && "En adresse på nettet: man er med hjemmefra."}
        {found.length === 0 &&
          !online &&
          typed.trim().length > 2 &&
          "Intet sted hedder sådan. Så står det, som du skriver det."}
      </p>
      {found.length > 0 && (
        <ul class="spots" aria-label="Steder og ruter, der passer">
          {found.map((spot) => (
            <li key={spot.id}>
              <button type="button" class="btn plain small" onClick={() => choose(spot)}>
                <Icon name={spot.kind === "place" ? "pin" : "route"} />
                {spot.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

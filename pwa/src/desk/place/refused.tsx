/** What is in the way of saving: each a way to its field, and what the server said no to where it belongs to none. */
import { Note } from "../../ui/band.tsx";
import { FIELD_WORDS, fieldWords } from "../parts/say.ts";
import { whyWords } from "../waits-words.ts";
import { type Editing, focusAt } from "./editing.ts";

const ORDER = Object.keys(FIELD_WORDS);

/** `labels`: what a field is called on this form, where that is something else than in a list of fields. */
export function Refused({ editing, labels = {} }: { editing: Editing; labels?: Readonly<Record<string, string>> }) {
  const { said, wrongs, tried } = editing;
  const fields = new Map<string, string>();
  for (const path of wrongs.keys()) {
    const field = path.split("/")[0] ?? path;
    if (!fields.has(field)) fields.set(field, path);
  }
  return (
    <div role="alert" class={said || (tried && fields.size > 0) ? undefined : "vh"}>
      {said && (
        <Note tone="bad" icon="warn">
          <p>
            <b>Det er ikke gemt på serveren.</b> {whyWords(said.code, said.detail)}
          </p>
          <p class="note-text">Det, du skrev, er i din kladde.</p>
        </Note>
      )}
      {!said && tried && fields.size > 0 && (
        <Note tone="bad" icon="warn">
          <p>
            <b>Ret det her, før du gemmer:</b>
          </p>
          <p class="lacks">
            {[...fields]
              .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
              .map(([field, path]) => (
                <a
                  key={field}
                  href={`#${path}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusAt(path);
                  }}
                >
                  {labels[field] ?? fieldWords(field)}
                </a>
              ))}
          </p>
        </Note>
      )}
    </div>
  );
}

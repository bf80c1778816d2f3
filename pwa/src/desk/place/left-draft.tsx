/** What somebody wrote of a thing that is here no more: to be read and copied, until they throw it away. */
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { drafts, drop } from "../data/draft.ts";
import { fieldWords, say } from "../parts/say.ts";

export function LeftDraft({ kind, id }: { kind: "place" | "facility" | "event" | "organiser"; id: string }) {
  const draft = drafts.value.get(`${kind}/${id}`);
  const told: [string, unknown][] = [
    ...Object.entries(draft?.set ?? {}),
    ...(draft?.clashes ?? []).map((one): [string, unknown] => [one.field, one.mine]),
  ];
  if (told.length === 0) return null;
  return (
    <section class="panel" aria-label="Din kladde">
      <Note icon="edit">
        <p>
          <b>Det, du skrev, er her endnu.</b> Kopiér det, du vil bruge et andet sted.
        </p>
      </Note>
      <div class="in stack t3">
        <dl class="stack">
          {told.map(([field, value]) => (
            <div key={field}>
              <dt>
                <b>{fieldWords(field)}</b>
              </dt>
              <dd class="own">{say(field, value).words}</dd>
            </div>
          ))}
        </dl>
        <div class="btns start">
          <Button look="quiet" small icon="trash" onClick={() => void drop(kind, id)}>
            Smid kladden væk
          </Button>
        </div>
      </div>
    </section>
  );
}

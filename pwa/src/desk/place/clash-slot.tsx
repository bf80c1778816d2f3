/** A form where two have written the same: what is said above it, and both versions in the place of a field. */
import type { ComponentChildren } from "preact";
import { Note } from "../../ui/band.tsx";
import { ClashField } from "../parts/clash.tsx";
import { stepOf, type useHistory } from "../parts/history.tsx";
import type { NameOf } from "../parts/say.ts";
import type { Editing } from "./editing.ts";
import { together, versionsBy } from "./together.ts";

export function clashSlot(editing: Editing, steps: ReturnType<typeof useHistory>, nameOf: NameOf) {
  return (field: string, children: ComponentChildren): ComponentChildren => {
    const one = editing.clashes.get(field);
    if (!one) return children;
    const by = versionsBy(one.clash, editing.draft?.at ?? null, stepOf(steps, field, one.clash.theirs));
    return (
      <ClashField
        key={`clash-${field}`}
        clash={one.clash}
        chosen={one.chosen}
        {...by}
        nameOf={nameOf}
        onChoose={(which) => editing.choose(field, which)}
      >
        {children}
      </ClashField>
    );
  };
}

/** `of`: the thing, as it stands in a sentence. */
export function Together({ editing, of }: { editing: Editing; of?: string }) {
  const all = [...editing.clashes.values()].map((one) => one.clash);
  if (all.length === 0) return null;
  const words = together(all, of);
  return (
    <Note icon="merge" live>
      <p>
        <b>{words.who}</b> {words.what}
      </p>
      <p class="note-text">Intet er overskrevet. Vælg felt for felt, eller skriv en ny tekst.</p>
    </Note>
  );
}

/** What every thing at the desk has of its own: notes that readers never see, and its address. */
import { AreaField, LineField, type Wrongs } from "./field.tsx";

/** Letters of notes (server/model, Notes). */
export const NOTES_LIMIT = 4000;

export function NotesField(p: {
  value: string | null;
  wrongs: Wrongs;
  /** Who else reads them, where somebody does. */
  also?: string;
  onChange: (notes: string | null) => void;
}) {
  return (
    <AreaField
      path="notes"
      label="Noter"
      hint={`Læses kun af medarbejdere${p.also ?? ""}.`}
      limit={NOTES_LIMIT}
      wrongs={p.wrongs}
      value={p.value ?? ""}
      onChange={(notes) => p.onChange(notes || null)}
    />
  );
}

/** `under`: where such things lie, "/steder"; without it the thing has no page of its own. */
export function AddressField(p: { value: string; wrongs: Wrongs; under?: string; onChange: (slug: string) => void }) {
  return (
    <LineField
      path="slug"
      label="Adresse i appen"
      {...(p.under ? { hint: `…${p.under}/${p.value}. Den gamle adresse bliver ved med at virke.` } : {})}
      limit={80}
      wrongs={p.wrongs}
      value={p.value}
      onChange={p.onChange}
    />
  );
}

/** Words for readers in an event's form: with their translations for staff; in the chair's minute in Danish alone. */
import type { ComponentChildren } from "preact";
import { AreaField, LineField, type Wrongs } from "../parts/field.tsx";
import { type TextDraft, TextField, withWords } from "../parts/text.tsx";

export function WordsField(p: {
  path: string;
  label: string;
  hint?: ComponentChildren;
  line?: boolean;
  rows?: number;
  limit: number;
  staff: boolean;
  value: TextDraft | null;
  wrongs: Wrongs;
  onChange: (value: TextDraft | null) => void;
}) {
  const common = {
    label: p.label,
    hint: p.hint,
    limit: p.limit,
    wrongs: p.wrongs,
    ...(p.rows ? { rows: p.rows } : {}),
  };
  if (p.staff)
    return (
      <TextField {...common} path={p.path} value={p.value} onChange={p.onChange} {...(p.line ? { line: true } : {})} />
    );
  const As = p.line ? LineField : AreaField;
  return (
    <As
      {...common}
      path={`${p.path}/da`}
      lang="da"
      value={p.value?.da ?? ""}
      onChange={(words) => p.onChange(withWords(p.value ?? { da: "" }, "da", words))}
    />
  );
}

/** Words for readers: Danish, and beside it, folded, the same by hand in English and German. */
import type { ComponentChildren } from "preact";
import type { Text } from "../../api/types.gen.ts";
import { More } from "../../ui/more.tsx";
import { AreaField, LineField, type Part, wrongAt } from "./field.tsx";

/** As it is written: an empty string stands for nothing. */
export type TextDraft = { readonly da: string; readonly en?: string; readonly de?: string };

const OTHERS = [
  ["en", "engelsk"],
  ["de", "tysk"],
] as const;
export const PROSE = 4000;

export function TextField(
  p: Part<TextDraft | null> & {
    readonly label: string;
    readonly hint?: ComponentChildren;
    readonly limit?: number;
    readonly rows?: number;
    /** One line. */
    readonly line?: boolean;
    /** The words of the translation's fold; without it none is asked for. */
    readonly quiet?: boolean;
  },
) {
  const value = p.value ?? { da: "" };
  const limit = p.limit ?? PROSE;
  const set = (language: keyof TextDraft, words: string) => p.onChange(withWords(value, language, words));
  const common = { wrongs: p.wrongs ?? new Map(), limit };
  const As = p.line ? LineField : AreaField;
  const translated = OTHERS.filter(([language]) => value[language]);
  const broken = OTHERS.some(([language]) => wrongAt(p.wrongs, `${p.path}/${language}`, true));
  return (
    <div class="text-field">
      <As
        {...common}
        path={`${p.path}/da`}
        label={p.label}
        hint={p.hint}
        lang="da"
        value={value.da}
        onChange={(words) => set("da", words)}
        {...(p.rows ? { rows: p.rows } : {})}
        {...(p.quiet ? { quiet: true } : {})}
      />
      <More
        open={broken}
        title={
          translated.length > 0
            ? `Oversat til ${translated.map(([, words]) => words).join(" og ")}`
            : `Oversæt: ${p.label.toLowerCase()}`
        }
      >
        <div class="two">
          {OTHERS.map(([language, words]) => (
            <As
              key={language}
              {...common}
              path={`${p.path}/${language}`}
              label={`${p.label} på ${words}`}
              lang={language}
              value={value[language] ?? ""}
              onChange={(typed) => set(language, typed)}
              {...(p.rows ? { rows: p.rows } : {})}
            />
          ))}
        </div>
      </More>
    </div>
  );
}

/** The text with words in one language; what is empty in a language that is not Danish leaves it, and all empty is nothing. */
export function withWords(text: TextDraft, language: keyof TextDraft, words: string): TextDraft | null {
  const next: Record<string, string> = { ...text, [language]: words };
  for (const [other] of OTHERS) if (!next[other]) delete next[other];
  return next.da || next.en || next.de ? (next as unknown as TextDraft) : null;
}

/** As it is sent: without spaces round it. */
export function sentText(text: TextDraft | null): Text | null {
  if (!text) return null;
  const [da, en, de] = [text.da.trim(), text.en?.trim(), text.de?.trim()];
  return da || en || de ? { da, ...(en ? { en } : {}), ...(de ? { de } : {}) } : null;
}

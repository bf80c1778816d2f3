/** What is known of a thing, with who said so and when it was seen; and "ved ikke", which is an answer too. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { More } from "../../ui/more.tsx";
import { today } from "../lists/words.ts";
import { day } from "../words.ts";
import { type Choice, ChoiceField, LineField, type Part, type Wrongs, wrongAt } from "./field.tsx";

/** As it is written: a number may still be words. */
export interface FactDraft {
  readonly value: unknown;
  readonly source: string;
  readonly seen_on: string;
}

/** Who said the last thing that was written here, and when: the next one is mostly of the same walk. */
const lastSaid = signal<{ readonly source: string; readonly seen_on: string } | null>(null);
const begun = (value: unknown): FactDraft => ({
  value,
  source: lastSaid.peek()?.source ?? "set på stedet",
  seen_on: lastSaid.peek()?.seen_on ?? today(),
});

/** Suggestions for a source; anything may be written. */
export const SOURCES = "fact-sources";
export function SourceList() {
  return (
    <datalist id={SOURCES}>
      {["set på stedet", "målt på stedet", "vejregistret", "ejeren af stedet", "GeoFA"].map((words) => (
        <option key={words} value={words} />
      ))}
    </datalist>
  );
}

type Fact = Part<FactDraft | null> & { readonly label: string; readonly hint?: ComponentChildren };

/** One of a few values. */
export function ChoiceFact<T extends string>(p: Fact & { readonly choices: readonly Choice<T>[] }) {
  const value = p.value === null ? "" : String(p.value.value);
  return (
    <div class="fact-field">
      <ChoiceField
        path={`${p.path}/value`}
        label={p.label}
        hint={p.hint}
        {...(p.wrongs ? { wrongs: p.wrongs } : {})}
        value={value as T | ""}
        choices={[["", "Ved ikke"], ...p.choices]}
        onChange={(chosen) =>
          p.onChange(chosen === "" ? null : p.value ? { ...p.value, value: chosen } : begun(chosen))
        }
      />
      <Said {...p} />
    </div>
  );
}

/** Yes or no. */
export function YesNoFact(p: Fact & { readonly yes: string; readonly no: string }) {
  const change = (next: FactDraft | null) => p.onChange(next && { ...next, value: String(next.value) === "true" });
  return (
    <ChoiceFact
      {...p}
      onChange={change}
      choices={[
        ["true", p.yes],
        ["false", p.no],
      ]}
    />
  );
}

/** A measure. An empty field is "ved ikke". */
export function NumberFact(p: Fact & { readonly decimal?: boolean; readonly mend?: ComponentChildren }) {
  const shown = p.value === null ? "" : String(p.value.value ?? "").replace(".", ",");
  return (
    <div class="fact-field">
      <LineField
        path={`${p.path}/value`}
        label={p.label}
        hint={p.hint}
        short
        mode={p.decimal ? "decimal" : "numeric"}
        mend={p.mend}
        after={p.value === null && <span class="dunno">ved ikke</span>}
        {...(p.wrongs ? { wrongs: p.wrongs } : {})}
        value={shown}
        onChange={(typed) => p.onChange(typed === "" ? null : p.value ? { ...p.value, value: typed } : begun(typed))}
      />
      <Said {...p} />
    </div>
  );
}

/** Who said it, and when it was seen: one line, which opens to be changed. */
export function Said({ path, value, onChange, wrongs }: Part<FactDraft | null>) {
  if (value === null) return null;
  const broken = wrongAt(wrongs, `${path}/source`) ?? wrongAt(wrongs, `${path}/seen_on`);
  const say = (next: FactDraft) => {
    lastSaid.value = { source: next.source, seen_on: next.seen_on };
    onChange(next);
  };
  const source = value.source || "ikke skrevet";
  return (
    <More open={Boolean(broken)} title={`Kilde: ${source}${value.seen_on ? `, ${day(value.seen_on)}` : ""}`}>
      <SaidFields path={path} value={value} onChange={say} {...(wrongs ? { wrongs } : {})} />
    </More>
  );
}

/** The two fields themselves. */
export function SaidFields<T extends { readonly source: string; readonly seen_on: string }>({
  path,
  value,
  onChange,
  wrongs,
}: {
  path: string;
  value: T;
  onChange: (next: T) => void;
  wrongs?: Wrongs;
}) {
  const told = wrongs ? { wrongs } : {};
  return (
    <div class="two">
      <LineField
        {...told}
        path={`${path}/source`}
        label="Kilde"
        hint="Læses af alle. Skriv intet navn på en privat person."
        list={SOURCES}
        limit={200}
        value={value.source}
        onChange={(source) => onChange({ ...value, source })}
      />
      <LineField
        {...told}
        path={`${path}/seen_on`}
        label="Set den"
        hint="Dagen, det blev set eller målt."
        type="date"
        value={value.seen_on}
        onChange={(seen_on) => onChange({ ...value, seen_on })}
      />
    </div>
  );
}

/** A part of each year: first and last day, both in it. */
import { MONTHS } from "../words.ts";
import { type Choice, ChoiceField, Field, idOf, type Wrongs, wrongAt } from "./field.tsx";

export interface SeasonDraft {
  readonly from: string;
  readonly through: string;
}

const CHOICES: readonly Choice<string>[] = MONTHS.map((words, i) => [String(i + 1).padStart(2, "0"), words] as const);
const LAST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days of a month, by its two figures. */
const days = (month: string): readonly Choice<string>[] =>
  Array.from({ length: LAST[Number(month) - 1] ?? 31 }, (_, i) => {
    const two = String(i + 1).padStart(2, "0");
    return [two, `${i + 1}.`] as const;
  });

/** MM-DD as a day and a month to choose. */
function DayOfYear(p: {
  path: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  wrong?: string | undefined;
}) {
  const [month = "01", on = "01"] = p.value.split("-");
  const set = (nextMonth: string, nextDay: string) => {
    const last = LAST[Number(nextMonth) - 1] ?? 31;
    p.onChange(`${nextMonth}-${String(Math.min(Number(nextDay), last)).padStart(2, "0")}`);
  };
  return (
    <Field path={p.path} label={p.label} wrong={p.wrong}>
      {(tied) => (
        <div class="pair">
          <select {...tied} value={on} onChange={(event) => set(month, event.currentTarget.value)}>
            {days(month).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <select
            id={`${idOf(p.path)}-month`}
            aria-label={`${p.label}: måned`}
            value={month}
            onChange={(event) => set(event.currentTarget.value, on)}
          >
            {CHOICES.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}

export function SeasonField(p: {
  path: string;
  label: string;
  hint?: string;
  value: SeasonDraft | null;
  onChange: (value: SeasonDraft | null) => void;
  wrongs?: Wrongs;
}) {
  return (
    <div class="stack">
      <ChoiceField
        path={p.path}
        label={p.label}
        hint={p.hint}
        value={p.value ? "part" : "all"}
        choices={[
          ["all", "Hele året"],
          ["part", "En del af året"],
        ]}
        onChange={(is) => p.onChange(is === "all" ? null : { from: "04-01", through: "09-30" })}
      />
      {p.value && (
        <div class="two">
          <DayOfYear
            path={`${p.path}/from`}
            label="Første dag"
            value={p.value.from}
            wrong={wrongAt(p.wrongs, `${p.path}/from`)}
            onChange={(from) => p.value && p.onChange({ ...p.value, from })}
          />
          <DayOfYear
            path={`${p.path}/through`}
            label="Sidste dag"
            value={p.value.through}
            wrong={wrongAt(p.wrongs, `${p.path}/through`)}
            onChange={(through) => p.value && p.onChange({ ...p.value, through })}
          />
        </div>
      )}
    </div>
  );
}

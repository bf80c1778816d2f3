/** How the columns of a table were read, and another reading of each. */
import { Button } from "../../ui/button.tsx";
import type { Column, ColumnRead, Found } from "./job.ts";

export function Columns(p: {
  found: Found;
  /** What somebody has said of them. */
  said: readonly Column[];
  busy: boolean;
  onSay: (columns: readonly Column[]) => void;
  onRead: () => void;
}) {
  const { columns } = p.found.result;
  const layers = new Set(columns.map((one) => one.layer)).size > 1;
  const changed = columns.some((one) => readAs(one, p.said) !== one.read_as);
  return (
    <section class="panel">
      <header>
        <h2>Kolonner</h2>
        <span class="note-text">Sådan er de læst. Vælg en anden, hvor der er gættet forkert.</span>
      </header>
      <table class="table">
        <thead>
          <tr>
            <th>I filen</th>
            {layers && <th>Ark</th>}
            <th>Læses som</th>
            <th>Hvorfor</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((one) => (
            <tr key={`${one.layer} ${one.column}`}>
              <td class="long">
                <b>{one.column}</b>
              </td>
              {layers && <td data-th="Ark:">{one.layer}</td>}
              <td>
                <span class="field">
                  <select
                    aria-label={`Kolonnen ${one.column} læses som`}
                    value={readAs(one, p.said)}
                    onChange={(event) => p.onSay(say(p.said, one, event.currentTarget.value))}
                  >
                    {Object.entries(p.found.fields).map(([field, words]) => (
                      <option key={field} value={field}>
                        {words}
                      </option>
                    ))}
                  </select>
                </span>
              </td>
              <td class="long note-text">{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed && (
        <div class="in">
          <p role="status">Du har valgt anderledes for en kolonne. Læs filen igen for at se, hvad der så sker.</p>
          <Button off={p.busy} onClick={p.onRead}>
            {p.busy ? "Et øjeblik …" : "Læs med de valgte kolonner"}
          </Button>
        </div>
      )}
    </section>
  );
}

export const readAs = (one: ColumnRead, said: readonly Column[]): string =>
  said.find(({ heading }) => heading === one.column)?.read_as ?? one.read_as;

/** What was said before, and this. What is as it was guessed needs no saying. */
export function say(said: readonly Column[], one: ColumnRead, read_as: string): readonly Column[] {
  const others = said.filter(({ heading }) => heading !== one.column);
  return read_as === one.read_as && others.length === said.length
    ? others
    : [...others, { heading: one.column, read_as }];
}

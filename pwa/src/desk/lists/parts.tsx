/** What the desk's lists share: a field to find by, a choice, and the rest of a long list. */
import { Button } from "../../ui/button.tsx";

/** So many rows at first, and so many more at a time. */
export const PAGE = 50;

export function Find(p: { id: string; label: string; value: string; onInput: (words: string) => void }) {
  return (
    <div class="field wide">
      <label for={p.id}>{p.label}</label>
      <input
        id={p.id}
        type="search"
        autocomplete="off"
        value={p.value}
        onInput={(event) => p.onInput(event.currentTarget.value)}
      />
    </div>
  );
}

export function Choose(p: {
  id: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}) {
  return (
    <div class="field">
      <label for={p.id}>{p.label}</label>
      <select id={p.id} value={p.value} onChange={(event) => p.onChoose(event.currentTarget.value)}>
        {p.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Whoever asked for more by keyboard goes on at the first of them. */
export function goOnAt(rows: string, n: number): void {
  requestAnimationFrame(() =>
    document.querySelectorAll(rows)[n]?.querySelector<HTMLElement>("a, button, summary")?.focus(),
  );
}

/** Nothing where all is shown. */
export function MoreRows({ shown, all, onMore }: { shown: number; all: number; onMore: () => void }) {
  if (shown >= all) return null;
  return (
    <div class="in t3 stack">
      <p class="note-text">
        {shown} af {all} vises.
      </p>
      <Button
        look="quiet"
        onClick={() => {
          onMore();
          goOnAt(".table tbody tr, .cards > .card", shown);
        }}
      >
        Vis {Math.min(PAGE, all - shown)} til
      </Button>
    </div>
  );
}

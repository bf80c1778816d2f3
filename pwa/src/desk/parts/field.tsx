/** A field with its label, help and error: the error under it, tied to it for those who hear. */
import "./form.css";
import type { ComponentChildren } from "preact";
import { number } from "../../text/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { lengthOf } from "./loose.ts";

/** What is wrong, by the path of the field: "name/da", "access/width_cm/value". */
export type Wrongs = ReadonlyMap<string, string>;
export const NOTHING_WRONG: Wrongs = new Map();

/** What every part of a form takes. `path` is the field's place in the body, and makes its id. */
export interface Part<T> {
  readonly path: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly wrongs?: Wrongs;
}

/** The id of the element that takes what is written at this path. */
export const idOf = (path: string): string => `f-${path.replace(/[^A-Za-z0-9]+/g, "-")}`;

/** What is wrong at a path; `deep`: or with anything inside it, for a field that has no fields of its own. */
export function wrongAt(wrongs: Wrongs | undefined, path: string, deep = false): string | undefined {
  const here = wrongs?.get(path);
  if (here !== undefined || !deep || !wrongs) return here;
  for (const [at, words] of wrongs) if (at.startsWith(`${path}/`)) return words;
  return undefined;
}

export interface Tied {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

export function Field(p: {
  path: string;
  label: ComponentChildren;
  /** Read by who hears, not shown: where a heading over it says it. */
  quiet?: boolean;
  hint?: ComponentChildren;
  wrong?: string | undefined;
  /** What mends it, beside what is wrong. */
  mend?: ComponentChildren;
  count?: { readonly text: string; readonly limit: number };
  children: (tied: Tied) => ComponentChildren;
}) {
  const id = idOf(p.path);
  const told = [p.hint && `${id}-hint`, p.wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class={p.wrong ? "field wrong" : p.count ? "field counted" : "field"}>
      <label for={id} class={p.quiet ? "vh" : undefined}>
        {p.label}
      </label>
      {p.hint && (
        <span class="hint" id={`${id}-hint`}>
          {p.hint}
        </span>
      )}
      {p.children({
        id,
        ...(told ? { "aria-describedby": told } : {}),
        ...(p.wrong ? { "aria-invalid": true as const } : {}),
      })}
      {p.count && <Count {...p.count} />}
      {p.wrong && <Err id={`${id}-wrong`}>{p.wrong}</Err>}
      {p.wrong && p.mend}
    </div>
  );
}

export function Err({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <span class="err" id={id}>
      <Icon name="warn" />
      <span>{children}</span>
    </span>
  );
}

function Count({ text, limit }: { text: string; limit: number }) {
  const n = lengthOf(text);
  return (
    <span class="hint count-of">
      {number(n)} af {number(limit)} tegn
    </span>
  );
}

/** What is said of a text that is longer than its field takes; undefined where it fits. */
export function tooLong(text: string, limit: number): string | undefined {
  const over = lengthOf(text) - limit;
  if (over <= 0) return undefined;
  return `Teksten er ${number(over)} tegn for lang. Højst ${number(limit)}. Kort den af. Den står i din kladde imens.`;
}

interface Line extends Part<string> {
  readonly label: ComponentChildren;
  readonly quiet?: boolean;
  readonly hint?: ComponentChildren;
  readonly limit?: number;
  readonly mend?: ComponentChildren;
  readonly short?: boolean;
  readonly lang?: string;
  readonly type?: "text" | "date" | "tel" | "url";
  readonly mode?: "numeric" | "decimal" | "tel" | "url";
  readonly list?: string;
  /** Beside the field, on its line. */
  readonly after?: ComponentChildren;
  /** Where it is left, its words are brought into shape. */
  readonly onLeave?: () => void;
}

/** One line. */
export function LineField(p: Line) {
  const wrong = wrongAt(p.wrongs, p.path, true) ?? (p.limit ? tooLong(p.value, p.limit) : undefined);
  // The room that is left is said when it matters.
  const near = p.limit && lengthOf(p.value) > p.limit * 0.75;
  return (
    <Field
      path={p.path}
      label={p.label}
      hint={p.hint}
      wrong={wrong}
      mend={p.mend}
      {...(p.quiet ? { quiet: true } : {})}
      {...(near && p.limit ? { count: { text: p.value, limit: p.limit } } : {})}
    >
      {(tied) => (
        <Beside of={p.after}>
          <input
            {...tied}
            value={p.value}
            type={p.type ?? "text"}
            autocomplete="off"
            {...(p.short ? { class: "short" } : {})}
            {...(p.lang ? { lang: p.lang } : {})}
            {...(p.mode ? { inputMode: p.mode } : {})}
            {...(p.list ? { list: p.list } : {})}
            onInput={(event) => p.onChange(event.currentTarget.value)}
            {...(p.onLeave ? { onBlur: p.onLeave } : {})}
          />
        </Beside>
      )}
    </Field>
  );
}

/** One form for both, so that the field is the same element before and after something is written in it. */
const Beside = ({ of, children }: { of: ComponentChildren; children: ComponentChildren }) => (
  <span class="beside">
    {children}
    {of}
  </span>
);

/** As many lines as the words take, so that all of them are seen: letters to a line, and the most lines. */
const A_LINE = 60;
const MOST_ROWS = 14;
function rowsFor(words: string, least: number): number {
  const lines = words.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / A_LINE)), 0);
  return Math.min(MOST_ROWS, Math.max(least, lines));
}

/** Several lines, with a count. */
export function AreaField(p: Line & { readonly rows?: number; readonly limit: number }) {
  const wrong = wrongAt(p.wrongs, p.path, true) ?? tooLong(p.value, p.limit);
  return (
    <Field
      path={p.path}
      label={p.label}
      hint={p.hint}
      wrong={wrong}
      count={{ text: p.value, limit: p.limit }}
      {...(p.quiet ? { quiet: true } : {})}
    >
      {(tied) => (
        <textarea
          {...tied}
          rows={rowsFor(p.value, p.rows ?? 3)}
          {...(p.lang ? { lang: p.lang } : {})}
          value={p.value}
          onInput={(event) => p.onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export type Choice<T extends string> = readonly [value: T, words: string];

/** One of a few. */
export function ChoiceField<T extends string>(
  p: Part<T> & {
    readonly label: ComponentChildren;
    readonly quiet?: boolean;
    readonly hint?: ComponentChildren;
    readonly choices: readonly Choice<T>[];
  },
) {
  return (
    <Field
      path={p.path}
      label={p.label}
      hint={p.hint}
      wrong={wrongAt(p.wrongs, p.path, true)}
      {...(p.quiet ? { quiet: true } : {})}
    >
      {(tied) => (
        <select {...tied} value={p.value} onChange={(event) => p.onChange(event.currentTarget.value as T)}>
          {p.choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or not, as a whole field to touch. */
export function Tick(p: { on: boolean; onTick: (on: boolean) => void; id?: string; children: ComponentChildren }) {
  return (
    <label class="pick">
      <input
        type="checkbox"
        checked={p.on}
        {...(p.id ? { id: p.id } : {})}
        onChange={(event) => p.onTick(event.currentTarget.checked)}
      />
      <span>{p.children}</span>
    </label>
  );
}

/** Fields that belong together, under one name. */
export function Group(p: {
  path: string;
  title: ComponentChildren;
  hint?: ComponentChildren;
  wrongs?: Wrongs | undefined;
  children: ComponentChildren;
}) {
  const id = idOf(p.path);
  const wrong = wrongAt(p.wrongs, p.path);
  return (
    <fieldset class={wrong ? "group wrong" : "group"} id={id} tabIndex={-1}>
      <legend>{p.title}</legend>
      {p.hint && <p class="hint">{p.hint}</p>}
      {p.children}
      {wrong && <Err id={`${id}-wrong`}>{wrong}</Err>}
    </fieldset>
  );
}

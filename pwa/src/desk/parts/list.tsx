/** Several of the same: each a group of its own, with one more, one less, and their order. */
import type { ComponentChildren } from "preact";
import { Button } from "../../ui/button.tsx";
import { Group, idOf, type Wrongs } from "./field.tsx";

export function ListField<T>(p: {
  path: string;
  title: ComponentChildren;
  hint?: ComponentChildren;
  /** "Spærring": what each is called, with its number. */
  each: string;
  add: string;
  items: readonly T[];
  most: number;
  ordered?: boolean;
  wrongs?: Wrongs | undefined;
  fresh: () => T;
  onChange: (items: readonly T[]) => void;
  children: (item: T, set: (item: T) => void, path: string, at: number) => ComponentChildren;
}) {
  const { items } = p;
  const focus = (path: string) =>
    queueMicrotask(() => requestAnimationFrame(() => document.getElementById(idOf(path))?.focus()));
  const move = (at: number, to: number) => {
    const next = [...items];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(to, 0, one);
    p.onChange(next);
    focus(`${p.path}/${to}`);
  };
  return (
    <Group path={p.path} title={p.title} hint={p.hint} wrongs={p.wrongs}>
      {items.map((item, at) => {
        const name = `${p.each} ${at + 1}`;
        const path = `${p.path}/${at}`;
        return (
          <fieldset class="one-of" key={at} id={idOf(path)} tabIndex={-1}>
            <legend>{name}</legend>
            {p.children(item, (next) => p.onChange(items.map((old, i) => (i === at ? next : old))), path, at)}
            <div class="btns start">
              {p.ordered && at > 0 && (
                <Button look="quiet" small label={`Flyt op: ${name}`} onClick={() => move(at, at - 1)}>
                  Flyt op
                </Button>
              )}
              {p.ordered && at < items.length - 1 && (
                <Button look="quiet" small label={`Flyt ned: ${name}`} onClick={() => move(at, at + 1)}>
                  Flyt ned
                </Button>
              )}
              <Button
                look="quiet"
                small
                icon="trash"
                label={`Fjern ${name.toLowerCase()}`}
                onClick={() => {
                  p.onChange(items.filter((_, i) => i !== at));
                  focus(p.path);
                }}
              >
                Fjern
              </Button>
            </div>
          </fieldset>
        );
      })}
      {items.length < p.most ? (
        <div class="btns start">
          <Button
            look="quiet"
            small
            icon="plus"
            onClick={() => {
              p.onChange([...items, p.fresh()]);
              focus(`${p.path}/${items.length}`);
            }}
          >
            {p.add}
          </Button>
        </div>
      ) : (
        <p class="note-text">Der er ikke plads til flere. Højst {p.most}.</p>
      )}
    </Group>
  );
}

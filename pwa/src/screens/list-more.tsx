/** A list that begins short: a few rows, then all, a hundred at a time, so that a long list never holds up the first row. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { number } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Rows } from "../ui/row.tsx";

const AT_ONCE = 100;

export function LongRows<T extends { id: string }>(p: {
  label: string;
  things: readonly T[];
  first: number;
  icon: IconName;
  /** The words of "all of them", where the rows are no places. */
  all?: "list.all" | "list.allStanding" | "list.allRoutes";
  /** Tells one list from another, so that a new search begins short again. */
  name: string;
  row: (thing: T) => ComponentChildren;
}) {
  const [open, setOpen] = useState({ name: p.name, shown: p.first });
  const shown = open.name === p.name ? Math.max(open.shown, p.first) : p.first;
  const left = p.things.length - shown;
  const more = () => setOpen({ name: p.name, shown: shown < AT_ONCE ? AT_ONCE : shown + AT_ONCE });
  return (
    <>
      {shown > 0 && p.things.length > 0 && (
        <Rows label={p.label}>
          {p.things.slice(0, shown).map((thing) => (
            <li key={thing.id}>{p.row(thing)}</li>
          ))}
        </Rows>
      )}
      {left > 0 && (
        <section class="band stack">
          <Button look="quiet" wide icon={p.icon} onClick={more}>
            {shown < AT_ONCE
              ? t(p.all ?? "list.all", { n: number(p.things.length) })
              : t("list.more", { n: number(Math.min(AT_ONCE, left)) })}
          </Button>
        </section>
      )}
    </>
  );
}

/** "Venter på dig": what waits, the most important first, each with its button. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { baseOf } from "./data/copy.ts";
import { act } from "./data/write.ts";
import { go } from "./go.ts";
import { type Acting, SaidNote, useActing } from "./lists/acting.tsx";
import { goOnAt } from "./lists/parts.tsx";
import { ALL } from "./lists/pick.ts";
import { wish } from "./lists/places.tsx";
import { today } from "./lists/words.ts";
import type { Does, Wait } from "./overview-waits.ts";

/** So many rows before the rest is asked for. */
const FIRST = 8;

export function Todo({ waits, title = "Venter på dig" }: { waits: readonly Wait[]; title?: string }) {
  const [all, setAll] = useState(false);
  const acting = useActing();
  const shown = all ? waits : waits.slice(0, FIRST);
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {waits.length > 1 && <span class="note-text">vigtigst først</span>}
      </header>
      <div class="in list">
        <SaidNote acting={acting} />
        {waits.length === 0 && <p class="t2">Intet lige nu. Alle steder er set, og ingen har meldt fejl.</p>}
        <ul class="todo">
          {shown.map((one) => (
            <Row key={one.key} one={one} acting={acting} />
          ))}
        </ul>
        {waits.length > shown.length && (
          <p class="t2">
            <Button
              look="quiet"
              small
              onClick={() => {
                setAll(true);
                goOnAt(".todo > li", FIRST);
              }}
            >
              Vis {waits.length - shown.length} til
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

function Row({ one, acting }: { one: Wait; acting: Acting }) {
  const words = one.rest ? `${one.title} ${one.rest}` : one.title;
  return (
    <li>
      <Icon name={one.icon} />
      <span>
        <b>{one.title}</b> {one.rest}
        {one.note && (
          <>
            <br />
            <span class="note-text">{one.note}</span>
          </>
        )}
      </span>
      <span class="btns does">
        <Do words={one.button} about={words} does={one.does} first={one.first} acting={acting} />
        {one.also && <Do words={one.also.button} about={words} does={one.also.does} first={false} acting={acting} />}
      </span>
    </li>
  );
}

function Do(p: { words: string; about: string; does: Does; first: boolean; acting: Acting }) {
  const { does } = p;
  const label = `${p.words}: ${p.about}`;
  if (does.is === "go")
    return (
      <a
        class={p.first ? "btn small" : "btn quiet small"}
        href={does.href}
        aria-label={label}
        onClick={(event) => {
          if (!does.lack || event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          wish.value = { ...ALL, lack: does.lack };
          go(does.href);
        }}
      >
        {p.words}
      </a>
    );
  const { place } = does;
  const subject = { kind: "place", id: place.id } as const;
  const work = {
    seen: () => act("save_place", subject, { set: { last_seen_on: today() } }, baseOf("place", place.id)),
    rest: () => act("move_state", subject, { to: "resting" }),
    activate: () => act("move_state", subject, { to: "active" }),
  }[does.is];
  return (
    <Button look={p.first ? "" : "quiet"} small label={label} off={p.acting.busy} onClick={() => p.acting.run(work)}>
      {p.words}
    </Button>
  );
}

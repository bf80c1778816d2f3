/** Spærringer: a place, or chosen stretches of a route, closed from–to, with the reason in plain words. */

import { today } from "../lists/words.ts";
import { Err, idOf, LineField, type Part, Tick, wrongAt } from "./field.tsx";
import { ListField } from "./list.tsx";
import { type TextDraft, TextField } from "./text.tsx";

export interface ClosureDraft {
  readonly from: string;
  readonly to: string | null;
  readonly why: TextDraft | null;
  /** Null: all of it. */
  readonly stretch_ids: readonly string[] | null;
}

/** `stretches`: those of a route, to be chosen among. */
export function ClosuresField(
  p: Part<readonly ClosureDraft[]> & { readonly stretches?: readonly { readonly id: string; readonly name: string }[] },
) {
  const told = p.wrongs ? { wrongs: p.wrongs } : {};
  return (
    <ListField
      path={p.path}
      title="Spærringer"
      hint="Lukket for en tid: jagt, højvande, arbejde. Borgeren bliver vist et andet sted hen. Er noget i stykker, så er det en fejl og ingen spærring."
      each="Spærring"
      add="Tilføj en spærring"
      items={p.value}
      most={50}
      wrongs={p.wrongs}
      fresh={(): ClosureDraft => ({ from: today(), to: null, why: null, stretch_ids: null })}
      onChange={p.onChange}
    >
      {(one, set, path) => (
        <>
          <div class="two">
            <LineField
              {...told}
              path={`${path}/from`}
              label="Fra og med"
              type="date"
              value={one.from}
              onChange={(from) => set({ ...one, from })}
            />
            <LineField
              {...told}
              path={`${path}/to`}
              label="Til og med"
              hint="Tomt: indtil videre."
              type="date"
              value={one.to ?? ""}
              onChange={(to) => set({ ...one, to: to || null })}
            />
          </div>
          <TextField
            {...told}
            path={`${path}/why`}
            label="Hvorfor er der lukket?"
            hint="En sætning, som borgeren læser: Gulvet bliver lavet."
            rows={2}
            value={one.why}
            onChange={(why) => set({ ...one, why })}
          />
          {p.stretches && p.stretches.length > 0 && (
            <Stretches {...p} stretches={p.stretches} one={one} path={path} set={set} />
          )}
        </>
      )}
    </ListField>
  );
}

function Stretches(p: {
  one: ClosureDraft;
  path: string;
  set: (one: ClosureDraft) => void;
  stretches: readonly { readonly id: string; readonly name: string }[];
  wrongs?: Part<unknown>["wrongs"];
}) {
  const { one, set } = p;
  const wrong = wrongAt(p.wrongs, `${p.path}/stretch_ids`, true);
  const ids = one.stretch_ids;
  return (
    <div class="picks" id={idOf(`${p.path}/stretch_ids`)} tabIndex={-1}>
      <Tick on={ids === null} onTick={(all) => set({ ...one, stretch_ids: all ? null : [] })}>
        Hele ruten
      </Tick>
      {ids !== null &&
        p.stretches.map(({ id, name }) => (
          <Tick
            key={id}
            on={ids.includes(id)}
            onTick={(on) => set({ ...one, stretch_ids: on ? [...ids, id] : ids.filter((other) => other !== id) })}
          >
            {name}
          </Tick>
        ))}
      {wrong && <Err id={`${idOf(p.path)}-stretch-wrong`}>{wrong}</Err>}
    </div>
  );
}

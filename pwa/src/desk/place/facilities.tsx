/** Which things in the landscape belong to the place: those near it, the nearest first, and those chosen already however far. */
import { useState } from "preact/hooks";
import { startOf } from "../../geo/place.ts";
import { distance } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { facilities, routes } from "../data/copy.ts";
import { kindWords } from "../lists/names.ts";
import { Group, Tick, type Wrongs } from "../parts/field.tsx";
import { near } from "./near.ts";
import type { Values } from "./values.ts";

const FIRST = 8;

export function FacilitiesField(p: { values: Values; wrongs: Wrongs; onChange: (ids: readonly string[]) => void }) {
  const { facility_ids: ids, point, route_id } = p.values;
  const [all, setAll] = useState(false);
  // What is chosen stands first when the list is opened, and does not move under the finger afterwards.
  const [first] = useState(ids);
  const route = route_id ? routes.value.get(route_id) : undefined;
  const found = near(facilities.value.values(), point ?? (route ? startOf(route) : null), [
    ...new Set([...first, ...ids]),
  ]);
  const lost = ids.filter((id) => !facilities.value.has(id));
  const shown = all ? found.slice(0, 200) : found.slice(0, Math.max(FIRST, first.length));
  const tick = (id: string, on: boolean) => p.onChange(on ? [...ids, id] : ids.filter((other) => other !== id));
  return (
    <Group
      path="facility_ids"
      title="Ting på stedet"
      hint="Bænke, toiletter og borde, der hører til. Er en af dem i stykker, står det på stedets side."
      wrongs={p.wrongs}
    >
      {found.length === 0 && (
        <p class="note-text">
          {point ? "Der er ingen ting inden for 500 m." : "Sæt punktet først, så kommer de nærmeste ting her."}
        </p>
      )}
      <div class="picks">
        {shown.map(({ facility, metres: far }) => (
          <Tick key={facility.id} on={ids.includes(facility.id)} onTick={(on) => tick(facility.id, on)}>
            {kindWords(facility)}
            {far !== null && (
              <>
                <br />
                <span class="note-text">{distance(far)} herfra</span>
              </>
            )}
          </Tick>
        ))}
        {lost.map((id) => (
          <Tick key={id} on onTick={() => tick(id, false)}>
            En ting, der ikke er her mere
          </Tick>
        ))}
      </div>
      {found.length > shown.length && (
        <div class="btns start">
          <Button look="quiet" small onClick={() => setAll(true)}>
            Vis {found.length - shown.length} mere
          </Button>
        </div>
      )}
    </Group>
  );
}

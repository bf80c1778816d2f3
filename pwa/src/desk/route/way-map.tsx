/** The route on the map: looked at, drawn, cut, and its closed stretches chosen. */
import { decode } from "../../geo/line.ts";
import { inForce } from "../../geo/place.ts";
import { today } from "../lists/words.ts";
import { DrawMap } from "../map/draw-map.tsx";
import type { Drawn } from "../map/types.ts";
import { surfaceOf } from "../parts/surface.ts";
import type { WayWork } from "./use-way.ts";
import type { RouteName, RouteValues } from "./values.ts";

export function WayMap(p: {
  id: string;
  name: string;
  values: RouteValues;
  work: WayWork;
  change: <F extends RouteName>(field: F, value: RouteValues[F]) => void;
}) {
  const { work, values } = p;
  const { doing } = work;
  const now = today();
  const shut = values.closures.filter((one) => inForce(one, now));
  const lines: Drawn[] = work.way.map(({ id, line, surface }, i) => ({
    id,
    line,
    name: `Stræk ${i + 1}`,
    surface: surfaceOf(surface),
    closed: shut.some(({ stretch_ids }) => stretch_ids === null || stretch_ids.includes(id)),
  }));
  const ways = values.approaches.map(
    (one, i): Drawn => ({ id: `approach/${i}`, line: one.line, name: one.name?.da || `Vej ${i + 1}` }),
  );
  const editing = doing.what === "draw" ? doing.id : doing.what === "approach" ? `approach/${doing.at}` : null;
  const closure = doing.what === "closure" ? values.closures[doing.at] : undefined;
  const done = () => work.go({ what: "look" });
  const start = decode(work.way[0]?.line ?? "")[0] ?? null;
  return (
    <DrawMap
      label={`Kort over ${p.name || "den nye rute"}`}
      self={`route/${p.id}`}
      near={start ?? null}
      lines={closure ? lines : [...lines, ...ways]}
      editing={editing}
      onLine={work.onLine}
      cutting={doing.what === "cut" ? doing.id : null}
      onSplit={work.onSplit}
      onDone={done}
      {...(closure && doing.what === "closure"
        ? {
            chosen: closure.stretch_ids ?? lines.map(({ id }) => id),
            onChoose: (ids) =>
              p.change(
                "closures",
                values.closures.map((one, i) => (i === doing.at ? { ...one, stretch_ids: [...ids] } : one)),
              ),
          }
        : {})}
    />
  );
}

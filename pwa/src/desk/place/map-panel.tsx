/** The map beside the form: the point, and the ways in, each drawn where it is asked for. Folded on a phone until somebody wants it. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { startOf } from "../../geo/place.ts";
import { More } from "../../ui/more.tsx";
import { routes } from "../data/copy.ts";
import { DrawMap } from "../map/draw-map.tsx";
import type { Drawn } from "../map/types.ts";
import { APPROACH_FROM, type ApproachDraft, lengthOfLine } from "../parts/approaches.tsx";
import { surfaceOf } from "../parts/surface.ts";
import type { Values } from "./values.ts";

/** Where the desk is two columns (desk.css). */
const WIDE = "(min-width: 56.01em)";

/** The ways in as the map takes them; their ids are their places in the list. */
export function drawn(approaches: readonly ApproachDraft[]): Drawn[] {
  return approaches.map((one, at) => ({
    id: String(at),
    line: one.line,
    name: one.name?.da || `Fra ${APPROACH_FROM[one.from]}`,
    surface: surfaceOf(one.surface),
  }));
}

/** Whether there is room for the map beside the form. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const asked = matchMedia(WIDE);
    const seen = () => setWide(asked.matches);
    asked.addEventListener("change", seen);
    return () => asked.removeEventListener("change", seen);
  }, []);
  return wide;
}

export function MapPanel(p: {
  wide: boolean;
  id: string;
  values: Values;
  drawing: number | null;
  onDrawing: (at: number | null) => void;
  onPoint: (point: NonNullable<Values["point"]>) => void;
  onApproaches: (list: readonly ApproachDraft[]) => void;
}) {
  const { values, drawing } = p;
  const { wide } = p;
  const route = values.route_id ? routes.value.get(values.route_id) : undefined;
  const map = (
    <DrawMap
      label={`Kort over ${values.name?.da || "det nye sted"}`}
      self={`place/${p.id}`}
      near={route ? startOf(route) : null}
      point={values.point}
      {...(drawing === null ? { onPoint: p.onPoint } : {})}
      lines={drawn(values.approaches)}
      editing={drawing === null ? null : String(drawing)}
      onLine={(id, line) =>
        p.onApproaches(
          values.approaches.map((one, at) =>
            String(at) === id ? { ...one, line, length_m: line ? lengthOfLine(line) : "" } : one,
          ),
        )
      }
      onDone={() => p.onDrawing(null)}
    />
  );
  return (
    <MapFrame wide={wide} title={drawing === null ? "På kortet" : `Tegn vej ${drawing + 1}`} open={drawing !== null}>
      {map}
    </MapFrame>
  );
}

/** Beside the form, or folded in it; `open`: the map is asked for. */
export function MapFrame(p: { wide: boolean; title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <section class={p.wide ? "panel map-panel" : "map-panel"} id="place-map" tabIndex={-1} aria-label="Kortet">
      {p.wide ? (
        <>
          <header>
            <h2 class="small-h">{p.title}</h2>
          </header>
          <div class="in">{p.children}</div>
        </>
      ) : (
        <More key={p.open ? "draw" : "rest"} title="Vis kortet" open={p.open ?? false}>
          <Once>{p.children}</Once>
        </More>
      )}
    </section>
  );
}

/** What lies in a fold is made when the fold is first opened. */
function Once({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <div
      ref={(el) => {
        const fold = el?.closest("details");
        if (!fold || open) return;
        if (fold.open) setOpen(true);
        else fold.addEventListener("toggle", () => setOpen(true), { once: true });
      }}
    >
      {open && children}
    </div>
  );
}

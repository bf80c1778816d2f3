/** The desk's map: what lies round about, and a point or lines of the person's own, which are set, drawn, cut and chosen. */
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { decode } from "../../geo/line.ts";
import { Button } from "../../ui/button.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { theme } from "../../ui/theme.ts";
import { facilities, places, routes, site } from "../data/copy.ts";
import { today } from "../lists/words.ts";
import { ChooseTools } from "./choose-tools.tsx";
import { CutTools, useCut } from "./cut-tools.tsx";
import { Ground } from "./ground-tools.tsx";
import { LineTools } from "./line-tools.tsx";
import { Pin } from "./pin.tsx";
import type { DrawMapProps, Point } from "./types.ts";
import { type Said, useLine } from "./use-line.ts";
import { usePoint } from "./use-point.ts";
import type { DrawView, ShownLine, Touched } from "./view.ts";
import "./draw.css";

export type { DrawMapProps, Drawn } from "./types.ts";

type Module = typeof import("./view.ts");
/** The person's own is looked at from the start; else what is near, else the whole municipality. */
function startOf(p: DrawMapProps): Point[] {
  const own = [...(p.point ? [p.point] : []), ...(p.lines ?? []).flatMap(({ line }) => decode(line))];
  return own.length > 0 ? own : p.near ? [p.near] : [];
}

export function DrawMap(p: DrawMapProps) {
  const el = useRef<HTMLDivElement>(null);
  const view = useRef<DrawView | null>(null);
  const [module, setModule] = useState<Module | null>(null);
  const [trouble, setTrouble] = useState<"" | "failed" | "webgl">("");
  const [said, say] = useState<Said>({ words: "" });
  const bounds = site.value?.bounds ?? null;
  const line = useLine(p, () => view.current, bounds, say);
  const cut = useCut(p, say);
  const point = usePoint(p, bounds, say);
  const chosen = p.chosen ?? [];

  const touched = ({ at, corner, line: id }: Touched) => {
    if (line) {
      if (corner !== null) line.hold(corner);
      else if (id === p.editing) line.insert(at);
      else line.add(at);
    } else if (cut) cut.near(at);
    else if (p.onChoose && id !== null)
      p.onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
    else if (point) point.set(at, true);
  };
  // The map is made once, and tells whoever is there when it tells.
  const now = useRef({ touched, line });
  now.current = { touched, line };

  useEffect(() => {
    let gone = false;
    const stops: (() => void)[] = [];
    const open = async () => {
      const module = await import("./view.ts");
      if (gone || !el.current) return;
      void module.openGround();
      const made = module.mount(el.current, {
        theme: theme.peek(),
        bounds: site.peek()?.bounds ?? null,
        onTouch: (what) => now.current.touched(what),
        onDrag: (corner, to, done) => now.current.line?.move(corner, to, done),
      });
      view.current = made;
      made.show(startOf(p));
      stops.push(
        effect(() => made.setTheme(theme.value)),
        effect(() => made.setBounds(site.value?.bounds ?? null)),
        around(made, p.self),
      );
      setModule(module);
    };
    open().catch((error: unknown) => {
      console.error(error);
      if (!gone) setTrouble((error as { why?: string }).why === "webgl" ? "webgl" : "failed");
    });
    return () => {
      gone = true;
      for (const stop of stops) stop();
      view.current?.destroy();
      view.current = null;
    };
  }, [p.self]);

  const lines = (p.lines ?? []).map(({ id, line: encoded, closed, surface }): ShownLine => {
    const hollow = !surface;
    if (line && id === p.editing) return { id, points: line.points, state: "editing", hollow };
    const state = id === p.cutting || chosen.includes(id) ? "chosen" : closed ? "closed" : "plain";
    return { id, points: decode(encoded), state, hollow };
  });
  useEffect(() => {
    view.current?.set({ lines, corners: line?.points ?? [] });
    // A landmark of its own inside the one round it: two of one name are not told apart.
    view.current?.setLabel(`${p.label}, billedet`);
  });

  const held = line && line.held !== null ? line.points[line.held] : undefined;
  const keys = (event: KeyboardEvent) => {
    if (!line || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) line.forth();
    else line.back();
  };
  const map = view.current;
  const centre = () => map?.centre() ?? [0, 0];
  return (
    <section class="draw" aria-label={p.label} onKeyDown={keys}>
      <div class="map draw-map">
        <div class="map-here" ref={el} />
        {module && (line || point) && <span class="draw-cross" aria-hidden="true" />}
        {map && line && held && line.held !== null && (
          <Pin
            small
            view={map}
            at={held}
            label={`Punkt ${line.held + 1} af ${line.points.length}`}
            onMove={(to, done, exact) => line.move(line.held as number, to, done, exact)}
            onDelete={() => line.remove(line.held as number)}
          />
        )}
        {map && cut?.at && <Pin small view={map} at={cut.at} label="Her deles linjen" onMove={cut.near} />}
        {map && point?.at && <Pin view={map} at={point.at} label={point.label} onMove={point.move} />}
        {module && (
          <div class="map-tools">
            <Tool icon="plus" label="Zoom ind" onClick={() => map?.zoomBy(1)} />
            <Tool icon="minus" label="Zoom ud" onClick={() => map?.zoomBy(-1)} />
            <Tool icon="locate" label="Vis det hele" onClick={() => map?.show(startOf(p))} />
          </div>
        )}
        {module && <By module={module} />}
        {!module && !trouble && (
          <p class="map-coming" role="status">
            Kortet er på vej …
          </p>
        )}
        {trouble && (
          <p class="map-coming" role="alert">
            {trouble === "webgl"
              ? "Denne computer kan ikke tegne kortet (den mangler WebGL 2). Skriv koordinater i stedet, eller brug en anden browser."
              : "Kortet kunne ikke hentes. Det, du har skrevet, er gemt. Hent siden igen, når der er net."}
          </p>
        )}
      </div>
      <p class="vh" id="draw-keys">
        Piletaster flytter punktet, Skift og pil flytter det længere, Slet fjerner det fra en linje.
      </p>
      <p class={said.wrong ? "draw-said wrong" : "draw-said"} role={said.wrong ? "alert" : "status"}>
        {said.wrong && <Icon name="warn" />}
        <span>{said.words || hintOf(p)}</span>
      </p>
      {module && <Ground module={module} />}
      {line && (
        <LineTools work={line} onCentre={() => line.add(centre())} {...(p.onDone ? { onDone: p.onDone } : {})} />
      )}
      {cut && <CutTools cut={cut} {...(p.onDone ? { onDone: p.onDone } : {})} />}
      {!line && !cut && p.onChoose && <ChooseTools lines={p.lines ?? []} chosen={chosen} onChoose={p.onChoose} />}
      {!line && !cut && point && (
        <div class="btns start">
          <Button look="quiet" small icon="pin" onClick={() => point.set(centre(), true)}>
            {point.at ? "Flyt punktet til kortets midte" : "Sæt punktet på kortets midte"}
          </Button>
        </div>
      )}
    </section>
  );
}

function hintOf(p: DrawMapProps): string {
  if (p.editing && p.onLine)
    return "Tryk på kortet, hvor linjen skal gå. Tryk på linjen for at sætte et punkt ind på den.";
  if (p.cutting) return "Tryk på linjen, hvor den skal deles.";
  if (p.onChoose) return "Tryk på de stræk, du vil vælge.";
  if (p.onPoint) return p.point ? "Træk punktet, eller tryk på kortet." : "Tryk på kortet, hvor det er.";
  return "";
}

function By({ module }: { module: Module }) {
  const open = module.whole.value ?? module.overview.value;
  return open ? <p class="map-by">{open.manifest.attribution.da}</p> : null;
}

function Tool(p: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={p.label} onClick={p.onClick}>
      <Icon name={p.icon} />
    </button>
  );
}

/** What lies round it is drawn a moment after it has changed: there may be thousands, and what is being edited does not wait for them. */
const AROUND_MS = 400;

function around(view: DrawView, self: string | undefined): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  const stop = effect(() => {
    const bodies = { places: places.value, facilities: facilities.value, routes: routes.value };
    const draw = () => view.setAround(bodies, today(), self);
    clearTimeout(timer);
    if (first) draw();
    else timer = setTimeout(draw, AROUND_MS);
    first = false;
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

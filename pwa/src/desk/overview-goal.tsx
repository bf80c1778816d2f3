/** How far the municipality is: places in use beside the goal, and what is known of the ways in. */
import type { LivePlace, Route, Site, StaffPlace } from "./data/things.ts";
import { isLive, shares } from "./lists/known.ts";
import { counted } from "./lists/pick.ts";
import { STATES, type State } from "./lists/words.ts";
import { day } from "./words.ts";

/** As many as the municipality must have in use, where the settings say nothing else (server/model/site.py NEEDED). */
export const NEEDED = 3;

const SHOWN: readonly State[] = ["active", "developing", "idea", "resting"];

function Bar({ words, share, figure, sure }: { words: string; share: number; figure: string; sure: boolean }) {
  return (
    <div>
      <span>{words}</span>
      <span class={sure ? "bar-w" : "bar-w q"} aria-hidden="true">
        {share > 0 && <i style={{ "--p": `${Math.max(2, Math.round(share * 100))}%` }} />}
      </span>
      <b class="num">{figure}</b>
    </div>
  );
}

export function Goal({ places, launch }: { places: ReadonlyMap<string, StaffPlace>; launch: Site["launch"] }) {
  const counts = counted(places.values());
  const most = Math.max(1, ...SHOWN.map((state) => counts[state]));
  const by = launch?.by ?? null;
  return (
    <section class="panel" aria-label="Målet">
      <header>
        <h2>{by ? `Målet for ${by.slice(0, 4)}` : "Målet"}</h2>
      </header>
      <div class="in">
        <div class="goal">
          <b class="big num">{counts.active}</b>
          <p>
            {counts.active === 1 ? "sted er i brug" : "steder er i brug"}
            <br />
            <span class="note-text">
              målet er mindst {launch?.needed ?? NEEDED}
              {by && !by.endsWith("-12-31") && ` senest ${day(by)}`}
            </span>
          </p>
        </div>
        <div class="bars">
          {SHOWN.map((state) => (
            <Bar
              key={state}
              words={STATES[state]}
              // Against the largest, which leaves a little room: the picture is of how many beside how many.
              share={(counts[state] / most) * 0.92}
              figure={String(counts[state])}
              sure={state === "active" || state === "resting"}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

export function KnownAccess(p: { places: ReadonlyMap<string, StaffPlace>; routes: ReadonlyMap<string, Route> }) {
  const found = shares([...p.places.values()].filter(isLive) as LivePlace[], p.routes);
  if (found.length === 0) return null;
  const unknown = found.some(({ known }) => known < 1);
  return (
    <section class="panel" aria-label="Hvad vi ved om adgangen">
      <header>
        <h2>Hvad vi ved om adgangen</h2>
      </header>
      <div class="in">
        <div class="bars">
          {found.map(({ words, known }) => (
            <Bar key={words} words={words} share={known} figure={`${Math.round(known * 100)}\u00a0%`} sure />
          ))}
        </div>
        {unknown && <p class="note-text">Resten står som ”ved ikke” hos borgerne.</p>}
      </div>
    </section>
  );
}

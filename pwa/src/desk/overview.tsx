/** /desk: what there is, and what is lacking before citizens are shown it. */
import { Icon } from "../ui/icon.tsx";
import { all, isRead, type Place } from "./feed.ts";
import { me } from "./me.ts";
import { and, LACKS, moment } from "./words.ts";

const GOAL = 3;
const STATES = {
  idea: "idé",
  developing: "under opbygning",
  active: "i brug",
  resting: "hviler",
  dissolved: "nedlagt",
} as const;

export function Overview() {
  const places = all<Place>("place").filter((place) => place.state !== "dissolved");
  const active = places.filter((place) => place.state === "active");
  const rest = places.filter((place) => place.state === "idea" || place.state === "developing");
  const waiting = [...rest].sort((a, b) => (a.staff?.missing.length ?? 0) - (b.staff?.missing.length ?? 0));
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Goddag, {me.value?.name}</h1>
          <p class="note-text">{moment(new Date())}</p>
        </div>
      </div>
      {!isRead.value && <p role="status">Henter listen …</p>}
      {isRead.value && (
        <div class="desk-cols">
          <div class="desk-col">
            <section class="panel">
              <header>
                <h2>
                  {Math.min(active.length, GOAL)} af {GOAL}
                </h2>
                <span class="note-text">tre steder, der er i brug</span>
              </header>
              <div class="in">
                <div
                  class="thirds"
                  role="img"
                  aria-label={`${Math.min(active.length, GOAL)} af ${GOAL} steder er i brug`}
                >
                  {[0, 1, 2].map((n) => (
                    <i key={n} class={n < active.length ? "" : "left"} />
                  ))}
                </div>
                <ul class="ticks t3">
                  {active.slice(0, GOAL).map((place) => (
                    <li key={place.id}>
                      <Icon name="check" />
                      <span>
                        <b>{place.name.da}</b>
                      </span>
                      <span class="badge good">
                        <Icon name="check" />i brug
                      </span>
                    </li>
                  ))}
                  {active.length < GOAL &&
                    waiting.slice(0, GOAL - active.length).map((place) => (
                      <li key={place.id}>
                        <span class="todo-mark" />
                        <span>
                          <b>{place.name.da}</b>
                          <br />
                          <span class="note-text">{lacks(place)}</span>
                        </span>
                        <span class="badge">{STATES[place.state]}</span>
                      </li>
                    ))}
                </ul>
                {places.length === 0 && <p>Der er ingen steder endnu.</p>}
              </div>
            </section>
          </div>
          <div class="desk-col">
            <section class="panel">
              <header>
                <h2>Steder</h2>
                <span class="note-text">{places.length} i alt</span>
              </header>
              <div class="in">
                <ul class="ticks bare">
                  {(["active", "developing", "idea", "resting"] as const).map((state) => (
                    <li key={state}>
                      <span>{STATES[state]}</span>
                      <b class="num">{places.filter((place) => place.state === state).length}</b>
                    </li>
                  ))}
                </ul>
              </div>
            </section>
          </div>
        </div>
      )}
    </>
  );
}

function lacks(place: Place): string {
  const missing = place.staff?.missing ?? [];
  return missing.length === 0
    ? "Intet mangler. Det kan tages i brug."
    : `Mangler: ${and(missing.map((field) => LACKS[field] ?? field))}.`;
}

/** /desk/begivenheder: what happens, for staff all of it, for an organiser its own. */

import { Empty } from "../../ui/band.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { events, reading } from "../data/copy.ts";
import type { Event } from "../data/things.ts";
import { today } from "../lists/words.ts";
import { EVENT_STATES, next, timeWords } from "./words.ts";

/** What staff, or its own organiser, read of an event stands in it: without, it is somebody else's. */
const isOurs = (event: Event): boolean => event.staff !== undefined;

export function EventList() {
  const now = new Date().toISOString();
  const day = today();
  const all = [...events.value.values()]
    .filter(isOurs)
    .sort((a, b) => (next(a, now)?.start ?? "9").localeCompare(next(b, now)?.start ?? "9"));
  return (
    <>
      <div class="desk-head">
        <h1 tabIndex={-1}>Begivenheder</h1>
        <div class="btns">
          <LinkButton small icon="plus" href="/desk/begivenheder/ny">
            Ny begivenhed
          </LinkButton>
        </div>
      </div>
      <section class="panel" aria-label="Begivenheder">
        {all.length === 0 ? (
          <Empty title={reading.value.phase === "ready" ? "Der er ingen begivenheder endnu" : "Henter …"}>
            <p>Det kan være kaffe hver torsdag, en gåtur eller en fest.</p>
          </Empty>
        ) : (
          <table class="table">
            <tbody>
              {all.map((event) => {
                const time = next(event, now);
                return (
                  <tr key={event.id}>
                    <td>
                      <a href={`/desk/begivenheder/${event.id}`}>{event.name.da}</a>
                    </td>
                    <td>{EVENT_STATES[event.state]}</td>
                    <td>{time ? timeWords(time, day) : "ingen tid til gode"}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

/** /desk/arrangoerer: who holds events, the list and one of them. */
import { Empty } from "../../ui/band.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { events, organisers, reading } from "../data/copy.ts";
import { coming } from "../events/words.ts";
import { count } from "../lists/words.ts";
import type { RoomProps } from "../rooms.ts";
import { HOME, OrganiserEditor } from "./editor.tsx";

export function OrganiserRoom({ rest }: RoomProps) {
  return rest.length > 0 ? <OrganiserEditor key={rest[0]} rest={rest} /> : <OrganiserList />;
}

function OrganiserList() {
  const now = new Date().toISOString();
  const all = [...organisers.value.values()].sort((a, b) => a.name.localeCompare(b.name, "da"));
  const ahead = (id: string) =>
    [...events.value.values()].filter((event) => event.organiser_id === id && coming(event, now).length > 0).length;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Arrangører</h1>
          <p class="note-text">Foreninger og andre, der holder begivenheder.</p>
        </div>
        <div class="btns">
          <LinkButton small icon="plus" href={`${HOME}/ny`}>
            Ny arrangør
          </LinkButton>
        </div>
      </div>
      <section class="panel" aria-label="Arrangører">
        {all.length === 0 ? (
          <Empty title={reading.value.phase === "ready" ? "Der er ingen arrangører endnu" : "Henter …"}>
            <p>Lav en for hver forening, der selv skal skrive sine begivenheder. Sæt så personen på under Folk.</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th>Navn</th>
                <th>Begivenheder</th>
                <th>Vises</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <tr key={one.id}>
                  <td>
                    <a href={`${HOME}/${one.id}`}>{one.name || "Uden navn"}</a>
                  </td>
                  <td data-th="Begivenheder:">
                    {ahead(one.id) === 0 ? "ingen kommende" : `${count(ahead(one.id), "kommende", "kommende")}`}
                  </td>
                  <td data-th="Vises:">{one.staff?.at_once ? "med det samme" : "når I har set den"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

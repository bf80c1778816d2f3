/** /desk/kalendere: calendars that others keep; they come by themselves from an address, or as files. */
import { useEffect } from "preact/hooks";
import { Empty } from "../../ui/band.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { Badge } from "../../ui/state.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { organisers } from "../data/copy.ts";
import { today } from "../lists/words.ts";
import type { RoomProps } from "../rooms.ts";
import { calendars, read } from "./ask.ts";
import { FromFile } from "./from-file.tsx";
import { OneCalendar } from "./one.tsx";
import { FromUrl } from "./settings.tsx";
import { asksWords, stateOf } from "./words.ts";

export const HOME = "/desk/kalendere";
const LOOK_MS = 4_000;

export function CalendarRoom({ rest }: RoomProps) {
  const doing = useDoing();
  // What is on its way in, or is read just now, is seen while somebody looks.
  useEffect(() => {
    doing.run(read);
    const timer = setInterval(() => {
      if (!document.hidden) void read().catch(() => undefined);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (rest[0] === "ny") return <FromUrl />;
  if (rest[0] === "fil") return <FromFile {...(rest[1] ? { id: rest[1] } : {})} />;
  if (rest[0]) return <OneCalendar key={rest[0]} id={rest[0]} />;
  const all = calendars.value;
  const now = today();
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Kalendere</h1>
          <p class="note-text">Har foreningen en kalender et andet sted, så kan begivenhederne komme af sig selv.</p>
        </div>
        <div class="btns">
          <LinkButton small icon="plus" href={`${HOME}/ny`}>
            Fra en adresse
          </LinkButton>
          <LinkButton small look="quiet" icon="filein" href={`${HOME}/fil`}>
            Fra en fil
          </LinkButton>
        </div>
      </div>
      <Wrong doing={doing} />
      <section class="panel" aria-label="Kalendere">
        {!all || all.length === 0 ? (
          <Empty title={all ? "Der er ingen kalendere endnu" : "Henter …"}>
            <p>Google, Outlook og de fleste foreningssystemer har en adresse til kalenderen. Den ender tit på .ics.</p>
          </Empty>
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th>Kalender</th>
                <th>Forening</th>
                <th>Sådan står det til</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => {
                const state = stateOf(one, now);
                const asked = asksWords(one);
                return (
                  <tr key={one.id}>
                    <td>
                      <a href={`${HOME}/${one.id}`}>{one.name}</a>
                    </td>
                    <td data-th="Forening:">{organisers.value.get(one.organiser_id ?? "")?.name ?? "ingen"}</td>
                    <td class="long">
                      {state.words} {asked && <Badge tone="wait">{asked}</Badge>}
                    </td>
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

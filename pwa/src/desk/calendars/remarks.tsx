/** What was not understood or is left out, by the line of the file. */
import type { CalendarRemark } from "../../api/types.gen.ts";
import { number } from "../../text/format.ts";

const SHOWN = 40;

export function Remarks({ title, of, about }: { title: string; of: readonly CalendarRemark[]; about?: string }) {
  if (of.length === 0) return null;
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      <div class="in">
        {about && <p>{about}</p>}
        <ul class="sums">
          {of.slice(0, SHOWN).map((one) => (
            <li key={`${one.line} ${one.code} ${one.uid}`}>
              <b>{number(one.line)}</b>
              <span class="long">
                {one.reason}
                {one.uid && (
                  <>
                    <br />
                    <span class="note-text">{one.uid}</span>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
        <p class="note-text">
          Tallet er linjen i filen.{of.length > SHOWN && ` De første ${SHOWN} af ${number(of.length)} er vist.`}
        </p>
      </div>
    </section>
  );
}

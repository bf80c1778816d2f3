/** /desk/beskeder: what staff send to those who follow something: the list, a new one, and one that is going out or has gone. */
import "./notices.css";
import { serverNow } from "../../store/clock.ts";
import { Empty } from "../../ui/band.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { events, notices, organisers, places, reading, site } from "../data/copy.ts";
import type { Notice } from "../data/things.ts";
import { unsent } from "../data/write.ts";
import type { RoomProps } from "../rooms.ts";
import { isBegun, written } from "./form.ts";
import { OneNotice } from "./one.tsx";
import { type Known, phones, STATES, toWords, whenWords } from "./words.ts";
import { WriteNotice } from "./write.tsx";

const BADGE = { scheduled: "badge wait", sending: "badge now", sent: "badge good", stopped: "badge" } as const;

export function NoticeRoom({ rest }: RoomProps) {
  const known: Known = { places: places.value, events: events.value, organisers: organisers.value, site: site.value };
  if (rest[0] === "ny") return <WriteNotice />;
  if (rest[0]) return <OneNotice key={rest[0]} id={rest[0]} known={known} />;
  return <NoticeList known={known} />;
}

function NoticeList({ known }: { known: Known }) {
  const now = serverNow();
  // The public body of one that staff read is the same; staff's own is told over it.
  const all = [...notices.value.values()].sort((a, b) => b.at.localeCompare(a.at));
  const waiting = unsent.value.filter(({ verb }) => verb === "send_notice");
  const begun = isBegun(written());
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Beskeder</h1>
          <p class="note-text">Til dem, der følger et sted, en begivenhed, en arrangør eller en by.</p>
        </div>
        <div class="btns">
          <LinkButton small icon={begun ? "edit" : "plus"} href="/desk/beskeder/ny">
            {begun ? "Skriv videre" : "Ny besked"}
          </LinkButton>
        </div>
      </div>
      <section class="panel" aria-label="Beskeder">
        {all.length + waiting.length === 0 ? (
          <Empty title={reading.value.phase === "ready" ? "Der er ikke sendt noget endnu" : "Henter …"}>
            <p>
              En besked kan sige, at døren er en anden, eller at der er fest på lørdag. Påmindelser går af sig selv.
            </p>
            <div class="btns">
              <LinkButton href="/desk/beskeder/ny">Skriv en besked</LinkButton>
            </div>
          </Empty>
        ) : (
          <ul class="sent-list">
            {waiting.map(({ id, subject, args, state }) => (
              <li key={id}>
                <a href={`/desk/beskeder/${subject.id}`}>{(args.title as { da: string }).da}</a>
                <span class={state === "refused" ? "badge bad" : "badge wait"}>
                  {state === "refused"
                    ? "kunne ikke sendes"
                    : reading.value.reached
                      ? "sendes om lidt"
                      : "venter på net"}
                </span>
              </li>
            ))}
            {all.map((one) => (
              <li key={one.id}>
                <a href={`/desk/beskeder/${one.id}`}>{one.title.da}</a>
                <span class={BADGE[one.state]}>{STATES[one.state]}</span>
                <span class="note-text">
                  {toWords(one.to, known)}. {whenOf(one, now)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function whenOf(one: Notice, now: number): string {
  const when = whenWords(one.at, now);
  if (one.state === "scheduled") return `Går ud ${when}.`;
  if (one.state === "sent" && one.staff?.reached === 0) return `Vist i appen ${when}.`;
  if (one.state === "sent" && one.staff) return `Sendt ${when} til ${phones(one.staff.reached)}.`;
  return `${when.charAt(0).toUpperCase()}${when.slice(1)}.`;
}

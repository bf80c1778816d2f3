/** What is known of an event beside its form: what it lacks, where it came from, and its page. */
import { organisers } from "../data/copy.ts";
import type { Event } from "../data/things.ts";
import { pathOf } from "./path.ts";
import { organiserName } from "./words.ts";

export function Aside({ event, staff }: { event: Event; staff: boolean }) {
  const name = organiserName(organisers.value, event.organiser_id);
  const shown = event.state === "public" || event.state === "cancelled";
  if (!name && !event.split_from && !event.staff?.calendar_id && !shown) return null;
  return (
    <section class="panel" aria-label="Om den">
      <div class="in t3 stack">
        {name && (
          <p>Arrangør: {staff ? <a href={`/desk/arrangoerer/${event.organiser_id}`}>{name}</a> : <b>{name}</b>}</p>
        )}
        {event.staff?.calendar_id && (
          <p class="note-text">
            Den kommer fra <a href={`/desk/kalendere/${event.staff.calendar_id}`}>en kalender</a>. Det, du retter her,
            bliver stående, når kalenderen hentes igen.
          </p>
        )}
        {event.split_from && (
          <p class="note-text">
            Den er delt fra <a href={pathOf(event.split_from)}>en anden begivenhed</a>.
          </p>
        )}
        {shown && (
          <p>
            <a href={`/det-sker/${event.slug}`}>Se siden, som andre ser den</a>
          </p>
        )}
      </div>
    </section>
  );
}

/** /desk/begivenheder: what happens; for staff all of it, for an organiser its own, which is then the first thing that it sees. */
import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { fold } from "../../text/fold.ts";
import { capital } from "../../text/format.ts";
import { Empty, Note } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { events, organisers, places, reading, routes } from "../data/copy.ts";
import { drafts } from "../data/draft.ts";
import { besides } from "../data/own.ts";
import type { Event } from "../data/things.ts";
import { Choose, Find, MoreRows, PAGE } from "../lists/parts.tsx";
import { today } from "../lists/words.ts";
import { me } from "../me.ts";
import { beginNew } from "./begin-new.ts";
import { likeThis } from "./like-this.ts";
import { isOurs } from "./ours.ts";
import { LIST, pathOf } from "./path.ts";
import { ALL, counted, pick, SHOW_WORDS, type Show, type Wish } from "./pick.ts";
import { EventBadge } from "./state.tsx";
import { coming, next, organiserName, timeWords } from "./words.ts";

/** What the list shows; it stays while the desk is open, and other screens set it before they lead here. */
export const wish = signal<Wish>(ALL);

const whereWords = (event: Event): string =>
  (event.place_id && places.value.get(event.place_id)?.name.da) ||
  (event.route_id && routes.value.get(event.route_id)?.name.da) ||
  event.where?.da.replace(/\.$/, "") ||
  (event.url ? "på nettet" : "");

export function EventList() {
  const staff = me.value?.rights.includes("staff") ?? false;
  const now = new Date().toISOString();
  const all = useMemo(() => [...events.value.values()].filter(isOurs), [events.value]);
  const counts = useMemo(() => counted(all, now), [all]);
  // Whoever has a handful sees all of them.
  const asked = staff ? wish.value : { ...wish.value, show: "all" as const };
  const [shown, setShown] = useState(PAGE);
  const folded = (event: Event) =>
    fold(
      `${event.name.da} ${whereWords(event)} ${event.host?.name ?? ""} ${organiserName(organisers.value, event.organiser_id) ?? ""}`,
    );
  const found = pick(all, { ...asked, words: fold(asked.words) }, now, folded);
  const set = (part: Partial<Wish>) => {
    wish.value = { ...wish.value, ...part };
    setShown(PAGE);
  };
  const mine = besides.value.organiser_id;
  const nobody = !staff && reading.value.phase === "ready" && mine === null;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>{(!staff && organiserName(organisers.value, mine)) || "Begivenheder"}</h1>
          <p class="note-text">
            {reading.value.phase === "ready" || all.length > 0
              ? `${counts.coming} kommende${counts.proposed > 0 ? `, ${counts.proposed} venter på svar` : ""}`
              : "Henter listen …"}
          </p>
        </div>
        {!nobody && (
          <div class="btns">
            <LinkButton small icon="plus" href={`${LIST}/ny`}>
              Ny begivenhed
            </LinkButton>
          </div>
        )}
      </div>
      {nobody && (
        <Note icon="info">
          <p>
            <b>Du er ikke sat på en forening endnu.</b> Ring til kommunen, så gør de det. Så kan du lave begivenheder
            her.
          </p>
        </Note>
      )}
      <Begun />
      <section class="panel" aria-label="Begivenheder">
        {staff && all.length > 0 && <Sift counts={counts} all={all} set={set} />}
        {all.length > 0 && staff && (
          <p class="in note-text" role="status">
            {found.length === 1 ? "1 begivenhed" : `${found.length} begivenheder`}
          </p>
        )}
        {found.length === 0 ? (
          <Nothing any={all.length > 0} onAll={() => set({ ...ALL, show: "all" })} off={nobody} />
        ) : (
          <table class="table">
            <thead>
              <tr>
                <th>Begivenhed</th>
                <th>Tilstand</th>
                <th>Næste gang</th>
                <th>
                  <span class="vh">Gør</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map((event) => (
                <Row key={event.id} event={event} now={now} staff={staff} />
              ))}
            </tbody>
          </table>
        )}
        <MoreRows shown={shown} all={found.length} onMore={() => setShown(shown + PAGE)} />
      </section>
    </>
  );
}

/** Drafts of new events that were not finished here: nobody looks for them elsewhere. */
function Begun() {
  const begun = [...drafts.value.values()].filter(({ kind, isNew }) => kind === "event" && isNew);
  if (begun.length === 0) return null;
  return (
    <section class="panel apart" aria-label="Ikke gemt endnu">
      <header>
        <h2>Ikke gemt endnu</h2>
        <span class="note-text">Gemt her, mens du skrev.</span>
      </header>
      <div class="in list">
        <ul class="todo">
          {begun.map(({ id, set }) => {
            const name = (set.name as { da?: string } | null | undefined)?.da?.trim() || "Ny begivenhed";
            return (
              <li key={id}>
                <Icon name="edit" />
                <b>{name}</b>
                <span class="btns does">
                  <a class="btn small quiet" href={pathOf(id)} aria-label={`Skriv videre: ${name}`}>
                    Skriv videre
                  </a>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function Sift(p: {
  counts: Readonly<Record<Show, number>>;
  all: readonly Event[];
  set: (part: Partial<Wish>) => void;
}) {
  const { show, place, organiser, words } = wish.value;
  const by = (ids: Iterable<string | null>, name: (id: string) => string): [string, string][] =>
    [...new Set(ids)]
      .filter((id) => id !== null)
      .map((id): [string, string] => [id, name(id)])
      .sort((a, b) => a[1].localeCompare(b[1], "da"));
  const of = (field: "place_id" | "organiser_id") => p.all.map((event) => event[field]);
  return (
    <div class="in sift">
      <Find id="find-event" label="Find i listen" value={words} onInput={(next) => p.set({ words: next })} />
      <Choose
        id="show"
        label="Vis"
        value={show}
        options={(Object.entries(SHOW_WORDS) as [Show, string][]).map(([key, said]) => [
          key,
          `${said} (${p.counts[key]})`,
        ])}
        onChoose={(next) => p.set({ show: next as Show })}
      />
      <Choose
        id="at-place"
        label="Sted"
        value={place}
        options={[["", "alle"], ...by(of("place_id"), (id) => places.value.get(id)?.name.da ?? "Et sted")]}
        onChoose={(next) => p.set({ place: next })}
      />
      <Choose
        id="by-organiser"
        label="Arrangør"
        value={organiser}
        options={[["", "alle"], ...by(of("organiser_id"), (id) => organiserName(organisers.value, id) ?? "")]}
        onChoose={(next) => p.set({ organiser: next })}
      />
    </div>
  );
}

function Nothing({ any, off, onAll }: { any: boolean; off: boolean; onAll: () => void }) {
  if (any)
    return (
      <Empty title="Ingen begivenheder passer">
        <p>Prøv et andet ord, eller tag et valg væk.</p>
        <div class="btns">
          <Button look="quiet" onClick={onAll}>
            Vis alle
          </Button>
        </div>
      </Empty>
    );
  return (
    <Empty title={reading.value.phase === "ready" ? "Der er ingen begivenheder endnu" : "Henter …"}>
      <p>Det kan være kaffe hver torsdag, en gåtur eller en fest. Det tager et minut.</p>
      {!off && (
        <div class="btns">
          <LinkButton icon="plus" href={`${LIST}/ny`}>
            Lav den første
          </LinkButton>
        </div>
      )}
    </Empty>
  );
}

function Row({ event, now, staff }: { event: Event; now: string; staff: boolean }) {
  const day = today();
  const time = next(event, now) ?? coming(event, now)[0] ?? null;
  const off = time?.state === "cancelled" || event.state === "cancelled";
  const note = [whereWords(event), staff && organiserName(organisers.value, event.organiser_id)].filter(Boolean);
  return (
    <tr>
      <td>
        <a href={pathOf(event.id)}>{event.name.da || "Uden navn"}</a>
        <br />
        <span class="note-text">
          {note.join(", ")}
          {event.staff?.decided &&
            event.state === "draft" &&
            " Kommunen har sendt den tilbage. Åbn den, og se hvorfor."}
        </span>
      </td>
      <td>
        <EventBadge state={event.state} />
      </td>
      <td data-th="Næste gang:">
        {time ? (
          <>
            <span class={off ? "was" : undefined}>{capital(timeWords(time, day))}</span>
            {off && " aflyst"}
            {time.full && !off && " fuldt"}
          </>
        ) : (
          <span class="dunno">ingen til gode</span>
        )}
      </td>
      <td>
        <Button
          look="quiet"
          small
          label={`Lav en magen til ${event.name.da}`}
          onClick={() => beginNew(likeThis(event, day))}
        >
          Lav en magen til
        </Button>
      </td>
    </tr>
  );
}

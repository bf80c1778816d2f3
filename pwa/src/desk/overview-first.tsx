/** "Dine tre første mødesteder": from an empty database to a map that can be opened, and what is to be done before. */
import { Empty } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import type { LivePlace, Site, StaffPlace } from "./data/things.ts";
import { isLive } from "./lists/known.ts";
import { count, few, lacks, STATES } from "./lists/words.ts";
import { and } from "./words.ts";

/** The heading: the municipality's own number where it is not three. */
export const firstTitle = (needed: number): string =>
  needed === 1 ? "Dit første mødested" : `Dine ${few(needed)} første mødesteder`;

/** Those in use first, then those that lack least, as many as are needed. */
export function firstPlaces(places: Iterable<StaffPlace>, needed: number): LivePlace[] {
  const rank = (place: LivePlace) => ({ active: 0, resting: 3, developing: 1, idea: 2 })[place.state];
  const missing = (place: LivePlace) => place.staff?.missing.length ?? 0;
  return [...places]
    .filter(isLive)
    .sort((a, b) => rank(a) - rank(b) || missing(a) - missing(b) || a.name.da.localeCompare(b.name.da, "da"))
    .slice(0, needed);
}

export function FirstPlaces({ places, needed }: { places: ReadonlyMap<string, StaffPlace>; needed: number }) {
  const all = firstPlaces(places.values(), needed);
  const active = all.filter(({ state }) => state === "active").length;
  const next = all.find(({ state }) => state !== "active");
  return (
    <section class="panel" aria-label={`${active} af ${needed} steder er i brug`}>
      <header>
        <h2>
          {active} af {needed}
        </h2>
        <span class="note-text">{count(needed, "sted, der er i brug", "steder, der er i brug", true)}</span>
      </header>
      <div class="in">
        <div class="thirds" role="img" aria-label={`${active} af ${needed} steder er i brug`}>
          {Array.from({ length: needed }, (_, n) => (
            <i key={n} class={n < active ? "" : "left"} />
          ))}
        </div>
        <ul class="ticks t3">
          {all.map((place) => (
            <First key={place.id} place={place} next={place === next} />
          ))}
        </ul>
        {all.length === 0 && (
          <Empty title="Her er tomt endnu">
            <p>Begynd med ét sted, I kender. I kan også hente kommunens bænke, stier og huse ind først.</p>
            <div class="btns">
              <LinkButton icon="plus" href="/desk/steder/ny">
                Lav det første sted
              </LinkButton>
              <LinkButton look="quiet" icon="download" href="/desk/ind">
                Hent data ind
              </LinkButton>
            </div>
          </Empty>
        )}
        {all.length > 0 && all.length < needed && (
          <p class="t2">
            <LinkButton look="quiet" small icon="plus" href="/desk/steder/ny">
              Lav {all.length === needed - 1 ? "det sidste" : `${few(needed - all.length)} til`}
            </LinkButton>
          </p>
        )}
      </div>
    </section>
  );
}

function First({ place, next }: { place: LivePlace; next: boolean }) {
  const missing = place.staff?.missing ?? [];
  if (place.state === "active")
    return (
      <li>
        <Icon name="check" />
        <span>
          <b>{place.name.da}</b>
          <br />
          <span class="note-text">{has(place)}</span>
        </span>
        <span class="badge good">
          <Icon name="check" />i brug
        </span>
      </li>
    );
  return (
    <li>
      <span class="todo-mark" />
      <span>
        <b>{place.name.da}</b>
        <br />
        <span class="note-text">{missing.length > 0 ? lacks(missing) : `Intet mangler. ${STATES[place.state]}.`}</span>
      </span>
      <a
        class={next ? "btn small" : "btn quiet small"}
        href={`/desk/steder/${place.id}`}
        aria-label={`${missing.length > 0 ? "Skriv resten" : "Tag i brug"}: ${place.name.da}`}
      >
        {missing.length > 0 ? "Skriv resten" : "Tag i brug"}
      </a>
    </li>
  );
}

/** What is written of a place in use, in one line. */
function has(place: LivePlace): string {
  const five = [place.where, place.amenities, place.ground, place.purpose, place.activities].filter(Boolean).length;
  const more = [
    place.hours?.weekly ? "åbningstid" : "",
    place.contact ? "kontakt" : "",
    place.photos.length > 0 ? "billede" : "",
  ];
  const also = more.filter(Boolean);
  const words = and(also);
  return `${five === 5 ? "Fem af fem beskrevet." : `${few(five)} af fem beskrevet.`}${words ? ` ${words.charAt(0).toUpperCase()}${words.slice(1)}.` : ""}`;
}

interface Before {
  readonly words: string;
  readonly note?: string;
  readonly done: boolean;
  readonly button: string;
  readonly href: string;
}

/** What is to be there before people come, from what lies here. `things`: how many came from registers and files. */
export function before(site: Site, things: number): Before[] {
  const line = (what: "municipality" | "crisis") => site.help.find((one) => one.what === what);
  const phone = line("municipality");
  return [
    {
      words: "Kommunens steder og stier er hentet ind",
      ...(things > 0 ? { note: `${things} ting` } : {}),
      done: things > 0,
      button: "Hent ind",
      href: "/desk/ind",
    },
    {
      words: "Nummer og åbningstid til Hjælp",
      done: phone !== undefined && phone.phone !== "" && phone.hours !== null,
      ...(phone && phone.hours === null ? { note: "Åbningstiden mangler." } : {}),
      button: "Skriv",
      href: "/desk/opsaetning/hjaelp",
    },
    { words: "En kriselinje", done: line("crisis") !== undefined, button: "Vælg", href: "/desk/opsaetning/hjaelp" },
  ];
}

export function BeforeOpening({ site, things, admin }: { site: Site; things: number; admin: boolean }) {
  return (
    <section class="panel" aria-label="Før I åbner">
      <header>
        <h2>Før I åbner</h2>
      </header>
      <div class="in list">
        <ul class="ticks">
          {before(site, things).map((one) => (
            <li key={one.words}>
              {one.done ? <Icon name="check" /> : <span class="todo-mark" />}
              <span>
                {one.words}
                <span class="vh">{one.done ? ": det er gjort" : ": det mangler"}</span>
                {one.note && (
                  <>
                    <br />
                    <span class="note-text">{one.note}</span>
                  </>
                )}
              </span>
              {!one.done && (admin || !one.href.startsWith("/desk/opsaetning")) && (
                <a class="btn quiet small" href={one.href} aria-label={`${one.button}: ${one.words}`}>
                  {one.button}
                </a>
              )}
            </li>
          ))}
        </ul>
        {!admin && <p class="note-text">Numrene skriver en administrator under Opsætning.</p>}
      </div>
    </section>
  );
}

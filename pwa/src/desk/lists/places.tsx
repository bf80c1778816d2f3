/** /desk/steder: all places, of every state, by what they lack. Drawn fifty at a time, so that three thousand are as quick as thirty. */
import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { fold } from "../../text/fold.ts";
import { Empty } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Plate } from "../../ui/plate.tsx";
import { events, places, reading, site } from "../data/copy.ts";
import type { StaffPlace } from "../data/things.ts";
import { placesAhead } from "../events/waits.ts";
import { NextStep, StateBadge } from "../lifecycle.tsx";
import { isLive, SEEN_MONTHS } from "./known.ts";
import { Choose, Find, MoreRows, PAGE } from "./parts.tsx";
import { ALL, counted, LACK_WORDS, type Lack, pick, SORT_WORDS, type Sort, type Wish } from "./pick.ts";
import { FORMS, lacks, STATES, type State, today, upper, when } from "./words.ts";

/** What the list shows; it stays while the desk is open, and other screens set it before they lead here. */
export const wish = signal<Wish>(ALL);

const texts = new WeakMap<StaffPlace, string>();
function folded(place: StaffPlace): string {
  const had = texts.get(place);
  if (had !== undefined) return had;
  const live = isLive(place) ? `${place.where?.da ?? ""} ${place.contact?.name ?? ""}` : "";
  const text = fold(`${place.name.da} ${FORMS[place.form]} ${live}`);
  texts.set(place, text);
  return text;
}

const entries = <K extends string>(words: Readonly<Record<K, string>>) => Object.entries(words) as [K, string][];

export function PlaceList(_: { rest?: readonly string[] }) {
  const all = places.value;
  const now = wish.value;
  const day = today();
  const seenMonths = site.value?.seen_months ?? SEEN_MONTHS;
  const [shown, setShown] = useState(PAGE);
  const found = useMemo(() => {
    const ahead = placesAhead(events.value.values(), new Date().toISOString());
    return pick(all.values(), { ...now, words: fold(now.words) }, { today: day, seenMonths, ahead }, folded);
  }, [all, now, day, seenMonths, events.value]);
  const counts = useMemo(() => counted(all.values()), [all]);
  const set = (part: Partial<Wish>) => {
    wish.value = { ...now, ...part };
    setShown(PAGE);
  };
  const live = all.size - counts.dissolved;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Steder</h1>
          <p class="note-text">
            {reading.value.phase === "ready" || all.size > 0
              ? `${live} i alt, ${counts.active} i brug`
              : "Henter listen …"}
          </p>
        </div>
        <div class="btns">
          <LinkButton small icon="plus" href="/desk/steder/ny">
            Nyt sted
          </LinkButton>
        </div>
      </div>
      {reading.value.phase === "ready" && all.size === 0 ? (
        <section class="panel">
          <Empty title="Der er ingen steder endnu">
            <p>Et sted kan være en bænk, et hus, en tur, noget på nettet eller en fagperson.</p>
            <div class="btns">
              <LinkButton icon="plus" href="/desk/steder/ny">
                Lav det første
              </LinkButton>
              <LinkButton look="quiet" icon="download" href="/desk/ind">
                Hent steder ind fra en fil
              </LinkButton>
            </div>
          </Empty>
        </section>
      ) : (
        <section class="panel" aria-label="Steder">
          <div class="in sift">
            <Find id="find-place" label="Find i listen" value={now.words} onInput={(words) => set({ words })} />
            <Choose
              id="state"
              label="Tilstand"
              value={now.state}
              options={[
                ["all", `alle (${live})`],
                ...entries<State>(STATES).map(([key, words]) => [key, `${words} (${counts[key]})`] as const),
              ]}
              onChoose={(state) => set({ state: state as Wish["state"] })}
            />
            <Choose
              id="lack"
              label="Mangler"
              value={now.lack}
              options={[["none", "alt vises"], ...entries<Lack>(LACK_WORDS)]}
              onChoose={(lack) => set({ lack: lack as Wish["lack"] })}
            />
            <Choose
              id="sort"
              label="Rækkefølge"
              value={now.sort}
              options={entries<Sort>(SORT_WORDS)}
              onChoose={(sort) => set({ sort: sort as Sort })}
            />
          </div>
          <p class="in note-text" role="status">
            {found.length === all.size || found.length === 1
              ? `${found.length} ${found.length === 1 ? "sted" : "steder"}`
              : `${found.length} steder passer`}
          </p>
          {found.length === 0 ? (
            <Empty title="Ingen steder passer">
              <p>Prøv et andet ord, eller tag et valg væk.</p>
              <div class="btns">
                <Button look="quiet" onClick={() => set(ALL)}>
                  Vis alle
                </Button>
                <LinkButton look="quiet" icon="plus" href="/desk/steder/ny">
                  Nyt sted
                </LinkButton>
              </div>
            </Empty>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th>Sted</th>
                  <th>Tilstand</th>
                  <th>Sidst set</th>
                  <th>
                    <span class="vh">Gør</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.slice(0, shown).map((place) => (
                  <Row key={place.id} place={place} today={day} />
                ))}
              </tbody>
            </table>
          )}
          <MoreRows shown={shown} all={found.length} onMore={() => setShown(shown + PAGE)} />
        </section>
      )}
    </>
  );
}

function Row({ place, today }: { place: StaffPlace; today: string }) {
  const missing = isLive(place) ? (place.staff?.missing ?? []) : [];
  const seen = isLive(place) ? (place.staff?.last_seen_on ?? null) : null;
  return (
    <tr>
      <td>
        <span class="named">
          <Plate form={place.form} small />
          <span>
            <a href={`/desk/steder/${place.id}`}>{place.name.da || "Uden navn"}</a>
            <br />
            <span class="note-text">
              {FORMS[place.form]}
              {missing.length > 0 && `. ${lacks(missing)}`}
            </span>
          </span>
        </span>
      </td>
      <td>
        <StateBadge state={place.state} />
      </td>
      <td data-th="Sidst set:">
        {isLive(place) ? (
          seen ? (
            upper(when(seen, today))
          ) : (
            <span class="dunno">ved ikke</span>
          )
        ) : (
          `Nedlagt ${when(place.dissolved_on, today)}`
        )}
      </td>
      <td>{isLive(place) && <NextStep place={place} />}</td>
    </tr>
  );
}

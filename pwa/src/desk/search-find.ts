/** Looking for anything at the desk by its words: æøå and aa are one with ae, oe and å, as on the phone. Pure, and quick without an index. */
import { fold } from "../text/fold.ts";
import type { IconName } from "../ui/icon.tsx";
import { iconOf, kindOf } from "../ui/kinds.ts";
import type { Event, Fault, Organiser } from "./data/things.ts";
import { pathOf } from "./events/path.ts";
import { EVENT_STATES } from "./events/words.ts";
import { type FaultState, group, isOpen } from "./faults/group.ts";
import { FAULT_STATES, faultIcon, faultTitle, whatWords } from "./faults/words.ts";
import { isLive } from "./lists/known.ts";
import { type Named, placeOf } from "./lists/names.ts";
import { FORMS, STATES } from "./lists/words.ts";

export interface Hit {
  readonly key: string;
  readonly kind: "place" | "route" | "facility" | "fault" | "person" | "event" | "organiser";
  readonly icon: IconName;
  readonly words: string;
  readonly note: string;
  readonly href: string;
}
/** What is looked in: the name first, the rest of the words behind it. */
export interface Entry extends Hit {
  readonly name: string;
  readonly text: string;
}

interface Everything extends Named {
  readonly faults: ReadonlyMap<string, Fault>;
  readonly events?: ReadonlyMap<string, Event>;
  readonly organisers?: ReadonlyMap<string, Organiser>;
  readonly people: readonly { readonly id: string; readonly name: string; readonly role: string }[];
}

const FORM_ICONS = { building: "building", spot: "bench", route: "route", online: "online", mental: "mental" } as const;

const entry = (hit: Hit, text: string): Entry => ({
  ...hit,
  name: fold(hit.words),
  text: fold(`${hit.words} ${text}`),
});

export function entriesOf(all: Everything): Entry[] {
  const found: Entry[] = [];
  for (const place of all.places.values()) {
    const live = isLive(place);
    const five = live ? [place.where, place.amenities, place.ground, place.purpose, place.activities] : [];
    const text = [place.name.en, place.name.de, ...five.map((one) => one?.da), live ? place.contact?.name : ""];
    found.push(
      entry(
        {
          ...{
            key: `place ${place.id}`,
            kind: "place",
            icon: FORM_ICONS[place.form],
            words: place.name.da || "Uden navn",
          },
          ...{ note: `${FORMS[place.form]}, ${STATES[place.state]}`, href: `/desk/steder/${place.id}` },
        },
        text.filter(Boolean).join(" "),
      ),
    );
  }
  for (const route of all.routes.values())
    found.push(
      entry(
        {
          ...{ key: `route ${route.id}`, kind: "route", icon: "route", words: route.name.da || "Uden navn" },
          ...{ note: "Rute", href: `/desk/ruter/${route.id}` },
        },
        [route.name.en, route.name.de].filter(Boolean).join(" "),
      ),
    );
  for (const facility of all.facilities.values()) {
    const kind = kindOf(facility).words;
    const place = facility.name ? null : placeOf(all, facility.id);
    found.push(
      entry(
        {
          ...{
            key: `facility ${facility.id}`,
            kind: "facility",
            icon: iconOf(facility),
            words: facility.name?.da ?? kind,
          },
          ...{ note: place ? `${kind}, ${place.name.da}` : kind, href: `/desk/ting/${facility.id}` },
        },
        `${kind} ${facility.type_text} ${place?.name.da ?? ""}`,
      ),
    );
  }
  for (const one of group(all.faults.values())) {
    const first = one.faults[0];
    const state: FaultState = one.state;
    found.push(
      entry(
        {
          ...{ key: `fault ${one.key}`, kind: "fault", icon: faultIcon(one.what), words: faultTitle(all, one) },
          ...{
            note: `Fejl, ${FAULT_STATES[state]}${isOpen(state) ? "" : " før"}`,
            href: `/desk/fejl/${first?.id ?? ""}`,
          },
        },
        `${whatWords(one.what)} ${one.faults.map(({ text }) => text).join(" ")} ${one.taken_by ?? ""}`,
      ),
    );
  }
  for (const event of all.events?.values() ?? []) {
    const place = event.place_id ? all.places.get(event.place_id)?.name.da : event.where?.da;
    const by = event.organiser_id ? all.organisers?.get(event.organiser_id)?.name : "";
    const note = `Begivenhed, ${EVENT_STATES[event.state]}`;
    found.push(
      entry(
        {
          key: `event ${event.id}`,
          kind: "event",
          icon: "calendar",
          words: event.name.da || "Uden navn",
          note,
          href: pathOf(event.id),
        },
        [event.name.en, event.name.de, place, by, event.host?.name].filter(Boolean).join(" "),
      ),
    );
  }
  for (const { id, name } of all.organisers?.values() ?? [])
    found.push(
      entry(
        {
          key: `organiser ${id}`,
          kind: "organiser",
          icon: "people",
          words: name,
          note: "Arrangør",
          href: `/desk/arrangoerer/${id}`,
        },
        "",
      ),
    );
  for (const person of all.people)
    found.push(
      entry(
        {
          ...{ key: `person ${person.id}`, kind: "person", icon: "user", words: person.name, note: person.role },
          href: "/desk/folk",
        },
        "",
      ),
    );
  return found;
}

const RANK: Readonly<Record<Hit["kind"], number>> = {
  place: 0,
  event: 1,
  route: 2,
  organiser: 3,
  person: 4,
  fault: 5,
  facility: 6,
};

/** How well `name` begins as the first word does: 0 the whole name, 1 its beginning, 2 a word in it, 3 inside one, 4 only in the text. */
function closeness(one: Entry, words: readonly string[]): number {
  const first = words[0] ?? "";
  if (one.name === words.join(" ")) return 0;
  if (one.name.startsWith(first)) return 1;
  if (one.name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(first))) return 2;
  return words.every((word) => one.name.includes(word)) ? 3 : 4;
}

/** Those that hold every word of the query, the best first, at most `most`; and how many there are in all. */
export function find(
  entries: readonly Entry[],
  query: string,
  most: number,
): { readonly hits: Entry[]; readonly all: number } {
  const words = fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (words.length === 0) return { hits: [], all: 0 };
  const found = entries
    .filter((one) => words.every((word) => one.text.includes(word)))
    .map((one) => ({ one, far: closeness(one, words) }))
    .sort((a, b) => a.far - b.far || RANK[a.one.kind] - RANK[b.one.kind] || (a.one.name < b.one.name ? -1 : 1));
  return { hits: found.slice(0, most).map(({ one }) => one), all: found.length };
}

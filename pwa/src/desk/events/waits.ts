/** What waits for staff among events: proposals to be answered, and days without anybody at the door. Pure. */
import type { Event } from "../data/things.ts";
import { count, upper } from "../lists/words.ts";
import type { Wait } from "../overview-waits.ts";
import { pathOf } from "./path.ts";
import { next, timeWords } from "./words.ts";

/** So many are told one by one. */
const EACH = 3;
/** So long before it is said that nobody is at the door. */
const SOON_MS = 14 * 24 * 3_600_000;

export interface EventsKnown {
  readonly events: ReadonlyMap<string, Event>;
  /** YYYY-MM-DD */
  readonly today: string;
  /** UTC. */
  readonly now: string;
  readonly organiserName: (id: string | null) => string | null;
}

/** The places at which something is to happen that everybody reads: they are in use, whoever saw them last. */
export function placesAhead(events: Iterable<Event>, now: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const event of events)
    if (event.place_id !== null && event.state === "public" && next(event, now)) found.add(event.place_id);
  return found;
}

/** Those that organisers wait for, the one that comes first before the others. */
export function proposals(known: EventsKnown): Wait[] {
  const at = (event: Event) => next(event, known.now)?.start ?? "9";
  const all = [...known.events.values()]
    .filter(({ state }) => state === "proposed")
    .sort((a, b) => at(a).localeCompare(at(b)));
  const each = all.slice(0, EACH).map((event): Wait => {
    const time = next(event, known.now);
    const by = known.organiserName(event.organiser_id);
    const when = time ? upper(timeWords(time, known.today)) : "Alle dage er gået";
    return {
      key: `proposed ${event.id}`,
      icon: "calendar",
      title: event.name.da,
      rest: "venter på jer",
      note: `${by ? `${by}. ` : ""}${when}.`,
      button: "Se forslaget",
      does: { is: "go", href: pathOf(event.id) },
      first: true,
    };
  });
  const more = all.length - each.length;
  if (more === 0) return each;
  const title = upper(`${count(more, "forslag", "forslag", true)} til venter`);
  const does = { is: "go", href: "/desk/begivenheder" } as const;
  return [...each, { key: "proposed", icon: "calendar", title, note: "", button: "Se dem", does, first: false }];
}

/** Events within two weeks that nobody has said to be at the door of. */
export function hostless(known: EventsKnown): Wait[] {
  const end = new Date(Date.parse(known.now) + SOON_MS).toISOString();
  const all = [...known.events.values()].filter((event) => {
    const time = event.state === "public" && event.host === null ? next(event, known.now) : null;
    return time !== null && time.start < end;
  });
  const [one] = all;
  if (!one) return [];
  const alone = all.length === 1;
  return [
    {
      key: "hostless",
      icon: "user",
      title: alone ? one.name.da : upper(`${count(all.length, "begivenhed", "begivenheder")} inden for to uger`),
      rest: "har ingen, der tager imod",
      note: alone
        ? ""
        : `${all
            .slice(0, EACH)
            .map(({ name }) => name.da)
            .join(", ")}.`,
      button: alone ? "Åbn" : "Se dem",
      does: { is: "go", href: alone ? pathOf(one.id) : "/desk/begivenheder" },
      first: false,
    },
  ];
}

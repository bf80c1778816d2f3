/** What notices are called, whom they go to, when, and why they did not reach somebody. Pure. */
import type { Notice, Progress } from "../../api/types.gen.ts";
import { addDays, local, weekday } from "../../geo/copenhagen.ts";
import { slugOf } from "../../text/slug.ts";
import type { Event, Organiser, Site, StaffPlace } from "../data/things.ts";
import { DAYS, day } from "../words.ts";

export type To = Notice["to"];
export type NoticeKind = To["kind"];
export type NoticeState = Notice["state"];

/** "Dem, der følger …" */
export const KINDS: readonly (readonly [NoticeKind, string])[] = [
  ["place", "et sted"],
  ["event", "en begivenhed"],
  ["organiser", "en arrangør"],
  ["area", "en by og det, der ligger om den"],
  ["all", "hvad som helst: alle"],
];
export const STATES: Readonly<Record<NoticeState, string>> = {
  scheduled: "planlagt",
  sending: "sendes",
  sent: "sendt",
  stopped: "standset",
};

const NB = "\u00a0";

/** "i dag kl. 14", "i morgen kl. 8", "torsdag den 5. marts kl. 8.30": the municipality's own time. `at`: UTC; `now`: ms. */
export function whenWords(at: string, now: number): string {
  const then = local(Date.parse(at));
  const today = local(now).date;
  const [h, m] = [Math.floor(then.minute / 60), then.minute % 60];
  const clock = `kl.${NB}${m === 0 ? h : `${h}.${String(m).padStart(2, "0")}`}`;
  if (then.date === today) return `i dag ${clock}`;
  if (then.date === addDays(today, 1)) return `i morgen ${clock}`;
  if (then.date === addDays(today, -1)) return `i går ${clock}`;
  const date = then.date.slice(0, 4) === today.slice(0, 4) ? day(then.date).replace(/ \d{4}$/, "") : day(then.date);
  return `${DAYS[weekday(then.date)]} den ${date} ${clock}`;
}

export interface Known {
  readonly places: ReadonlyMap<string, StaffPlace>;
  readonly events: ReadonlyMap<string, Event>;
  readonly organisers: ReadonlyMap<string, Organiser>;
  readonly site: Site | null;
}

/** "Dem, der følger Medborgerhuset" */
export function toWords(to: To, known: Known): string {
  if (to.kind === "all" || to.id === null) return "Alle, der følger noget";
  const name = {
    place: () => known.places.get(to.id ?? "")?.name.da,
    event: () => known.events.get(to.id ?? "")?.name.da,
    organiser: () => known.organisers.get(to.id ?? "")?.name,
    area: () => known.site?.towns.find((town) => slugOf(town.name.da) === to.id)?.name.da,
  }[to.kind]();
  return name === undefined ? "Dem, der fulgte noget, som ikke er her mere" : `Dem, der følger ${name}`;
}

/** What can be chosen of a kind, by name: what readers know. */
export function choices(kind: NoticeKind, known: Known, now: number): readonly (readonly [string, string])[] {
  const rows = {
    place: () =>
      [...known.places.values()]
        .filter(({ state }) => state === "active" || state === "resting")
        .map(({ id, name }) => [id, name.da] as const),
    event: () =>
      [...known.events.values()]
        .filter(
          ({ state, times }) => state !== "draft" && state !== "proposed" && times.some((one) => isAhead(one, now)),
        )
        .map(({ id, name }) => [id, name.da] as const),
    organiser: () => [...known.organisers.values()].map(({ id, name }) => [id, name] as const),
    area: () => (known.site?.towns ?? []).map(({ name }) => [slugOf(name.da), name.da] as const),
    all: () => [],
  }[kind]();
  return [...rows].sort((a, b) => a[1].localeCompare(b[1], "da"));
}

const isAhead = ({ start, end }: { start: string; end: string | null }, now: number): boolean =>
  Date.parse(end ?? start) > now;

export const phones = (n: number): string => `${n} ${n === 1 ? "telefon" : "telefoner"}`;

const REASONS: Readonly<Record<string, (n: number) => string>> = {
  no_push: (n) => `${phones(n)} følger, men får ingen beskeder. De kan læse den i appen.`,
  gone: (n) => `${phones(n)} findes ikke mere: appen er slettet, eller beskeder er slået fra.`,
  refused: (n) => `${phones(n)}: udbyderens server ville ikke tage imod den. Sig det til den, der passer serveren.`,
  late: (n) => `${phones(n)} kunne ikke nås, mens den var til nytte.`,
  stopped: (n) => `${phones(n)}: den blev standset.`,
  forgotten: (n) => `${phones(n)} har slettet, hvad de følger.`,
  restored: (n) => `${phones(n)}: en sikkerhedskopi blev lagt tilbage, og ingen ved, om den var sendt.`,
};
/** In the order in which they are told. */
const ORDER = ["stopped", "no_push", "gone", "late", "refused", "forgotten", "restored"];

/** Why the others were not reached, a line each. */
export function reasons(not: Progress["not_reached"]): string[] {
  const rank = (reason: string) => (ORDER.indexOf(reason) + ORDER.length + 1) % (ORDER.length + 1);
  return Object.entries(not)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([reason, n]) => REASONS[reason]?.(n) ?? `${phones(n)} blev ikke nået.`);
}

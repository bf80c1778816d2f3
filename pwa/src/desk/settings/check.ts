/** What is typed under Opsætning, read as it is sent. What can not be sent is told by the path of its field, and left as typed. */
import type { Facility, Help, Hours, Site, Transport } from "../../api/types.gen.ts";
import { SEEN_MONTHS } from "../lists/known.ts";
import { Checking } from "../parts/check.ts";
import { sentHours } from "../parts/check-hours.ts";
import type { HoursDraft } from "../parts/hours.tsx";
import { clock } from "../parts/loose.ts";
import type { TextDraft } from "../parts/text.tsx";

export type Language = Site["languages"][number];

export interface HelpDraft {
  readonly what: Help["what"];
  readonly name: TextDraft | null;
  readonly phone: string;
  readonly hours: HoursDraft | null;
}
export const MOST_HELP = 20;

export const helpDraft = (help: readonly Help[]): readonly HelpDraft[] =>
  help.map((one) => ({ what: one.what, name: one.name, phone: one.phone, hours: hoursDraft(one.hours) }));

const hoursDraft = (hours: Hours | null | undefined): HoursDraft | null => (hours as HoursDraft | null) ?? null;

export type Read<T> = { readonly sent: T; readonly wrongs: ReadonlyMap<string, string> };

const NO_PHONE = "Skriv nummeret, som man ringer til.";

function phone(look: Checking, typed: string, path: string): string {
  const bare = look.line(typed, path, 40, NO_PHONE) ?? "";
  if (bare && !/\d/.test(bare)) look.tell(path, "Skriv nummeret med tal.");
  return bare;
}

function hours(look: Checking, typed: HoursDraft | null, path: string): Hours | null {
  return typed === null ? null : sentHours(typed, path, look.tell);
}

/** The cards of Hjælp: one of them is the municipality's own. */
export function readHelp(cards: readonly HelpDraft[]): Read<readonly Help[]> {
  const look = new Checking();
  const sent = cards.map((card, at): Help => {
    const path = `help/${at}`;
    return {
      what: card.what,
      name: look.text(card.name, `${path}/name`, 200, "Skriv, hvad nummeret er til.") ?? { da: "" },
      phone: phone(look, card.phone, `${path}/phone`),
      hours: hours(look, card.hours, `${path}/hours`),
    };
  });
  if (!cards.some(({ what }) => what === "municipality"))
    look.tell("help", "Mindst ét nummer skal være kommunens eget. Det står også på siden, før kortet åbner.");
  if (cards.length > MOST_HELP) look.tell("help", `Der er plads til ${MOST_HELP} numre. Fjern et.`);
  return { sent, wrongs: look.wrongs };
}

/** How a ride is ordered: hours before, or before an hour of the day before. */
export type Rule = "hours" | "deadline" | "none";
export interface TransportDraft {
  readonly on: boolean;
  readonly phone: string;
  readonly rule: Rule;
  readonly hours_ahead: string;
  readonly deadline_local: string;
  readonly hours: HoursDraft | null;
  readonly price: TextDraft | null;
}

export const transportDraft = (told: Transport | null): TransportDraft => ({
  on: told !== null,
  phone: told?.phone ?? "",
  rule: told?.deadline_local ? "deadline" : typeof told?.hours_ahead === "number" ? "hours" : "none",
  hours_ahead: String(told?.hours_ahead ?? ""),
  deadline_local: told?.deadline_local ?? "",
  hours: hoursDraft(told?.hours),
  price: told?.price ?? null,
});

export function readTransport(typed: TransportDraft): Read<Transport | null> {
  const look = new Checking();
  if (!typed.on) return { sent: null, wrongs: look.wrongs };
  const ahead = typed.rule === "hours" ? whole(look, typed.hours_ahead, "transport/hours_ahead", 0, 336) : null;
  const before = typed.rule === "deadline" ? clock(typed.deadline_local) : null;
  if (typed.rule === "deadline" && before === null)
    look.tell("transport/deadline_local", "Skriv klokken, som 12 eller 14.30.");
  return {
    sent: {
      phone: phone(look, typed.phone, "transport/phone"),
      hours_ahead: ahead,
      deadline_local: before,
      hours: hours(look, typed.hours, "transport/hours"),
      price: look.text(typed.price, "transport/price"),
    },
    wrongs: look.wrongs,
  };
}

function whole(look: Checking, typed: string, path: string, least: number, most: number): number {
  const bare = typed.trim();
  const n = Number(bare);
  if (!/^\d+$/.test(bare) || n < least || n > most) look.tell(path, `Skriv et helt tal fra ${least} til ${most}.`);
  return n;
}

export interface GoalDraft {
  readonly needed: string;
  readonly by: string;
  readonly seen_months: string;
}
/** As the server has them where nobody has said another number (server/model/site.py). */
export const NEEDED = 3;

export const goalDraft = (site: Site): GoalDraft => ({
  needed: String(site.launch?.needed ?? NEEDED),
  by: site.launch?.by ?? "",
  seen_months: String(site.seen_months ?? SEEN_MONTHS),
});

export function readGoal(typed: GoalDraft): Read<{ needed: number; by: string | null; seen_months: number }> {
  const look = new Checking();
  const sent = {
    needed: whole(look, typed.needed, "goal/needed", 0, 100),
    by: typed.by || null,
    seen_months: whole(look, typed.seen_months, "goal/seen_months", 1, 120),
  };
  return { sent, wrongs: look.wrongs };
}

export interface ReadersDraft {
  /** null: all types, new ones too. */
  readonly codes: readonly number[] | null;
  readonly languages: readonly Language[];
}

export const readersDraft = (site: Site): ReadersDraft => ({
  codes: site.shown_codes === null ? null : [...site.shown_codes].sort((a, b) => a - b),
  languages: inOrder(site.languages),
});

const LANGUAGES = ["da", "en", "de"] as const;
const inOrder = (all: readonly Language[]): Language[] => LANGUAGES.filter((one) => one === "da" || all.includes(one));

export const withLanguage = (all: readonly Language[], one: Language, on: boolean): Language[] =>
  inOrder(on ? [...all, one] : all.filter((other) => other !== one));

export const withCode = (all: readonly number[], code: number, on: boolean): number[] =>
  (on ? [...new Set([...all, code])] : all.filter((one) => one !== code)).sort((a, b) => a - b);

/** A type of thing: how many there are of it, and what most of them call it. */
export interface TypeOf {
  readonly code: number;
  readonly words: string;
  readonly count: number;
}

/** The types that things here have, the most frequent first; those without a code are `bare`, which no choice reaches. */
export function typesOf(facilities: Iterable<Pick<Facility, "code" | "type_text">>): {
  readonly types: readonly TypeOf[];
  readonly bare: number;
} {
  const found = new Map<number, Map<string, number>>();
  let bare = 0;
  for (const { code, type_text } of facilities) {
    if (code === null) {
      bare++;
      continue;
    }
    const words = found.get(code) ?? new Map<string, number>();
    words.set(type_text, (words.get(type_text) ?? 0) + 1);
    found.set(code, words);
  }
  const types = [...found].map(([code, words]): TypeOf => {
    const most = [...words].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "da"));
    return { code, words: most[0]?.[0] ?? String(code), count: most.reduce((sum, [, n]) => sum + n, 0) };
  });
  types.sort((a, b) => b.count - a.count || a.words.localeCompare(b.words, "da"));
  return { types, bare };
}

/** "250 MB", "1,4 GB": as much as there is, in two figures' worth. */
export function bytes(n: number): string {
  const [value, unit] = n >= 1e9 ? [n / 1e9, "GB"] : n >= 1e6 ? [n / 1e6, "MB"] : [n / 1e3, "kB"];
  const shown = value >= 10 ? Math.round(value).toString() : (Math.round(value * 10) / 10).toString();
  return `${shown.replace(".", ",")}\u00a0${unit}`;
}

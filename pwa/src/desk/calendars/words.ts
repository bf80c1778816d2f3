/** What the room of calendars says. Pure. */
import type { CalendarNow, CalendarTold, LookedEvent } from "../../api/types.gen.ts";
import { clockWords, dayWords } from "../events/words.ts";
import { clock, count, few, upper } from "../lists/words.ts";
import { and } from "../words.ts";

/** "tre nye, én ændret" */
export function came(told: CalendarTold): string {
  const parts = [
    told.new > 0 && `${few(told.new)} ${told.new === 1 ? "ny" : "nye"}`,
    told.changed > 0 && `${few(told.changed)} ændret`,
    told.unchanged > 0 && `${few(told.unchanged)} som før`,
  ].filter((part): part is string => part !== false);
  return parts.length === 0 ? "Ingen kommende begivenheder." : `${upper(and(parts))}.`;
}

/** How it stands with a calendar, in one line. `now`: YYYY-MM-DD here. */
export function stateOf(
  one: CalendarNow,
  now: string,
): { readonly tone: "good" | "bad" | "wait"; readonly words: string } {
  if (one.failed !== null && one.failed_since !== null)
    return { tone: "bad", words: `Kunne ikke hentes siden ${clock(one.failed_since, now)}: ${one.failed}.` };
  if (one.told?.waiting) return { tone: "wait", words: `${upper(few(one.told.waiting))} er på vej ind.` };
  if (one.checked_at === null) return { tone: "wait", words: "Læses om lidt." };
  return { tone: "good", words: `Læst ${clock(one.checked_at, now)}.` };
}

/** How much of it asks for a person. */
export function asks(one: CalendarNow): number {
  const told = one.told;
  return told
    ? told.left.length + told.kept.length + told.lacking + told.gone.filter((gone) => !gone.cancelled).length
    : 0;
}

/** What is to be seen to, as a badge; null for nothing. */
export const asksWords = (one: CalendarNow): string | null => {
  const many = asks(one);
  return many === 0 ? null : `${count(many, "ting", "ting")} at se til`;
};

/** "ons. 8. april kl. 14, hver onsdag" */
export function whenOf(event: LookedEvent, today: string): string {
  const at = event.starts === null ? ", hele dagen" : ` kl.\u00a0${clockWords(event.starts)}`;
  const rule = event.rule ? `. ${upper(event.rule.da.replace(/\.$/, ""))}` : "";
  return `${dayWords(event.date, today)}${at}${rule}`;
}

const FIELDS: Readonly<Record<string, string>> = {
  name: "navnet",
  about: "teksten",
  where: "hvor det er",
  url: "adressen",
  themes: "temaerne",
  place_id: "stedet",
  organiser_id: "arrangøren",
  schedule: "tiden",
};

/** "navnet og tiden" */
export const fieldsOf = (fields: readonly string[]): string => {
  const days = fields.filter((field) => field.startsWith("changes/")).length;
  const named = fields.filter((field) => !field.startsWith("changes/")).map((field) => FIELDS[field] ?? field);
  return and([...named, ...(days > 0 ? [days === 1 ? "en enkelt gang" : `${few(days)} enkelte gange`] : [])]);
};

/** Why an address can not be one, before it is sent; null where it can. */
export function wrongUrl(url: string): string | null {
  const plain = url.trim();
  if (plain === "") return "Skriv kalenderens adresse.";
  if (/\s/.test(plain)) return "Der er et mellemrum i adressen. Kopiér den igen.";
  if (!/^(?:https|webcals?):\/\/[^/]+\.[^/]+/i.test(plain)) return "Adressen begynder med https:// eller webcal://.";
  return null;
}

/** The address as it is sent: https for webcal, and a name with æ, ø or å as the net writes it. */
export function plainUrl(url: string): string {
  const plain = url.trim().replace(/^webcals?:/i, "https:");
  try {
    return new URL(plain).href;
  } catch {
    return plain;
  }
}

/** Words that the desk's lists and boards share: states, forms, days as people say them, few things as a word. */
import type { Form } from "../../api/types.gen.ts";
import { and, day, LACKS } from "../words.ts";

export type State = "idea" | "developing" | "active" | "resting" | "dissolved";

export const STATES: Readonly<Record<State, string>> = {
  idea: "idé",
  developing: "under opbygning",
  active: "i brug",
  resting: "hviler",
  dissolved: "nedlagt",
};

export const FORMS: Readonly<Record<Form, string>> = {
  building: "Hus",
  spot: "Bænk, plads eller shelter",
  route: "Tur",
  online: "Online",
  mental: "Fagperson",
};

const FEW = ["nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];

/** A number as a word up to twelve. */
export const few = (n: number): string => FEW[n] ?? String(n);

/** "tre steder", "én fejl", "14 fejl"; `neuter` says "ét". */
export function count(n: number, one: string, many: string, neuter = false): string {
  const number = n === 1 && neuter ? "ét" : few(n);
  return `${number} ${n === 1 ? one : many}`;
}

export const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The local date of this computer, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const noon = (date: string): number => Date.parse(`${date.slice(0, 10)}T12:00:00Z`);

/** Whole days from `date` to `now`, both YYYY-MM-DD; below 0 where it is still to come. */
export function daysSince(date: string, now: string): number {
  return Math.round((noon(now) - noon(date)) / 86_400_000);
}

/** The date `months` months before; a day that the month does not have is its last. */
export function monthsBefore(now: string, months: number): string {
  const [year = 0, month = 1, on = 1] = now.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(on, last));
  return first.toISOString().slice(0, 10);
}

/** "i dag", "i går", "3. marts", and with the year where it is another. */
export function when(date: string, now: string): string {
  const days = daysSince(date, now);
  if (days === 0) return "i dag";
  if (days === 1) return "i går";
  const words = day(date.slice(0, 10));
  return date.slice(0, 4) === now.slice(0, 4) ? words.replace(/ \d{4}$/, "") : words;
}

/** How long something has lasted: "i dag", "1 dag", "12 dage", "3 måneder", "2 år". */
export function age(since: string, now: string): string {
  const days = daysSince(since, now);
  if (days <= 0) return "i dag";
  if (days === 1) return "1 dag";
  if (days < 60) return `${days} dage`;
  const months = Math.floor(days / 30.44);
  return months < 24 ? `${months} måneder` : `${Math.floor(months / 12)} år`;
}

/** "12 måneder" as people say it: "et år". */
export function span(months: number): string {
  if (months === 12) return "et år";
  if (months % 12 === 0) return `${FEW[months / 12] ?? months / 12} år`;
  return months === 1 ? "en måned" : `${FEW[months] ?? months} måneder`;
}

/** "Mangler: formål og aktiviteter." */
export const lacks = (missing: readonly string[]): string =>
  `Mangler: ${and(missing.map((field) => LACKS[field] ?? field))}.`;

/** A moment (UTC) as "i dag kl. 8.40", "3. marts kl. 14.05", by the clock of this computer. */
export function clock(at: string, now: string): string {
  const then = new Date(at);
  return `${when(today(then), now)} kl.\u00a0${then.getHours()}.${String(then.getMinutes()).padStart(2, "0")}`;
}

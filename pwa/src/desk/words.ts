/** The desk's words. Staff read Danish. */
import type { Role } from "./me.ts";

export const ROLES: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  admin: { name: "Administrator", may: "Alt, også at lukke andre ind." },
  editor: { name: "Redaktør", may: "Steder, ruter, fejl og import." },
  moderator: { name: "Moderator", may: "Svarer på forslag." },
  organiser: { name: "Arrangør", may: "Sine egne begivenheder." },
};

export const LACKS: Readonly<Record<string, string>> = {
  where: "sted",
  amenities: "faciliteter",
  ground: "underlag",
  purpose: "formål",
  activities: "aktiviteter",
  point: "punkt på kortet",
  route_id: "rute",
  hours: "åbningstid",
  url: "adresse på nettet eller nummer",
};

/** "a, b og c" */
export function and(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} og ${words.at(-1)}` : (words[0] ?? "");
}

export const MONTHS: readonly string[] =
  "januar februar marts april maj juni juli august september oktober november december".split(" ");
/** From Monday, as `weekday` counts. */
export const DAYS: readonly string[] = "mandag tirsdag onsdag torsdag fredag lørdag søndag".split(" ");

/** YYYY-MM-DD as "3. marts 2026". */
export function day(date: string): string {
  const [year = "", month = "1", on = "1"] = date.split("-");
  return `${Number(on)}.\u00a0${MONTHS[Number(month) - 1]} ${year}`;
}

/** A moment as "torsdag den 5. marts kl. 11.20", by the clock of this computer. */
export function moment(at: Date): string {
  const clock = `${at.getHours()}.${String(at.getMinutes()).padStart(2, "0")}`;
  return `${DAYS[(at.getDay() + 6) % 7]} den ${at.getDate()}.\u00a0${MONTHS[at.getMonth()]} kl.\u00a0${clock}`;
}

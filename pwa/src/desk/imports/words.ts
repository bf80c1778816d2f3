/** What is said of files. */
import { number } from "../../text/format.ts";
import { and } from "../words.ts";
import type { Came, Conflict, Job, Kind, Left, Result } from "./job.ts";

const KINDS: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  place: ["mødested", "mødesteder"],
  facility: ["facilitet", "faciliteter"],
  route: ["rute", "ruter"],
};

/** "12 mødesteder og 1 rute" of those that are new (or changed, or as before); "" where there are none. */
export function things(result: Result, how: "new" | "changed" | "unchanged"): string {
  const told = (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const n = result.things[kind]?.[how] ?? 0;
    return n > 0 ? [`${number(n)} ${KINDS[kind][n === 1 ? 0 : 1]}`] : [];
  });
  return and(told);
}

/** How many rows were left out; remarks are none. */
export const leftOut = (result: Result): number => result.left_out.reduce((sum, one) => sum + (one.rows ?? 1), 0);
export const remarks = (result: Result): Left[] => result.left_out.filter((one) => one.rows === 0);

/** The rows that were left out by reason, the most frequent first. */
export function byReason(result: Result): { readonly title: string; readonly rows: number; readonly each: Left[] }[] {
  const found = new Map<string, Left[]>();
  for (const one of result.left_out) {
    if (one.rows === 0) continue;
    found.set(one.title, [...(found.get(one.title) ?? []), one]);
  }
  return [...found]
    .map(([title, each]) => ({
      title,
      each: each.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
      rows: each.reduce((sum, one) => sum + (one.rows ?? 1), 0),
    }))
    .sort((a, b) => b.rows - a.rows);
}

export const rows = (n: number): string => `${number(n)} ${n === 1 ? "række" : "rækker"}`;
const files = (n: number): string => (n === 1 ? "én fil" : `${n} filer`);

/** How far the reading is. */
export function progress(job: Job): string {
  if (job.state === "waiting") return `Venter. Der er ${files(Math.max(1, job.ahead))} foran.`;
  if (job.step === "trying") return "Filen er læst. Ser efter, hvad den ændrer.";
  if (job.rows === 0) return "Læser filen.";
  return job.of && job.of > job.rows
    ? `Læser: ${number(job.rows)} af ${rows(job.of)}.`
    : `Læser: ${rows(job.rows)} indtil nu.`;
}

/** 0–100 where it is known. */
export const share = (job: Job): number | null =>
  job.step === "reading" && job.of && job.rows > 0 ? Math.min(100, (job.rows / job.of) * 100) : null;

/** "3 nye, 1 ændret, 2 uændrede, 1 udeladt" of what is not none. */
export function came(one: Came): string {
  const told = [
    one.new && `${number(one.new)} ${one.new === 1 ? "ny" : "nye"}`,
    one.changed && `${number(one.changed)} ${one.changed === 1 ? "ændret" : "ændrede"}`,
    one.unchanged && `${number(one.unchanged)} som før`,
    one.left_out && `${number(one.left_out)} udeladt`,
  ].filter((part): part is string => Boolean(part));
  return told.length > 0 ? told.join(", ") : "ingen rækker";
}

/** Who wrote what stands here, as far as anybody knows. `on`: the day in words. */
export function writer(one: Conflict, on: string | null): string {
  if (one.by && on) return `Jeres, ${one.by}, ${on}`;
  if (one.by) return `Jeres, ${one.by}`;
  return on ? `Jeres, ${on}` : "Jeres";
}

export const STATES: Readonly<Record<Job["state"], string>> = {
  waiting: "venter",
  reading: "læses",
  ready: "klar",
  failed: "kunne ikke læses",
};

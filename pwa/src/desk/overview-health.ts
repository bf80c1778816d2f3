/** What of the machine's somebody must look at: files and calendars that could not be read, old registers, a disk that is full. */
import { useEffect, useState } from "preact/hooks";
import type { CalendarList, CalendarNow } from "../api/types.gen.ts";
import { get } from "./ask.ts";
import { stateOf } from "./calendars/words.ts";
import { type Job as ImportJob, imports } from "./imports/job.ts";
import { daysSince, monthsBefore, today, when } from "./lists/words.ts";
import type { Trouble } from "./overview-waits.ts";
import { type Health, health, troubles } from "./settings/machine.ts";

/** What is told of a file that was sent and is read, or was. */
export type Job = Pick<ImportJob, "id" | "at" | "state" | "refused" | "imported"> & {
  readonly asked: { readonly name: string };
};

/** Registers are fetched again at least this often. */
const OLD_MONTHS = 12;
/** What was read and let lie this long is no news any more. */
const JOB_DAYS = 7;

/** What is to be told, the worst first. Of the machine itself administrators alone hear: they can do something about it. `now`: ms. */
export function troublesOf(
  told: Health | null,
  jobs: readonly Job[],
  admin: boolean,
  now: number,
  calendars: readonly CalendarNow[] = [],
): Trouble[] {
  const day = today(new Date(now));
  const found: Trouble[] = [];
  // What is cancelled or moved in a calendar that is not read is not told to anybody.
  for (const one of calendars)
    if (one.failed !== null)
      found.push({
        key: `calendar ${one.id}`,
        title: `Kalenderen ${one.name} kan ikke hentes`,
        note: stateOf(one, day).words,
        button: "Se den",
        href: `/desk/kalendere/${one.id}`,
      });
  for (const job of jobs) {
    const href = `/desk/ind/${job.id}`;
    if (job.imported || daysSince(job.at, day) > JOB_DAYS) continue;
    if (job.state === "failed") {
      const note = job.refused ?? "Intet er ændret.";
      found.push({
        key: `import ${job.id}`,
        title: `${job.asked.name} kunne ikke læses`,
        note,
        button: "Se den",
        href,
      });
    } else if (job.state === "ready") {
      const note = `Læst ${when(job.at, day)}. Intet er ændret endnu.`;
      found.push({
        key: `import ${job.id}`,
        title: `${job.asked.name} er klar til at hentes ind`,
        note,
        button: "Se den",
        href,
      });
    }
  }
  if (told && admin)
    for (const words of troubles(told, now)) {
      const [title = words, ...rest] = words.split(/(?<=\.) /);
      const href = "/desk/opsaetning/serveren";
      found.push({
        key: `machine ${title}`,
        title: title.replace(/\.$/, ""),
        note: rest.join(" "),
        button: "Se det",
        href,
      });
    }
  const at = told?.imported_at?.slice(0, 10) ?? null;
  if (told && at !== null && told.sources.length > 0 && at < monthsBefore(day, OLD_MONTHS)) {
    const things = told.sources.reduce((sum, one) => sum + one.things, 0);
    const title = "Kommunens data er over et år gamle";
    const note = `${things} ting blev hentet ind ${when(at, day)}.`;
    found.push({ key: "data", title, note, button: "Hent ind igen", href: "/desk/ind" });
  }
  return found;
}

/** [] where nothing is wrong, and where it can not be asked just now. */
export function useHealth(admin: boolean): readonly Trouble[] {
  const [found, setFound] = useState<readonly Trouble[]>([]);
  useEffect(() => {
    let here = true;
    const none = () => null;
    const read = get<CalendarList>("/calendars").catch(none);
    void Promise.all([health().catch(none), imports().catch(none), read]).then(([told, files, kept]) => {
      if (here) setFound(troublesOf(told, files?.under_way ?? [], admin, Date.now(), kept?.calendars));
    });
    return () => {
      here = false;
    };
  }, [admin]);
  return found;
}

/** What is typed of days off, quiet hours and who shows events, read as it is sent; and what reminders follow from the rules. Pure. */
import type { Site } from "../../api/types.gen.ts";
import { addDays, local, moment, weekday } from "../../geo/copenhagen.ts";
import { due } from "../../geo/remind.ts";
import { Checking } from "../parts/check.ts";
import { clock } from "../parts/loose.ts";
import { DAYS } from "../words.ts";
import type { Read } from "./check.ts";

export interface PeriodDraft {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}
export interface EventsDraft {
  readonly at_once: boolean;
  readonly school: readonly PeriodDraft[];
  readonly holidays: readonly string[];
  readonly quiet: { readonly from: string; readonly to: string };
}
/** As the server has it where nobody has said other hours (server/model/quiet.py). */
const QUIET = { from: "21:00", to: "08:00" };
export const MOST_PERIODS = 100;
export const MOST_HOLIDAYS = 400;
const NAME_LIMIT = 100;

export const eventsDraft = (site: Site): EventsDraft => ({
  at_once: site.events_at_once,
  school: site.school_holidays.map(({ from, to, name }) => ({ from, to, name: name?.da ?? "" })),
  holidays: site.holidays,
  quiet: site.quiet ?? QUIET,
});

type Sent = Pick<Site, "events_at_once" | "school_holidays" | "holidays" | "quiet">;

export function readEvents(typed: EventsDraft, site: Pick<Site, "school_holidays" | "quiet">): Read<Sent> {
  const look = new Checking();
  const school = typed.school.map((one, at) => {
    const path = `school/${at}`;
    if (!one.from) look.tell(`${path}/from`, "Vælg den første dag.");
    if (!one.to) look.tell(`${path}/to`, "Vælg den sidste dag.");
    if (one.from && one.to && one.to < one.from) look.tell(`${path}/to`, "Ferien slutter, før den begynder.");
    const da = look.line(one.name, `${path}/name`, NAME_LIMIT);
    // A name in other languages stays as long as the Danish one does.
    const stands = site.school_holidays.find(({ name }) => name?.da === da)?.name;
    return { from: one.from, to: one.to, name: da === null ? null : (stands ?? { da }) };
  });
  typed.holidays.forEach((day, at) => {
    if (!day) look.tell(`holidays/${at}`, "Vælg dagen, eller fjern den.");
  });
  const quiet = { from: hour(look, typed.quiet.from, "quiet/from"), to: hour(look, typed.quiet.to, "quiet/to") };
  const usual = site.quiet === null && quiet.from === QUIET.from && quiet.to === QUIET.to;
  const sorted = [...school].sort((a, b) => a.from.localeCompare(b.from));
  const holidays = [...new Set(typed.holidays)].sort();
  const sent = { events_at_once: typed.at_once, school_holidays: sorted, holidays, quiet: usual ? null : quiet };
  return { sent, wrongs: look.wrongs };
}

function hour(look: Checking, typed: string, path: string): string {
  const read = clock(typed);
  if (read === null) look.tell(path, "Skriv klokken, som 21 eller 8.30.");
  return read ?? typed;
}

const THURSDAY = 3;
const HOURS = [9, 14, 19] as const;

/** "onsdag kl. 13.30" */
function momentWords(at: number): string {
  const { date, minute } = local(at);
  const day = DAYS[weekday(date)];
  const rest = minute % 60 === 0 ? "" : `.${String(minute % 60).padStart(2, "0")}`;
  return `${day} kl.\u00a0${Math.floor(minute / 60)}${rest}`;
}

export interface Example {
  readonly start: string;
  /** When the phone says that transport is to be ordered, and the last moment to do so; null: it says nothing. */
  readonly remind: string | null;
  readonly orderBy: string | null;
}

/** What the rules make of three times on a Thursday after `today` that is no holiday. */
export function examples(site: Pick<Site, "transport" | "quiet" | "holidays">, today: string): readonly Example[] {
  let day = addDays(today, 7);
  while (weekday(day) !== THURSDAY || site.holidays.includes(day)) day = addDays(day, 1);
  return HOURS.map((hour) => {
    const start = moment(day, hour * 60);
    const time = { start: `${new Date(start).toISOString().slice(0, 19)}Z`, date: day, all_day: false };
    const found = due("transport", time, site);
    return {
      start: momentWords(start),
      remind: found && momentWords(found.at),
      orderBy: found?.orderBy == null ? null : momentWords(found.orderBy),
    };
  });
}

/** The answer to whoever wants to be met, as far as it can be written beforehand: who, where, when. Pure. */
import { local } from "../../geo/copenhagen.ts";
import { startMs } from "../../geo/times.ts";
import type { Event, Time } from "../data/things.ts";

/** So long before it begins somebody stands there. */
const BEFORE_MIN = 15;
const NB = "\u00a0";
/** With one of these a place begins that can stand after "står". */
const AT =
  /^(ved|i|på|foran|bag|bagved|under|over|uden for|udenfor|inde|inden for|indenfor|ude|oppe|nede|mellem|nær|til|ud for|lige)\s/iu;

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
const bare = (words: string): string => words.trim().replace(/[\s.,;…]+$/u, "");

/** "kl. 13.45"; null for a whole day. */
function early(time: Time): string | null {
  if (time.all_day || time.start_local === null) return null;
  const { minute } = local(startMs(time) - BEFORE_MIN * 60_000);
  const [h, m] = [Math.floor(minute / 60), minute % 60];
  return `kl.${NB}${m === 0 ? h : `${h}.${String(m).padStart(2, "0")}`}`;
}

/** "Kirsten står ved den røde dør kl. 13.45". Where what is written of the place is no such place, it stands after it as it is. */
export function sentence(event: Event, time: Time): string {
  const who = event.host?.name ?? "Jeg";
  const where = bare(time.meeting?.da ?? event.newcomers?.where.da ?? "");
  const at = early(time);
  const clock = at ? ` ${at}` : "";
  // Several sentences are not bent into one.
  if (where !== "" && AT.test(where) && !/[.!?]\s/u.test(where)) return `${who} står ${lower(where)}${clock}`;
  return where === "" ? `${who} står ved døren${clock}` : `${who} står klar${clock}. ${where}`;
}

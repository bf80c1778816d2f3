/** Hours as they are sent, and what is wrong with those that can not be. */
import type { Hours } from "../../api/types.gen.ts";
import type { HoursDraft } from "./hours.tsx";
import { clock } from "./loose.ts";
import { sentText } from "./text.tsx";

type Tell = (path: string, words: string) => void;
const SAME = "Åbner og lukker på samme tid. Er der åbent hele døgnet, så vælg det.";
const NO_CLOCK = "Skriv klokken, som 9 eller 14.30.";

/** Reads hours as written; `tell` hears what is wrong, by the path of its field. */
export function sentHours(hours: HoursDraft, path: string, tell: Tell): Hours {
  if (!hours.source.trim()) tell(`${path}/source`, "Skriv, hvem der har sagt det.");
  if (!hours.seen_on) tell(`${path}/seen_on`, "Vælg dagen, det blev sagt eller set.");
  if (hours.weekly?.length === 0) tell(`${path}/weekly`, "Tilføj en tid, eller vælg ”ved ikke”.");
  const times = (opens: string, closes: string, at: string) => {
    const [from, to] = [clock(opens), clock(closes, true)];
    if (from === null) tell(`${at}/opens`, NO_CLOCK);
    if (to === null) tell(`${at}/closes`, NO_CLOCK);
    if (from !== null && from === to) tell(`${at}/closes`, SAME);
    return { opens: from ?? opens, closes: to ?? closes };
  };
  return {
    ...hours,
    source: hours.source.trim(),
    note: sentText(hours.note),
    weekly:
      hours.weekly?.map((row, i) => {
        const at = `${path}/weekly/${i}`;
        if (row.days.length === 0) tell(`${at}/days`, "Vælg mindst én dag.");
        return { ...row, ...times(row.opens, row.closes, at) };
      }) ?? null,
    except: hours.except.map((row, i) => {
      const at = `${path}/except/${i}`;
      if (!row.date) tell(`${at}/date`, "Vælg datoen.");
      if (row.opens === null || row.closes === null) return { ...row, opens: null, closes: null };
      return { ...row, ...times(row.opens, row.closes, at) };
    }),
  } as Hours;
}

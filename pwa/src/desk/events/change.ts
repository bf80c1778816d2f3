/** What is said of a single time, between the form and what is sent. Pure. */
import type { Change, Time } from "../data/things.ts";
import { clock } from "../parts/loose.ts";

/** The day on which the rule gives it: it stands in its id. */
export const dayOf = ({ id }: Pick<Time, "id">): string => id.slice(-8).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

/** As typed. */
export interface ChangeDraft {
  readonly state: Change["state"];
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  readonly why: string;
  readonly full: boolean;
  readonly meeting: string;
}

/** "HH:MM" of a time's end, in the municipality's own time, where it is known. */
const local = new Intl.DateTimeFormat("da", { timeZone: "Europe/Copenhagen", hour: "2-digit", minute: "2-digit" });

export const changeDraft = (time: Time): ChangeDraft => ({
  state: time.state,
  date: time.date,
  starts: time.start_local ?? "",
  ends: time.end && !time.all_day ? local.format(new Date(time.end)).replace(".", ":") : "",
  why: time.why?.da ?? "",
  full: time.full,
  meeting: time.meeting?.da ?? "",
});

/** As it is sent, and what is wrong by field. */
export function readChange(
  time: Time,
  draft: ChangeDraft,
): { readonly change: Change; readonly wrongs: ReadonlyMap<string, string> } {
  const wrongs = new Map<string, string>();
  const moved = draft.state === "moved";
  const before = changeDraft(time);
  const at = (typed: string, path: string, was: string): string | null => {
    if (!moved || time.all_day || typed.trim() === "") return null;
    const read = clock(typed, true);
    if (read === null) wrongs.set(path, "Skriv klokken, som 17 eller 17.30.");
    return read === was && time.state !== "moved" ? null : read === "24:00" ? "00:00" : read;
  };
  if (moved && !draft.date) wrongs.set("change/date", "Vælg dagen, den er flyttet til.");
  const [starts, ends] = [at(draft.starts, "change/starts", before.starts), at(draft.ends, "change/ends", before.ends)];
  if (moved && draft.date === dayOf(time) && starts === null && ends === null)
    wrongs.set("change/date", "Vælg en anden dag eller et andet klokkeslæt.");
  const why = draft.state === "on" ? "" : draft.why.trim();
  if (draft.state !== "on" && !why) wrongs.set("change/why", "Skriv hvorfor. De, der ville komme, læser det.");
  const text = (words: string) => (words.trim() ? { da: words.trim() } : null);
  const change: Change = {
    ...{ day: dayOf(time), state: draft.state, date: moved ? draft.date : null, starts, ends },
    ...{ why: text(why), full: draft.full, meeting: text(draft.meeting) },
  };
  return { change, wrongs };
}

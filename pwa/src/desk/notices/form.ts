/** A notice as it is being written: kept at every keystroke, and what is wrong with it. Pure but for the keeping. */
import type { SendNotice } from "../../api/types.gen.ts";
import { local, moment } from "../../geo/copenhagen.ts";
import { drafts, dropDraft, keepDraft } from "../../store/drafts.ts";
import type { Wrongs } from "../parts/field.tsx";
import { clock, lengthOf } from "../parts/loose.ts";
import { heavyWords } from "../parts/neutral.ts";
import type { NoticeKind, To } from "./words.ts";

/** server/domain/notice.py */
export const TITLE_MOST = 60;
export const BODY_MOST = 300;

export interface Writing {
  readonly kind: NoticeKind | "";
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly later: boolean;
  /** YYYY-MM-DD and a clock as it was written, of the municipality's own time. */
  readonly date: string;
  readonly clock: string;
}
export const EMPTY: Writing = { kind: "", id: "", title: "", body: "", later: false, date: "", clock: "9.00" };

const KEY = "desk/notice";

export const written = (): Writing => ({ ...EMPTY, ...(drafts.value.get(KEY) as Partial<Writing> | undefined) });
export const keep = (writing: Writing): void => void keepDraft(KEY, writing);
export const drop = (): void => void dropDraft(KEY, drafts.peek().get(KEY));
export const isBegun = (writing: Writing): boolean => writing.title.trim() !== "" || writing.body.trim() !== "";

/** To whom, once that is chosen. */
export function toOf({ kind, id }: Writing): To | null {
  if (kind === "") return null;
  if (kind === "all") return { kind, id: null };
  return id === "" ? null : { kind, id };
}

/** When it is wanted, UTC; null: now, or no time that there is. */
export function atOf(writing: Writing): string | null {
  if (!writing.later) return null;
  const at = clock(writing.clock);
  if (!/^\d{4}-\d\d-\d\d$/.test(writing.date) || at === null) return null;
  const [h = 0, m = 0] = at.split(":").map(Number);
  return new Date(moment(writing.date, h * 60 + m)).toISOString().replace(".000Z", "Z");
}

/** What stops it from being sent, by the path of the field. `now`: ms. */
export function wrongsOf(writing: Writing, now: number): Wrongs {
  const wrongs = new Map<string, string>();
  const words: readonly (readonly [string, string, number, string])[] = [
    ["title", writing.title, TITLE_MOST, "Skriv en overskrift. Den står øverst på skærmen."],
    ["body", writing.body, BODY_MOST, "Skriv, hvad der sker, hvor og hvornår."],
  ];
  for (const [path, text, most, lacking] of words) {
    const heavy = heavyWords(text);
    if (text.trim() === "") wrongs.set(path, lacking);
    else if (heavy) wrongs.set(path, heavy);
    else if (lengthOf(text.trim()) > most) wrongs.set(path, `Det er for langt. Højst ${most} tegn.`);
  }
  if (writing.later) {
    const at = atOf(writing);
    if (at === null) wrongs.set(writing.date === "" ? "date" : "clock", "Skriv en dag og et klokkeslæt.");
    else if (Date.parse(at) <= now) wrongs.set("date", "Den tid er gået. Vælg en, der kommer.");
  }
  return wrongs;
}

/** The args of send_notice; null where nobody is chosen. */
export function argsOf(writing: Writing, sure: boolean): SendNotice | null {
  const to = toOf(writing);
  return (
    to && {
      ...{ to, title: { da: writing.title.trim() }, body: { da: writing.body.trim() } },
      ...{ at: atOf(writing), sure },
    }
  );
}

/** What was to be sent, as it was written: to be mended and sent anew. */
export function ofArgs({ to, title, body, at }: SendNotice): Writing {
  const then = at ? local(Date.parse(at)) : null;
  const [h, m] = then ? [Math.floor(then.minute / 60), then.minute % 60] : [9, 0];
  return {
    ...{ kind: to.kind, id: to.id ?? "", title: title.da, body: body.da },
    ...{ later: then !== null, date: then?.date ?? "", clock: `${h}.${String(m).padStart(2, "0")}` },
  };
}

/** Tomorrow, for a time that is chosen anew. */
export const tomorrow = (now: number): string => local(now + 24 * 3_600_000).date;

const APART_MS = 24 * 3_600_000;
/** When the same followers have another one less than 24 hours from `goes`; null where none is so near. All UTC. */
export function nearOf(goes: string, others: readonly (string | null)[]): string | null {
  return others.find((at) => at !== null && Math.abs(Date.parse(at) - Date.parse(goes)) < APART_MS) ?? null;
}

/** What somebody chose of a file that was looked at, kept on this computer until it went in: a closed window loses none of it. */
import { getSetting, putSetting } from "../../store/own.ts";
import type { Asked, Conflict, Found, Gone } from "./job.ts";

export type Whose = "ours" | "register";
export type Stays = "keep" | "withdraw";

export interface Choices {
  /** By `keyOf`. */
  readonly fields: Readonly<Record<string, Whose>>;
  readonly gone: Readonly<Record<string, Stays>>;
  /** How it was sent: the ops, apply_import first, then each withdrawal; `at`: when the file had been read. */
  readonly sent: { readonly at: string; readonly ops: readonly string[] } | null;
}

export const NONE: Choices = { fields: {}, gone: {}, sent: null };
/** The ops by which just this reading was sent; a file that was read anew was not sent yet. */
export const opsOf = (choices: Choices, job: { readonly at: string }): readonly string[] =>
  choices.sent?.at === job.at ? choices.sent.ops : [];
export const keyOf = (one: { readonly kind: string; readonly id: string; readonly field?: string }): string =>
  [one.kind, one.id, one.field].filter((part) => part !== undefined).join(" ");

const name = (job: string): string => `desk.import.${job}`;
export const kept = async (job: string): Promise<Choices> =>
  (await getSetting<Choices>(name(job)).catch(() => undefined)) ?? NONE;
/** A computer that keeps nothing still has what stands on the screen. */
export const keep = (job: string, choices: Choices): Promise<void> =>
  putSetting(name(job), choices).catch(() => undefined);

/** Whose word a field is: what people wrote stays until somebody says otherwise. */
export const whose = (choices: Choices, one: Conflict): Whose | null =>
  choices.fields[keyOf(one)] ?? (one.new ? null : "ours");
export const stays = (choices: Choices, one: Gone): Stays | null =>
  choices.gone[keyOf(one)] ?? (one.kept ? "keep" : null);

/** The conflicts in which somebody has a say; the others are told. */
export const choosable = (found: Found): Conflict[] => found.result.conflicts.filter((one) => one.choice);
/** How many news nobody has said anything of yet. */
export const unsaid = (found: Found, choices: Choices): number =>
  choosable(found).filter((one) => whose(choices, one) === null).length;

/** args of apply_import. What nobody said anything of stays as it is here. */
export function argsOf(asked: Asked, found: Found, choices: Choices): Record<string, unknown> {
  const take = choosable(found)
    .filter((one) => whose(choices, one) === "register")
    .map(({ kind, id, field }) => ({ kind, id, field }));
  const keep = found.result.gone.filter((one) => stays(choices, one) === "keep").map(({ kind, id }) => ({ kind, id }));
  return {
    blob: found.lines,
    source: asked.source,
    name: asked.name,
    choices: { take, keep, crs: asked.crs, lat_first: asked.choices.lat_first },
  };
}

export const withdrawn = (found: Found, choices: Choices): Gone[] =>
  found.result.gone.filter((one) => stays(choices, one) === "withdraw");

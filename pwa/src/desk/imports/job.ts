/** A file that is looked at, and what was found (server/model/imports.py; the words of what was found are the server's). */
import { get, post } from "../ask.ts";

export type Kind = "place" | "facility" | "route";

export interface Column {
  readonly heading: string;
  readonly read_as: string;
}
export interface Reading {
  readonly lat_first: boolean | null;
  readonly columns: readonly Column[];
  /** YYYY-MM-DD, both. */
  readonly seen_on: string | null;
  readonly saved_on: string | null;
}
/** What is asked: the file by its hash, and how it is to be read. */
export interface Asked {
  readonly blob: string;
  readonly name: string;
  readonly source: string | null;
  readonly crs: number | null;
  readonly choices: Reading;
}
export interface Importer {
  readonly id: string;
  readonly name: string | null;
}
export interface Left {
  readonly layer: string;
  readonly row: number | null;
  readonly code: string;
  readonly title: string;
  readonly reason: string;
  /** How many rows it speaks for; 0: a remark on what is taken. */
  readonly rows?: number;
}
export interface Difference {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly field: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}
export interface Conflict {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly field: string;
  readonly label: string;
  readonly here: string;
  readonly register: string;
  /** The register says so since this file. */
  readonly new: boolean;
  /** The register's word can be chosen. */
  readonly choice?: true;
  /** Nobody wrote it: a place that all can see can not be without. */
  readonly needed?: true;
  readonly by: string | null;
  readonly on: string | null;
}
export interface Gone {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** The fields that people changed here, in words. */
  readonly edited: readonly string[];
  /** It was said before that it stays. */
  readonly kept?: true;
}
export interface ColumnRead {
  readonly layer: string;
  readonly column: string;
  readonly read_as: string;
  readonly reason: string;
}
export interface Lacking {
  readonly id: string;
  readonly name: string;
  readonly missing: readonly string[];
}
export interface Counts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}
export interface Result extends Counts {
  readonly left_out: readonly Left[];
  readonly things: Readonly<Record<Kind, Counts>>;
  readonly differences: readonly Difference[];
  readonly differences_count: number;
  readonly conflicts: readonly Conflict[];
  readonly conflicts_count: number;
  readonly needed_count: number;
  readonly gone: readonly Gone[];
  readonly gone_count: number;
  readonly columns: readonly ColumnRead[];
  readonly lacking: readonly Lacking[];
  readonly lacking_count: number;
}
export interface Found {
  /** What apply_import takes: the lines that were shown, and no other reading. */
  readonly lines: string;
  readonly rows: number;
  readonly read_as: readonly string[];
  /** What a column can be read as, in Danish; empty of what is no table. */
  readonly fields: Readonly<Record<string, string>>;
  readonly result: Result;
}
export interface Job {
  readonly id: string;
  readonly asked: Asked;
  readonly by: Importer;
  readonly at: string;
  readonly state: "waiting" | "reading" | "ready" | "failed";
  readonly step: "reading" | "trying" | null;
  readonly rows: number;
  readonly of: number | null;
  readonly ahead: number;
  readonly refused: string | null;
  readonly found: Found | null;
  readonly moved: boolean;
  readonly imported: boolean;
}
export interface Came {
  readonly at: string;
  readonly by: Importer;
  readonly name: string | null;
  readonly source: string | null;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left_out: number;
}
export interface Imports {
  readonly under_way: readonly Job[];
  readonly imported: readonly Came[];
}

export const jobOf = (id: string): Promise<Job> => get<Job>(`/imports/${encodeURIComponent(id)}`);
export const imports = (): Promise<Imports> => get<Imports>("/imports");
/** Begins, or tells how far the same one is: asking again is safe. */
export const read = (asked: Asked): Promise<Job> => post<Job>("/imports", asked);

export const isOver = (job: Job): boolean => job.state === "ready" || job.state === "failed";
export const isTable = (name: string): boolean => /\.(csv|xlsx)$/i.test(name);

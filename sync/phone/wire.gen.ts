// Made by `make types` from sync/wire.py. Do not edit.

export interface Page {
  readonly cursor: string;
  readonly more: boolean;
  readonly changes: readonly Change[];
  readonly digest?: string;
}

export interface Change {
  readonly kind: string;
  readonly id: string;
  readonly v: string | null;
  readonly body: unknown | null;
}

export interface Results {
  readonly epoch: string;
  readonly results: readonly (Applied | Refused | Later)[];
}

export interface Applied {
  readonly status: "applied";
  readonly id: string;
  readonly again: boolean;
  readonly seq: Readonly<Record<string, number>>;
  readonly result?: unknown;
}

export interface Refused {
  readonly status: "refused";
  readonly id: string | null;
  readonly again: boolean;
  readonly code: string;
  readonly at?: string;
  readonly limit?: number;
  readonly detail?: string;
  readonly missing?: readonly string[];
  readonly place_ids?: readonly string[];
  readonly name?: string;
  readonly on?: string;
  readonly conflicts?: readonly Conflict[];
}

export interface Conflict {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly by: string | null;
  readonly on: string | null;
}

export interface Later {
  readonly status: "later";
  readonly id: string | null;
  readonly code: string;
  readonly retry_after_s?: number;
}

export interface Op {
  readonly id: string;
  readonly verb: string;
  readonly at: string;
  readonly subject: Subject;
  readonly base: string | null;
  readonly args: unknown;
}

export interface Subject {
  readonly kind: string;
  readonly id: string;
}

export type Result = Applied | Refused | Later;
export type Scope = "public" | "guide" | "staff";

/** At most so many ops, and so many bytes of lines, in one request. */
export const MAX_OPS = 100;
export const MAX_BYTES = 262144;

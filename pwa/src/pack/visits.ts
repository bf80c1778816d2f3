// What this visit knows of a pack beside its record on the disk: one record a pack.
import type { Live } from "./shown.ts";

export interface Visit {
  /** Being fetched, here or in another tab. */
  live: Live | null;
  /** There was no room for it. */
  full: boolean;
  /** Begun in this visit, with nothing saved of it before, and not yet ready to be drawn. */
  fresh: boolean;
  /** How often it was broken off since it was last whole. */
  cuts: number;
  /** Whoever waits for its end. */
  ends: (() => void)[];
}

const visits = new Map<string, Visit>();

export function of(id: string): Visit {
  const known = visits.get(id) ?? { live: null, full: false, fresh: false, cuts: 0, ends: [] };
  visits.set(id, known);
  return known;
}

/** Packs that this tab's own downloader is at. */
export function ours(): string[] {
  return [...visits].flatMap(([id, { live }]) => (live?.ours ? [id] : []));
}

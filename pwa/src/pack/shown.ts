// A pack as screens show it, from what the server offers, what is kept and what is going on. Pure.
import type { PackManifest } from "../api/types.gen.ts";
import type { PackRecord, Where } from "./records.ts";

export interface Pack {
  manifest: PackManifest;
  /**
   * ready: every piece was read back right in this visit, and the map's code is kept. stale: the same of an older one, and a newer one is
   * there to be fetched. cut: broken off, goes on from where it was. full: no room for it.
   */
  state: "absent" | "loading" | "paused" | "cut" | "ready" | "stale" | "full";
  /** Bytes that are safe and right. */
  done: number;
  /** Bytes a second; null when nothing is being fetched. */
  rate: number | null;
  left_s: number | null;
  /** ms, server's clock, of the archive in use. */
  savedAt: number | null;
  where: Where;
  /** A map that opens without network, whatever `state` says of a newer one. */
  usable: boolean;
}

/** Whether a whole archive was found right in this visit and the code that opens it is kept; null while that is being found out. */
export type Sure = boolean | null;

/** A download under way, here or in another tab. */
export interface Live {
  done: number;
  /** [ms, bytes] of the last seconds. */
  marks: readonly (readonly [number, number])[];
  /** This tab's own worker has it. */
  ours: boolean;
}

const WINDOW_MS = 8_000;

export function withMark(live: Live | null, done: number, at: number): Live {
  const marks = (live?.marks ?? []).filter(([time]) => at - time < WINDOW_MS);
  return { done, marks: [...marks, [at, done]], ours: live?.ours ?? false };
}

/** Bytes a second over the last seconds; null while it can not be told. */
export function rateOf(live: Live): number | null {
  const [first, last] = [live.marks[0], live.marks.at(-1)];
  if (!first || !last || last[0] - first[0] < 500) return null;
  return ((last[1] - first[1]) / (last[0] - first[0])) * 1000;
}

/** Null where there is nothing to tell of. */
export function packOf(
  newest: PackManifest | null,
  kept: PackRecord | null,
  live: Live | null,
  full: boolean,
  sure: Sure,
): Pack | null {
  const saved = kept?.saved ?? null;
  const next = kept?.next ?? null;
  const manifest = newest ?? next?.manifest ?? saved?.manifest;
  if (!manifest) return null;
  const sameNext = next?.manifest.sha256 === manifest.sha256 ? next : null;
  const whole = saved?.manifest.sha256 === manifest.sha256;
  const rate = live ? rateOf(live) : null;
  const done = live?.done ?? sameNext?.done ?? (whole ? manifest.bytes : 0);
  return {
    manifest,
    state: stateOf(),
    done,
    rate,
    left_s: rate ? Math.ceil((manifest.bytes - done) / rate) : null,
    savedAt: saved?.at ?? null,
    where: next?.where ?? saved?.where ?? "opfs",
    usable: saved !== null && sure === true,
  };

  function stateOf(): Pack["state"] {
    if (live) return "loading";
    if (full) return "full";
    if (next) return next.paused ? "paused" : "cut";
    if (!saved) return "absent";
    // "Klar" is promised for the day without network: until it is known, it is still on its way.
    if (sure !== true) return sure === null ? "loading" : "cut";
    return whole ? "ready" : "stale";
  }
}

/** `large` shows all that `small` does. */
export function covers(large: PackManifest, small: PackManifest): boolean {
  const [w, s, e, n] = large.bounds;
  const [w2, s2, e2, n2] = small.bounds;
  return (
    w <= w2 && s <= s2 && e >= e2 && n >= n2 && large.min_zoom <= small.min_zoom && large.max_zoom >= small.max_zoom
  );
}

// The sum that tells whether a copy is whole: over what is live, the numbers of `v`, mod 2^32 (PROTOCOL.md, F7). It finds lost changes, not bit rot.

/** The sum after one thing's `v` went from `old` to `now`; null: not there. */
export function moved(digest: number, old: string | null, now: string | null): number {
  return (digest - number(old) + number(now)) >>> 0;
}

/** As the wire writes it: 8 hex digits. */
export function hex(digest: number): string {
  return digest.toString(16).padStart(8, "0");
}

function number(v: string | null): number {
  return v === null ? 0 : Number.parseInt(v, 16);
}

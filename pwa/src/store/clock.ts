// The server's clock decides. A phone's may be hours off; the difference is kept, so that "i dag" is right without network too.

/** Server minus phone, ms. */
let offset = 0;
/** The header has whole seconds and an answer takes a while: less than this is no news. */
const NEWS_MS = 3000;

export function serverNow(): number {
  return Date.now() + offset;
}

/** From the `Date` of an answer just come. Returns the new offset when it is worth keeping. */
export function hearDate(date: number): number | null {
  // The header says the second that had begun: half of one more is the best guess.
  const now = date + 500 - Date.now();
  if (Math.abs(now - offset) < NEWS_MS) return null;
  offset = now;
  return offset;
}

/** What an earlier visit had kept. */
export function setOffset(kept: number): void {
  offset = kept;
}

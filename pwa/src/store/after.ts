// How it was, the day after: said by nobody in particular, once, and never asked again. Which times were asked about stays on the phone.
import { setting } from "./settings.ts";
import { atOutbox, pullNow } from "./signals.ts";

export const AFTERS = ["good", "so_so", "not_for_me", "not_there"] as const;
export type After = (typeof AFTERS)[number];

/** Ids of the times that are answered or that nobody wants to be asked about; the oldest leave. */
const told = setting<readonly string[]>("after_told", []);
const MOST = 100;

export const afterTold = (time: string): boolean => told.value.includes(time);

/** Not asked again. */
export function dropAfter(time: string): void {
  told.value = [...told.peek().filter((one) => one !== time), time].slice(-MOST);
}

/** Into the outbox as anonymous as a report: it goes alone, apart in time from all that this phone says otherwise. */
export async function tellAfter(event: string, time: string, day: string, how: After): Promise<void> {
  const doing = { verb: "tell_after", subject: { kind: "event", id: event }, args: { day, how } };
  await atOutbox((writing, box) => writing.put({ ...doing, credential: "none" }, box));
  dropAfter(time);
  // Nobody waits for it: it is not sent as something that was tapped, so that it arrives beside nothing else.
  void pullNow();
}

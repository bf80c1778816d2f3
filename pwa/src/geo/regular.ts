/** What is held so steadily that a year tells it once: pure. */
import type { Month } from "./times.ts";

/** So many times a month at least, where it is held at all: each week or every other, not once a month. */
const STEADY = 1.5;

/** Held in half of these months or more, and more than once in them as a rule. In the order in which they first come. */
export function regular<E extends Month["events"][number]["event"]>(made: readonly Month<E>[]): Set<E> {
  const often = new Map<E, { months: number; times: number }>();
  for (const { events } of made)
    for (const { event, times } of events) {
      const before = often.get(event) ?? { months: 0, times: 0 };
      often.set(event, { months: before.months + 1, times: before.times + times.length });
    }
  const steady = [...often].filter(([, { months, times }]) => months >= made.length / 2 && times > STEADY * months);
  return new Set(steady.map(([event]) => event));
}

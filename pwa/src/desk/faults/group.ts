/** Faults put together: those of the same thing and the same kind are one, however many told of it. */
import type { Fault, FaultWhat } from "../../api/types.gen.ts";

export type FaultState = Fault["state"] | "closed";

export interface Group {
  /** "place/… what": stays while the group does. */
  readonly key: string;
  readonly subject: Fault["subject"];
  readonly what: FaultWhat;
  /** The first report's day, YYYY-MM-DD. */
  readonly since: string;
  readonly state: FaultState;
  readonly taken_by: string | null;
  /** The oldest first. */
  readonly faults: readonly Fault[];
}

export const isOpen = (state: FaultState): boolean => state === "reported" || state === "taken";

const RANK: Readonly<Record<FaultState, number>> = { reported: 0, taken: 1, fixed: 2, closed: 3 };

/** Open ones of a thing are joined; what is over stands by itself, so that a new report is not lost among old ones. */
export function group(faults: Iterable<Fault>): Group[] {
  const found = new Map<string, Fault[]>();
  for (const fault of faults) {
    const state: FaultState = fault.state;
    const over = isOpen(state) ? "" : ` ${state} ${fault.answer?.da ?? ""}`;
    const key = `${fault.subject.kind}/${fault.subject.id} ${fault.what}${over}`;
    found.set(key, [...(found.get(key) ?? []), fault]);
  }
  return [...found].map(([key, all]) => {
    const faults = [...all].sort((a, b) => a.since.localeCompare(b.since) || a.id.localeCompare(b.id));
    const first = faults[0] as Fault;
    const taken = faults.find((fault) => fault.state === "taken");
    // One of them is taken: so is the thing, whoever told of it afterwards.
    return {
      key,
      subject: first.subject,
      what: first.what,
      since: first.since,
      state: taken ? "taken" : first.state,
      taken_by: taken?.taken_by ?? null,
      faults,
    };
  });
}

export type Order = "age" | "place" | "what";

/** What nobody has taken first where it goes by age; else by the words that `name` gives, and by age among equals. */
export function ordered(groups: readonly Group[], order: Order, name: (group: Group) => string): Group[] {
  const byAge = (a: Group, b: Group) => RANK[a.state] - RANK[b.state] || a.since.localeCompare(b.since);
  const words = (group: Group) => (order === "place" ? name(group) : group.what);
  return [...groups].sort((a, b) =>
    order === "age" ? byAge(a, b) : words(a).localeCompare(words(b), "da") || byAge(a, b),
  );
}

/** How many things are broken that nobody has mended: those of the same thing and kind count as one. */
export const openCount = (faults: Iterable<Fault>): number =>
  group([...faults].filter(({ state }) => isOpen(state))).length;

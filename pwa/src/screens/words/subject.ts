/** What a report, an address or a touch on the map is about: found by id or by the name in an address. */
import { facilities, places, routes } from "../../store/signals.ts";
import { told } from "../../text/t.ts";
import { kindOf } from "../../ui/kinds.ts";

export interface Subject {
  readonly id: string;
  readonly words: string;
  readonly href: string;
  /** A place that is no more: it still has a page, and takes no report. */
  readonly gone?: boolean;
}

/** The one of these that has this id or, in an address, this slug. */
export function called<T extends { id: string; slug: string }>(
  all: ReadonlyMap<string, T>,
  name: string,
): T | undefined {
  return all.get(name) ?? [...all.values()].find((one) => one.slug === name);
}

/** Null where the phone does not have it. */
export function subjectOf(kind: string, name: string): Subject | null {
  if (kind === "facility") {
    const f = facilities.value.get(name);
    return f ? { id: f.id, words: f.name ? told(f.name).words : kindOf(f).words, href: `/ting/${f.id}` } : null;
  }
  const place = kind === "place";
  const found = place ? called(places.value, name) : called(routes.value, name);
  if (!found) return null;
  const gone = "state" in found && found.state === "dissolved";
  const href = `/${place ? "steder" : "ruter"}/${found.slug}`;
  return { id: found.id, words: told(found.name).words, href, ...(gone ? { gone } : {}) };
}

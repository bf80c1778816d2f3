/** The public feed as anybody can read it: all that lives, by kind. */
import { randomUUID } from "node:crypto";
import type { Dissolved, Facility, Place, Route } from "../../pwa/src/api/types.gen.ts";

interface Page {
  readonly cursor: string;
  readonly more: boolean;
  readonly changes: readonly { readonly kind: string; readonly id: string; readonly body: unknown }[];
}

export interface Feed {
  readonly cursor: string;
  readonly epoch: string;
  readonly places: readonly Place[];
  readonly facilities: readonly Facility[];
  readonly routes: readonly Route[];
}

export async function readFeed(url: string): Promise<Feed> {
  const all: Page["changes"][number][] = [];
  let page: Page | null = null;
  do {
    const since: string = page ? `?since=${page.cursor}` : "";
    page = (await (await fetch(`${url}/api/v1/sync/public${since}`)).json()) as Page;
    all.push(...page.changes);
  } while (page.more);
  const of = (kind: string) => all.filter((one) => one.kind === kind && one.body !== null).map(({ body }) => body);
  return {
    cursor: page.cursor,
    epoch: page.cursor.split(".")[0] ?? "",
    places: (of("place") as (Place | Dissolved)[]).filter((one): one is Place => one.state !== "dissolved"),
    facilities: of("facility") as Facility[],
    routes: of("route") as Route[],
  };
}

/** The one thing for which `is` holds; its absence is told by `what`. */
export function theOne<T>(things: readonly T[], what: string, is: (thing: T) => boolean): T {
  const found = things.find(is);
  if (!found) throw new Error(`there is no ${what}`);
  return found;
}

/** A line for `python -m server op`. */
export function op(verb: string, kind: string, id: string, args: object): string {
  return JSON.stringify({
    id: randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind, id },
    base: null,
    args,
  });
}

export function step(id: string, to: string): string {
  return op("move_state", "place", id, { to, why: null, successor_id: null });
}

/** The order of the list, and how far things are. Made once and kept: rows never move while somebody reads them. */
import { signal } from "@preact/signals";
import { local } from "../../geo/copenhagen.ts";
import { type Direction, direction, type Point } from "../../geo/distance.ts";
import { type Near, nearest } from "../../geo/near.ts";
import { opening } from "../../geo/openings.ts";
import { startOf } from "../../geo/place.ts";
import { type Shore, shoreOf } from "../../geo/shore.ts";
import { type Facility, facilities, type Place, routes, site } from "../../store/signals.ts";
import { told } from "../../text/t.ts";
import { shutNow } from "../words/open.ts";
import { livePlaces, routeRank, whereIs } from "../words/place.ts";
import { nowish } from "./clock.ts";

export interface Spot {
  readonly metres: number | null;
  readonly to: Direction | null;
  readonly across: boolean;
}

export interface Order {
  readonly from: Point | null;
  /** The town that distances are from; null for the person's own position, or where there is none. */
  readonly town: string | null;
  readonly rank: ReadonlyMap<string, number>;
  readonly spots: ReadonlyMap<string, Spot>;
  /** Why some stand first: they are open now, or open today; null says that names alone decide. */
  readonly first: "open" | "today" | null;
}

/** The order that stands now; null until the first list is drawn. */
export const order = signal<Order | null>(null);

let shore: { of: unknown; made: Shore } | null = null;

/** The land of this municipality, to tell which side of the water one is on. */
export function shoreHere(): Shore | null {
  const land = site.peek()?.land;
  if (!land || land.length === 0) return null;
  if (shore?.of !== land) shore = { of: land, made: shoreOf(land) };
  return shore.made;
}

type Thing = { id: string };

/** Nearest first, from a position or a town. */
export function orderFrom(from: Point, town: string | null): void {
  const rank = new Map<string, number>();
  const spots = new Map<string, Spot>();
  const water = shoreHere();
  const add = <T extends Thing>(near: Near<T>[], point: (thing: T) => Point | null) => {
    near.forEach(({ thing, metres, across }, i) => {
      const p = point(thing);
      rank.set(thing.id, i);
      spots.set(thing.id, { metres, to: p ? direction(from, p) : null, across });
    });
  };
  add(nearest(from, livePlaces(), whereIs, water), whereIs);
  const at = (f: Facility) => f.point;
  add(nearest(from, facilities.value.values(), at, water), at);
  add(nearest(from, routes.value.values(), startOf, water), startOf);
  order.value = { from, town, rank, spots, first: null };
}

/** What a name is sorted by: æ, ø, å last, aa as å, 2 before 10. By hand: making an Intl.Collator costs a cold phone 40 ms. */
export function sortKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\u00ad/g, "")
    .replace(/[æä]/g, "~1")
    .replace(/[øö]/g, "~2")
    .replace(/å|aa/g, "~3")
    .replace(/\d+/g, (number) => number.padStart(6, "0"))
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
}

const compare = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Without a position: what is open first, then what opens today, then by name. */
export function orderPlain(): void {
  const at = nowish();
  const date = local(at).date;
  const weigh = (p: Place) => {
    if (p.state === "resting" || shutNow(p.closures, date)) return 3;
    if (!p.hours) return 2;
    const state = opening(p.hours, at, site.peek()?.holidays ?? []);
    if (state.is === "open") return 0;
    return state.is === "closed" && state.opens !== null && local(state.opens).date === date ? 1 : 2;
  };
  const sorted = livePlaces()
    .map((p) => ({ id: p.id, weight: weigh(p), key: sortKey(told(p.name).words) }))
    .sort((a, b) => a.weight - b.weight || compare(a, b));
  const rank = new Map(sorted.map((p, i) => [p.id, i]));
  // Among those without a name the longest walk comes first, not a stump of 20 m.
  const others = [...routes.value.values()]
    .map((r) => ({ id: r.id, weight: routeRank(r), key: sortKey(told(r.name).words), length_m: r.length_m }))
    .sort((a, b) => a.weight - b.weight || compare(a, b) || b.length_m - a.length_m);
  others.forEach((r, i) => {
    rank.set(r.id, i);
  });
  const first = sorted.some((p) => p.weight === 0) ? "open" : sorted.some((p) => p.weight === 1) ? "today" : null;
  order.value = { from: null, town: null, rank, spots: new Map(), first };
}

let whole = false;

/** Called as the list is drawn: while it is still coming in the order is made anew, once it is whole it stands. */
export function settleOrder(ready: boolean): void {
  if (order.peek()?.from) return;
  if (!whole || !order.peek()) orderPlain();
  whole = ready;
}

/** Sorts by the order that stands; what came since stands last and stays there. */
export function inOrder<T extends Thing>(things: readonly T[], by: Order | null): T[] {
  const rank = (thing: T) => by?.rank.get(thing.id) ?? Number.MAX_SAFE_INTEGER;
  return [...things].sort((a, b) => rank(a) - rank(b));
}

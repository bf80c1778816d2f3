// Where two have written the same route: the way is one choice, all of it or none, since half of a split is a hole; what is said of a
// stretch is a choice of its own. Pure.
import type { Stretch } from "../../api/types.gen.ts";
import { decode } from "../../geo/line.ts";
import type { Clash } from "../data/draft.ts";
import { exact } from "../map/keys.ts";
import { lengthOf } from "../map/line.ts";
import type { Said } from "./way.ts";

export interface WayClash {
  /** "way", or stretches/<id>/<surface or access>. */
  readonly key: string;
  readonly clashes: readonly Clash[];
}

type OfStretch = Readonly<Record<string, unknown>> & { readonly id: string };
const only = (value: unknown): OfStretch => ((value as readonly OfStretch[] | null)?.[0] ?? { id: "" }) as OfStretch;
const what = (clash: Clash): string => Object.keys(only(clash.mine)).find((name) => name !== "id") ?? "";

export const isOfWay = (field: string): boolean => field === "order" || field === "stretches";

/** `here`: the ids of the stretches as they stand; what is said of one that does not stand goes with the way. */
export function grouped(clashes: readonly Clash[], here: readonly string[]): WayClash[] {
  const groups = new Map<string, Clash[]>();
  for (const clash of clashes) {
    if (!isOfWay(clash.field)) continue;
    const { id } = only(clash.mine);
    const way = clash.field === "order" || what(clash) === "line" || !here.includes(id);
    const key = way ? "way" : `stretches/${id}/${what(clash)}`;
    groups.set(key, [...(groups.get(key) ?? []), clash]);
  }
  return [...groups].map(([key, of]) => ({ key, clashes: of }));
}

/** What is to be sent of these choices: those of mine, beside what the draft says already. */
export function chosenOf(
  groups: readonly WayClash[],
  mine: ReadonlySet<string>,
  said: readonly Said[],
): { readonly stretches: readonly Said[]; readonly order: unknown } {
  const all = new Map<string, Said>(said.map((one) => [one.id, one]));
  let order: unknown;
  for (const { key, clashes } of groups) {
    if (!mine.has(key)) continue;
    for (const clash of clashes)
      if (clash.field === "order") order = clash.mine;
      else {
        const one = only(clash.mine);
        all.set(one.id, { ...one, ...all.get(one.id) } as Said);
      }
  }
  return { stretches: [...all.values()], order };
}

/** "3 stræk, 4,2 km": the way of each side, whole, where only what differs was told. */
export function wayWords(group: WayClash, side: "mine" | "theirs", stands: readonly Stretch[]): string {
  const lines = new Map(stands.map(({ id, line }) => [id, line]));
  let ids = stands.map(({ id }) => id);
  for (const clash of group.clashes) {
    if (clash.field === "order") ids = (clash[side] as string[] | null) ?? ids;
    else if (side === "mine" && what(clash) === "line") lines.set(only(clash.mine).id, String(only(clash.mine).line));
  }
  const m = ids.reduce((sum, id) => sum + lengthOf(decode(lines.get(id) ?? "")), 0);
  return `${ids.length} stræk, ${exact(m)}`;
}

/** The stretches as they stood when the edit began; null where that is not known. */
export function stoodIn(group: WayClash): readonly Stretch[] | null {
  const found = group.clashes.find(({ field, before }) => field === "stretches" && Array.isArray(before));
  return (found?.before as readonly Stretch[] | undefined) ?? null;
}

export const lengthWords = (stretches: readonly Pick<Stretch, "line">[]): string =>
  `${stretches.length} stræk, ${exact(stretches.reduce((sum, { line }) => sum + lengthOf(decode(line)), 0))}`;

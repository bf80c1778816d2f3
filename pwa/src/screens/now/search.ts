/** Search on the phone: forgives spelling, knows æøå and aa, finds kinds ("bænk") and towns. Nothing is sent. */
import MiniSearch from "minisearch";
import type { Point } from "../../geo/distance.ts";
import { facilities, places, routes, site } from "../../store/signals.ts";
import { later } from "../../text/da-later.ts";
import { fold, tails } from "../../text/fold.ts";
import { add, maybe, type Told, t } from "../../text/t.ts";
import { kindOf } from "../../ui/kinds.ts";
import { byTown, facilitiesOf, livePlaces, modeWords, routeOf } from "../words/place.ts";

add(later);

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly text: string;
}

type Index = MiniSearch<Entry>;
let index: Index | null = null;
let madeOf: readonly unknown[] = [];

const all = (text: Told | null) => (text ? [text.da, text.en, text.de].filter(Boolean).join(" ") : "");

/** Ids of what matches, the best first. The index is made at the first search and again when the data has changed. */
export async function search(query: string): Promise<readonly string[]> {
  const made = await ready();
  return made.search(query).map((hit) => String(hit.id));
}

/** Makes the index ahead, when the field is touched. */
export async function ready(): Promise<Index> {
  const data = [places.value, facilities.value, routes.value, site.value];
  if (index && data.every((d, i) => d === madeOf[i])) return index;
  const next: Index = new MiniSearch<Entry>({
    fields: ["name", "kind", "text"],
    tokenize: (text) =>
      fold(text)
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean),
    processTerm: (term, field) => (field === "name" || field === "kind" ? tails(term) : term),
    searchOptions: {
      tokenize: (text) =>
        fold(text)
          .split(/[^\p{L}\p{N}]+/u)
          .filter(Boolean),
      processTerm: (term) => term,
      boost: { name: 4, kind: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : 0),
      combineWith: "AND",
    },
  });
  next.addAll(entries());
  index = next;
  madeOf = data;
  return next;
}

function town(point: Point | null): string {
  return point ? (byTown(point, site.value) ?? "") : "";
}

function entries(): Entry[] {
  const found: Entry[] = [];
  for (const p of livePlaces()) {
    const route = routeOf(p);
    found.push({
      id: p.id,
      name: all(p.name),
      kind: [
        t(`form.${p.form}`),
        p.form === "online" ? t("row.home") : "",
        route ? `${modeWords(route)} ${all(route.name)}` : "",
        ...facilitiesOf(p).flatMap((f) => [f.type_text, kindOf(f).words]),
      ].join(" "),
      text: [all(p.where), all(p.amenities), all(p.activities), all(p.purpose), all(p.ground), town(p.point)].join(" "),
    });
  }
  for (const f of facilities.value.values()) {
    const other = f.code === null ? "" : (maybe(`kind.${f.code}.more`) ?? "");
    found.push({
      id: f.id,
      name: all(f.name),
      kind: `${f.type_text} ${kindOf(f).words} ${other}`,
      text: town(f.point),
    });
  }
  for (const r of routes.value.values()) {
    found.push({ id: r.id, name: all(r.name), kind: modeWords(r), text: "" });
  }
  return found;
}

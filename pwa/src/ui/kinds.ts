/** GeoFA's codes as words and pictures. An unknown code keeps the register's own words. */
import type { Facility } from "../api/types.gen.ts";
import { lang, maybe } from "../text/t.ts";
import type { IconName } from "./icon.tsx";

const icons: Readonly<Record<number, IconName>> = {
  1012: "toilet",
  1022: "fire",
  1051: "sound",
  1061: "sound",
  1062: "sound",
  1091: "sound",
  1112: "people",
  1122: "bike",
  1132: "shelter",
  1152: "info",
  1162: "bikepark",
  1201: "table",
  1222: "water",
  1331: "sound",
  1351: "parking",
  1371: "bench",
  2012: "flag",
  2022: "flag",
  2051: "sun",
  2141: "sun",
  3012: "shelter",
  3091: "fire",
  5011: "building",
  5021: "building",
  5061: "building",
};

export const TOILET = 1012;
export const BENCH = 1371;
const TABLE = 1201;

/** What a body needs first stands first: a toilet, a bench, a table, then the rest. */
export function rankOf(facility: Pick<Facility, "code">): number {
  const at = [TOILET, BENCH, TABLE].indexOf(facility.code ?? 0);
  return at < 0 ? 3 : at;
}

export function iconOf(facility: Pick<Facility, "code">): IconName {
  return (facility.code !== null && icons[facility.code]) || "pin";
}

/** The word for its kind, and the language it is in. */
export function kindOf(facility: Pick<Facility, "code" | "type_text">): { words: string; lang: string } {
  const own = facility.code === null ? null : maybe(`kind.${facility.code}`);
  return own ? { words: own, lang: lang() } : { words: facility.type_text, lang: "da" };
}

/** A word that is no noun, inside a sentence. */
export const low = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/** A noun inside a sentence: German keeps its capitals, the others do not. */
export const small = (word: string): string => (lang() === "de" ? word : low(word));

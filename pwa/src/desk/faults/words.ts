/** A fault in words: what is wrong with what, and where. */
import { maybe } from "../../text/t.ts";
import type { IconName } from "../../ui/icon.tsx";
import { low } from "../../ui/kinds.ts";
import type { FaultWhat } from "../data/things.ts";
import { kindWords, type Named, nameIn, placeOf } from "../lists/names.ts";
import type { FaultState, Group } from "./group.ts";

const ICONS: Readonly<Record<FaultWhat, IconName>> = {
  broken: "benchbroken",
  sign_gone: "signgone",
  under_water: "flood",
  toilet_closed: "toiletshut",
  litter: "litter",
  other: "flag",
};
export const faultIcon = (what: FaultWhat): IconName => ICONS[what];

export const whatWords = (what: FaultWhat): string => maybe(`fault.${what}`) ?? what;

export const FAULT_STATES: Readonly<Record<FaultState, string>> = {
  reported: "meldt",
  taken: "taget",
  fixed: "lavet",
  closed: "lukket",
};

/** "Bænk i stykker, Hasselø Nor": a thing without a name is told by the place that it belongs to. */
export function faultTitle(known: Named, one: Pick<Group, "subject" | "what">): string {
  const what = low(whatWords(one.what));
  const { kind, id } = one.subject;
  if (kind !== "facility") return `${nameIn(known, kind, id)}: ${what}`;
  const facility = known.facilities.get(id);
  const thing = facility ? kindWords(facility) : "En ting";
  const said = one.what === "toilet_closed" && facility?.code === 1012 ? "lukket" : what;
  const place = placeOf(known, id);
  // Behind a name of its own ("Bænken, hvor solen går ned") the words would read on as part of it.
  const words = one.what === "other" || facility?.name ? `${thing}: ${said}` : `${thing} ${said}`;
  return place ? `${words}, ${place.name.da}` : words;
}

/** Both versions of the way, and of what is said of a stretch, to choose between. */
import { signal } from "@preact/signals";
import type { Stretch } from "../../api/types.gen.ts";
import { change, type Draft, resolve } from "../data/draft.ts";
import { type Chosen, ClashField } from "../parts/clash.tsx";
import { say } from "../parts/say.ts";
import { versionsBy } from "../place/together.ts";
import { chosenOf, grouped, lengthWords, stoodIn, type WayClash, wayWords } from "./clashes.ts";
import type { Said } from "./way.ts";

/** What was chosen of clashes that still stand open, by route and group: all of a route's are settled at once. */
const picked = signal<ReadonlyMap<string, Chosen>>(new Map());
/** What was settled last, of which route: the choice itself is gone then, and its answer is said. */
const settled = signal<{ readonly id: string; readonly words: string } | null>(null);

export function openGroups(draft: Draft | undefined, stands: readonly Stretch[]): WayClash[] {
  const here = stands.map(({ id }) => id);
  return draft ? grouped(draft.clashes, here) : [];
}

export const pickedOf = (id: string, groups: readonly WayClash[]): number =>
  groups.filter(({ key }) => picked.value.has(`${id} ${key}`)).length;

export function WayClashes({ draft, stands }: { draft: Draft; stands: readonly Stretch[] }) {
  const groups = openGroups(draft, stands);
  const chosen = (key: string): Chosen | null => picked.value.get(`${draft.id} ${key}`) ?? null;
  const choose = (key: string, which: Chosen) => {
    const next = new Map(picked.value).set(`${draft.id} ${key}`, which);
    if (groups.every((one) => next.has(`${draft.id} ${one.key}`))) {
      settle(draft, groups, (one) => next.get(`${draft.id} ${one}`) !== "theirs");
      const own = groups.some((one) => next.get(`${draft.id} ${one.key}`) !== "theirs");
      const words = own ? "Valgt. Det bliver sendt, når du gemmer." : "Valgt. Det står, som den anden skrev det.";
      settled.value = { id: draft.id, words };
      for (const one of groups) next.delete(`${draft.id} ${one.key}`);
    }
    picked.value = next;
  };
  const words = groups.length === 0 && settled.value?.id === draft.id ? settled.value.words : "";
  return (
    <>
      <p class={words ? "note-text" : "vh"} role="status">
        {words}
      </p>
      {groups.some(({ key }) => key === "way") && (
        <p class="note-text">Kortet viser den andens linje, til du har valgt din.</p>
      )}
      {groups.map((group) => {
        const [first] = group.clashes;
        if (!first) return null;
        return (
          <ClashField
            key={group.key}
            clash={told(group, stands)}
            chosen={chosen(group.key)}
            {...versionsBy(first, draft.at, null)}
            nameOf={() => null}
            onChoose={(which) => choose(group.key, which)}
          >
            <p class="note-text">Din version står i formularen. Ret den der, og gem.</p>
          </ClashField>
        );
      })}
    </>
  );
}

function told(group: WayClash, stands: readonly Stretch[]) {
  const stood = stoodIn(group);
  if (group.key === "way")
    return {
      field: "order",
      mine: wayWords(group, "mine", stands),
      theirs: wayWords(group, "theirs", stands),
      before: stood && lengthWords(stood),
    };
  const [, id = "", what = ""] = group.key.split("/");
  const at = stands.findIndex((one) => one.id === id) + 1;
  const [clash] = group.clashes;
  const words = (value: unknown) => {
    const { words: said, note } = say(what, (value as Record<string, unknown>[] | null)?.[0]?.[what]);
    return `Stræk ${at}, ${what === "surface" ? "underlag" : "adgang"}: ${said}${note ? ` (${note})` : ""}`;
  };
  return {
    field: group.key,
    mine: words(clash?.mine),
    theirs: words(clash?.theirs),
    before: stood && words(stood.filter((one) => one.id === id)),
  };
}

/** All are chosen: mine are sent again on the newest base, the others' stand. */
function settle(draft: Draft, groups: readonly WayClash[], isMine: (key: string) => boolean): void {
  const mine = new Set(groups.map(({ key }) => key).filter(isMine));
  const { stretches, order } = chosenOf(groups, mine, (draft.set.stretches as readonly Said[] | undefined) ?? []);
  const fields = new Set(groups.flatMap(({ clashes }) => clashes.map(({ field }) => field)));
  if (fields.has("stretches")) {
    resolve("route", draft.id, "stretches", stretches);
    if (stretches.length === 0) change("route", draft.id, "stretches", undefined);
  }
  if (fields.has("order")) {
    resolve("route", draft.id, "order", order ?? null);
    if (order === undefined) change("route", draft.id, "order", undefined);
  }
}

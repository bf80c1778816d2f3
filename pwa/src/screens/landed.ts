/** Says it, wherever one is, when something that was reported has landed or could not be taken. It stands under Gemt too. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { setting } from "../store/settings.ts";
import { type OutboxItem, outbox } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { go } from "../ui/go.ts";
import { tell } from "../ui/sheet.tsx";
import { isQuiet, nameOf } from "./words/report.ts";

/** ms, server's clock: what was refused before this, the person has seen. */
const seen = setting("refused_seen", 0);

/** Ops that a screen shows as they are now, and what was said in this visit: nobody is told twice. */
const shown = new Set<string>();
const told = new Set<string>();
let hush: () => void = () => undefined;

/** How many screens show all that was reported: there it is said to a screen reader alone, since the row itself changes. */
let lists = 0;
const said = signal("");
export const lastSaid: ReadonlySignal<string> = said;

/** This op stands on the screen, until the function that comes back is called. */
export function shownHere(id: string): () => void {
  shown.add(id);
  return () => shown.delete(id);
}

/** All of them do. */
export function listedHere(): () => void {
  lists++;
  return () => {
    lists--;
    said.value = "";
  };
}

/** The person looks at what was refused: what was said of it has been read. */
export function seenRefused(items: readonly OutboxItem[]): void {
  hush();
  for (const { state, settledAt } of items)
    if (state === "refused" && (settledAt ?? 0) > seen.peek()) seen.value = settledAt ?? 0;
}

const isOut = (state: OutboxItem["state"] | undefined): boolean => state === "waiting" || state === "sent";

function say({ id, state }: OutboxItem, name: string): void {
  const refused = state === "refused";
  const words = t(refused ? "out.toldRefused" : "out.toldApplied", { name });
  if (lists > 0) said.value = words;
  else hush = tell(words, refused ? { words: t("out.toldWhy"), run: () => go(`/meldt#${id}`) } : undefined);
}

export function watchLandings(): void {
  let before = new Map<string, OutboxItem["state"]>();
  effect(() => {
    const items = outbox.value;
    for (const item of items) {
      const { id, state, settledAt } = item;
      const landed = state === "applied" && isOut(before.get(id)) && !isQuiet(item);
      const refused = state === "refused" && (settledAt ?? 0) > seen.value;
      if ((!landed && !refused) || told.has(id) || shown.has(id) || document.visibilityState !== "visible") continue;
      told.add(id);
      say(item, nameOf(item));
    }
    before = new Map(items.map(({ id, state }) => [id, state]));
  });
}

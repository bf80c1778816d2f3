/** Says it, wherever one is, when something that was reported has landed or could not be taken. It stands under Gemt too. */
import { effect } from "@preact/signals";
import { setting } from "../store/settings.ts";
import { type OutboxItem, outbox } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { go } from "../ui/go.ts";
import { tell } from "../ui/sheet.tsx";
import { nameOf } from "./words/report.ts";

/** ms, server's clock: what was refused before this, the person has seen. */
const seen = setting("refused_seen", 0);

/** Ops that a screen shows as they are now, and what was said in this visit: nobody is told twice. */
const shown = new Set<string>();
const told = new Set<string>();

/** Until the function that comes back is called. */
export function shownHere(id: string): () => void {
  shown.add(id);
  return () => shown.delete(id);
}

/** The person looks at what was refused. */
export function seenRefused(items: readonly OutboxItem[]): void {
  for (const { state, settledAt } of items)
    if (state === "refused" && (settledAt ?? 0) > seen.peek()) seen.value = settledAt ?? 0;
}

const isOut = (state: OutboxItem["state"] | undefined): boolean => state === "waiting" || state === "sent";

export function watchLandings(): void {
  let before = new Map<string, OutboxItem["state"]>();
  effect(() => {
    const items = outbox.value;
    for (const item of items) {
      const { id, state, settledAt } = item;
      const landed = state === "applied" && isOut(before.get(id));
      const refused = state === "refused" && (settledAt ?? 0) > seen.value;
      if ((!landed && !refused) || told.has(id) || shown.has(id) || document.visibilityState !== "visible") continue;
      told.add(id);
      const name = nameOf(item);
      if (landed) tell(t("out.toldApplied", { name }));
      else tell(t("out.toldRefused", { name }), { words: t("out.toldWhy"), run: () => go(`/meldt#${id}`) });
    }
    before = new Map(items.map(({ id, state }) => [id, state]));
  });
}

/** A report half written. It is kept on the phone at each letter: going back, or a dead battery, loses nothing. */
import { drafts, keepDraft, readDrafts, unkept } from "../../store/drafts.ts";
import { discard } from "../../store/report.ts";
import { type FaultWhat, type OutboxItem, outbox } from "../../store/signals.ts";
import { ownWords } from "./report.ts";

export interface Draft {
  readonly what: FaultWhat | null;
  readonly text: string;
  /** The op that this one takes the place of: it goes when this is sent. */
  readonly mends?: string;
}

/** The draft of "place/<id>", as the phone has it. */
export function draftOf(key: string): Draft {
  return (drafts.value.get(key) as Draft | undefined) ?? { what: null, text: "" };
}

/** Empty is no draft. */
export function putDraft(key: string, draft: Draft): Promise<void> {
  return keepDraft(key, draft.what === null && !draft.text ? null : draft);
}

/** What is being written there already stays, before it. */
function joined(before: string, text: string): string {
  const own = before.trim();
  return own && own !== text ? `${own}\n${text}` : text;
}

/**
 * Puts a report back to be mended and returns the draft's key. What was refused stays until the new one is sent; what waits leaves at
 * once, so that it can not go out behind the person's back, but never before the draft is safe.
 */
export async function mend(item: OutboxItem): Promise<string> {
  const key = `${item.subject.kind}/${item.subject.id}`;
  await readDrafts();
  const before = draftOf(key);
  if (before.mends !== item.id)
    await putDraft(key, {
      what: item.args.what as FaultWhat,
      text: joined(before.text, ownWords(item.args.text)),
      mends: item.id,
    });
  if (item.state !== "refused" && !unkept.peek()) await discard(item.id);
  return key;
}

/** The same words about something else. */
export async function moveDraft(from: string, to: string): Promise<void> {
  await readDrafts();
  const own = draftOf(from);
  if (from === to) return;
  await putDraft(to, { ...draftOf(to), ...own, text: joined(draftOf(to).text, own.text) });
  if (!unkept.peek()) await keepDraft(from, null);
}

/** After the new one lies in the outbox. One that has landed meanwhile stays: the municipality has it. */
export async function sentInstead({ mends }: Draft): Promise<void> {
  const old = outbox.peek().find(({ id }) => id === mends);
  if (old && old.state !== "applied") await discard(old.id);
}

/** A report half written. It is kept on the phone at each letter: going back, or a dead battery, loses nothing. */
import { drafts, dropDraft, keepDraft, readDrafts, unkept } from "../../store/drafts.ts";
import { holdBack, retry } from "../../store/report.ts";
import { type FaultWhat, type OutboxItem, outbox } from "../../store/signals.ts";
import { ownWords } from "./report.ts";

export interface Draft {
  readonly what: FaultWhat | null;
  readonly text: string;
  /** Photos that lie on the phone (store/photos.ts), by their SHA-256. */
  readonly photos?: readonly string[];
  /** The op that this one takes the place of: it goes as this comes into the outbox. */
  readonly mends?: string;
}

/** Before the key of a draft that is to go elsewhere, in the fragment of /meldt. */
export const MOVE = "flyt/";

/** The draft of "place/<id>", as the phone has it. */
export function draftOf(key: string): Draft {
  return (drafts.value.get(key) as Draft | undefined) ?? { what: null, text: "" };
}

/** Empty is no draft. */
export function putDraft(key: string, draft: Draft): Promise<void> {
  return draft.what === null && !draft.text && !draft.photos?.length
    ? dropDraft(key, draftOf(key))
    : keepDraft(key, draft);
}

/** The photos that an op's args name. */
export function photosIn(args: OutboxItem["args"]): readonly string[] {
  return Array.isArray(args.photos) ? args.photos.filter((one) => typeof one === "string") : [];
}

/** A draft's photos as a part of it: no draft has an empty list. */
export const withPhotos = (photos: readonly string[]): Pick<Draft, "photos"> => (photos.length > 0 ? { photos } : {});

const PHOTOS_MOST = 3;
const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
  [...new Set([...one, ...other])].slice(0, PHOTOS_MOST);

/** What is being written there already stays, before it. */
function joined(before: string, text: string): string {
  const own = before.trim();
  return own && own !== text ? `${own}\n${text}` : text;
}

/**
 * Puts a report back to be mended and returns the draft's key. The report stays in the outbox until the new one is there, and is held
 * back for a while, so that it does not go out behind the person's back.
 */
export async function mend(item: OutboxItem): Promise<string> {
  const key = `${item.subject.kind}/${item.subject.id}`;
  await readDrafts();
  if (item.state !== "refused") await holdBack(item.id);
  const before = draftOf(key);
  if (before.mends !== item.id)
    await putDraft(key, {
      what: item.args.what as FaultWhat,
      text: joined(before.text, ownWords(item.args.text)),
      ...withPhotos(both(before.photos ?? [], photosIn(item.args))),
      mends: item.id,
    });
  return key;
}

/** It mends a report and says the same still. */
export function asItWas({ mends, what, text, photos = [] }: Draft): boolean {
  const old = outbox.value.find(({ id }) => id === mends);
  if (!old || old.args.what !== what || ownWords(old.args.text) !== text.trim()) return false;
  return photosIn(old.args).join() === photos.join();
}

/** The form is left, and nothing was sent: a report that was to be mended and is as it was goes its way. */
export async function leaveDraft(key: string): Promise<void> {
  const own = draftOf(key);
  if (!own.mends || !asItWas(own)) return;
  await dropDraft(key, own);
  const old = outbox.peek().find(({ id }) => id === own.mends);
  if (old?.state === "waiting" || old?.state === "sent") await retry(old.id);
}

/** The same words about something else. */
export async function moveDraft(from: string, to: string): Promise<void> {
  await readDrafts();
  const own = draftOf(from);
  if (from === to) return;
  const there = draftOf(to);
  const photos = withPhotos(both(there.photos ?? [], own.photos ?? []));
  await putDraft(to, { ...there, ...own, text: joined(there.text, own.text), ...photos });
  if (!unkept.peek()) await dropDraft(from, own);
}

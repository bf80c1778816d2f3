// A message as it comes, and as it is shown. Pure: whatever comes, something is shown, since a phone that is sent a message and shows
// nothing takes the permission back.
import { type WorkerWords, workerWords } from "../text/worker.ts";

export type Lang = keyof typeof workerWords;

/** What a tap, and the worker itself, need of it. */
export interface About {
  /** A path of ours. */
  readonly open: string;
  readonly what: string | null;
  readonly event_id: string | null;
  /** The day on which the rule gives that time. */
  readonly day: string | null;
}

export interface Message {
  readonly title: string;
  readonly body: string;
  readonly lang: Lang;
  /** By which it is shown once, however often it comes; null where it can not be read. */
  readonly tag: string | null;
  readonly about: About;
}

/** Where one looks who can not be told more. */
const SOMEWHERE = "/gemt#foelger";

/** `text`: the payload; null where there is none, or it could not be decrypted. `lang`: for what we say by ourselves. */
export function read(text: string | null, lang: Lang): Message {
  const said = parsed(text);
  const title = str(said?.title);
  const of = object(said?.data);
  const about = {
    open: path(of?.open) ?? SOMEWHERE,
    what: str(of?.what),
    event_id: str(of?.event_id),
    day: str(of?.day),
  };
  if (title === null) {
    const words = wordsOf(lang);
    return { title: words.news, body: words.newsText, lang, tag: null, about };
  }
  return { title, body: str(said?.body) ?? "", lang: langIn(said?.lang, lang), tag: str(said?.tag), about };
}

export const langIn = (said: unknown, otherwise: Lang = "da"): Lang =>
  said === "da" || said === "en" || said === "de" ? said : otherwise;

export const wordsOf = (lang: Lang): WorkerWords => workerWords[lang];

/** A reminder of one time: the others say that something is otherwise than it was. */
export function isReminder({ what }: About): boolean {
  return what === "evening" || what === "transport" || what === "hour";
}

/** A path of our own, whatever was sent: never another site's. */
function path(value: unknown): string | null {
  const text = str(value);
  return text !== null && /^\/(?![/\\])/.test(text) ? text : null;
}

const str = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const object = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;

function parsed(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  try {
    return object(object(JSON.parse(text))?.notification);
  } catch {
    return null;
  }
}

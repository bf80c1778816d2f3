// What this phone follows, skips and asked of hosts: what is kept of it, what an op makes of it, and how it is held against what the
// server has. Pure, without DOM and signals: the service worker uses it too.
import type { KeptOp } from "#phone/port.ts";

/** The evening before; in time to order transport; one hour before. */
export type When = "evening" | "transport" | "hour";
export type FollowedKind = "event" | "place" | "organiser" | "area" | "settings";

/** What can be followed. `settings` (id "site"): all of it. `area`: round a town, by the slug of its Danish name. */
export interface Followed {
  readonly kind: FollowedKind;
  readonly id: string;
}

export interface Follow extends Followed {
  /** Empty: told of changes alone. */
  readonly when: readonly When[];
  /** Of a series, the one time that the rule gives on this day; null: all of it. */
  readonly only: string | null;
  /** Local date. */
  readonly since: string;
}

/** One time of an event, by the day on which the rule gives it. */
export interface OneTime {
  readonly event_id: string;
  readonly day: string;
}

export interface Met extends OneTime {
  /** The host's words to all who asked; null before. */
  readonly answer: Readonly<{ da: string; en?: string | null; de?: string | null }> | null;
  /** UTC. */
  readonly answered_at: string | null;
}

/** GET /api/v1/mine, as far as the phone reads it. */
export interface Told {
  readonly follows: readonly Follow[];
  readonly skips: readonly OneTime[];
  readonly met: readonly Met[];
  readonly vapid_key: string;
  readonly push: boolean;
  readonly push_key: string | null;
}

/** What is kept. It begins with the first thing that is followed, and ends when the server has said that it has forgotten it. */
export interface Mine {
  /** 32 random bytes, base64url: only this phone has it, the server keeps its hash. */
  readonly secret: string;
  readonly follows: readonly Follow[];
  readonly skips: readonly OneTime[];
  readonly met: readonly Met[];
  /** The key to subscribe with; null while the server was never asked. */
  readonly vapid_key: string | null;
  /** The server holds where this phone is reached. */
  readonly push: boolean;
  /** The address, the key and the language that went into the last save_push: what differs is told anew. */
  readonly told: string | null;
  /** The person has said yes to messages on this phone. */
  readonly wants: boolean;
  /** The code with which the server said no to reach this phone where its browser says; null else. */
  readonly no_push: string | null;
  /** ms, server's clock: when it was last held against the server's; null: never. */
  readonly read_at: number | null;
  /** Ops that the phone makes by itself: what is refused of these nobody has to hear of. */
  readonly quiet: readonly string[];
}

export const VERBS: ReadonlySet<string> = new Set([
  "follow",
  "unfollow",
  "skip",
  "ask_met",
  "save_push",
  "forget_device",
]);

export const DEVICE = { kind: "device", id: "mine" } as const;

/** Nothing followed yet, under a new secret. */
export function begun(random: (bytes: Uint8Array<ArrayBuffer>) => void): Mine {
  const bytes = new Uint8Array(32);
  random(bytes);
  const secret = base64url(bytes);
  const none = { follows: [], skips: [], met: [], quiet: [] };
  return { secret, ...none, vapid_key: null, push: false, told: null, wants: false, no_push: null, read_at: null };
}

export function base64url(bytes: Uint8Array): string {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

type Args = Readonly<Record<string, unknown>>;
/** What an op says, as far as it concerns the phone itself. */
export interface Said {
  readonly verb: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly args: Args;
}

const isOf =
  ({ kind, id }: { readonly kind: string; readonly id: string }) =>
  (one: Followed) =>
    one.kind === kind && one.id === id;
const isAt = (event_id: string, day: unknown) => (one: OneTime) => one.event_id === event_id && one.day === day;

type Three = Pick<Mine, "follows" | "skips" | "met">;

/** What this op makes of it, seen from here: before the server has answered, or where its answer no longer says. `today`: local date. */
export function done<T extends Three>(mine: T, { verb, subject, args }: Said, today: string): T {
  const { day } = args;
  if (verb === "follow" || verb === "unfollow") {
    const before = mine.follows.find(isOf(subject));
    const rest = mine.follows.filter((one) => one !== before);
    if (verb === "unfollow") return { ...mine, follows: rest };
    const { when, only } = args as { when: readonly When[]; only?: string | null };
    const now = { ...subject, when, only: only ?? null, since: before?.since ?? today } as Follow;
    return { ...mine, follows: before ? mine.follows.map((one) => (one === before ? now : one)) : [...rest, now] };
  }
  const time = { event_id: subject.id, day: String(day) };
  if (verb === "skip") {
    const rest = mine.skips.filter((one) => !isAt(subject.id, day)(one));
    return { ...mine, skips: args.skip === false ? rest : [...rest, time] };
  }
  if (verb === "ask_met") {
    const before = mine.met.find(isAt(subject.id, day));
    const rest = mine.met.filter((one) => one !== before);
    const now = before ?? { ...time, answer: null, answered_at: null };
    return { ...mine, met: args.asks === false ? rest : [...rest, now] };
  }
  return mine;
}

/** Whether it is so already: then nothing has to be said. */
export function isSo(mine: Three, said: Said): boolean {
  const { subject, args } = said;
  const { day } = args;
  const one = mine.follows.find(isOf(subject));
  if (said.verb === "unfollow") return one === undefined;
  if (said.verb === "follow")
    return one !== undefined && one.only === (args.only ?? null) && inOrder(one.when) === inOrder(args.when);
  if (said.verb === "skip") return mine.skips.some(isAt(subject.id, day)) === (args.skip !== false);
  if (said.verb === "ask_met") return mine.met.some(isAt(subject.id, day)) === (args.asks !== false);
  return false;
}

const inOrder = (when: unknown): string => [...(when as readonly When[])].sort().join();

/** Of two ops about the same the later one counts alone. */
export function sameMatter(a: Said, b: Said): boolean {
  const group = (verb: string) => (verb === "unfollow" ? "follow" : verb);
  return (
    group(a.verb) === group(b.verb) &&
    a.subject.kind === b.subject.kind &&
    a.subject.id === b.subject.id &&
    a.args.day === b.args.day
  );
}

/** The server has answered an op: its result is kept from here on. null: the phone is forgotten, nothing is left of it. */
export function noted(mine: Mine, op: KeptOp, today: string): Mine | null {
  const { verb, subject, args } = JSON.parse(op.line) as Said;
  const quiet = mine.quiet.filter((id) => id !== op.id);
  const { reply } = op;
  if (reply?.status === "refused") {
    // What the server does not have, or no longer has, can not be followed, skipped or asked for.
    const gone = ["gone", "unknown_subject"].includes(reply.code);
    if (verb === "save_push") return { ...mine, quiet, push: false, told: null, no_push: reply.code };
    const ends = { follow: "unfollow", skip: "skip", ask_met: "ask_met" }[verb];
    if (!gone || !ends) return { ...mine, quiet };
    return { ...done(mine, { verb: ends, subject, args: { ...args, skip: false, asks: false } }, today), quiet };
  }
  if (reply?.status !== "applied") return mine;
  if (verb === "forget_device") return null;
  const result = (reply.result ?? {}) as { follow?: Follow; met?: Met | null; push?: boolean };
  const now = { ...done(mine, { verb, subject, args }, today), quiet };
  if (verb === "follow" && result.follow) {
    const { follow } = result;
    return { ...now, follows: now.follows.map((one) => (isOf(one)(follow) ? pick(follow) : one)) };
  }
  if (verb === "ask_met" && result.met) {
    const { met } = result;
    return { ...now, met: now.met.map((one) => (isAt(met.event_id, met.day)(one) ? met : one)) };
  }
  if (verb === "save_push") return { ...now, push: result.push ?? args.endpoint !== null, no_push: null };
  return now;
}

const pick = ({ kind, id, when, only, since }: Follow): Follow => ({ kind, id, when, only, since });

/** Of a time that is over for two days nothing is asked and nothing is said. */
const isPast = (day: string, today: string): boolean =>
  Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`) > 2 * 86_400_000;

/**
 * Held against what the server has. What the phone keeps is the truth for what it follows: what the server lacks is said again, and what
 * it has too many is taken back. Of hosts' answers the server's word counts. `told` null: it does not know this phone. `open`: what waits
 * in the outbox, which is no difference. `today`: local date.
 */
export function compared(
  mine: Mine,
  told: Told | null,
  open: readonly Said[],
  today: string,
): { readonly mine: Mine; readonly again: readonly Said[] } {
  const again: Said[] = [];
  const waits = (said: Said) => open.some((one) => sameMatter(one, said));
  const say = (said: Said) => {
    if (!waits(said)) again.push(said);
  };
  for (const { kind, id, when, only } of mine.follows) {
    const said: Said = { verb: "follow", subject: { kind, id }, args: { when, only } };
    if (!told || !isSo(told, said)) say(said);
  }
  for (const { kind, id } of told?.follows ?? [])
    if (!mine.follows.some(isOf({ kind, id }))) say({ verb: "unfollow", subject: { kind, id }, args: {} });
  const skips = mine.skips.filter(({ day }) => !isPast(day, today));
  for (const { event_id, day } of skips) {
    const said: Said = { verb: "skip", subject: { kind: "event", id: event_id }, args: { day, skip: true } };
    if (!told || !isSo(told, said)) say(said);
  }
  for (const { event_id, day } of told?.skips ?? [])
    if (!isPast(day, today) && !skips.some(isAt(event_id, day)))
      say({ verb: "skip", subject: { kind: "event", id: event_id }, args: { day, skip: false } });
  const met = mine.met
    .filter(({ day }) => !isPast(day, today))
    .map((one) => told?.met.find(isAt(one.event_id, one.day)) ?? one);
  for (const { event_id, day } of met) {
    const said: Said = { verb: "ask_met", subject: { kind: "event", id: event_id }, args: { day, asks: true } };
    if (!told || !isSo(told, said)) say(said);
  }
  for (const { event_id, day } of told?.met ?? [])
    if (!isPast(day, today) && !met.some(isAt(event_id, day)))
      say({ verb: "ask_met", subject: { kind: "event", id: event_id }, args: { day, asks: false } });
  const push = told ? { vapid_key: told.vapid_key, push: told.push } : { push: false, told: null };
  return { mine: { ...mine, skips, met, ...push }, again };
}

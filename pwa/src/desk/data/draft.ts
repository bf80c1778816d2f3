// What is being edited of one thing: kept in `own` at every keystroke, so that a killed browser brings it back, and gone once it is in the
// outbox. Where the server says no, or two have written the same, it is a draft again, with the reason and with both versions.
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { setWith } from "#phone/fold.ts";
import { opOf, setOf } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";
import { dropDraft, keepDraft, drafts as kept, readDrafts, unkept } from "../../store/drafts.ts";
import * as copy from "./copy.ts";
import type { Kind } from "./things.ts";
import { act, discard, type Outcome, onAnswered, outcomeOf, pullNow, settled } from "./write.ts";

export { unkept } from "../../store/drafts.ts";

/** One field that two have written. `on`: YYYY-MM-DD; `before`: what the person saw when the edit began. */
export interface Clash {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly by: string | null;
  readonly on: string | null;
  readonly before: unknown;
}

export interface Draft {
  readonly kind: Kind;
  readonly id: string;
  /** The v that was on screen when the edit began; null for what is new. */
  readonly base: string | null;
  readonly isNew: boolean;
  readonly set: Readonly<Record<string, unknown>>;
  /** Of each field in `set`: what stood there. */
  readonly was: Readonly<Record<string, unknown>>;
  readonly clashes: readonly Clash[];
  /** Why the server did not take it, until it is changed or sent again. */
  readonly refused: Extract<Outcome, { is: "refused" }> | null;
  /** ms, this computer's clock: when it was last kept. */
  readonly at: number;
}

const PREFIX = "desk/draft/";
const keyOf = (kind: string, id: string): string => `${PREFIX}${kind}/${id}`;

/** By "kind/id". */
export const drafts: ReadonlySignal<ReadonlyMap<string, Draft>> = computed(
  () =>
    new Map(
      [...kept.value].flatMap(([key, value]) =>
        key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value as Draft] as const] : [],
      ),
    ),
);

const lastKept = signal<number | null>(null);
/** ms: when the last change of this visit was kept; null where none was, or where it could not be (`unkept`). */
export const keptAt: ReadonlySignal<number | null> = computed(() => (unkept.value ? null : lastKept.value));

/** Once a visit, before the first screen that edits. */
export const readAll = readDrafts;

const of = (kind: Kind, id: string): Draft | undefined => kept.peek().get(keyOf(kind, id)) as Draft | undefined;

/** The draft of this thing; one that is begun here is kept from its first change on. */
export function begin(kind: Kind, id: string, isNew: boolean): Draft {
  return (
    of(kind, id) ?? {
      ...{ kind, id, isNew, set: {}, was: {}, clashes: [], refused: null, at: Date.now() },
      base: isNew ? null : copy.baseOf(kind, id),
    }
  );
}

/** `value` undefined: the field is left as it stands. A field by its name in the save verb's `set`. */
export function change(kind: Kind, id: string, field: string, value: unknown, isNew = false): void {
  const draft = begin(kind, id, isNew);
  const set: Record<string, unknown> = { ...draft.set };
  const was: Record<string, unknown> = { ...draft.was };
  if (value === undefined) {
    delete set[field];
    delete was[field];
  } else {
    set[field] = value;
    if (!(field in was)) was[field] = standing(kind, id, field);
  }
  put({ ...draft, set, was, refused: null });
}

/** A clash is chosen: the value goes into `set`, and the clash leaves. */
export function resolve(kind: Kind, id: string, field: string, value: unknown): void {
  const draft = of(kind, id);
  if (!draft) return;
  const clash = draft.clashes.find((one) => one.field === field);
  const rest = draft.clashes.filter((one) => one.field !== field);
  // What the other wrote stands on the server already: choosing it changes nothing there.
  const { [field]: _, ...set } = draft.set;
  const next = clash && same(value, clash.theirs) ? set : { ...set, [field]: value };
  put({ ...draft, set: next, was: { ...draft.was, [field]: clash?.theirs ?? null }, clashes: rest });
}

/** The person throws it away. */
export async function drop(kind: Kind, id: string): Promise<void> {
  const draft = of(kind, id);
  if (draft) await dropDraft(keyOf(kind, id), draft);
}

/** Puts it into the outbox and waits for the answer, or for the lack of one. Not while a clash is open. */
export async function save(kind: Kind, id: string): Promise<Outcome> {
  const draft = of(kind, id);
  if (!draft || draft.clashes.length > 0) return { is: "waiting" };
  if (Object.keys(draft.set).length === 0) {
    await drop(kind, id);
    return { is: "applied", result: {} };
  }
  await keepDraft(sentKey(kind, id), { ...((kept.peek().get(sentKey(kind, id)) as object) ?? {}), ...draft.was });
  const op = await act(`save_${kind}`, { kind, id }, { set: draft.set }, draft.base);
  await dropDraft(keyOf(kind, id), draft);
  const done = await settled(op);
  if (done.is === "applied" && !((done.result.conflicts as readonly unknown[] | undefined)?.length ?? 0)) return done;
  // What another wrote meanwhile is read before both versions are shown.
  await pullNow();
  const back = of(kind, id);
  return back?.refused ?? (back && back.clashes.length > 0 ? { is: "refused", ...CLASH } : done);
}

const CLASH = { code: "conflict", detail: "En anden har rettet det samme. Vælg felt for felt.", extra: {} };
/** What stood in the fields of edits that are out, to be shown beside both versions. */
const sentKey = (kind: string, id: string): string => `desk/sent/${kind}/${id}`;
/** Ids of answered edits that were seen to. */
const SEEN = "desk/seen";
const SEEN_MOST = 500;

interface Told {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly by: string | null;
  readonly on: string | null;
}

/** After each round: what was refused or met another's edit is a draft again, then it leaves the outbox. Safe to be done twice. */
async function answered(ops: readonly KeptOp[], whole: boolean): Promise<void> {
  await readDrafts();
  const seen = (kept.peek().get(SEEN) as readonly string[] | undefined) ?? [];
  const fresh = ops.filter(
    (op) => /^save_(?:place|route|facility|event|organiser)$/.test(op.verb) && !seen.includes(op.id),
  );
  for (const op of fresh) {
    const outcome = outcomeOf(op);
    if (outcome.is === "waiting") continue;
    const { subject, args, base } = opOf(op);
    const kind = subject.kind as Kind;
    const set = setOf(args) ?? {};
    const told = (outcome.is === "applied" ? outcome.result.conflicts : outcome.extra.conflicts) as Told[] | undefined;
    const met = (told ?? []).filter((one) => !isOwn(ops, op, one));
    const mine = (told ?? []).filter((one) => isOwn(ops, op, one));
    const was = (kept.peek().get(sentKey(kind, subject.id)) ?? {}) as Record<string, unknown>;
    const draft = begin(kind, subject.id, false);
    const now = whole ? copy.baseOf(kind, subject.id) : (base ?? null);
    if (told && told.length > 0) {
      const clashes = met.map((one) => ({ ...one, before: was[one.field] ?? null }));
      const others = draft.clashes.filter((one) => !clashes.some(({ field }) => field === one.field));
      const again = mine.reduce((all, one) => setWith(all, { [one.field]: one.mine }), {});
      const rest = without(draft.set, clashes);
      await put({ ...draft, base: now, set: setWith(again, rest), clashes: [...others, ...clashes], refused: null });
    } else if (outcome.is === "refused") {
      const isNew = copy.asRead(kind, subject.id) === undefined;
      const refused = outcome.code === "conflict" ? null : outcome;
      await put({
        ...draft,
        isNew,
        base: base ?? null,
        set: setWith(set, draft.set),
        was: { ...was, ...draft.was },
        refused,
      });
    }
    if (outcome.is === "refused") await discard(op.id);
    const sent = kept.peek().get(sentKey(kind, subject.id));
    if (sent !== undefined) await dropDraft(sentKey(kind, subject.id), sent);
    if (told && met.length === 0 && mine.length > 0) void save(kind, subject.id);
  }
  if (fresh.length > 0) await keepDraft(SEEN, [...seen, ...fresh.map(({ id }) => id)].slice(-SEEN_MOST));
}
onAnswered(answered);

/** What stands there is what this person's own edit before this one has put there: nobody else has touched it. */
function isOwn(ops: readonly KeptOp[], op: KeptOp, { field, theirs }: Told): boolean {
  return ops.some((one) => {
    if (one.state !== "applied" || one.order >= op.order || one.subject.id !== op.subject.id) return false;
    const set = setOf(opOf(one).args);
    if (set === null || !(field in set)) return false;
    return field === "stretches" ? saysSo(set.stretches, theirs) : same(set[field], theirs);
  });
}

type Part = Readonly<Record<string, unknown>> & { readonly id: string };

/** Whether what is said of stretches says this of its one stretch. */
function saysSo(said: unknown, one: unknown): boolean {
  const [part] = (one ?? []) as readonly Part[];
  const mine = (said as readonly Part[]).find(({ id }) => id === part?.id);
  return part !== undefined && mine !== undefined && Object.keys(part).every((name) => same(mine[name], part[name]));
}

function without(set: Readonly<Record<string, unknown>>, clashes: readonly Clash[]): Record<string, unknown> {
  const rest = Object.entries(set).flatMap(([field, value]): [string, unknown][] => {
    const met = clashes.filter((one) => one.field === field);
    if (met.length === 0) return [[field, value]];
    const parts = field === "stretches" ? withoutParts(value as readonly Part[], met) : [];
    return parts.length > 0 ? [[field, parts]] : [];
  });
  return Object.fromEntries(rest);
}

/** What is said of stretches, less what two have said of one. */
function withoutParts(said: readonly Part[], met: readonly Clash[]): Part[] {
  const told = met.map(({ mine }) => (mine as readonly Part[])[0]);
  return said.flatMap((one) => {
    const gone = told.filter((part) => part?.id === one.id).flatMap((part) => Object.keys(part ?? {}));
    const left = Object.entries(one).filter(([name]) => name === "id" || !gone.includes(name));
    return left.length > 1 ? [Object.fromEntries(left) as Part] : [];
  });
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What stands in this field now, as it was last read. */
function standing(kind: Kind, id: string, field: string): unknown {
  const body = copy.asRead(kind, id) as Record<string, unknown> | undefined;
  const staff = body?.staff as Record<string, unknown> | undefined;
  return body?.[field] ?? staff?.[field] ?? null;
}

function put(draft: Draft): Promise<void> {
  const at = Date.now();
  return keepDraft(keyOf(draft.kind, draft.id), { ...draft, at }).then(() => {
    lastKept.value = at;
  });
}

// The outbox as a file that a person keeps, or carries to another phone (PROTOCOL.md, S). Pure: ops to text, text to ops.
import { bytesOf } from "./batch.ts";
import { keptOp, nextOrder, wellFormed } from "./op.ts";
import type { Around, KeptOp, OutboxPort } from "./port.ts";
import { type Applied, MAX_BYTES, type Refused } from "./wire.gen.ts";

const VERSION = 1;
/** A larger file is not read at all. */
export const MAX_FILE_BYTES = 5_000_000;
/** So many ops are taken in at once; a file with more is brought in again for the rest. */
export const MAX_FILE_OPS = 1_000;
/** So many lines are looked at, so that a file of rubbish ends too. */
const MAX_FILE_LINES = 10_000;

/** not_ours: no file of an outbox. newer: one of a later version of the app. too_large: over MAX_FILE_BYTES. Nothing was taken in. */
export class WrongFile extends Error {
  readonly why: "not_ours" | "newer" | "too_large";
  constructor(why: WrongFile["why"]) {
    super(`the file is ${why}`);
    this.why = why;
  }
}

export interface Brought {
  /** Ops that lie here now and did not before. */
  readonly taken: number;
  /** Ops that lay here already, with the same bytes. */
  readonly had: number;
  /** Lines that are no op that anybody may send, or one whose id lies here with other bytes. */
  readonly wrong: number;
  /** Lines past the limits: bringing the file in again goes on there. */
  readonly left: number;
}

/** The file: a header, then an op a line, in order. `at`: the moment, RFC 3339. What was out counts as waiting: its answer is asked for again. */
export function fileOf(ops: readonly KeptOp[], at: string): string {
  const lines: object[] = [{ moedesteder: "outbox", version: VERSION, saved_at: at }];
  for (const { line, credential, made_at, state, offered, reply, epoch, settled_at } of ops) {
    const kept = { line, credential, made_at, state: state === "sent" ? "waiting" : state, offered, settled_at };
    lines.push(state === "applied" || state === "refused" ? { ...kept, reply, epoch } : kept);
  }
  return lines.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/**
 * Takes each op of a file into the outbox, once by its id and in the order of the file, all in one transaction. What was refused stays
 * refused, what had landed stays landed (and is offered again only to another epoch), all else waits. Throws WrongFile, and as the port.
 */
export async function bringIn(text: string, port: OutboxPort, around: Around): Promise<Brought> {
  if (text.length > MAX_FILE_BYTES || bytesOf(text) > MAX_FILE_BYTES) throw new WrongFile("too_large");
  const [head = "", ...lines] = text
    .replace(/^\ufeff/, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  isOurs(head);
  const now = around.now();
  return port.tx(async (tx) => {
    const all = await tx.all();
    const here = new Map(all.map((op) => [op.id, op.line]));
    let order = nextOrder(all);
    let [taken, had, wrong, seen] = [0, 0, 0, 0];
    for (const line of lines.slice(0, MAX_FILE_LINES)) {
      if (taken === MAX_FILE_OPS) break;
      seen++;
      const op = read(line, order, now);
      const same = op && here.get(op.id);
      if (op && same === undefined) {
        await tx.put(op);
        here.set(op.id, op.line);
        order++;
        taken++;
      } else if (op && same === op.line) had++;
      else wrong++;
    }
    return { taken, had, wrong, left: lines.length - seen };
  });
}

function isOurs(head: string): void {
  const said = object(head);
  if (said?.moedesteder !== "outbox" || typeof said.version !== "number") throw new WrongFile("not_ours");
  if (said.version > VERSION) throw new WrongFile("newer");
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * null for what is no op. A login's or a device's op is none either: whoever hands a person a file must not act by that person's
 * credential. An anonymous op everybody may send, so a file gives no right that its reader lacks.
 */
function read(text: string, order: number, now: number): KeptOp | null {
  const kept = object(text);
  if (kept?.credential !== "none" || !isMoment(kept.made_at)) return null;
  const { line, made_at } = kept;
  // A line end within it would be two lines on the wire, and the second one anybody's.
  if (typeof line !== "string" || line.includes("\n") || wellFormed(line) !== line || bytesOf(line) >= MAX_BYTES)
    return null;
  const op = object(line);
  if (!op || typeof op.id !== "string" || !ID.test(op.id) || !isMoment(op.at)) return null;
  if (typeof op.verb !== "string" || op.verb === "" || !isObject(op.args)) return null;
  const { id, verb, subject, base } = op;
  if (!isObject(subject) || typeof subject.kind !== "string" || typeof subject.id !== "string") return null;
  if (base !== null && base !== undefined && typeof base !== "string") return null;
  const { kind, id: of } = subject;
  const waits = keptOp({ id, line, made_at, verb, subject: { kind, id: of }, credential: "none", order });
  return { ...waits, offered: kept.offered === true, ...answerOf(kept, id, now) };
}

/** What the file says became of it; where that is not whole, it waits: to ask again costs a request and does nothing twice. */
function answerOf(
  { state, reply, epoch, settled_at }: Readonly<Record<string, unknown>>,
  id: string,
  now: number,
): Pick<KeptOp, "state" | "reply" | "epoch" | "settled_at"> {
  const told = typeof settled_at === "number" && settled_at > 0 ? Math.min(settled_at, now) : null;
  const at = told ?? now;
  if (isObject(reply) && reply.status === state) {
    if (state === "applied" && typeof epoch === "string" && isSeq(reply.seq)) {
      const applied: Applied = { status: state, id, again: true, seq: reply.seq };
      return { state, reply: applied, epoch, settled_at: at };
    }
    if (state === "refused" && typeof reply.code === "string")
      return { state, reply: refused(reply, reply.code, id), epoch: null, settled_at: at };
  }
  return { state: "waiting", reply: null, epoch: null, settled_at: told };
}

/** Without `detail`: words for people come from this app, not from a file. */
function refused(reply: Readonly<Record<string, unknown>>, code: string, id: string): Refused {
  const { at, limit, name, on } = reply;
  return {
    status: "refused",
    id,
    again: true,
    code,
    ...(typeof at === "string" ? { at } : {}),
    ...(typeof limit === "number" ? { limit } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof on === "string" ? { on } : {}),
  };
}

function object(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMoment(value: unknown): value is string {
  return typeof value === "string" && value.length <= 40 && !Number.isNaN(Date.parse(value));
}

function isSeq(value: unknown): value is Readonly<Record<string, number>> {
  return isObject(value) && Object.values(value).every((seq) => Number.isSafeInteger(seq));
}

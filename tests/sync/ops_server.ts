// The server's inbox by PROTOCOL.md (L, O), as short as it goes: each id once, `again`, one's place behind a `later` of the same subject.
import type { Looking } from "#phone/apart.ts";
import type { Doing } from "#phone/op.ts";
import { enqueue, send } from "#phone/outbox.ts";
import type { Answer, Credential, Net } from "#phone/port.ts";
import type { Op, Page, Result, Results } from "#phone/wire.gen.ts";
import { MemoryAround, MemoryOutbox } from "./memory.ts";

export class OpsServer implements Net {
  epoch = "e0";
  head = 0;
  /** Whether what is done changes the feed. */
  changes = true;
  /** What was done, as lines, once each. */
  readonly done: string[] = [];
  readonly requests: { credential: Credential; lines: string[] }[] = [];
  readonly inbox = new Map<string, { line: string; reply: Result }>();
  /** Answers for this op in place of "applied". */
  answer: (op: Op) => Omit<Partial<Result>, "id"> | undefined = () => undefined;
  /** Called before a request is looked at: may throw, may answer itself. */
  before: (nr: number) => Answer<Results> | undefined = () => undefined;
  /** Called when all is done and written down: may throw the answer away. */
  after: (nr: number) => void = () => {};

  async page(): Promise<Answer<Page>> {
    throw new Error("this server only takes ops");
  }

  async ops(body: string, credential: Credential, epoch: string | null): Promise<Answer<Results>> {
    const lines = body.split("\n").filter((line) => line !== "");
    const nr = this.requests.push({ credential, lines });
    const other = this.before(nr);
    if (other) return other;
    if (epoch !== null && epoch !== this.epoch) return { status: 410, code: "resync" };
    const blocked = new Set<string>();
    const results = lines.map((line) => this.one(line, blocked));
    this.after(nr);
    return { status: 200, body: { epoch: this.epoch, results } };
  }

  private one(line: string, blocked: Set<string>): Result {
    const op: Op = JSON.parse(line);
    const subject = `${op.subject.kind} ${op.subject.id}`;
    const known = this.inbox.get(op.id);
    if (known && known.line !== line) return { status: "refused", id: op.id, again: false, code: "id_reused" };
    if (known) return { ...known.reply, again: true } as Result;
    if (blocked.has(subject)) return { status: "later", id: op.id, code: "blocked" };
    const reply = { status: "applied", again: false, seq: {}, ...this.answer(op), id: op.id } as Result;
    if (reply.status === "later") {
      blocked.add(subject);
      return {
        status: "later",
        id: op.id,
        code: reply.code,
        ...("retry_after_s" in reply ? { retry_after_s: reply.retry_after_s } : {}),
      } as Result;
    }
    const first =
      reply.status === "applied"
        ? { ...reply, seq: this.changes ? { public: ++this.head } : {} }
        : { ...reply, seq: undefined };
    if (reply.status === "applied") this.done.push(line);
    this.inbox.set(op.id, { line, reply: first as Result });
    return first as Result;
  }
}

export function fault(subject: string, text = "Brædder mangler"): Doing {
  return {
    verb: "report_fault",
    subject: { kind: "facility", id: subject },
    args: { what: "broken", text },
    credential: "none",
  };
}

export function phoneAndServer(seed = 1) {
  const server = new OpsServer();
  const outbox = new MemoryOutbox();
  const around = new MemoryAround(seed);
  return {
    server,
    outbox,
    around,
    add: (doing: Doing) => enqueue(doing, outbox, around),
    /** A person looks on, unless it is said otherwise: what keeps requests apart in time is apart.test.ts's affair. */
    go: (looking: Looking = true) => send(outbox, server, around, { looking }),
    textsDone: () => server.done.map((line) => JSON.parse(line).args.text),
  };
}

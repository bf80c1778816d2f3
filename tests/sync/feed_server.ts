// The server's feed by PROTOCOL.md (F), as short as it goes, to try the phone's end on. tests/sync/test_feed_model.py holds the real one to the same.
import { hex, moved } from "#phone/digest.ts";
import type { Answer, Net } from "#phone/port.ts";
import type { Change, Page, Results, Scope } from "#phone/wire.gen.ts";

interface Row {
  seq: number;
  kind: string;
  id: string;
  v: string | null;
}

export class FeedServer implements Net {
  epoch = "e0";
  head = 0;
  rows = new Map<string, Row>();
  size = 2000;
  /** What was asked, in order: `since`, and `!` behind it where the HTTP cache was passed by. */
  readonly asked: string[] = [];
  /** Called before each answer: may change the server, may throw (no answer), may answer itself. */
  before: (nr: number) => Answer<Page> | undefined = () => undefined;
  /** Called after an answer was made: may throw it away. */
  after: (nr: number) => void = () => {};

  put(kind: string, id: string, v: string | null): void {
    const key = `${kind} ${id}`;
    const old = this.rows.get(key);
    if ((old?.v ?? null) === v) return;
    this.head++;
    this.rows.set(key, { seq: this.head, kind, id, v });
  }

  copy(): { epoch: string; head: number; rows: Map<string, Row> } {
    return { epoch: this.epoch, head: this.head, rows: new Map(this.rows) };
  }

  live(): Record<string, string | null> {
    return Object.fromEntries([...this.rows].flatMap(([key, { v }]) => (v === null ? [] : [[key, v]])).sort());
  }

  async page(_scope: Scope, since: string | null, reload: boolean): Promise<Answer<Page>> {
    const nr = this.asked.push(`${since ?? ""}${reload ? "!" : ""}`);
    const answer = this.before(nr) ?? this.answer(since);
    this.after(nr);
    return answer;
  }

  async ops(): Promise<Answer<Results>> {
    throw new Error("this server only reads");
  }

  private answer(since: string | null): Answer<Page> {
    const [epoch, seq, floor] = since === null ? [this.epoch, 0, this.head] : parts(since);
    if (epoch !== this.epoch || Math.max(seq, floor ?? 0) > this.head) return { status: 410, code: "resync" };
    const all = [...this.rows.values()]
      .filter((row) => row.seq > seq && !(row.v === null && row.seq <= (floor ?? 0)))
      .sort((a, b) => a.seq - b.seq);
    const taken = all.slice(0, this.size);
    const last = taken.at(-1);
    const more = taken.length < all.length && last !== undefined;
    const changes = taken.map(({ kind, id, v }): Change => ({ kind, id, v, body: v === null ? null : { v } }));
    let digest = 0;
    for (const row of this.rows.values()) digest = moved(digest, null, row.v);
    const body: Page = more
      ? { cursor: [epoch, last.seq, ...(floor === null ? [] : [floor])].join("."), more, changes }
      : { cursor: `${epoch}.${this.head}`, more, changes, digest: hex(digest) };
    return { status: 200, body };
  }
}

function parts(since: string): [string, number, number | null] {
  const [epoch = "", seq = "", floor] = since.split(".");
  return [epoch, Number(seq), floor === undefined ? null : Number(floor)];
}

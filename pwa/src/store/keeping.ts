// The two stores as the rest of the phone uses them: on disk while the disk works, from memory from the moment it does not, and it says so.
import type { FeedPort, FeedTx, Kept, KeptOp } from "#phone/port.ts";
import type { Scope } from "#phone/wire.gen.ts";
import { InMemory, onDisk, type Row, readAll, readCopy } from "./feed.ts";
import { StorageTrouble } from "./handle.ts";
import { type OwnPort, type OwnTx, outboxOnDisk, readOps } from "./outbox.ts";
import type { OutboxInMemory } from "./outbox-memory.ts";

export type Trouble = StorageTrouble["what"];

export class Keeping {
  /** What is kept of each scope, as last committed here or told by another tab. */
  readonly kept = new Map<Scope, Kept>();
  ops: readonly KeptOp[] = [];
  feed: FeedPort;
  outbox: OwnPort;
  #memory: InMemory | null = null;
  #opsInMemory: Promise<OutboxInMemory> | null = null;
  readonly #rows: (scope: Scope) => Row[];
  readonly #told: (trouble: Trouble) => void;

  /** `rows`: what is on screen of a scope, to go on from when the disk fails. `told`: when it does. */
  constructor(rows: (scope: Scope) => Row[], told: (trouble: Trouble) => void) {
    this.#rows = rows;
    this.#told = told;
    this.feed = { tx: (scope, work) => this.#feedTx(scope, work) };
    this.outbox = { tx: (work) => this.#outboxTx(work) };
  }

  get onDisk(): boolean {
    return this.#memory === null && this.opsOnDisk;
  }

  get opsOnDisk(): boolean {
    return this.#opsInMemory === null;
  }

  /** There may be room again: what the outbox has in memory alone goes to the disk. False where it still can not. */
  async home(): Promise<boolean> {
    try {
      await (await this.#opsInMemory)?.goHome(outboxOnDisk);
    } catch (error) {
      if (error instanceof StorageTrouble) return false;
      throw error;
    }
    this.#opsInMemory = null;
    return true;
  }

  /** Everything that was kept, in one go. Rows of copies that are not on screen are left out. */
  async open(): Promise<Map<Scope, Row[]>> {
    const [feed] = await Promise.all([
      readAll().catch((error) => {
        this.#feedFailed(error);
        return { kept: new Map<Scope, Kept>(), rows: [] as Row[] };
      }),
      readOps().then(
        (ops) => {
          this.ops = ops;
        },
        (error) => {
          void this.#outboxFailed(error, null);
        },
      ),
    ]);
    const shown = new Map<Scope, Row[]>();
    for (const [scope, kept] of feed.kept) {
      this.kept.set(scope, kept);
      const gen = (kept.shown ?? kept.fresh)?.gen;
      shown.set(
        scope,
        feed.rows.filter((row) => row.scope === scope && row.gen === gen),
      );
    }
    return shown;
  }

  async copy(scope: Scope, gen: number): Promise<Row[]> {
    if (this.#memory) return this.#memory.rows(scope, gen);
    return readCopy(scope, gen);
  }

  /** Another tab has written: its word for what is kept, or this tab's own look at the outbox. */
  heard(scope: Scope, kept: Kept): void {
    this.kept.set(scope, kept);
  }

  async lookAtOps(): Promise<void> {
    this.ops = await this.#outboxTx((tx) => tx.all());
  }

  async #feedTx<T>(scope: Scope, work: (tx: FeedTx) => Promise<T>): Promise<T> {
    let now: Kept | undefined;
    const noting = (tx: FeedTx): Promise<T> =>
      work({
        ...tx,
        keep: (kept) => {
          now = kept;
          return tx.keep(kept);
        },
      });
    let result: T;
    try {
      result = await (this.#memory ?? onDisk).tx(scope, noting);
    } catch (error) {
      result = await this.#feedFailed(error).tx(scope, noting);
    }
    if (now) this.kept.set(scope, now);
    return result;
  }

  async #outboxTx<T>(work: (tx: OwnTx) => Promise<T>): Promise<T> {
    const memory = this.#opsInMemory;
    try {
      return await ((await memory) ?? outboxOnDisk).tx(work);
    } catch (error) {
      return (await this.#outboxFailed(error, memory)).tx(work);
    }
  }

  /** From here on from memory, beginning with what is on screen. An error that is not storage's goes on up. */
  #feedFailed(error: unknown): InMemory {
    if (!(error instanceof StorageTrouble) || this.#memory) throw error;
    // A copy that was being read beside the shown one is not in memory: it is begun again.
    for (const [scope, kept] of this.kept) if (kept.shown) this.kept.set(scope, { ...kept, fresh: null });
    const rows = [...this.kept.keys()].flatMap((scope) => this.#rows(scope));
    this.#memory = new InMemory(this.kept, rows);
    this.#told(error.what);
    return this.#memory;
  }

  /** `was`: what was tried. Of two that fail at once on the disk the second finds the memory of the first. */
  #outboxFailed(error: unknown, was: Promise<OutboxInMemory> | null): Promise<OutboxInMemory> {
    if (!(error instanceof StorageTrouble) || (was && was === this.#opsInMemory)) throw error;
    if (!this.#opsInMemory) {
      const { ops } = this;
      this.#opsInMemory = import("./writing.ts").then((made) => made.inMemory(ops));
      // Whoever writes hears of it; at a start nobody waits.
      this.#opsInMemory.catch(() => undefined);
      this.#told(error.what);
    }
    return this.#opsInMemory;
  }
}

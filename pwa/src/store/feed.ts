// The database `feed`: copies of what the server told, disposable at any time. The port that sync/phone writes through, on the phone's disk or,
// where that fails, in memory. No DOM and no signals here: the service worker may use it too.
import type { DBSchema, IDBPDatabase } from "idb";
import { type FeedPort, type FeedTx, type Kept, NOTHING } from "#phone/port.ts";
import type { Scope } from "#phone/wire.gen.ts";
import { Handle, wholly } from "./handle.ts";

/** A thing as it lies there: its key, the `v` that the digest counts, and the body as the wire had it. */
export interface Row {
  gen: number;
  scope: Scope;
  kind: string;
  id: string;
  v: string;
  body: unknown;
}

export interface FeedSchema extends DBSchema {
  things: { key: [number, string, string, string]; value: Row };
  kept: { key: string; value: Kept };
}

export const makeCopies = (db: IDBPDatabase<FeedSchema>, from: number): void => {
  if (from < 1) {
    db.createObjectStore("things", { keyPath: ["gen", "scope", "kind", "id"] });
    db.createObjectStore("kept");
  }
};

export let feed = new Handle<FeedSchema>("feed", 1, makeCopies);

/** Whoever works here reads more, and has it in a database of its own. Said before anything is read. */
export function keepIn(name: string): void {
  feed = new Handle<FeedSchema>(name, 1, makeCopies);
}

/** All rows of one copy of one scope; an array sorts after every string, so `[]` is the end. */
const within = (gen: number, scope: string): IDBKeyRange => IDBKeyRange.bound([gen, scope], [gen, scope, []]);

export const onDisk: FeedPort = {
  tx: (scope, work) =>
    feed.run(async (db) => {
      const tx = db.transaction(["things", "kept"], "readwrite");
      const things = tx.objectStore("things");
      const kept = tx.objectStore("kept");
      const port: FeedTx = {
        kept: async () => (await kept.get(scope)) ?? NOTHING,
        keep: async (now) => {
          await kept.put(now, scope);
        },
        versions: (gen, subjects) =>
          Promise.all(subjects.map(async ({ kind, id }) => (await things.get([gen, scope, kind, id]))?.v ?? null)),
        write: async (gen, changes) => {
          await Promise.all(
            changes.map(({ kind, id, v, body }) =>
              v === null ? things.delete([gen, scope, kind, id]) : things.put({ gen, scope, kind, id, v, body }),
            ),
          );
        },
        sweep: async (but) => {
          let at = await things.openKeyCursor();
          while (at) {
            const gen = at.key[0];
            if (!but.includes(gen)) await things.delete(within(gen, scope));
            at = await at.continue([gen + 1, "", "", ""]);
          }
        },
      };
      return wholly(tx, () => work(port));
    }),
};

/** What is kept of every scope, in one transaction and one round: what a cold start shows. */
export async function readAll(): Promise<{ kept: Map<Scope, Kept>; rows: Row[] }> {
  return feed.run(async (db) => {
    const tx = db.transaction(["things", "kept"]);
    const kept = tx.objectStore("kept");
    const [names, values, rows] = await Promise.all([
      kept.getAllKeys(),
      kept.getAll(),
      tx.objectStore("things").getAll(),
    ]);
    return { kept: new Map(names.map((name, at) => [name as Scope, values[at] ?? NOTHING])), rows };
  });
}

/** One copy, whole. */
export const readCopy = (scope: Scope, gen: number): Promise<Row[]> =>
  feed.run((db) => db.getAll("things", within(gen, scope)));

/** The same port without a disk, begun from what was on screen when the disk failed. */
export class InMemory implements FeedPort {
  #kept: Map<Scope, Kept>;
  #rows: Map<string, Row>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(kept: ReadonlyMap<Scope, Kept>, rows: Iterable<Row>) {
    this.#kept = new Map(kept);
    this.#rows = new Map([...rows].map((row) => [keyOf(row.gen, row.scope, row.kind, row.id), row]));
  }

  rows(scope: Scope, gen: number): Row[] {
    return [...this.#rows.values()].filter((row) => row.scope === scope && row.gen === gen);
  }

  kept(scope: Scope): Kept {
    return this.#kept.get(scope) ?? NOTHING;
  }

  /** One after another, on a copy that takes the old one's place at the end: all or nothing, as on disk. */
  tx<T>(scope: Scope, work: (tx: FeedTx) => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      const kept = new Map(this.#kept);
      const rows = new Map(this.#rows);
      const result = await work({
        kept: async () => kept.get(scope) ?? NOTHING,
        keep: async (now) => void kept.set(scope, now),
        versions: async (gen, subjects) =>
          subjects.map(({ kind, id }) => rows.get(keyOf(gen, scope, kind, id))?.v ?? null),
        write: async (gen, changes) => {
          for (const { kind, id, v, body } of changes)
            if (v === null) rows.delete(keyOf(gen, scope, kind, id));
            else rows.set(keyOf(gen, scope, kind, id), { gen, scope, kind, id, v, body });
        },
        sweep: async (but) => {
          for (const [key, row] of rows) if (row.scope === scope && !but.includes(row.gen)) rows.delete(key);
        },
      });
      this.#kept = kept;
      this.#rows = rows;
      return result;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

const keyOf = (...parts: (string | number)[]): string => parts.join("\n");

// One IndexedDB database that may be shut under us: iOS does it while the app sleeps, another tab with a newer version does it on purpose.
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames, unwrap } from "idb";

/** What is wrong with the phone's storage. full: no room; closed: a newer version of the app has it; shut: it does not open or answer. */
export class StorageTrouble extends Error {
  readonly what: "full" | "closed" | "shut";
  constructor(what: "full" | "closed" | "shut", cause: unknown) {
    super(`storage is ${what}`, { cause });
    this.what = what;
  }
}

/** An `open` that is never answered (Safari has been seen to) must not keep the list from showing. */
const OPEN_MS = 5000;

export type Upgrade<S extends DBSchema> = (
  db: IDBPDatabase<S>,
  from: number,
  tx: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
) => void;

export class Handle<S extends DBSchema> {
  readonly name: string;
  readonly #version: number;
  readonly #upgrade: Upgrade<S>;
  readonly #grows: boolean;
  #open: Promise<IDBPDatabase<S>> | null = null;

  /** `grows`: newer versions only add to it, so that a page of this version can go on in a database of a newer one. */
  constructor(name: string, version: number, upgrade: Upgrade<S>, grows = false) {
    this.name = name;
    this.#version = version;
    this.#upgrade = upgrade;
    this.#grows = grows;
  }

  /** Runs `work`, once more on a fresh handle where the old one was dead. So `work` is one transaction that may be done twice. */
  async run<T>(work: (db: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#handle());
    } catch (first) {
      if (!isDead(first)) throw trouble(first);
      this.close();
      try {
        return await work(await this.#handle());
      } catch (second) {
        throw trouble(second);
      }
    }
  }

  close(): void {
    const open = this.#open;
    this.#open = null;
    open?.then(
      (db) => db.close(),
      () => undefined,
    );
  }

  /** The database and all that is in it. Used again, it begins empty. */
  async erase(): Promise<void> {
    this.close();
    await deleteDB(this.name);
  }

  #handle(): Promise<IDBPDatabase<S>> {
    this.#open ??= this.#fresh();
    return this.#open;
  }

  async #fresh(): Promise<IDBPDatabase<S>> {
    const drop = (): void => {
      this.#open = null;
    };
    const open = (version?: number): Promise<IDBPDatabase<S>> =>
      openDB<S>(this.name, version, {
        upgrade: (db, from, _to, tx) => this.#upgrade(db, from, tx as never),
        // A newer version waits in another tab: out of its way at once.
        blocking: (_now, _wanted, event) => {
          (event.target as IDBDatabase).close();
          drop();
        },
        terminated: drop,
      });
    const opening = open(this.#version)
      .catch((error) => {
        if (this.#grows && nameOf(error) === "VersionError") return open();
        throw error;
      })
      .then(noted);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, no) => {
      timer = setTimeout(() => no(new StorageTrouble("shut", "no answer")), OPEN_MS);
    });
    try {
      return await Promise.race([opening, late]);
    } catch (error) {
      drop();
      // If it comes after all, nobody is left to use it.
      opening.then(
        (db) => db.close(),
        () => undefined,
      );
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Tx {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/**
 * What is under way in this page, a single request too. WebKit keeps a page that is left as it stands, and the next page would wait for
 * it: broken off, and done again.
 */
const underWay = new Set<IDBTransaction>();
globalThis.addEventListener?.("pagehide", (event) => {
  if (event.persisted) underWay.forEach(breakOff);
});

function noted<S extends DBSchema>(db: IDBPDatabase<S>): IDBPDatabase<S> {
  const raw = unwrap(db as unknown as IDBPDatabase);
  const begin = raw.transaction;
  raw.transaction = (...asked) => {
    const tx = begin.apply(raw, asked);
    underWay.add(tx);
    tx.oncomplete = tx.onabort = () => underWay.delete(tx);
    return tx;
  };
  return db;
}

function breakOff(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended already.
  }
}

/** Runs `work` in `tx` and returns when all of it is written; whatever goes wrong, nothing of it stays. */
export async function wholly<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    await tx.done;
    return result;
  } catch (error) {
    // The transaction's own reason (no room, a dead handle) says more than the request that it broke.
    const reason = tx.error;
    tx.done.catch(() => undefined);
    breakOff(tx);
    throw reason ?? error;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error || error instanceof DOMException ? error.name : "");

function isDead(error: unknown): boolean {
  const name = nameOf(error);
  return (
    name === "InvalidStateError" ||
    name === "TransactionInactiveError" ||
    (name === "AbortError" && !isFull(error)) ||
    (name === "UnknownError" && /connection|lost|closing/i.test((error as Error).message))
  );
}

function isFull(error: unknown): boolean {
  return (
    nameOf(error) === "QuotaExceededError" || (error instanceof Error && nameOf(error.cause) === "QuotaExceededError")
  );
}

function trouble(error: unknown): unknown {
  if (error instanceof StorageTrouble) return error;
  if (isFull(error)) return new StorageTrouble("full", error);
  if (nameOf(error) === "VersionError") return new StorageTrouble("closed", error);
  if (/^(InvalidStateError|AbortError|UnknownError|SecurityError|NotFoundError|ReferenceError)$/.test(nameOf(error)))
    return new StorageTrouble("shut", error);
  return error;
}

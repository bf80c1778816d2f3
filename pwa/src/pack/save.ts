// Saving one archive piece by piece: what is missing, one request for each run of it, every piece checked before it counts and read back before "ready".
// Knows neither browser nor disk, so that a plain test can cut it off anywhere.
import type { PackManifest } from "../api/types.gen.ts";

/** Where an archive's bytes lie. `write` returns when they are safe from a dead battery. */
export interface Disk {
  /** May give fewer bytes than asked for where the file ends. */
  read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): void;
}

export interface Source {
  /** Rejects where there is no network. */
  fetch(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response>;
  /** Of the first answer, for If-Range; survives a restart. */
  etag: string | null;
}

/** The connection broke, or what came was not what was promised. What is on the disk stays. */
export class Cut extends Error {}
/** The server no longer has this archive. */
export class Changed extends Error {}

/** Silence for this long is a broken connection. */
export const STALL_MS = 30_000;
/** A piece that comes wrong this often is not asked for again in this go. */
const ROUNDS = 3;
/** So much may have come and not yet be on the disk. */
const AHEAD = 8 << 20;

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function isRight(bytes: Uint8Array<ArrayBuffer>, sha256: string | undefined): Promise<boolean> {
  return hex(await crypto.subtle.digest("SHA-256", bytes)) === sha256;
}

export function lengthOf(manifest: PackManifest, piece: number): number {
  return Math.min(manifest.piece_bytes, manifest.bytes - piece * manifest.piece_bytes);
}

export function bytesOf(manifest: PackManifest, have: readonly boolean[]): number {
  return have.reduce((sum, is, piece) => sum + (is ? lengthOf(manifest, piece) : 0), 0);
}

/** Reads back every piece. True for each that is whole and right. */
export async function readBack(manifest: PackManifest, disk: Pick<Disk, "read">): Promise<boolean[]> {
  const have: boolean[] = [];
  for (const [piece, sha256] of manifest.pieces.entries()) {
    const want = lengthOf(manifest, piece);
    const bytes = await disk.read(piece * manifest.piece_bytes, want);
    have.push(bytes.length === want && (await isRight(bytes, sha256)));
  }
  return have;
}

/** Runs of missing pieces, each [from, to). */
export function gaps(have: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [piece, is] of have.entries()) {
    const last = runs.at(-1);
    if (is) continue;
    if (last && last[1] === piece) last[1] = piece + 1;
    else runs.push([piece, piece + 1]);
  }
  return runs;
}

export interface Job {
  manifest: PackManifest;
  disk: Disk;
  source: Source;
  signal: AbortSignal;
  /** Told after each piece that is safe and right, with the bytes that are. It writes that down: what it rejects with is the disk's. */
  progress(done: number): void | Promise<void>;
  stallMs?: number;
}

/** Resolves when every piece was read back right. Throws Cut, Changed, the signal's reason, or what the disk throws (QuotaExceededError). */
export async function save(job: Job): Promise<void> {
  const { manifest, disk } = job;
  if (manifest.pieces.length !== Math.ceil(manifest.bytes / manifest.piece_bytes)) throw new Changed("odd manifest");
  let have = await readBack(manifest, disk);
  for (let round = 0; round < ROUNDS; round++) {
    await job.progress(bytesOf(manifest, have));
    if (!have.includes(false)) return;
    for (const [from, to] of gaps(have)) await fetchRun(job, have, from, to);
    // What counts is what was read back, not what was asked for.
    have = await readBack(manifest, disk);
  }
  await job.progress(bytesOf(manifest, have));
  if (have.includes(false)) throw new Cut("a piece keeps coming wrong");
}

async function fetchRun(job: Job, have: boolean[], from: number, to: number): Promise<void> {
  const { manifest, source } = job;
  const first = from * manifest.piece_bytes;
  const end = Math.min(to * manifest.piece_bytes, manifest.bytes);
  const whole = first === 0 && end === manifest.bytes;
  const stall = new Stall(job.signal, job.stallMs ?? STALL_MS);
  try {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      stall.guard(source.fetch(manifest.url, headers, stall.signal));
    const range: Record<string, string> = whole ? {} : { Range: `bytes=${first}-${end - 1}` };
    let answer = await ask({ ...range, ...(source.etag && !whole ? { "If-Range": source.etag } : {}) });
    if (answer.status === 200 && !whole && source.etag) {
      // The tag is another one, the name is not, and the name is the hash of the bytes: what is here still fits.
      await answer.body?.cancel();
      answer = await ask(range);
    }
    if (answer.status === 404 || answer.status === 410 || answer.status === 416) throw new Changed(`${answer.status}`);
    if (answer.status !== 200 && answer.status !== 206) throw new Cut(`answered ${answer.status}`);
    const tag = answer.headers.get("etag");
    source.etag = tag && !tag.startsWith("W/") ? tag : null;
    const at = answer.status === 206 ? startOf(answer, manifest) : 0;
    await take(job, have, answer, at, stall);
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof Cut || error instanceof Changed || error instanceof DiskError) throw unwrap(error);
    throw new Cut("the connection broke", { cause: error });
  } finally {
    stall.end();
  }
}

/** What the disk throws goes to the caller as it is; everything else on the way is the connection's. */
class DiskError extends Error {}
const unwrap = (error: Error): unknown => (error instanceof DiskError ? error.cause : error);
async function ofDisk(work: void | Promise<void>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    throw new DiskError("disk", { cause });
  }
}

function startOf(answer: Response, manifest: PackManifest): number {
  const found = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.headers.get("content-range") ?? "");
  if (!found) throw new Cut("a part without a Content-Range");
  if (Number(found[2]) !== manifest.bytes) throw new Changed("another length");
  return Number(found[1]);
}

/** Cuts the stream, which begins at byte `at` of the archive, into pieces; writes each that is missing and right. */
async function take(job: Job, have: boolean[], answer: Response, at: number, stall: Stall): Promise<void> {
  const { manifest, disk } = job;
  if (!answer.body) throw new Cut("an answer without a body");
  const chunks = new Intake(answer.body.getReader(), stall);
  let piece = Math.ceil(at / manifest.piece_bytes);
  let skip = piece * manifest.piece_bytes - at;
  let filled = 0;
  let buffer = new Uint8Array(piece < have.length ? lengthOf(manifest, piece) : 0);
  try {
    for (;;) {
      let chunk = await chunks.next();
      if (!chunk) return;
      if (skip > 0) {
        const less = Math.min(skip, chunk.length);
        skip -= less;
        chunk = chunk.subarray(less);
      }
      while (chunk.length > 0 && piece < have.length) {
        const part = chunk.subarray(0, buffer.length - filled);
        buffer.set(part, filled);
        filled += part.length;
        chunk = chunk.subarray(part.length);
        if (filled < buffer.length) continue;
        if (!have[piece] && (await isRight(buffer, manifest.pieces[piece]))) {
          await ofDisk(disk.write(piece * manifest.piece_bytes, buffer));
          have[piece] = true;
          await ofDisk(job.progress(bytesOf(manifest, have)));
          job.signal.throwIfAborted();
        }
        piece++;
        filled = 0;
        buffer = new Uint8Array(piece < have.length ? lengthOf(manifest, piece) : 0);
      }
    }
  } finally {
    chunks.end();
  }
}

/**
 * Takes what comes as fast as it comes, so that a connection that breaks while a piece is being hashed and flushed loses nothing that had
 * arrived: the error is told after the last byte before it.
 */
class Intake {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  readonly #queue: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;
  #end: { error?: unknown } | null = null;
  #wake: () => void = () => undefined;
  #drained: () => void = () => undefined;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, stall: Stall) {
    this.#reader = reader;
    void this.#pump(stall);
  }

  async #pump(stall: Stall): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await stall.guard(this.#reader.read());
        if (done) break;
        this.#queue.push(value);
        this.#bytes += value.length;
        this.#wake();
        if (this.#bytes > AHEAD) await new Promise<void>((on) => (this.#drained = on));
      }
      this.#end = {};
    } catch (error) {
      this.#end = { error };
    }
    this.#wake();
  }

  /** Null at the end. */
  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    for (;;) {
      const first = this.#queue.shift();
      if (first) {
        this.#bytes -= first.length;
        this.#drained();
        return first;
      }
      if (this.#end) {
        if ("error" in this.#end) throw this.#end.error;
        return null;
      }
      await new Promise<void>((on) => (this.#wake = on));
    }
  }

  end(): void {
    this.#drained();
    this.#reader.cancel().catch(() => undefined);
  }
}

/** Ends a request that has gone silent; each sign of life winds it up again. (`AbortSignal.any` is too new for the oldest phones.) */
class Stall {
  readonly #own = new AbortController();
  readonly #outer: AbortSignal;
  readonly #ms: number;
  readonly #follow = (): void => this.#own.abort(this.#outer.reason);

  constructor(outer: AbortSignal, ms: number) {
    this.#outer = outer;
    this.#ms = ms;
    if (outer.aborted) this.#follow();
    else outer.addEventListener("abort", this.#follow);
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  async guard<T>(wait: Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#own.abort(new Cut("silence")), this.#ms);
    try {
      return await wait;
    } finally {
      clearTimeout(timer);
    }
  }

  end(): void {
    this.#outer.removeEventListener("abort", this.#follow);
    this.#own.abort(new Cut("over"));
  }
}

// A real HTTP server with real ranges for one archive; it can cut, spoil and forget, and counts what it gave.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { PackManifest } from "../../../pwa/src/api/types.gen.ts";
import type { Disk } from "../../../pwa/src/pack/save.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export function archive(bytes: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: bytes }, (_, at) => Math.imul(at + seed, 2654435761) >>> 24);
}

export function manifestOf(bytes: Uint8Array, pieceBytes = 1000): PackManifest {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(sha256(bytes.subarray(at, at + pieceBytes)));
  return {
    id: "all",
    name: { da: "Hele kortet" },
    bounds: [11, 54, 12, 55],
    min_zoom: 8,
    max_zoom: 13,
    built_at: "2026-04-01T00:00:00Z",
    bytes: bytes.length,
    sha256: sha256(bytes),
    piece_bytes: pieceBytes,
    pieces,
    url: `/packs/${sha256(bytes)}.pmtiles`,
    style: 1,
    attribution: { da: "Prøve" },
  };
}

export class Host {
  /** `range` and `if-range` of each request. */
  readonly asked: { range: string | undefined; ifRange: string | undefined }[] = [];
  given = 0;
  etag = '"one"';
  ranges = true;
  status: number | null = null;
  /** Ends the connection after so many bytes of the next answer. */
  cutAfter: number | null = null;
  /** Turns a bit of this byte, so many times. */
  spoil: { at: number; times: number } | null = null;
  /** Gives so many bytes and then nothing, without ending. */
  fallSilentAfter: number | null = null;
  readonly #server: Server;
  /** What it has, whatever name it is asked by. */
  bytes: Uint8Array;
  /** An address that it does not have any more. */
  gone: string | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#server = createServer((question, answer) => {
      const { range, "if-range": ifRange } = question.headers;
      this.asked.push({ range, ifRange: ifRange as string | undefined });
      if (question.url === this.gone) return answer.writeHead(404).end("no");
      if (this.status) return answer.writeHead(this.status).end("no");
      const wanted = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
      const part = this.ranges && wanted && (ifRange === undefined || ifRange === this.etag);
      const from = part ? Number(wanted[1]) : 0;
      const to = part && wanted[2] ? Math.min(Number(wanted[2]) + 1, this.bytes.length) : this.bytes.length;
      answer.writeHead(part ? 206 : 200, {
        etag: this.etag,
        "content-length": to - from,
        ...(part ? { "content-range": `bytes ${from}-${to - 1}/${this.bytes.length}` } : {}),
      });
      const body = Buffer.from(this.bytes.subarray(from, to));
      if (this.spoil && this.spoil.times > 0 && this.spoil.at >= from && this.spoil.at < to) {
        this.spoil.times--;
        body.writeUInt8(body.readUInt8(this.spoil.at - from) ^ 1, this.spoil.at - from);
      }
      const stop = this.cutAfter ?? this.fallSilentAfter;
      this.given += Math.min(stop ?? body.length, body.length);
      if (stop === null || stop >= body.length) return answer.end(body);
      const cut = this.cutAfter !== null;
      this.cutAfter = null;
      this.fallSilentAfter = null;
      answer.write(body.subarray(0, stop), () => {
        if (cut) answer.socket?.end();
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A disk in memory that counts what is written to it. */
export class Plate implements Disk {
  bytes = new Uint8Array(0);
  writes: number[] = [];
  room = Number.POSITIVE_INFINITY;

  async read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.bytes.slice(at, at + length);
  }

  async write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (at + bytes.length > this.room) throw new DOMException("no room", "QuotaExceededError");
    const grown = new Uint8Array(Math.max(this.bytes.length, at + bytes.length));
    grown.set(this.bytes);
    grown.set(bytes, at);
    this.bytes = grown;
    this.writes.push(at);
  }

  close(): void {}
}

/** What stands in front of a server to count it: requests, and bytes of bodies both ways; packed by brotli where the server has not. */
import { createServer, type IncomingMessage, request } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";
import { freePort } from "../tests/browser/server.ts";

/** As our server packs its pages. */
const LEVEL = 9;

export interface Traffic {
  requests: number;
  bytes: number;
}

export interface Counted {
  readonly url: string;
  /** What came through since it was last asked. */
  taken(): Traffic;
  stop(): void;
}

export async function countedFront(upstream: string): Promise<Counted> {
  let traffic: Traffic = { requests: 0, bytes: 0 };
  const server = createServer(async (asked, answer) => {
    const sent = await whole(asked);
    traffic.requests += 1;
    traffic.bytes += sent.length;
    const headers = { ...asked.headers, host: new URL(upstream).host, "accept-encoding": "br" };
    const up = request(upstream + asked.url, { method: asked.method, headers }, async (got) => {
      const body = await whole(got);
      const packed = got.headers["content-encoding"] === undefined && body.length > 0 && asked.method !== "HEAD";
      const out = packed ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: LEVEL } }) : body;
      traffic.bytes += out.length;
      const { "transfer-encoding": _, ...kept } = got.headers;
      answer.writeHead(got.statusCode ?? 502, {
        ...kept,
        ...(packed ? { "content-encoding": "br" } : {}),
        "content-length": out.length,
      });
      answer.end(out);
    });
    up.on("error", () => answer.writeHead(502).end());
    up.end(sent);
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${port}`,
    taken: () => {
      const now = traffic;
      traffic = { requests: 0, bytes: 0 };
      return now;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

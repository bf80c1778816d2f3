// sync_pair.ts OURS THINGS CHANGES: a phone of ours reads from the server at OURS, PouchDB replicates the same things from express-pouchdb in
// this process; then, when a line comes on standard input, both read what has changed since. The files hold a change of the feed a line.
// Prints "ready" after the first read, and at last the traffic of each.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createInterface } from "node:readline/promises";
import type { Answer, Net } from "#phone/port.ts";
import { pull } from "#phone/pull.ts";
import type { Change, Page } from "#phone/wire.gen.ts";
import { freePort } from "../tests/browser/server.ts";
import { MemoryAround, MemoryFeed } from "../tests/sync/memory.ts";
import { countedFront, type Traffic } from "./counted.ts";

/** PouchDB's own best, where 100 is its default. */
const BATCH = { batch_size: 1000 };
const LOADED_AT_ONCE = 1000;

const [ours = "", things = "", changes = ""] = process.argv.slice(2);
const read = (file: string): Change[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

// The phone's end, as it is, on a store in memory.
const front = await countedFront(ours);
const net: Net = {
  async page(scope, since): Promise<Answer<Page>> {
    const answer = await fetch(`${front.url}/api/v1/sync/${scope}${since === null ? "" : `?since=${since}`}`);
    return answer.ok ? { status: 200, body: (await answer.json()) as Page } : { status: answer.status, code: null };
  },
  ops: () => Promise.reject(new Error("nothing is sent here")),
};
const feed = new MemoryFeed();
const around = new MemoryAround();
async function phoneReads(): Promise<Traffic> {
  const { end } = await pull("public", feed, net, around);
  if (end !== "done") throw new Error(`our phone did not read to the end: ${end}`);
  return front.taken();
}

// The peer: server, database and phone in one process, the traffic between them through the same kind of front.
const require = createRequire(new URL("./peers/package.json", import.meta.url));
const PouchDB = require("pouchdb").plugin(require("pouchdb-adapter-memory"));
const express = require("express");
const app = express();
app.use(
  require("express-pouchdb")(PouchDB.defaults({ adapter: "memory" }), { inMemoryConfig: true, logPath: "/dev/null" }),
);
const port = await freePort();
const couch = createServer(app);
await new Promise<void>((done) => couch.listen(port, "127.0.0.1", done));
const direct = `http://127.0.0.1:${port}/places`;
const peerFront = await countedFront(`http://127.0.0.1:${port}`);
const local = new PouchDB("phone", { adapter: "memory" });
async function peerReads(): Promise<Traffic> {
  const { ok, errors } = await local.replicate.from(`${peerFront.url}/places`, BATCH);
  if (!ok || errors.length > 0) throw new Error(`PouchDB did not read to the end: ${errors}`);
  return peerFront.taken();
}

async function post(path: string, body: unknown): Promise<{ id: string; rev: string }[]> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(direct + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string; rev: string }[];
}

/** The last revision of each document. */
const revs = new Map<string, string>();
async function load(all: readonly Change[]): Promise<void> {
  for (let at = 0; at < all.length; at += LOADED_AT_ONCE) {
    const docs = all.slice(at, at + LOADED_AT_ONCE).map(({ kind, id, body }) => {
      const _id = `${kind}:${id}`;
      const rev = revs.get(_id);
      return {
        _id,
        ...(rev ? { _rev: rev } : {}),
        ...(body === null ? { _deleted: true } : { kind, ...(body as object) }),
      };
    });
    for (const { id, rev } of await post("/_bulk_docs", { docs })) revs.set(id, rev);
  }
}

await fetch(direct, { method: "PUT" });
await load(read(things));
const first = { ours: await phoneReads(), peer: await peerReads() };
const { doc_count } = await local.info();
if (doc_count !== revs.size) throw new Error(`PouchDB has ${doc_count} of ${revs.size} documents`);
console.log("ready");
const lines = createInterface({ input: process.stdin });
await new Promise<void>((heard) => lines.once("line", () => heard()));
await load(read(changes));
const delta = { ours: await phoneReads(), peer: await peerReads() };
console.log(JSON.stringify({ first, delta }));
process.exit(0);

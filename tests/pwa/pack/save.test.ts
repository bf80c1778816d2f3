import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PackList, PackManifest } from "../../../pwa/src/api/types.gen.ts";
import { bytesOf, Changed, Cut, gaps, readBack, save } from "../../../pwa/src/pack/save.ts";
import { archive, Host, manifestOf, Plate } from "./host.ts";

const BYTES = 10_500;
const whole = archive(BYTES);
const manifest = manifestOf(whole);

let host: Host;
let base: string;
let plate: Plate;
let told: number[];
let tag: { etag: string | null };

beforeEach(async () => {
  host = new Host(whole);
  base = await host.listen();
  plate = new Plate();
  told = [];
  tag = { etag: null };
});
afterEach(() => host.close());

async function go(more: Partial<Parameters<typeof save>[0]> = {}): Promise<void> {
  const source = {
    etag: tag.etag,
    fetch: (url: string, headers: Record<string, string>, signal: AbortSignal) =>
      fetch(base + url, { headers, signal }),
  };
  try {
    await save({
      manifest,
      disk: plate,
      source,
      signal: new AbortController().signal,
      progress: (done) => void told.push(done),
      ...more,
    });
  } finally {
    tag.etag = source.etag;
  }
}

test("a pack is fetched in one request and written piece by piece", async () => {
  await go();
  expect(plate.bytes).toEqual(whole);
  expect(host.asked).toEqual([{ range: undefined, ifRange: undefined }]);
  expect(plate.writes).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000]);
  expect(told[0]).toBe(0);
  expect(told.at(-1)).toBe(BYTES);
});

test("after a cut it goes on with Range and If-Range from the first missing piece, in one request", async () => {
  host.cutAfter = 4300;
  await expect(go()).rejects.toThrow(Cut);
  expect(told.at(-1)).toBe(4000);
  host.given = 0;
  await go();
  expect(host.asked[1]).toEqual({ range: "bytes=4000-10499", ifRange: '"one"' });
  expect(host.asked).toHaveLength(2);
  expect(host.given).toBe(BYTES - 4000);
  expect(plate.bytes).toEqual(whole);
});

test("nothing that had arrived before a cut is lost, however slow the disk", async () => {
  const write = plate.write.bind(plate);
  const slow: (() => void)[] = [];
  plate.write = async (at, bytes) => {
    await new Promise<void>((on) => slow.push(on));
    await write(at, bytes);
  };
  host.cutAfter = 7500;
  const end = expect(go()).rejects.toThrow(Cut);
  for (let piece = 0; piece < 7; ) {
    const on = slow.shift();
    if (on) {
      on();
      piece++;
    }
    await new Promise((turn) => setImmediate(turn));
  }
  await end;
  expect(told.at(-1)).toBe(7000);
});

test("a piece that comes wrong is fetched again, alone", async () => {
  host.spoil = { at: 3500, times: 1 };
  await go();
  expect(host.asked.map((one) => one.range)).toEqual([undefined, "bytes=3000-3999"]);
  expect(plate.bytes).toEqual(whole);
});

test("a piece that keeps coming wrong is not called ready, and the others are kept", async () => {
  host.spoil = { at: 3500, times: 99 };
  await expect(go()).rejects.toThrow(Cut);
  expect(told.at(-1)).toBe(BYTES - 1000);
});

test("a byte that turned on the disk is found when it is read back, and mended alone", async () => {
  await go();
  plate.bytes[10_400] = 255 ^ (plate.bytes[10_400] ?? 0);
  expect(gaps(await readBack(manifest, plate))).toEqual([[10, 11]]);
  host.asked.length = 0;
  await go();
  expect(host.asked).toMatchObject([{ range: "bytes=10000-10499" }]);
  expect(plate.bytes).toEqual(whole);
});

test("what the disk did not keep is not called ready", async () => {
  const write = plate.write.bind(plate);
  let once = true;
  plate.write = async (at, bytes) => {
    const bad = once && at === 2000;
    if (bad) once = false;
    await write(at, bad ? new Uint8Array(bytes.length) : bytes);
  };
  await go();
  expect(host.asked.map((one) => one.range)).toEqual([undefined, "bytes=2000-2999"]);
  expect(plate.bytes).toEqual(whole);
});

test("each run of missing pieces is one request", async () => {
  await go();
  for (const at of [1500, 2500, 7500]) plate.bytes[at] = 255 ^ (plate.bytes[at] ?? 0);
  host.asked.length = 0;
  await go();
  expect(host.asked.map((one) => one.range)).toEqual(["bytes=1000-2999", "bytes=7000-7999"]);
});

test("another tag under the same name costs no byte twice: the name is the hash", async () => {
  host.cutAfter = 4300;
  await expect(go()).rejects.toThrow(Cut);
  host.etag = '"two"';
  await go();
  expect(host.asked.slice(1)).toEqual([
    { range: "bytes=4000-10499", ifRange: '"one"' },
    { range: "bytes=4000-10499", ifRange: undefined },
  ]);
  expect(plate.bytes).toEqual(whole);
  expect(tag.etag).toBe('"two"');
});

test("a server without ranges gives the whole, and only what is missing is written", async () => {
  host.cutAfter = 4300;
  await expect(go()).rejects.toThrow(Cut);
  host.ranges = false;
  plate.writes.length = 0;
  await go();
  expect(plate.writes[0]).toBe(4000);
  expect(plate.bytes).toEqual(whole);
});

for (const status of [404, 410, 416])
  test(`${status} means that there is another archive now`, async () => {
    host.status = status;
    await expect(go()).rejects.toThrow(Changed);
  });

for (const status of [500, 502, 503, 429])
  test(`${status} is a cut: what is there stays`, async () => {
    host.cutAfter = 2100;
    await expect(go()).rejects.toThrow(Cut);
    host.status = status;
    await expect(go()).rejects.toThrow(Cut);
    expect(plate.bytes.length).toBe(2000);
  });

test("a connection that has gone silent is a cut", async () => {
  host.fallSilentAfter = 2100;
  await expect(go({ stallMs: 50 })).rejects.toThrow(Cut);
  expect(told.at(-1)).toBe(2000);
});

test("a pause ends it with its own reason, and what is there stays", async () => {
  const pause = new AbortController();
  const write = plate.write.bind(plate);
  plate.write = async (at, bytes) => {
    await write(at, bytes);
    if (at === 2000) pause.abort(new Error("paused"));
  };
  await expect(go({ signal: pause.signal })).rejects.toThrow("paused");
  expect(plate.bytes.length).toBe(3000);
});

test("a disk without room ends it with the disk's own error", async () => {
  plate.room = 3000;
  await expect(go()).rejects.toMatchObject({ name: "QuotaExceededError" });
});

test("a phone that has no room to write down how far it is, is full: nothing is wrong with the connection", async () => {
  const noRoom = new DOMException("no room", "QuotaExceededError");
  const progress = async (done: number): Promise<void> => {
    if (done > 2000) throw noRoom;
  };
  await expect(go({ progress })).rejects.toBe(noRoom);
  expect(host.asked).toHaveLength(1);
});

test("a manifest that does not fit its own length is not begun", async () => {
  await expect(go({ manifest: { ...manifest, bytes: BYTES + 5000 } })).rejects.toThrow(Changed);
});

test("an archive cut at 30 per cent reads well at its head and is not ready", async () => {
  const cases = join(import.meta.dirname, "../../cases");
  const cut = JSON.parse(readFileSync(join(cases, "pack-cut-at-30-percent.manifest.json"), "utf8")) as PackList;
  plate.bytes = new Uint8Array(readFileSync(join(cases, "pack-cut-at-30-percent.pmtiles")));
  const it = cut.packs[0] as PackManifest;
  const have = await readBack(it, plate);
  expect(have).toEqual([true, false, false, false, false]);
  expect(bytesOf(it, have)).toBe(it.piece_bytes);
  expect(gaps(have)).toEqual([[1, 5]]);
});

/** A map that does not come whole, or does not stay whole. */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { PackList, PackManifest } from "../../../pwa/src/api/types.gen.ts";
import { until } from "../server.ts";
import { changePiece, cutShort, HOLDER, NO_OPFS, OPFS_REFUSES, turnByte } from "./disk.ts";
import { type Ground, holds, mapStands, type Trouble } from "./ground.ts";
import type { Tab } from "./phone.ts";
import { READY, truthOf } from "./truth.ts";

const PRESS = `[...document.querySelectorAll("button")].find((one) => one.innerText.startsWith("Hent hele kortet"))?.click()`;

/** What of the archive went over the net. */
const fetched = (it: Ground, { url }: PackManifest) => it.gate.passed.filter((one) => one.path === url);
const sum = (all: readonly { sent: number }[]) => all.reduce((bytes, { sent }) => bytes + sent, 0);

/** Another archive takes this one's place on the server, as after `tiles build`; called, the old one is put back. */
function rebuild(it: Ground, old: PackManifest): { manifest: PackManifest; back: () => void } {
  const dir = join(it.world.now.dataDir, "packs");
  const [list, from] = [join(dir, "packs.json"), join(dir, `${old.sha256}.pmtiles`)];
  const before = readFileSync(list, "utf8");
  // What readers do not look at, behind the end: the archive is as good, and every name and the last pieces are others.
  const bytes = Buffer.concat([readFileSync(from), randomBytes(1000)]);
  const hash = (part: Buffer) => createHash("sha256").update(part).digest("hex");
  const pieces = Array.from({ length: Math.ceil(bytes.length / old.piece_bytes) }, (_, n) =>
    hash(bytes.subarray(n * old.piece_bytes, (n + 1) * old.piece_bytes)),
  );
  const sha256 = hash(bytes);
  const manifest: PackManifest = { ...old, sha256, pieces, bytes: bytes.length, url: `/packs/${sha256}.pmtiles` };
  const { packs } = JSON.parse(before) as PackList;
  writeFileSync(join(dir, `${sha256}.pmtiles`), bytes);
  writeFileSync(list, JSON.stringify({ packs: packs.map((one) => (one.id === old.id ? manifest : one)) }));
  renameSync(from, `${from}.gone`);
  const back = () => {
    renameSync(`${from}.gone`, from);
    writeFileSync(list, before);
    rmSync(join(dir, `${sha256}.pmtiles`));
  };
  return { manifest, back };
}

/** The second piece is spoilt on the phone, wherever it lies. */
async function spoil(tab: Tab, { piece_bytes }: PackManifest): Promise<void> {
  const { archives } = await truthOf(tab);
  expect(archives.map(({ pieces, right }) => pieces - right)).toEqual([0]);
  await tab
    .run(turnByte(piece_bytes + 1000))
    .catch(() => tab.run(changePiece(1, "bytes[1000] ^= 1; at.update(bytes.buffer);")));
  const after = await truthOf(tab);
  expect(after.archives.map(({ pieces, right }) => pieces - right)).toEqual([1]);
}

/** So much has come that the first piece is saved, and no more comes. */
async function stalls(it: Ground, tab: Tab, all: PackManifest): Promise<void> {
  it.gate.stallAfter = Math.floor(all.piece_bytes * 1.5);
  await tab.tap("link", "Gemt");
  await tab.tap("button", /^Hent hele kortet/);
  const first = Math.floor((all.piece_bytes / all.bytes) * 100);
  const bar = `document.querySelector('[role="progressbar"]')`;
  await holds(tab, "the first piece", `Number(${bar}?.getAttribute("aria-valuenow")) >= ${first}`);
  await until("the rest to stall", () => it.gate.stalled > 0);
}

export function pieces(trouble: Trouble): void {
  for (const [name, before] of [
    ["no OPFS at all", NO_OPFS],
    ["OPFS that gives no handle", OPFS_REFUSES],
  ] as const)
    trouble(
      `${name}: the map is saved in pieces of the database, and opens cold`,
      { needs: ["coldStart", "map"] },
      async (it) => {
        it.gate.before = before;
        await it.walker();
        expect((await it.truth()).kept).toBeTruthy();
        await it.gate.stop();
        const tab = await it.cold("/gemt");
        await tab.sees(READY);
        await tab.goto("/kort");
        await mapStands(tab, "all");
      },
    );

  trouble(
    "the archive's handle is held by another tab: the map is saved all the same",
    { needs: ["opfs"] },
    async (it) => {
      const tab = await it.newcomer();
      const all = await it.wholeMap();
      it.gate.own.set("/assets/holder.js", HOLDER);
      const other = await it.other("/gemt");
      await other.run(`new Promise((done) => {
      globalThis.holder = new Worker("/assets/holder.js");
      holder.onmessage = () => done(true);
      holder.postMessage("${all.sha256}.pmtiles");
    })`);
      await it.saveMap(tab);
      expect(await it.honest(tab)).toBe(true);
    },
  );

  trouble("two tabs press download: it is fetched once, and both say when it is there", {}, async (it) => {
    const first = await it.newcomer();
    const all = await it.wholeMap();
    const second = await it.other("/gemt");
    await first.tap("link", "Gemt");
    await second.sees(/Hent hele kortet/);
    it.gate.hold = /^\/packs\//;
    // The second may have heard of the first one's tap before it is pressed itself: then there is no button.
    await Promise.all([first.tap("button", /^Hent hele kortet/), second.run(PRESS)]);
    await second.sees("Hele kommunen henter");
    it.gate.letGo();
    await Promise.all([first, second].map((tab) => tab.sees(READY)));
    expect(sum(fetched(it, all))).toBe(all.bytes);
  });

  trouble(
    "the tab that downloads is closed in the middle: the one that watches goes on with the rest",
    {},
    async (it) => {
      const first = await it.newcomer();
      const all = await it.wholeMap();
      const second = await it.other("/gemt");
      await stalls(it, first, all);
      await second.sees("Hele kommunen henter");
      expect(await second.words()).not.toContain(READY);
      it.gate.stallAfter = null;
      await first.close();
      await second.sees(READY);
      it.tab = second;
      const [, ...rest] = fetched(it, all);
      expect(sum(rest)).toBe(all.bytes - all.piece_bytes);
    },
  );

  trouble(
    "a page is left in the middle of a download, and the browser keeps it as it stood: the next one goes on, and so does it",
    {},
    async (it) => {
      const tab = await it.newcomer();
      const all = await it.wholeMap();
      await stalls(it, tab, all);
      it.gate.stallAfter = null;
      await tab.goto("/hjaelp");
      await tab.tap("link", "Gemt");
      await tab.sees(READY);
      const [, ...rest] = fetched(it, all);
      expect(sum(rest)).toBe(all.bytes - all.piece_bytes);
      // The page that is left says "ready" as well: what follows is asked of the one that was gone back to.
      await tab.run("(window.left = true) && setTimeout(() => history.go(-2)) > 0");
      await holds(tab, "the page before", "!window.left && document.body");
      await tab.sees(READY);
    },
  );

  trouble(
    "killed in the middle of a download: not ready, and the rest alone is fetched",
    { needs: ["coldStart"] },
    async (it) => {
      const all = await it.wholeMap();
      await stalls(it, await it.newcomer(), all);
      it.gate.hold = /^\/packs\//;
      const tab = await it.cold("/gemt");
      await until("the rest to be asked for", () => it.gate.held > 0);
      expect(await tab.words()).not.toContain(READY);
      it.gate.cut();
      it.gate.letGo();
      await tab.sees(READY);
      const [, ...rest] = fetched(it, all);
      expect(sum(rest)).toBe(all.bytes - all.piece_bytes);
    },
  );

  trouble(
    "a byte of a saved map has turned: not ready, the map stands, that piece alone is fetched",
    { needs: ["coldStart", "map"] },
    async (it) => {
      const all = await it.wholeMap();
      await spoil(await it.walker(), all);
      await it.gate.stop();
      const tab = await it.cold("/gemt");
      await tab.sees("Hele kommunen venter på net");
      expect(await tab.words()).not.toContain(READY);
      await tab.goto("/kort");
      await mapStands(tab, "all");
      it.gate.passed.length = 0;
      await it.gate.start();
      await tab.goto("/gemt");
      await tab.sees(READY);
      expect(fetched(it, all).map(({ range, sent }) => [range, sent])).toEqual([
        [`bytes=${all.piece_bytes}-${2 * all.piece_bytes - 1}`, all.piece_bytes],
      ]);
    },
  );

  trouble("a saved map is cut short: not ready, it says that it is lost, and is fetched at a tap", {}, async (it) => {
    const tab = await it.walker();
    const all = await it.wholeMap();
    await tab.run(cutShort(all.piece_bytes)).catch(() => tab.run(changePiece(2, "at.delete();")));
    await tab.reload();
    await tab.sees("Din telefon har slettet det gemte");
    expect(await tab.words()).not.toContain(READY);
    await it.saveMap(tab);
  });

  trouble("a piece comes wrong once: it alone is asked for again, and never counted before", {}, async (it) => {
    const tab = await it.newcomer();
    const all = await it.wholeMap();
    it.gate.spoil = { path: all.url, at: all.piece_bytes + 5 };
    await it.saveMap(tab);
    expect(fetched(it, all).map(({ sent }) => sent)).toEqual([all.bytes, all.piece_bytes]);
  });

  trouble(
    "another archive on the server while one is half here: the new one is begun, and the old leaves no byte",
    {},
    async (it) => {
      const tab = await it.newcomer();
      const all = await it.wholeMap();
      await stalls(it, tab, all);
      const { manifest, back } = rebuild(it, all);
      try {
        it.gate.cut();
        await tab.tap("button", "Hent resten");
        await tab.sees(READY);
        const { archives, bytes } = await it.truth();
        expect(archives).toMatchObject([{ sha256: manifest.sha256 }]);
        expect(bytes).toBe(manifest.bytes);
        expect(fetched(it, all).map(({ status }) => status)).toEqual([200, 404]);
      } finally {
        back();
      }
    },
  );
}

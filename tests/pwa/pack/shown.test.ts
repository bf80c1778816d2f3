import { expect, test } from "vitest";
import type { PackRecord } from "../../../pwa/src/pack/records.ts";
import { covers, packOf, withMark } from "../../../pwa/src/pack/shown.ts";
import { archive, manifestOf } from "./host.ts";

const old = manifestOf(archive(10_500, 1));
const now = manifestOf(archive(9_000, 2));
const saved = (manifest = now): PackRecord["saved"] => ({ manifest, where: "opfs", at: 5 });
const next = (done: number, paused = false, manifest = now): PackRecord["next"] => ({
  manifest,
  where: "opfs",
  done,
  etag: null,
  paused,
});
const shown = (it: Partial<PackRecord>, newest = now, sure: boolean | null = true) =>
  packOf(newest, { id: "all", saved: null, next: null, ...it }, null, false, sure);

test("what was never fetched is absent, and its whole size is known", () => {
  expect(packOf(now, null, null, false, null)).toMatchObject({
    state: "absent",
    done: 0,
    usable: false,
    manifest: { bytes: 9000 },
  });
});

test("a download broken off is cut at what is safe, and shows the true whole size", () => {
  expect(shown({ next: next(4000) })).toMatchObject({
    state: "cut",
    done: 4000,
    usable: false,
    manifest: { bytes: 9000 },
  });
  expect(shown({ next: next(4000, true) })).toMatchObject({ state: "paused", done: 4000 });
});

test("the old pack serves while a newer one is there, is fetched, or is cut", () => {
  expect(shown({ saved: saved(old) })).toMatchObject({ state: "stale", usable: true, manifest: { bytes: 9000 } });
  expect(shown({ saved: saved(old), next: next(4000) })).toMatchObject({ state: "cut", done: 4000, usable: true });
});

test("a pack with a piece gone bad is no longer ready", () => {
  expect(shown({ saved: saved(), next: next(8000) }, now, false)).toMatchObject({
    state: "cut",
    done: 8000,
    usable: false,
  });
});

test("a whole archive is not ready before it is known that its map opens, and waits for the net where it does not", () => {
  expect(shown({ saved: saved() }, now, null)).toMatchObject({ state: "loading", done: 9000, usable: false });
  expect(shown({ saved: saved() }, now, false)).toMatchObject({ state: "cut", done: 9000, usable: false });
  expect(shown({ saved: saved() })).toMatchObject({ state: "ready", usable: true });
  expect(shown({ saved: saved(old) }, now, false)).toMatchObject({ state: "cut", usable: false });
});

test("half of an archive that the server has replaced counts for nothing", () => {
  expect(shown({ next: next(4000, false, old) })).toMatchObject({ state: "cut", done: 0 });
});

test("without network what is kept is shown by its own manifest", () => {
  expect(packOf(null, { id: "all", saved: saved(old), next: null }, null, false, true)).toMatchObject({
    state: "ready",
    manifest: { sha256: old.sha256 },
  });
});

test("rate and time left come from the last seconds", () => {
  const live = [0, 1000, 2000].reduce((so, at) => withMark(so, at * 2, at), withMark(null, 0, 0));
  expect(packOf(now, null, live, false, null)).toMatchObject({ state: "loading", done: 4000, rate: 2000, left_s: 3 });
});

test("a small pack around a town does not cover the overview, the whole one does", () => {
  const overview = { ...now, max_zoom: 10 };
  expect(covers(now, overview)).toBe(true);
  expect(covers({ ...now, bounds: [11.4, 54.4, 11.6, 54.6] }, overview)).toBe(false);
});

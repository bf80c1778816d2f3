import { expect, test, vi } from "vitest";
import { fromPhone, shownBy, sign } from "../../../pwa/src/map/saved.ts";
import type { Pack } from "../../../pwa/src/pack/packs.ts";

const pack = (id: string, some: Partial<Pack> = {}): Pack =>
  ({ manifest: { id }, state: "ready", done: 0, savedAt: 1, usable: true, ...some }) as Pack;

test("a download's progress does not open the map's archives again", () => {
  const before = sign([pack("overview"), pack("all", { usable: false, state: "loading", done: 1 })]);
  expect(sign([pack("overview"), pack("all", { usable: false, state: "loading", done: 262144 })])).toBe(before);
});

test("a newer version that has become whole does", () => {
  const stale = sign([pack("all", { state: "stale" })]);
  expect(sign([pack("all", { state: "loading", done: 5 })])).toBe(stale);
  expect(sign([pack("all", { savedAt: 2 })])).not.toBe(stale);
});

test("a map that was taken away is no longer drawn", () => {
  expect(sign([pack("all", { usable: false, state: "absent", savedAt: null })])).toBe("");
});

test("what is drawn is told by its name", () => {
  const archive = (id: string) => ({ manifest: pack(id).manifest, url: `pmtiles://${id}-1` });
  expect(shownBy({ land: archive("all"), over: null })).toBe("all");
  expect(shownBy({ land: archive("nysted"), over: archive("overview") })).toBe("nysted overview");
  expect(shownBy({ land: null, over: null })).toBe("");
});

test("a tile of an archive that is not open is refused, where pmtiles would ask the network", async () => {
  const asked = vi.spyOn(globalThis, "fetch");
  const request = { url: "pmtiles://all-7/10/545/327", type: "arrayBuffer" as const };
  await expect(fromPhone(request, new AbortController())).rejects.toThrow("all-7 is no open map");
  expect(asked).not.toHaveBeenCalled();
});

import { expect, test, vi } from "vitest";
import { fromPhone, shownBy, sign } from "../../../pwa/src/map/saved.ts";
import type { Whole } from "../../../pwa/src/pack/packs.ts";

const whole = (id: string, sha256 = "a", at = 1): Whole => ({ manifest: { id, sha256 }, where: "opfs", at }) as Whole;

test("what is drawn changes with a newer version, and with a piece that was mended", () => {
  const before = sign([whole("overview"), whole("all")]);
  expect(sign([whole("all"), whole("overview")])).toBe(before);
  expect(sign([whole("overview"), whole("all", "b")])).not.toBe(before);
  expect(sign([whole("overview"), whole("all", "a", 2)])).not.toBe(before);
});

test("a map that was taken away is no longer drawn", () => {
  expect(sign([])).toBe("");
});

test("what is drawn is told by its name", () => {
  const archive = (id: string) => ({ manifest: whole(id).manifest, url: `pmtiles://${id}-1` });
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

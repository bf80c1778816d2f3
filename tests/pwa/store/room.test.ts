import { afterEach, expect, test, vi } from "vitest";
import { freeBytes, LITTLE, lookAtRoom, room, roomLeft, SCARCE } from "../../../pwa/src/store/room.ts";

afterEach(() => vi.unstubAllGlobals());

const GIB = 2 ** 30;

function phone(storage: unknown): void {
  vi.stubGlobal("navigator", { storage });
}

const says = (usage: number, quota: number) => ({
  estimate: async () => ({ usage, quota }),
  persisted: async () => false,
});

test.each([
  [0, "scarce"],
  [SCARCE - 1, "scarce"],
  [SCARCE, "little"],
  [LITTLE - 1, "little"],
  [LITTLE, "ample"],
  [50 * GIB, "ample"],
] as const)("%i bytes free is %s", async (free, left) => {
  phone(says(7_000, 7_000 + free));
  expect(roomLeft(await lookAtRoom())).toBe(left);
  expect(room.value.persisted).toBe(false);
});

test("a site that takes more than it may has no room, not less than none", async () => {
  phone(says(9_000_000, 2_000_000));
  expect(freeBytes(await lookAtRoom())).toBe(0);
});

test("a browser that says 10 GiB more whatever there is has said nothing", async () => {
  phone(says(3_141_592, 3_141_592 + 10 * GIB));
  expect(freeBytes(await lookAtRoom())).toBe(null);
  expect(roomLeft(room.value)).toBe("ample");
});

test.each([
  ["nothing at all", undefined],
  ["a store without estimate", {}],
  ["an estimate that is refused", { estimate: () => Promise.reject(new Error("no")), persisted: async () => true }],
  ["an estimate without numbers", { estimate: async () => ({}) }],
])("of a phone that has %s nothing is said, and nothing goes wrong", async (_, storage) => {
  phone(storage);
  expect(freeBytes(await lookAtRoom())).toBe(null);
  expect(roomLeft(room.value)).toBe("ample");
});

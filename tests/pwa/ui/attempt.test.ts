import { expect, test, vi } from "vitest";

const told: string[] = [];
vi.mock("../../../pwa/src/ui/sheet.tsx", () => ({ tell: (words: string) => told.push(words) }));
const { add } = await import("../../../pwa/src/text/t.ts");
const { room } = await import("../../../pwa/src/text/da/room.ts");
const { attempt } = await import("../../../pwa/src/ui/attempt.ts");

test("what could not be done is said, in the words for it or in those for anything; what was done says nothing", async () => {
  add(room);
  attempt(() => {
    throw new Error("at once");
  });
  attempt(() => Promise.reject(new Error("later")), "Filen");
  attempt(async () => "done");
  await vi.waitFor(() => expect(told).toEqual([room["act.failed"], "Filen"]));
});

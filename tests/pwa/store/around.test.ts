import { expect, test, vi } from "vitest";
import { locked } from "../../../pwa/src/store/around.ts";

const later = () => {
  let go: (value: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    go = done;
  });
  return { promise, go };
};

test("two who want the same lock work one after the other", async () => {
  const first = later();
  const order: string[] = [];
  const one = locked("a", async () => {
    order.push("one begins");
    await first.promise;
    order.push("one ends");
  });
  const two = locked("a", async () => {
    order.push("two");
  });
  first.go("");
  await Promise.all([one, two]);
  expect(order).toEqual(["one begins", "one ends", "two"]);
});

test("a lock held too long is taken, and the one that had it still ends as it would have", async () => {
  const slow = later();
  const one = locked("b", () => slow.promise);
  expect(await locked("b", async () => "two", 1)).toBe("two");
  slow.go("one");
  expect(await one).toBe("one");
});

test("an error of the work is the work's, and the lock is free again", async () => {
  await expect(locked("c", () => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
  expect(await locked("c", async () => "next")).toBe("next");
});

test("a page that is left, and kept as it stood, lets go of its lock", async () => {
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  const frozen = locked("d", () => new Promise<string>(() => undefined));
  const next = locked("d", async () => "next");
  await new Promise((done) => setTimeout(done));
  page.dispatchEvent(new Event("pagehide"));
  expect(await Promise.race([frozen, next])).toBe("next");
  vi.unstubAllGlobals();
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startBeat } from "../../../pwa/src/store/beat.ts";
import { serverNow, setOffset } from "../../../pwa/src/store/clock.ts";

let window: EventTarget;
let page: EventTarget & { visibilityState: string };
let asked: number;
const beat = () => startBeat(() => void asked++);

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  window = new EventTarget();
  page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("document", page);
});
afterEach(() => {
  vi.useRealTimers();
  setOffset(0);
  vi.unstubAllGlobals();
});

const look = (state: string): void => {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
};

test("while somebody looks the server is asked after five minutes, a fifth more or less", () => {
  beat().again(false);
  vi.advanceTimersByTime(4 * 60_000 - 1);
  expect(asked).toBe(0);
  vi.advanceTimersByTime(2 * 60_000 + 1);
  expect(asked).toBe(1);
});

test("with something waiting the server's return is found within a minute", () => {
  beat().again(true);
  vi.advanceTimersByTime(60_000);
  expect(asked).toBe(1);
});

test("what the server put off is asked for when it is due", () => {
  beat().again(false, Date.now() + 5000);
  vi.advanceTimersByTime(5001);
  expect(asked).toBe(1);
});

test("what is due by the server's clock is asked for then, however wrong the phone's is", () => {
  for (const offset of [-7_200_000, 7_200_000]) {
    setOffset(offset);
    asked = 0;
    beat().again(false, serverNow() + 30_000);
    vi.advanceTimersByTime(29_999);
    expect(asked).toBe(0);
    vi.advanceTimersByTime(2);
    expect(asked).toBe(1);
  }
});

test("nobody looking, nothing is asked until somebody does", () => {
  beat().again(true);
  look("hidden");
  vi.advanceTimersByTime(600_000);
  expect(asked).toBe(0);
  look("visible");
  expect(asked).toBe(1);
});

for (const event of ["online", "focus"])
  test(`${event} asks at once`, () => {
    beat();
    window.dispatchEvent(new Event(event));
    expect(asked).toBe(1);
  });

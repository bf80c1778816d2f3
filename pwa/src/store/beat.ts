// When the phone asks the server: at start, when the network or the person comes back, after an op, and every five minutes while somebody looks.
import { serverNow } from "./clock.ts";

const EVERY_MS = 5 * 60_000;
/** With something waiting to go out, the server's return is found within a minute. */
const SOON_MS = 40_000;

/** ±20 %, so that a village of phones does not knock at once. */
const about = (ms: number): number => ms * (0.8 + 0.4 * Math.random());

export interface Beat {
  /** Set the clock anew: something began to wait, or was asked just now. `at`: not later than this moment (ms, the server's clock). */
  again(soon: boolean, at?: number | null): void;
}

export function startBeat(go: () => void): Beat {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  const seen = (): boolean => document.visibilityState === "visible";
  const fire = (): void => {
    if (seen()) go();
    else due = true;
  };
  const beat: Beat = {
    again(soon, at = null) {
      clearTimeout(timer);
      const wait = about(soon ? SOON_MS : EVERY_MS);
      timer = setTimeout(fire, at === null ? wait : Math.min(wait, Math.max(1000, at - serverNow())));
    },
  };
  addEventListener("online", go);
  addEventListener("focus", go);
  addEventListener("pageshow", (event) => {
    if (event.persisted) go();
  });
  document.addEventListener("visibilitychange", () => {
    if (!seen()) return;
    if (due) go();
    due = false;
  });
  return beat;
}

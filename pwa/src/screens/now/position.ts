/** Where the person is: asked on a tap only, kept in memory only, never in an address, a request or a store. */
import { signal } from "@preact/signals";
import type { Point } from "../../geo/distance.ts";
import { now } from "../../store/signals.ts";

export interface Fix {
  readonly point: Point;
  /** Metres within which the phone believes it is right. */
  readonly accuracy: number;
  readonly at: number;
}

export const fix = signal<Fix | null>(null);
export const asking = signal(false);
export const refusal = signal<null | "denied" | "failed">(null);

/** More than this and the words say that it may be wrong. */
export const WEAK_M = 50;

/** What the browser would answer; "prompt" where it does not say, so that our own words come before its question. */
export async function permission(): Promise<"granted" | "prompt" | "denied"> {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state;
  } catch {
    return "prompt";
  }
}

/** Asks the phone once. Null where it was not allowed or could not be done; `refusal` says which. */
export function find(): Promise<Fix | null> {
  if (!("geolocation" in navigator)) {
    refusal.value = "failed";
    return Promise.resolve(null);
  }
  asking.value = true;
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        asking.value = false;
        refusal.value = null;
        fix.value = { point: [coords.longitude, coords.latitude], accuracy: coords.accuracy, at: now().getTime() };
        done(fix.value);
      },
      (error) => {
        asking.value = false;
        refusal.value = error.code === error.PERMISSION_DENIED ? "denied" : "failed";
        done(null);
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    );
  });
}

// One request to our own host: without cookies, ended within 30 s, and told to whoever wants to know whether the server was there.
import type { Problem } from "./types.gen.ts";

export const TIMEOUT_MS = 30_000;

/** Told after each request. `came`: a whole answer of our server's came through. `date`: its clock in ms, where it was told. */
export type Heard = (came: boolean, date: number | null) => void;

let heard: Heard = () => undefined;
/** The one listener; the store sets it. */
export function onHeard(listener: Heard): void {
  heard = listener;
}

/** No answer of ours: no network, time over, cut in the middle, a portal's page, a proxy in front of a stopped server. */
export class Unreached extends Error {
  /** What the proxy said, where it did. */
  readonly retryAfter: number | null;
  constructor(why: unknown, retryAfter: number | null = null) {
    super("the server was not reached", { cause: why });
    this.retryAfter = retryAfter;
  }
}

export interface Said<T> {
  status: number;
  /** With status 200. */
  body: T | null;
  /** The stable `code` of a problem document; null with 200. */
  code: string | null;
  detail: string | null;
  retryAfter: number | null;
}

export type Ask = Pick<RequestInit, "method" | "headers" | "body" | "cache" | "credentials">;

/** Asks for JSON. Throws Unreached; every answer of ours, also a refusal, is returned. */
export async function ask<T>(path: string, init: Ask = {}): Promise<Said<T>> {
  try {
    const answer = await fetch(path, { credentials: "omit", ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const said = await read<T>(answer);
    const date = Date.parse(answer.headers.get("date") ?? "");
    heard(true, Number.isNaN(date) ? null : date);
    return said;
  } catch (error) {
    heard(false, null);
    throw error instanceof Unreached ? error : new Unreached(error);
  }
}

async function read<T>(answer: Response): Promise<Said<T>> {
  const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
  const wait = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
  const retryAfter = Number.isNaN(wait) ? null : wait;
  if (answer.status === 200 && type === "application/json")
    return { status: 200, body: (await answer.json()) as T, code: null, detail: null, retryAfter };
  if (type !== "application/problem+json") throw new Unreached(`${answer.status} ${type}`, retryAfter);
  const problem = (await answer.json()) as Problem;
  return { status: answer.status, body: null, code: problem.code, detail: problem.detail ?? null, retryAfter };
}

export async function getJson<T>(path: string, cache: RequestCache = "default"): Promise<Said<T>> {
  return ask<T>(path, { cache });
}

/** What the desk asks of the server: with its session, ended within 30 s, told in one shape. */

export const TIMEOUT_MS = 30_000;

/** The server said no, or was not reached (`status` 0). `words` are for people. */
export class No extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, words: string) {
    super(words);
    this.status = status;
    this.code = code;
  }
}

const UNREACHED = new No(0, "unreached", "Der er ikke forbindelse til serveren. Prøv igen om lidt.");

/** What the server answers, null where that is nothing. Throws `No`. */
export async function ask(path: string, init: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
  } catch {
    throw UNREACHED;
  }
  if (answer.status === 204) return null;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok && body !== null) return body;
  const problem = (body ?? {}) as { code?: string; detail?: string };
  if (problem.code === undefined) throw UNREACHED;
  throw new No(answer.status, problem.code, problem.detail ?? "Det gik ikke. Prøv igen.");
}

export async function get<T>(path: string): Promise<T> {
  return (await ask(`/api/v1${path}`, {})) as T;
}

export async function post<T>(path: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  return (await ask(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) })) as T;
}

interface Result {
  readonly status: "applied" | "refused" | "later";
  readonly code?: string;
  readonly detail?: string;
  readonly result?: unknown;
}

/** One op, and what it came to. A refusal, and a server that asks to come later, are thrown as `No`. */
export async function op<T>(verb: string, kind: string, id: string, args: object): Promise<T> {
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const line = JSON.stringify({ id: crypto.randomUUID(), verb, at, subject: { kind, id }, base: null, args });
  const headers = { "content-type": "application/x-ndjson" };
  const said = (await ask("/api/v1/ops", { method: "POST", headers, body: `${line}\n` })) as { results: Result[] };
  const reply = said.results[0];
  if (reply?.status === "applied") return reply.result as T;
  if (reply?.status === "refused") throw new No(422, reply.code ?? "refused", reply.detail ?? "Det gik ikke.");
  throw new No(503, reply?.code ?? "busy", "Serveren har travlt. Prøv igen om lidt.");
}

/** The bytes of a picture, sent before the op that names them. */
import { No, TIMEOUT_MS } from "../ask.ts";

/** Where a picture that may not be public yet is shown to staff. */
export const shown = (sha256: string, wide: 320 | 1280 = 320): string => `/api/v1/blobs/${sha256}-${wide}.webp`;

/** Sends it under the login. Throws `No`: status 0 where the server was not reached. */
export async function putBlob(sha256: string, blob: Blob): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/blobs/${sha256}`, {
      method: "PUT",
      credentials: "same-origin",
      headers: { "content-type": blob.type },
      body: blob,
      // A large picture on a slow line takes its time.
      signal: AbortSignal.timeout(4 * TIMEOUT_MS),
    });
  } catch {
    throw new No(
      0,
      "unreached",
      "Der er ikke forbindelse til serveren. Billedet ligger her. Prøv igen, når der er net.",
    );
  }
  if (answer.status === 204) return;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new No(answer.status, problem.code ?? "refused", problem.detail ?? "Billedet blev ikke taget imod. Prøv igen.");
}

// The desk's requests as sync/phone wants them: what carries the login goes with it, what everybody reads goes without.
import type { Answer, Net } from "#phone/port.ts";
import type { Page, Results } from "#phone/wire.gen.ts";
import { ask, type Said } from "../../api/ask.ts";

function told<T>({ status, body, code, retryAfter }: Said<T>): Answer<T> {
  if (status === 200) return { status: 200, body: body as T };
  return { status, code, ...(retryAfter === null ? {} : { retry_after_s: retryAfter }) };
}

export const net: Net = {
  async page(scope, since, reload) {
    const query = since === null ? "" : `?since=${encodeURIComponent(since)}`;
    const credentials = scope === "public" ? "omit" : "same-origin";
    const cache = reload ? "reload" : "default";
    return told(await ask<Page>(`/api/v1/sync/${scope}${query}`, { cache, credentials }));
  },
  async ops(body, credential, epoch) {
    const query = epoch === null ? "" : `?epoch=${encodeURIComponent(epoch)}`;
    const headers = { "content-type": "application/x-ndjson" };
    const credentials = credential === "none" ? "omit" : "same-origin";
    return told(await ask<Results>(`/api/v1/ops${query}`, { method: "POST", headers, body, credentials }));
  },
};

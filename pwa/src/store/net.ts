// The requests that sync/phone makes, by api/ask.ts.
import type { Answer, Net } from "#phone/port.ts";
import type { Page, Results } from "#phone/wire.gen.ts";
import { ask, getJson, type Said } from "../api/ask.ts";

function told<T>(said: Said<T>): Answer<T> {
  if (said.status === 200) return { status: 200, body: said.body as T };
  const { status, code, retryAfter } = said;
  return { status, code, ...(retryAfter === null ? {} : { retry_after_s: retryAfter }) };
}

export const net: Net = {
  async page(scope, since, reload) {
    const query = since === null ? "" : `?since=${encodeURIComponent(since)}`;
    return told(await getJson<Page>(`/api/v1/sync/${scope}${query}`, reload ? "reload" : "default"));
  },
  async ops(body, credential, epoch) {
    const query = epoch === null ? "" : `?epoch=${encodeURIComponent(epoch)}`;
    const headers = { "content-type": "application/x-ndjson" };
    // A browser keeps connections with and without credentials apart: an anonymous op never goes down one that has carried a name.
    const credentials = credential === "none" ? "omit" : "same-origin";
    return told(await ask<Results>(`/api/v1/ops${query}`, { method: "POST", headers, body, credentials }));
  },
};

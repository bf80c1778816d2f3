// Photos go before the op that names them (PROTOCOL.md, W). Pure: a net that carries them first, whatever carries them.
import type { Answer, Credential, Net } from "./port.ts";
import type { Result, Results } from "./wire.gen.ts";

/** What became of one photo: 204 is there now; any other as the problem document says. */
export interface Carried {
  readonly status: number;
  readonly code: string | null;
  readonly retry_after_s?: number;
}

export interface Photos {
  /** PUT /api/v1/blobs/{sha256}; null: it does not lie on this phone. Rejects where no whole answer came. */
  put(sha256: string, credential: Credential): Promise<Carried | null>;
}

/** A photo that the server will never take as it is: too large, another kind, broken. */
const NEVER: ReadonlySet<number> = new Set([413, 415, 422]);
const NAME = /^[0-9a-f]{64}$/;

/** The net with photos: each op's go before it, once while this lives, and again where the server says that it lacks one. */
export function withPhotos(net: Net, photos: Photos): Net {
  const there = new Set<string>();
  return {
    ...net,
    async ops(body, credential, epoch) {
      const named = body.split("\n").flatMap((line) => (line === "" ? [] : [photosIn(line)]));
      const lost = new Set<string>();
      for (const name of new Set(named.flat())) {
        if (there.has(name)) continue;
        const carried = await photos.put(name, credential);
        if (carried === null) lost.add(name);
        else if (carried.status === 204) there.add(name);
        // 413 is what the outbox hears as: this op, as it is, never.
        else if (NEVER.has(carried.status)) return { status: 413, code: "invalid" };
        else return carried as Answer<Results>;
      }
      const answer = await net.ops(body, credential, epoch);
      if (!("body" in answer) || named.every((names) => names.length === 0)) return answer;
      const results = answer.body.results.map((result, at): Result => {
        if (result.status !== "later" || result.code !== "blob_missing") return result;
        const names = named[at] ?? [];
        for (const name of names) there.delete(name);
        // A server that lacks what is not here either would wait for ever: that is a refusal, and the person mends it.
        return names.some((name) => lost.has(name))
          ? { status: "refused", id: result.id, again: false, code: result.code }
          : result;
      });
      return { status: 200, body: { ...answer.body, results } };
    },
  };
}

function photosIn(line: string): string[] {
  return line.includes('"photos":[') ? photosOf(JSON.parse(line).args) : [];
}

/** The photos that an op's args name. */
export function photosOf(args: unknown): string[] {
  const photos = typeof args === "object" && args !== null && "photos" in args ? args.photos : null;
  return Array.isArray(photos) ? photos.filter((one): one is string => typeof one === "string" && NAME.test(one)) : [];
}

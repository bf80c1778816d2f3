import { expect, test } from "vitest";
import type { FeedNews } from "#phone/port.ts";
import { forget, pull, REREAD_MS, wholeOf } from "#phone/pull.ts";
import { FeedServer } from "./feed_server.ts";
import { chance, MemoryAround, MemoryFeed } from "./memory.ts";

const V = (n: number) => n.toString(16).padStart(8, "0");

function phoneAndServer(things = 0) {
  const server = new FeedServer();
  for (let n = 0; n < things; n++) server.put("place", `p${n}`, V(n + 1));
  const feed = new MemoryFeed();
  const around = new MemoryAround();
  const news: FeedNews[] = [];
  const epochs: string[] = [];
  const read = () =>
    pull("public", feed, server, around, {
      news: (one) => news.push(one),
      epoch: async (epoch) => void epochs.push(epoch),
    });
  return { server, feed, around, news, epochs, read };
}

test("a first read goes page by page with its floor and shows rows as they come", async () => {
  const { server, feed, news, read } = phoneAndServer(5);
  server.size = 2;
  expect(await read()).toEqual({ end: "done", pages: 3, reread: false, differs: false });
  expect(server.asked).toEqual(["", "e0.2.5", "e0.4.5"]);
  expect(feed.shown("public")).toEqual(server.live());
  expect(news.map((one) => one.what)).toEqual(["page", "page", "page"]);
  expect(feed.kept("public")).toMatchObject({ fresh: null, shown: { cursor: "e0.5", read_at: expect.any(Number) } });
});

test("a later read is one request and brings what has left", async () => {
  const { server, feed, read } = phoneAndServer(3);
  await read();
  server.put("place", "p1", null);
  server.put("place", "p7", V(77));
  expect((await read()).pages).toBe(1);
  expect(feed.shown("public")).toEqual(server.live());
  expect((await read()).end).toBe("done");
  expect(server.asked.at(-1)).toBe("e0.5");
});

test("between two pages nothing counts as read: a copy tells what it has when its last page has come", async () => {
  const { server, feed, read } = phoneAndServer(3);
  const copy = () => feed.kept("public").shown;
  await read();
  expect(wholeOf(copy())).toBe("e0.3");
  for (let n = 0; n < 5; n++) server.put("place", `q${n}`, V(9));
  server.size = 2;
  server.before = (nr) => {
    if (nr === 3) throw new Error("cut");
    return undefined;
  };
  await read();
  expect([copy()?.cursor, wholeOf(copy())]).toEqual(["e0.5", "e0.3"]);
  await read();
  expect(wholeOf(copy())).toBe("e0.8");
  // What an older app has kept says no more than its cursor.
  expect(wholeOf({ gen: 1, cursor: "e0.7", digest: 0, read_at: null, reload: false })).toBe("e0.7");
});

test("a read that is cut goes on where it was", async () => {
  const { server, feed, read } = phoneAndServer(6);
  server.size = 2;
  server.before = (nr) => {
    if (nr === 2) throw new Error("no network");
    return undefined;
  };
  expect((await read()).end).toBe("unreached");
  expect(Object.keys(feed.shown("public"))).toHaveLength(2);
  expect((await read()).end).toBe("done");
  expect(server.asked).toEqual(["", "e0.2.6", "e0.2.6", "e0.4.6"]);
  expect(feed.shown("public")).toEqual(server.live());
});

test("a page is written with its cursor or not at all", async () => {
  const { server, feed, read } = phoneAndServer(3);
  await read();
  const before = [feed.shown("public"), feed.kept("public")];
  server.put("place", "p9", V(9));
  server.after = () => {
    feed.full = true;
  };
  await expect(read()).rejects.toThrow("full");
  feed.full = false;
  expect([feed.shown("public"), feed.kept("public")]).toEqual(before);
  server.after = () => {};
  await read();
  expect(feed.shown("public")).toEqual(server.live());
});

test("after 410 the old copy stays on screen until the new one is whole", async () => {
  const { server, feed, news, epochs, read } = phoneAndServer(4);
  await read();
  const old = feed.shown("public");
  news.length = 0;
  server.epoch = "e1";
  server.size = 2;
  server.put("place", "p0", null);
  server.before = () => {
    expect(feed.shown("public")).toEqual(old);
    return undefined;
  };
  expect(await read()).toMatchObject({ end: "done", reread: false });
  expect(feed.shown("public")).toEqual(server.live());
  expect(news.map((one) => one.what)).toEqual(["swap"]);
  expect(feed.gens("public")).toHaveLength(1);
  expect(epochs).toEqual(["e0", "e1"]);
});

test("a new epoch is told before its copy is shown", async () => {
  const { server, feed, around, read } = phoneAndServer(2);
  await read();
  server.epoch = "e1";
  const shownThen: (string | null | undefined)[] = [];
  await pull("public", feed, server, around, {
    epoch: async () => void shownThen.push(feed.kept("public").shown?.cursor),
  });
  expect(shownThen).toEqual(["e0.2"]);
});

test("a fresh read that is cut is gone on with beside the shown copy", async () => {
  const { server, feed, read } = phoneAndServer(6);
  await read();
  server.epoch = "e1";
  server.size = 2;
  server.before = (nr) => {
    if (nr === 4) throw new Error("no network");
    return undefined;
  };
  expect((await read()).end).toBe("unreached");
  expect(feed.gens("public")).toHaveLength(2);
  expect((await read()).end).toBe("done");
  expect(server.asked.slice(-3)).toEqual(["e1.2.6", "e1.2.6", "e1.4.6"]);
  expect(feed.shown("public")).toEqual(server.live());
});

test("a server that begins anew in the middle of a first read leaves what has come on screen", async () => {
  const { server, feed, read } = phoneAndServer(6);
  server.size = 2;
  server.before = (nr) => {
    if (nr === 2) server.epoch = "e1";
    if (nr === 3) throw new Error("no network");
    return undefined;
  };
  expect((await read()).end).toBe("unreached");
  expect(Object.keys(feed.shown("public"))).toHaveLength(2);
  expect(feed.kept("public").shown?.read_at).toBeNull();
  expect((await read()).end).toBe("done");
  expect(feed.shown("public")).toEqual(server.live());
});

test("a copy that does not add up is read afresh once, past the cache, and says so", async () => {
  const { server, feed, news, read } = phoneAndServer(4);
  await read();
  feed.spoilDigest("public");
  server.put("place", "p9", V(9));
  server.size = 3;
  news.length = 0;
  expect(await read()).toEqual({ end: "done", pages: 3, reread: true, differs: false });
  expect(server.asked.slice(1)).toEqual(["e0.4", "!", "e0.3.5!"]);
  expect(news.map((one) => one.what)).toEqual(["page", "swap"]);
  expect(feed.kept("public")).toMatchObject({ reread_at: null, differs: false });
  expect(feed.shown("public")).toEqual(server.live());
});

test("one that never adds up is read afresh once an hour, not every time", async () => {
  const { server, feed, around, read } = phoneAndServer(2);
  const wrong = () => {
    const { page } = FeedServer.prototype;
    server.page = async (scope, since, reload) => {
      const answer = await page.call(server, scope, since, reload);
      return "body" in answer && answer.body.digest
        ? { ...answer, body: { ...answer.body, digest: "ffffffff" } }
        : answer;
    };
  };
  await read();
  wrong();
  expect(await read()).toMatchObject({ end: "done", reread: true, differs: true, pages: 2 });
  expect(feed.kept("public").differs).toBe(true);
  expect(feed.shown("public")).toEqual(server.live());
  expect(await read()).toMatchObject({ end: "done", reread: false, differs: true, pages: 1 });
  around.clock += REREAD_MS;
  expect(await read()).toMatchObject({ reread: true, differs: true });
  server.page = FeedServer.prototype.page;
  expect(await read()).toMatchObject({ reread: false, differs: false });
  expect(feed.kept("public")).toMatchObject({ reread_at: null, differs: false });
});

test("a plain copy put back under the same epoch is found by the digest", async () => {
  const { server, feed, read } = phoneAndServer(3);
  const copy = server.copy();
  server.put("place", "p0", V(100));
  await read();
  Object.assign(server, copy);
  server.put("place", "p1", V(200));
  expect(await read()).toMatchObject({ end: "done", reread: true, differs: false });
  expect(feed.shown("public")).toEqual(server.live());
});

test("a kind that nobody knows yet is stored and counted", async () => {
  const { server, feed, read } = phoneAndServer(1);
  server.put("kind_of_next_year", "x", V(5));
  expect(await read()).toMatchObject({ end: "done", reread: false, differs: false });
  expect(feed.shown("public")).toHaveProperty("kind_of_next_year x", V(5));
});

test("304 is a whole read, 401 keeps what is there, other answers are tried later", async () => {
  const { server, feed, around, epochs, read } = phoneAndServer(2);
  await read();
  const shown = feed.shown("public");
  epochs.length = 0;
  around.clock += 1000;
  server.before = () => ({ status: 304, code: null });
  expect((await read()).end).toBe("done");
  expect(feed.kept("public").shown?.read_at).toBe(around.clock);
  // It tells the epoch too: an answer of another one may have come late since the last page.
  expect(epochs).toEqual(["e0"]);
  for (const [status, code, end] of [
    [401, "login", "login"],
    [503, "busy", "unreached"],
    [500, null, "unreached"],
    [404, null, "unreached"],
    [403, "forbidden", "unreached"],
  ] as const) {
    server.before = () => ({ status, code, ...(status === 503 ? { retry_after_s: 7 } : {}) });
    expect(await read()).toMatchObject({ end, ...(status === 503 ? { retry_after_s: 7 } : {}) });
    expect(feed.shown("public")).toEqual(shown);
  }
});

test("a portal's page in place of ours is no answer", async () => {
  const { server, feed, read } = phoneAndServer(2);
  await read();
  const shown = feed.shown("public");
  for (const body of [null, "<html>", {}, { cursor: "e0.9", more: false, changes: [{ kind: "place" }] }]) {
    server.before = () => ({ status: 200, body: body as never });
    expect((await read()).end).toBe("unreached");
  }
  expect(feed.shown("public")).toEqual(shown);
});

test("403 deletes a scope that needs a login, and only with our own word for it", async () => {
  const { server, feed, around } = phoneAndServer(2);
  const news: string[] = [];
  const read = () => pull("staff", feed, server, around, { news: (one) => news.push(one.what) });
  await read();
  server.before = () => ({ status: 403, code: null });
  expect((await read()).end).toBe("unreached");
  expect(feed.gens("staff")).toHaveLength(1);
  server.before = () => ({ status: 403, code: "forbidden" });
  expect((await read()).end).toBe("forbidden");
  expect([feed.gens("staff"), feed.kept("staff").shown, news.at(-1)]).toEqual([[], null, "gone"]);
});

test("a scope that was forgotten is read anew under another number", async () => {
  const { server, feed, read } = phoneAndServer(2);
  await read();
  const { next } = feed.kept("public");
  await forget("public", feed);
  expect(feed.kept("public").next).toBe(next);
  await read();
  expect(feed.kept("public").shown?.gen).toBe(next);
  expect(feed.shown("public")).toEqual(server.live());
});

test("a cursor that the server can not read leads to a fresh read", async () => {
  const { server, feed, read } = phoneAndServer(2);
  await read();
  server.before = (nr) => (nr === 2 ? { status: 422, code: "bad_cursor" } : undefined);
  expect((await read()).end).toBe("done");
  expect(server.asked.slice(1)).toEqual(["e0.2", ""]);
  expect(feed.shown("public")).toEqual(server.live());
});

test("a server that only ever says 410, or never gets on, is not asked for ever", async () => {
  const { server, read } = phoneAndServer(2);
  server.before = () => ({ status: 410, code: "resync" });
  expect((await read()).end).toBe("trouble");
  expect(server.asked).toHaveLength(1);
  const other = phoneAndServer(2);
  await other.read();
  other.server.before = () => ({ status: 200, body: { cursor: "e0.2", more: true, changes: [] } });
  expect((await other.read()).end).toBe("trouble");
});

test("of two that read at once, one is overtaken and the copy is right", async () => {
  const { server, feed, around, read } = phoneAndServer(9);
  server.size = 2;
  around.stolen = true;
  const ends = (await Promise.all([read(), read(), read()])).map((pulled) => pulled.end);
  expect(ends).toContain("done");
  expect(new Set(ends)).toEqual(new Set(["done", "overtaken"]));
  expect(feed.shown("public")).toEqual(server.live());
  expect(await read()).toMatchObject({ end: "done", reread: false, differs: false });
});

test("whatever happens in between, at rest every phone has exactly what is live", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = chance(seed);
    const below = (n: number) => Math.floor(random() * n);
    const server = new FeedServer();
    const phones = [1, 2, 3].map((n) => ({ feed: new MemoryFeed(), around: new MemoryAround(seed * 10 + n) }));
    const read = (phone: (typeof phones)[number]) => pull("public", phone.feed, server, phone.around);
    const things = [3, 8, 20][below(3)] ?? 3;
    let copy = server.copy();
    let epochs = 0;
    server.before = () => {
      // Pages are lost on the way there; and things happen between two pages.
      if (random() < 0.15) throw new Error("lost");
      if (random() < 0.2) server.put("place", `p${below(things)}`, V(below(2 ** 31)));
      if (random() < 0.02) Object.assign(server, copy, { rows: new Map(copy.rows) });
      return undefined;
    };
    server.after = () => {
      if (random() < 0.15) throw new Error("cut on the way back");
    };
    for (let step = 0; step < 60; step++) {
      const what = random();
      if (what < 0.45) server.put("place", `p${below(things)}`, V(below(2 ** 31)));
      else if (what < 0.62) server.put("place", `p${below(things)}`, null);
      else if (what < 0.66) copy = server.copy();
      else if (what < 0.69) Object.assign(server, copy, { rows: new Map(copy.rows), epoch: `e${++epochs}` });
      else if (what < 0.72) Object.assign(server, copy, { rows: new Map(copy.rows) });
      else {
        server.size = [1, 2, 5][below(3)] ?? 1;
        await read(phones[below(3)] as (typeof phones)[number]);
      }
    }
    server.before = () => undefined;
    server.after = () => {};
    server.size = 3;
    for (const phone of phones) {
      phone.around.clock += REREAD_MS;
      const last = await read(phone);
      expect(last, `seed ${seed}`).toMatchObject({ end: "done", differs: false });
      expect(phone.feed.shown("public"), `seed ${seed}`).toEqual(server.live());
    }
  }
}, 60_000);

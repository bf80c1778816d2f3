import { expect, test } from "vitest";
import { bytesOf, LONGEST_WAIT_MS, pick, wait } from "#phone/batch.ts";
import { opOf, wellFormed } from "#phone/op.ts";
import { discard, enqueue, epochSeen, retry, send } from "#phone/outbox.ts";
import type { KeptOp, OutboxPort } from "#phone/port.ts";
import { MAX_BYTES } from "#phone/wire.gen.ts";
import { chance } from "./memory.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

/** The same under a credential: such ops travel together. */
const known = (subject: string, text?: string) => ({ ...fault(subject, text), credential: "session" as const });

test("an op waits, goes out as its line, and stays applied with its answer and its epoch", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  const op = await add(fault("f1"));
  expect(op).toMatchObject({ state: "waiting", id: "019d3000-0000-7000-8000-000000000001" });
  expect(op.line).toBe(
    '{"id":"019d3000-0000-7000-8000-000000000001","verb":"report_fault","at":"2026-04-01T00:00:00Z","subject":{"kind":"facility","id":"f1"},"base":null,"args":{"what":"broken","text":"Brædder mangler"}}',
  );
  const sent = await go();
  expect(sent).toMatchObject({ end: "done", settled: [{ id: op.id, state: "applied" }], next_at: null });
  expect(server.requests).toEqual([{ credential: "none", lines: [op.line] }]);
  expect(outbox.all()[0]).toMatchObject({ state: "applied", epoch: "e0", reply: { seq: { public: 1 }, again: false } });
  await go();
  expect(server.requests).toHaveLength(1);
});

test("an anonymous op tells the server the day alone, and the person when it was made", async () => {
  const { add } = phoneAndServer();
  const [anonymous, known] = [await add(fault("f1")), await add({ ...fault("f2"), credential: "session" })];
  expect(JSON.parse(anonymous.line).at).toBe("2026-04-01T00:00:00Z");
  expect(JSON.parse(known.line).at).toBe("2026-04-01T07:00:00Z");
  expect([opOf(anonymous).at, opOf(known).at]).toEqual(["2026-04-01T07:00:00Z", "2026-04-01T07:00:00Z"]);
});

test("half a character becomes a whole one before the op is a line", async () => {
  const { add } = phoneAndServer();
  const op = await add(fault("f1", "a\ud800b\udc00 \ud83c\udf32"));
  expect(opOf(op).args.text).toBe("a\ufffdb\ufffd \ud83c\udf32");
  expect(op.line).not.toMatch(/\\ud[89a-f]/);
  expect(wellFormed({ "\ud800": [null, 1, true, { x: "\udfff" }] })).toEqual({
    "\ufffd": [null, 1, true, { x: "\ufffd" }],
  });
});

test("an answer that is lost is asked for again with the same bytes, and the op is done once", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  await add(known("f1"));
  await add(known("f2"));
  server.after = (nr) => {
    if (nr <= 2) throw new Error("cut");
  };
  expect((await go()).end).toBe("unreached");
  expect(outbox.states()).toEqual(["waiting", "waiting"]);
  expect((await go()).end).toBe("unreached");
  expect((await go()).end).toBe("done");
  expect(server.done).toHaveLength(2);
  expect(new Set(server.requests.map(({ lines }) => lines.join()))).toHaveProperty("size", 1);
  expect(outbox.all().map((op) => op.reply)).toMatchObject([{ again: true }, { again: true }]);
});

test("an app killed while an op is out sends it again", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  await add(fault("f1"));
  // The request goes out and the process ends: nothing after it runs.
  void send(outbox, { page: server.page, ops: () => new Promise(() => {}) }, around);
  await new Promise((done) => setTimeout(done));
  expect(outbox.states()).toEqual(["sent"]);
  around.stolen = true;
  await go();
  expect(outbox.states()).toEqual(["applied"]);
});

test("one bad op in the middle spoils neither its neighbours nor another subject", async () => {
  const { server, outbox, around, add, go, textsDone } = phoneAndServer();
  server.answer = (op) =>
    op.subject.id === "gone"
      ? { status: "refused", code: "unknown_subject" }
      : op.verb === "next_year"
        ? { status: "later", code: "unknown_verb" }
        : undefined;
  await add(known("f1", "one"));
  await add(known("gone", "two"));
  await add({ ...known("f2", "three"), verb: "next_year" });
  await add(known("f2", "four"));
  await add(known("f3", "five"));
  const sent = await go();
  expect(outbox.states()).toEqual(["applied", "refused", "waiting", "waiting", "applied"]);
  expect(server.requests).toHaveLength(1);
  expect(sent.next_at).toBeGreaterThan(around.clock);
  // Nothing is due: nothing is sent, and the fourth does not overtake the third.
  await go();
  expect(server.requests).toHaveLength(1);
  around.clock = sent.next_at ?? 0;
  await go();
  expect(server.requests[1]?.lines.map((line) => JSON.parse(line).args.text)).toEqual(["three", "four"]);
  expect(outbox.states()).toEqual(["applied", "refused", "waiting", "waiting", "applied"]);
  await discard(outbox.all()[2]?.id ?? "", outbox);
  await go();
  expect(outbox.states()).toEqual(["applied", "refused", "applied", "applied"]);
  expect(textsDone()).toEqual(["one", "five", "four"]);
});

test("what is put off comes back in order, later each time, as the server asks", async () => {
  const { server, outbox, around, add, go, textsDone } = phoneAndServer();
  let busy = 4;
  server.answer = (op) =>
    (op.args as { text: string }).text === "one" && busy-- > 0
      ? { status: "later", code: "busy", retry_after_s: 30 }
      : undefined;
  await add(fault("f1", "one"));
  await add(fault("f1", "two"));
  const waits: number[] = [];
  for (let round = 0; round < 4; round++) {
    const { next_at } = await go();
    waits.push((next_at ?? 0) - around.clock);
    around.clock = next_at ?? 0;
  }
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
  await go();
  expect(textsDone()).toEqual(["one", "two"]);
  expect(outbox.states()).toEqual(["applied", "applied"]);
});

test("a wait is never under what was asked, doubles, differs from phone to phone, and ends", () => {
  expect(wait("busy", 0, 5, 0)).toBe(5_000);
  expect(wait("busy", 0, 60, 0)).toBe(60_000);
  expect(wait("busy", 3, undefined, 0)).toBe(40_000);
  expect(wait("busy", 0, undefined, 0.5)).toBe(6_000);
  expect(wait("unknown_verb", 0, undefined, 0)).toBe(600_000);
  for (const delays of [5, 50, 5000]) expect(wait("unknown_verb", delays, 1e9, 1)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
});

test("a clock that has jumped holds nothing back for ever", async () => {
  const { server, around, add, go } = phoneAndServer();
  let later = true;
  server.answer = () => (later ? { status: "later", code: "busy" } : undefined);
  await add(fault("f1"));
  around.clock += 1e10;
  await go();
  around.clock -= 1e10;
  later = false;
  await go();
  expect(server.done).toHaveLength(1);
});

test("what is refused stays with its reason, is not sent again, and is mended under a new id", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  server.answer = (op) =>
    (op.args as { text: string }).text === "too long"
      ? { status: "refused", code: "too_long", at: "/args/text", limit: 3 }
      : undefined;
  const op = await add(fault("f1", "too long"));
  await add(fault("f1", "ok"));
  await go();
  expect(outbox.states()).toEqual(["refused", "applied"]);
  expect(outbox.all()[0]?.reply).toMatchObject({ code: "too_long", at: "/args/text", limit: 3 });
  await go();
  expect(server.requests).toHaveLength(2);
  const mended = await retry(op.id, outbox, around, { what: "broken", text: "ok" });
  expect(mended?.id).not.toBe(op.id);
  await go();
  expect(outbox.states()).toEqual(["applied", "applied"]);
  expect(server.done).toHaveLength(2);
  expect(await retry(mended?.id ?? "", outbox, around)).toBeNull();
});

test("a person who taps again does not wait for the clock", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  let later = true;
  server.answer = () => (later ? { status: "later", code: "rate_limited", retry_after_s: 3600 } : undefined);
  const op = await add(fault("f1"));
  await go();
  later = false;
  await go();
  expect(outbox.states()).toEqual(["waiting"]);
  await retry(op.id, outbox, around);
  await go();
  expect(outbox.states()).toEqual(["applied"]);
});

test("at most 100 ops and 256 KiB go at once, and one alone however large", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  for (let n = 0; n < 205; n++) await add(known(`f${n}`));
  await go();
  expect(server.requests.map(({ lines }) => lines.length)).toEqual([100, 100, 5]);
  const large = "å".repeat(60_000);
  for (let n = 0; n < 4; n++) await add(known(`g${n}`, large));
  await add(known("h", "å".repeat(200_000)));
  await go();
  const sizes = server.requests.slice(3).map(({ lines }) => bytesOf(`${lines.join("\n")}\n`));
  expect(server.requests.slice(3).map(({ lines }) => lines.length)).toEqual([2, 2, 1]);
  expect(Math.max(...sizes.slice(0, 2))).toBeLessThanOrEqual(MAX_BYTES);
  expect(outbox.states().every((state) => state === "applied")).toBe(true);
});

test("bytes are those of UTF-8", () => {
  for (const text of ["", "abc", "æøå", "€", "🌲", "a\u2028b"])
    expect(bytesOf(text)).toBe(new TextEncoder().encode(text).length);
});

test("an anonymous op travels alone, and a subject's order holds across credentials", async () => {
  const { server, add, go } = phoneAndServer();
  await add(fault("f1", "one"));
  await add({ ...fault("f2", "two"), credential: "device" });
  await add(fault("f2", "three"));
  await add(fault("f3", "four"));
  await add({ ...fault("f4", "five"), credential: "device" });
  await go();
  expect(
    server.requests.map(({ credential, lines }) => [credential, ...lines.map((line) => JSON.parse(line).args.text)]),
  ).toEqual([
    ["none", "one"],
    ["device", "two", "five"],
    ["none", "three"],
    ["none", "four"],
  ]);
});

test("a credential that has ended keeps its ops and holds back nobody else's", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  await add({ ...fault("f1"), credential: "device" });
  await add(fault("f2"));
  server.before = (nr) =>
    server.requests[nr - 1]?.credential === "device" ? { status: 401, code: "login" } : undefined;
  expect(await go()).toMatchObject({ end: "login", without: ["device"], next_at: null });
  expect(outbox.states()).toEqual(["waiting", "applied"]);
});

test("an anonymous op that nobody may send without a login is refused, and every other goes on", async () => {
  const { server, outbox, add, go, textsDone } = phoneAndServer();
  await add({ ...fault("f1"), verb: "save_place" });
  for (const [subject, text] of [
    ["f1", "one"],
    ["f2", "two"],
    ["f3", "three"],
  ] as const)
    await add(fault(subject, text));
  server.before = (nr) =>
    server.requests[nr - 1]?.lines[0]?.includes("save_place") ? { status: 401, code: "login_needed" } : undefined;
  const sent = await go();
  expect(sent).toMatchObject({ end: "done", without: [], next_at: null });
  expect(textsDone()).toEqual(["one", "two", "three"]);
  expect(outbox.all()[0]).toMatchObject({ state: "refused", reply: { code: "forbidden" } });
  // A hotel's 401 is no word of ours.
  await add(fault("f4"));
  server.before = () => ({ status: 401, code: null });
  expect(await go()).toMatchObject({ end: "unreached", without: [] });
  expect(outbox.states().at(-1)).toBe("waiting");
});

test("a write that its store runs again, since it did not hear of the end of the first, makes one op", async () => {
  const { outbox, around, add } = phoneAndServer();
  const twice: OutboxPort = {
    tx: async (work) => {
      await outbox.tx(work);
      return outbox.tx(work);
    },
  };
  const op = await enqueue(fault("f1"), twice, around);
  expect(outbox.all()).toEqual([op]);
  await outbox.tx((tx) => tx.put({ ...op, state: "refused" }));
  const again = await retry(op.id, twice, around);
  expect(outbox.all()).toEqual([again]);
  const edit = { ...known("p1"), verb: "save_place", args: { set: { a: 1 } } };
  await add(edit);
  await enqueue({ ...edit, args: { set: { b: 2 } } }, twice, around);
  expect(outbox.all().map((one) => opOf(one).args.set)).toEqual([undefined, { a: 1, b: 2 }]);
});

test("a batch that is too much is halved, and what is too large alone is told", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  for (let n = 0; n < 8; n++) await add(known(`f${n}`));
  server.before = (nr) =>
    (server.requests[nr - 1]?.lines.length ?? 0) > 2 ? { status: 422, code: "too_many" } : undefined;
  await go();
  expect(server.requests.map(({ lines }) => lines.length)).toEqual([8, 4, 2, 2, 2, 2]);
  expect(outbox.states().every((state) => state === "applied")).toBe(true);
  server.before = () => ({ status: 413, code: "too_large" });
  await add(known("g"));
  expect(await go()).toMatchObject({ end: "done", settled: [{ state: "refused", reply: { code: "too_large" } }] });
});

test("a batch refused as a whole keeps every op and waits", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  await add(fault("f1"));
  server.before = () => ({ status: 415, code: "wrong_type" });
  const sent = await go();
  expect(sent).toMatchObject({ end: "trouble", code: "wrong_type" });
  expect(outbox.states()).toEqual(["waiting"]);
  expect(sent.next_at).toBeGreaterThan(around.clock);
});

test("no answer of ours changes nothing", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  const op = await add(fault("f1"));
  const strange: unknown[] = [
    { epoch: "e0", results: [] },
    { epoch: "e0", results: [1, 2].map(() => ({ status: "applied", id: op.id, again: false, seq: {} })) },
    { epoch: "e0", results: [{ status: "applied", id: "another", again: false, seq: {} }] },
    { epoch: "e0", results: [{ status: "of next year", id: op.id }] },
    { results: [{ status: "applied", id: op.id, again: false, seq: {} }] },
    null,
    "<html>",
  ];
  for (const body of strange) {
    server.before = () => ({ status: 200, body: body as never });
    expect((await go()).end).toBe("unreached");
    expect(outbox.states()).toEqual(["waiting"]);
  }
  for (const status of [403, 404, 500, 502]) {
    server.before = () => ({ status, code: null });
    expect((await go()).end).toBe("unreached");
  }
  server.before = () => undefined;
  await go();
  expect(outbox.states()).toEqual(["applied"]);
});

test("an op thrown away while it is out stays away", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  const op = await add(fault("f1"));
  server.after = () => void discard(op.id, outbox);
  await go();
  expect(outbox.all()).toEqual([]);
});

test("a batch never goes past what stays behind of its subject", () => {
  const op = (order: number, subject: string, not_before = 0) =>
    ({
      id: `${order}`,
      line: "x",
      order,
      subject: { kind: "f", id: subject },
      state: "waiting",
      credential: "session",
      not_before,
    }) as KeptOp;
  const ops = [op(1, "a", 50), op(2, "a"), op(3, "b"), op(4, "a"), op(5, "b")];
  const limits = { ops: 100, bytes: 1000, without: new Set<never>(), held: () => 0 };
  expect(pick(ops, 10, limits).map(({ id }) => id)).toEqual(["3", "5"]);
  expect(pick(ops, 50, limits)).toHaveLength(5);
});

test("whatever is lost, put off or restored, each op is done once and each subject in its order", async () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { server, outbox, around, add, go } = phoneAndServer(seed);
    const random = chance(seed + 1000);
    let calm = false;
    server.before = () => {
      if (!calm && random() < 0.2) throw new Error("lost");
      if (!calm && random() < 0.1) return { status: 503, code: "busy", retry_after_s: 3 };
      return undefined;
    };
    server.after = () => {
      if (!calm && random() < 0.2) throw new Error("cut");
    };
    server.answer = () => (!calm && random() < 0.25 ? { status: "later", code: "busy", retry_after_s: 1 } : undefined);
    let kept = { inbox: new Map(server.inbox), done: [...server.done] };
    let epochs = 0;
    for (let n = 0; n < 40; n++) {
      const what = random();
      if (what < 0.5) await add((random() < 0.5 ? fault : known)(`f${Math.floor(random() * 4)}`, `${n}`));
      else if (what < 0.53) kept = { inbox: new Map(server.inbox), done: [...server.done] };
      else if (what < 0.55) {
        server.epoch = `e${++epochs}`;
        server.inbox.clear();
        for (const entry of kept.inbox) server.inbox.set(...entry);
        server.done.splice(0, server.done.length, ...kept.done);
        await epochSeen(server.epoch, outbox, around.now());
      } else {
        around.clock += 4000;
        around.stolen = random() < 0.2;
        const looking = random() < 0.5;
        await Promise.all(around.stolen ? [go(looking), go(looking)] : [go(looking)]);
      }
    }
    calm = true;
    for (let n = 0; n < 50 && outbox.states().some((state) => state !== "applied"); n++) {
      around.clock += 3_600_000;
      await go(seed % 2 === 0);
    }
    expect(
      outbox.states().every((state) => state === "applied"),
      `seed ${seed}`,
    ).toBe(true);
    expect([...server.done].sort(), `seed ${seed}`).toEqual(
      outbox
        .all()
        .map((op) => op.line)
        .sort(),
    );
    for (const subject of ["f0", "f1", "f2", "f3"]) {
      const mine = (lines: string[]) =>
        lines.filter((line) => JSON.parse(line).subject.id === subject).map((line) => JSON.parse(line).id);
      expect(mine(server.done), `seed ${seed}`).toEqual(mine(outbox.all().map((op) => op.line)));
    }
  }
}, 60_000);

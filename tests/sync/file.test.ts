import { expect, test } from "vitest";
import { bringIn, fileOf, MAX_FILE_BYTES, MAX_FILE_OPS } from "#phone/file.ts";
import { epochSeen, retry, send } from "#phone/outbox.ts";
import type { KeptOp } from "#phone/port.ts";
import { MAX_BYTES } from "#phone/wire.gen.ts";
import { chance, MemoryAround, MemoryOutbox } from "./memory.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

const AT = "2026-04-01T07:00:00Z";
const HEAD = `{"moedesteder":"outbox","version":1,"saved_at":"${AT}"}`;
const id = (n: number) => `0190f3a0-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** A line of a file as it is written, with parts put in the place of others. */
function written(n: number, op: object = {}, kept: object = {}): string {
  const line = JSON.stringify({
    id: id(n),
    verb: "report_fault",
    at: "2026-04-01T00:00:00Z",
    subject: { kind: "place", id: "p1" },
    base: null,
    args: { what: "broken", text: "Brædder mangler" },
    ...op,
  });
  return JSON.stringify({ line, credential: "none", made_at: AT, state: "waiting", offered: false, ...kept });
}

const file = (...lines: readonly string[]) => [HEAD, ...lines].map((line) => `${line}\n`).join("");

function bring(text: string, outbox = new MemoryOutbox()) {
  return bringIn(text, outbox, new MemoryAround()).then((brought) => ({ brought, outbox }));
}

test("what is saved as a file is on another phone what it was on the first, in its order", async () => {
  const first = phoneAndServer();
  first.server.answer = (op) =>
    op.subject.id === "gone"
      ? { status: "refused", code: "gone", name: { da: "Bænken" } as never, on: "2026-03-30" }
      : undefined;
  await first.add(fault("f1", "landet"));
  await first.add(fault("gone", "afvist"));
  await send(first.outbox, first.server, first.around, { looking: true });
  await first.add(fault("f2", "venter \ud83c\udf32\u2028 ”her”"));
  const text = fileOf(first.outbox.all(), AT);
  expect(text.split("\n")[0]).toBe(HEAD);
  const { brought, outbox } = await bring(text);
  expect(brought).toEqual({ taken: 3, had: 0, wrong: 0, left: 0 });
  expect(outbox.states()).toEqual(["applied", "refused", "waiting"]);
  expect(outbox.all().map(({ line }) => line)).toEqual(first.outbox.all().map(({ line }) => line));
  expect(outbox.all().map(({ made_at }) => made_at)).toEqual([AT, AT, AT]);
  expect(outbox.all()[1]?.reply).toMatchObject({ status: "refused", code: "gone", on: "2026-03-30" });
});

test("an op on two phones is done once, whoever sends it first and however often", async () => {
  const first = phoneAndServer();
  const other = phoneAndServer();
  await first.add(fault("f1"));
  const text = fileOf(first.outbox.all(), AT);
  await bringIn(text, other.outbox, other.around);
  await send(other.outbox, first.server, other.around);
  await first.go();
  expect(first.server.done).toHaveLength(1);
  expect(first.outbox.all()[0]?.reply).toMatchObject({ status: "applied", again: true });
  expect([...first.outbox.states(), ...other.outbox.states()]).toEqual(["applied", "applied"]);
});

test("what was out when it was saved waits on the other phone, and a file brought in twice changes nothing", async () => {
  const { outbox, add } = phoneAndServer();
  const op = await add(fault("f1"));
  await outbox.tx((tx) => tx.put({ ...op, state: "sent", offered: true }));
  const text = fileOf(outbox.all(), AT);
  const { outbox: other } = await bring(text);
  expect(other.all()).toMatchObject([{ state: "waiting", offered: true, not_before: 0 }]);
  const before = other.all();
  expect((await bring(text, other)).brought).toEqual({ taken: 0, had: 1, wrong: 0, left: 0 });
  expect(other.all()).toEqual(before);
});

test("what had landed is not sent again by the epoch that took it, and is offered to another", async () => {
  const first = phoneAndServer();
  await first.add(fault("f1"));
  await first.go();
  const other = phoneAndServer();
  await bringIn(fileOf(first.outbox.all(), AT), other.outbox, other.around);
  await send(other.outbox, first.server, other.around);
  expect(first.server.requests).toHaveLength(1);
  await epochSeen("e9", other.outbox, other.around.now());
  expect(other.outbox.states()).toEqual(["waiting"]);
});

test("what was refused stays refused, and is mended under a new id", async () => {
  const text = file(written(1, {}, { state: "refused", reply: { status: "refused", code: "too_long", limit: 500 } }));
  const { outbox } = await bring(text);
  expect(outbox.all()).toMatchObject([{ id: id(1), state: "refused", reply: { code: "too_long", limit: 500 } }]);
  const mended = await retry(id(1), outbox, new MemoryAround(), { what: "broken", text: "kort" });
  expect(mended?.id).not.toBe(id(1));
  expect(outbox.states()).toEqual(["waiting"]);
});

test("an answer that is not whole is asked for again", async () => {
  const odd: object[] = [
    { state: "applied" },
    { state: "applied", reply: { status: "applied", seq: { public: 3 } } },
    { state: "applied", epoch: "e0", reply: { status: "applied", seq: { public: "3" } } },
    { state: "applied", epoch: "e0", reply: { status: "refused", code: "gone" } },
    { state: "refused", reply: { status: "refused" } },
    { state: "dreaming" },
    {},
  ];
  const { brought, outbox } = await bring(file(...odd.map((kept, n) => written(n, {}, kept))));
  expect(brought.taken).toBe(odd.length);
  expect(outbox.states()).toEqual(odd.map(() => "waiting"));
});

test("a line that is no op is counted, and its neighbours are taken in", async () => {
  const wrong = [
    "no JSON",
    "[]",
    "null",
    '"line"',
    written(1, {}, { line: 7 }),
    written(1, {}, { line: "{" }),
    written(1, { id: id(1).toUpperCase() }),
    written(1, { id: "1" }),
    written(1, { verb: "" }),
    written(1, { verb: null }),
    written(1, { at: "i går" }),
    written(1, { subject: "p1" }),
    written(1, { subject: { kind: "place" } }),
    written(1, { args: [] }),
    written(1, { base: 4 }),
    written(1, {}, { made_at: "i går" }),
    written(1, {}, { made_at: undefined }),
    written(1, { args: { text: "x".repeat(MAX_BYTES) } }),
  ];
  const { brought, outbox } = await bring(file(written(8), ...wrong, written(9)));
  expect(brought).toEqual({ taken: 2, had: 0, wrong: wrong.length, left: 0 });
  expect(outbox.all().map((op) => op.id)).toEqual([id(8), id(9)]);
});

test("a file gives nobody's credential away: a login's or a device's op is not taken in", async () => {
  const lines = ["session", "device", "guide", "", null].map((credential, n) => written(n, {}, { credential }));
  expect((await bring(file(...lines))).brought).toEqual({ taken: 0, had: 0, wrong: 5, left: 0 });
});

test("a line that only a login may send stops no other, whatever the file says of it", async () => {
  const { server, outbox, around, add, go, textsDone } = phoneAndServer();
  await bringIn(file(written(1, { verb: "save_place", subject: { kind: "facility", id: "f1" } })), outbox, around);
  for (const subject of ["f1", "f2", "f3"]) await add(fault(subject, subject));
  server.before = (nr) =>
    server.requests[nr - 1]?.lines[0]?.includes("save_place") ? { status: 401, code: "login_needed" } : undefined;
  await go();
  expect(textsDone()).toEqual(["f1", "f2", "f3"]);
});

test("a line never becomes two on the wire, nor other bytes", async () => {
  const two = `${JSON.parse(written(1)).line.slice(0, -1)}\n,"x":0}`;
  const half = JSON.parse(written(2)).line.replace("mangler", "\ud800");
  const { brought } = await bring(file(written(1, {}, { line: two }), written(2, {}, { line: half })));
  expect(brought).toMatchObject({ taken: 0, wrong: 2 });
});

test("the same id with other bytes leaves the one that lies here", async () => {
  const { outbox } = await bring(file(written(1)));
  const before = outbox.all();
  const { brought } = await bring(file(written(1, { args: { what: "litter" } }), written(1)), outbox);
  expect(brought).toEqual({ taken: 0, had: 1, wrong: 1, left: 0 });
  expect(outbox.all()).toEqual(before);
});

test("words from a file are not shown as the municipality's", async () => {
  const reply = { status: "refused", code: "gone", detail: "Ring til 12 34 56 78" };
  const { outbox } = await bring(file(written(1, {}, { state: "refused", reply })));
  expect(JSON.stringify(outbox.all())).not.toContain("Ring til");
});

test("a file that went through an editor or a post is read: line ends, a byte order mark, empty lines", async () => {
  const text = `\ufeff\r\n${file(written(1), "", written(2)).replaceAll("\n", "\r\n")}  \r\n`;
  expect((await bring(text)).brought).toEqual({ taken: 2, had: 0, wrong: 0, left: 0 });
});

test("what is no file of an outbox, or one of a later app, is told and nothing is taken in", async () => {
  for (const text of ["", "\n\n", "Kære kommune", '{"moedesteder":"map","version":1}', written(1), '{"version":1}'])
    await expect(bring(text)).rejects.toMatchObject({ why: "not_ours" });
  const later = file(written(1)).replace('"version":1', '"version":2');
  await expect(bring(later)).rejects.toMatchObject({ why: "newer" });
  const large = file(written(1, { args: { text: "æ".repeat(MAX_FILE_BYTES / 2) } }));
  await expect(bring(large)).rejects.toMatchObject({ why: "too_large" });
});

test("a file with too many ops is taken in by parts, and one of rubbish ends", async () => {
  const many = file(...Array.from({ length: MAX_FILE_OPS + 7 }, (_, n) => written(n)));
  const { brought, outbox } = await bring(many);
  expect(brought).toEqual({ taken: MAX_FILE_OPS, had: 0, wrong: 0, left: 7 });
  expect((await bring(many, outbox)).brought).toEqual({ taken: 7, had: MAX_FILE_OPS, wrong: 0, left: 0 });
  const rubbish = await bring(`${HEAD}\n${"x\n".repeat(50_000)}`);
  expect(rubbish.brought).toEqual({ taken: 0, had: 0, wrong: 10_000, left: 40_000 });
});

test("all of a file is taken in or nothing", async () => {
  const outbox = new MemoryOutbox();
  const breaks: MemoryOutbox = Object.assign(Object.create(outbox), {
    tx: (work: Parameters<MemoryOutbox["tx"]>[0]) =>
      outbox.tx(async (tx) =>
        work({
          ...tx,
          put: async (op: KeptOp) => {
            if (op.id === id(2)) throw new Error("full");
            await tx.put(op);
          },
        }),
      ),
  });
  await expect(bringIn(file(written(1), written(2)), breaks, new MemoryAround())).rejects.toThrow("full");
  expect(outbox.all()).toEqual([]);
});

test("whatever happens to the bytes, a file is read or refused, and what is taken in can be sent", async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = chance(seed);
    const chars = [...file(written(1), written(2, { args: { what: "other", text: '"\\,{}[]:' } }), written(3))];
    for (let cuts = 0; cuts < 1 + random() * 6; cuts++) {
      const at = Math.floor(random() * chars.length);
      chars.splice(at, random() < 0.5 ? 1 : 0, ...'{}[]",:\\\n0x\ud800'.charAt(Math.floor(random() * 12)));
    }
    const { outbox } = await bring(chars.join("")).catch((error) => {
      expect(error).toHaveProperty("why");
      return { outbox: new MemoryOutbox() };
    });
    for (const { line, id } of outbox.all()) {
      expect(line).not.toContain("\n");
      expect(JSON.parse(line)).toMatchObject({ id, args: {} });
    }
  }
});

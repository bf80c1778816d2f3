// What becomes of an op after its answer: drawn over what is shown until that has it, kept, offered again by a new epoch.
import { expect, test } from "vitest";
import { caughtUp, epochSeen, inOverlay, KEPT_MS } from "#phone/outbox.ts";
import type { KeptOp } from "#phone/port.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

test("applied ops stay 14 days and are offered again when the epoch changes", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  await add(fault("f1", "one"));
  await add(fault("f1", "two"));
  await go();
  around.clock += KEPT_MS - 1;
  await epochSeen("e0", outbox, around.now());
  expect(outbox.states()).toEqual(["applied", "applied"]);
  // A restore from a backup that knows the first alone.
  const [first] = [...server.inbox];
  server.inbox.clear();
  if (first) server.inbox.set(...first);
  server.done.splice(1);
  server.epoch = "e1";
  await epochSeen("e1", outbox, around.now());
  await epochSeen("e1", outbox, around.now());
  expect(outbox.states()).toEqual(["waiting", "waiting"]);
  await go();
  expect(outbox.all().map((op) => [op.epoch, op.reply?.status === "applied" && op.reply.again])).toEqual([
    ["e1", true],
    ["e1", false],
  ]);
  expect(server.done).toHaveLength(2);
  around.clock += KEPT_MS + 1;
  await epochSeen("e1", outbox, around.now());
  expect(outbox.all()).toEqual([]);
});

test("what was applied more than 14 days ago is offered to no other epoch, however the phone hears of it", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  await add(fault("f1", "long ago"));
  await go();
  around.clock += KEPT_MS + 1;
  await epochSeen("e1", outbox, around.now());
  expect(outbox.all()).toEqual([]);
  await add(fault("f1", "long ago"));
  await go();
  around.clock += KEPT_MS + 1;
  server.epoch = "e2";
  server.inbox.clear();
  const later = outbox.all()[0] as KeptOp;
  await outbox.tx((tx) => tx.put({ ...later, id: "of e2", epoch: "e2", order: 2, settled_at: around.clock }));
  await add(fault("f2", "today"));
  server.requests.length = 0;
  await go();
  expect(server.requests.flatMap(({ lines }) => lines.map((line) => JSON.parse(line).args.text))).toEqual(["today"]);
});

test("a reply of a new epoch brings back what the old one took", async () => {
  const { server, outbox, add, go } = phoneAndServer();
  await add(fault("f1"));
  await go();
  server.epoch = "e1";
  server.inbox.clear();
  server.done.length = 0;
  await add(fault("f2"));
  await go();
  expect(outbox.all().map((op) => op.epoch)).toEqual(["e1", "e1"]);
  expect(server.done).toHaveLength(2);
});

test("refused ops are not offered again by a new epoch", async () => {
  const { server, outbox, add, go, around } = phoneAndServer();
  server.answer = () => ({ status: "refused", code: "gone" });
  await add(fault("f1"));
  await go();
  await epochSeen("e1", outbox, around.now());
  expect(outbox.states()).toEqual(["refused"]);
});

test("an op leaves the overlay when the copy on screen has it, and only then", async () => {
  const { outbox, around, add, go } = phoneAndServer();
  const op = await add(fault("f1"));
  expect(inOverlay(op, { public: "e0.9" })).toBe(true);
  await go();
  const applied = outbox.all()[0] as KeptOp;
  expect(inOverlay(applied, { public: "e0.0" })).toBe(true);
  expect(inOverlay(applied, { public: null })).toBe(true);
  expect(inOverlay(applied, {})).toBe(true);
  expect(inOverlay(applied, { public: "e1.9" })).toBe(true);
  expect(inOverlay(applied, { public: "e0.1" })).toBe(false);
  expect(inOverlay(applied, { public: "e0.1.4" })).toBe(false);
  await epochSeen("e1", outbox, around.now());
  expect(inOverlay(outbox.all()[0] as KeptOp, { public: "e0.1" })).toBe(true);
});

test("an op that changed no feed, since another had said it before, stays drawn until the phone has read on", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  server.changes = false;
  await add(fault("f1"));
  const early = outbox.all().filter((op) => op.unread);
  await go();
  const [op] = outbox.all() as [KeptOp];
  expect([op.state, inOverlay(op, { public: "e0.9" })]).toEqual(["applied", true]);
  await caughtUp(
    early.map((one) => one.id),
    outbox,
  );
  expect(inOverlay(outbox.all()[0] as KeptOp, { public: "e0.9" })).toBe(true);
  await caughtUp([op.id], outbox);
  expect(inOverlay(outbox.all()[0] as KeptOp, { public: "e0.9" })).toBe(false);
  await epochSeen("e1", outbox, around.now());
  expect(inOverlay(outbox.all()[0] as KeptOp, { public: "e0.9" })).toBe(true);
  await add({ ...fault("f2"), credential: "device" });
  around.clock += 3_600_000;
  await go();
  expect(outbox.all().map((one) => [one.credential, one.state, inOverlay(one, { public: "e0.9" })])).toEqual([
    ["none", "applied", true],
    ["device", "applied", false],
  ]);
});

test("an op leaves when every copy on screen that it names has it, a refused one at once", () => {
  const op = { state: "applied", epoch: "e0" } as KeptOp;
  expect(inOverlay({ ...op, state: "refused" }, {})).toBe(false);
  const both = { ...op, reply: { status: "applied", id: "x", again: false, seq: { public: 3, staff: 8 } } } as KeptOp;
  expect(inOverlay(both, { public: "e0.3" })).toBe(false);
  expect(inOverlay(both, { public: "e0.3", staff: "e0.7" })).toBe(true);
  expect(inOverlay(both, { public: "e0.3", staff: "e0.8" })).toBe(false);
});

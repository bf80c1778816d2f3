// A server that was put back from a backup, met by ops before any page tells of it.
import { expect, test } from "vitest";
import { fault, phoneAndServer } from "./ops_server.ts";

test("what a restore took away goes before what came after it", async () => {
  const { server, outbox, around, add, go, textsDone } = phoneAndServer();
  await add(fault("f1", "one"));
  await go();
  server.epoch = "e1";
  server.inbox.clear();
  server.done.length = 0;
  await add(fault("f1", "two"));
  await add(fault("f2", "of another subject"));
  for (let rounds = 0; rounds < 5; rounds++) {
    await go();
    around.clock += 3_600_000;
  }
  expect(textsDone().filter((text) => text !== "of another subject")).toEqual(["one", "two"]);
  expect(outbox.all().map((op) => [op.state, op.epoch])).toEqual(Array(3).fill(["applied", "e1"]));
});

test("ops that two servers have taken go again, since one of the two is gone", async () => {
  const { outbox, around, add, go, textsDone } = phoneAndServer();
  await add(fault("f1", "one"));
  await go();
  // A reply of the old server's that comes late.
  await outbox.tx(async (tx) => {
    for (const op of await tx.all()) await tx.put({ ...op, id: "0", order: 0, epoch: "e-old" });
  });
  await add(fault("f1", "two"));
  around.clock += 3_600_000;
  await go();
  expect(outbox.all().map((op) => op.epoch)).not.toContain("e-old");
  expect(textsDone()[0]).toBe("one");
});

test("a server that is another one each time is not asked for ever", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  await add(fault("f1", "one"));
  await go();
  server.before = () => {
    server.epoch = `e${server.requests.length}`;
    return undefined;
  };
  for (let number = 0; number < 20; number++) await add({ ...fault(`g${number}`), credential: "device" });
  around.clock += 3_600_000;
  await go();
  expect(server.requests.length).toBeLessThan(50);
  expect(outbox.all()).toHaveLength(21);
});

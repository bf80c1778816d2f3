import { expect, test } from "vitest";
import { enqueue, hold } from "#phone/outbox.ts";
import type { OutboxPort } from "#phone/port.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

test("what is mended stays and is held back for a while; the new one takes its place in one step", async () => {
  const { server, outbox, around, add, go } = phoneAndServer();
  const [left, mended] = [await add(fault("f1")), await add(fault("f2", "old"))];
  const until = around.clock + 60_000;
  for (const { id } of [left, mended]) await hold(id, until, outbox);
  await go();
  expect(outbox.states()).toEqual(["waiting", "waiting"]);
  const sides: string[][] = [];
  const watched: OutboxPort = {
    tx: async (work) => {
      const done = await outbox.tx(work);
      sides.push(outbox.states());
      return done;
    },
  };
  const next = await enqueue(fault("f2", "new"), watched, around, mended.id);
  expect(sides).toEqual([["waiting", "waiting"]]);
  await go();
  expect(server.done).toHaveLength(1);
  // Nobody came back to the first: it goes as it was.
  around.clock = until;
  await go();
  expect(outbox.all().map(({ id, state }) => [id, state])).toEqual([
    [left.id, "applied"],
    [next.id, "applied"],
  ]);
  expect(server.done).toHaveLength(2);
});

test("what has landed while it was mended stays, and is not held back", async () => {
  const { outbox, around, add, go } = phoneAndServer();
  const op = await add(fault("f1", "old"));
  await go();
  await hold(op.id, around.clock + 60_000, outbox);
  await enqueue(fault("f1", "new"), outbox, around, op.id);
  await go();
  expect(outbox.states()).toEqual(["applied", "applied"]);
});

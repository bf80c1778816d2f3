// Edits of one thing: folded while nobody has been sent them, one at a time afterwards.
import { expect, test } from "vitest";
import { opOf } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";
import { chance } from "./memory.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

const edit = (id: string, set: Record<string, unknown>, base: string | null = null) =>
  ({ verb: "save_place", subject: { kind: "place", id }, args: { set }, base, credential: "session" }) as const;
const sets = (ops: readonly KeptOp[]) => ops.map((op) => opOf(op).args.set);

test("edits of one thing that were never sent become one op under a new id", async () => {
  const { outbox, add } = phoneAndServer();
  const first = await add(edit("p1", { name: "Søen", notes: "a" }, "v1"));
  await add(fault("f1"));
  const second = await add(edit("p1", { notes: null, url: "x" }, "v2"));
  expect(second.id).not.toBe(first.id);
  expect(sets(outbox.all())).toEqual([{ name: "Søen", notes: null, url: "x" }, undefined]);
  expect(opOf(second).base).toBe("v1");
  expect(second.order).toBe(first.order);
});

test("what the server may know, what stands behind another op, and what is another's is not folded", async () => {
  for (const [spoil, more] of [
    ["sent", edit("p1", { b: 2 })],
    ["between", edit("p1", { b: 2 })],
    ["", { ...edit("p1", { b: 2 }), credential: "guide" as const }],
    ["", { ...edit("p1", { b: 2 }), verb: "save_route" }],
    ["", edit("p2", { b: 2 })],
    ["", { ...edit("p1", {}), args: { set: [1] } }],
    ["", { ...edit("p1", {}), args: { to: "active" } }],
  ] as const) {
    const { server, outbox, add, go } = phoneAndServer();
    await add(edit("p1", { a: 1 }));
    server.before = () => {
      throw new Error("lost");
    };
    if (spoil === "sent") await go();
    if (spoil === "between") await add({ ...edit("p1", {}), verb: "move_state", args: { to: "active" } });
    const before = outbox.all().length;
    await add(more as never);
    expect(outbox.all(), spoil).toHaveLength(before + 1);
  }
});

test("what is said of parts by their ids is folded part by part, and of a part that has gone since nothing is said", async () => {
  const { outbox, add } = phoneAndServer();
  await add(
    edit("p1", {
      stretches: [
        { id: "a", surface: 1, line: "x" },
        { id: "b", surface: 2 },
      ],
      order: ["a", "b", "c"],
    }),
  );
  await add(
    edit("p1", {
      stretches: [
        { id: "c", line: "z" },
        { id: "a", surface: 3 },
      ],
    }),
  );
  const both = [
    { id: "a", surface: 3, line: "x" },
    { id: "b", surface: 2 },
    { id: "c", line: "z" },
  ];
  expect(sets(outbox.all())).toEqual([{ stretches: both, order: ["a", "b", "c"] }]);
  await add(edit("p1", { order: ["b"] }));
  expect(sets(outbox.all())).toEqual([{ stretches: [{ id: "b", surface: 2 }], order: ["b"] }]);
  await add(edit("p1", { order: ["d"], name: "n" }));
  expect(sets(outbox.all())).toEqual([{ order: ["d"], name: "n" }]);
});

test("after an edit the rest of its thing waits for the receipt, and other things go on", async () => {
  const { server, add, go } = phoneAndServer();
  await add(edit("p1", { a: 1 }));
  await add({ ...edit("p1", {}), verb: "move_state", args: { to: "active" } });
  await add(edit("p1", { a: 2 }));
  await add(edit("p2", { a: 3 }));
  await go();
  expect(server.requests.map(({ lines }) => lines.map((line) => JSON.parse(line).subject.id))).toEqual([
    ["p1", "p2"],
    ["p1", "p1"],
  ]);
});

test("whatever is lost, things end as the person last wrote them, each edit done once", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { server, outbox, around, add, go } = phoneAndServer(seed);
    const random = chance(seed + 7000);
    let calm = false;
    server.before = () => {
      if (!calm && random() < 0.25) throw new Error("lost");
      return undefined;
    };
    server.after = () => {
      if (!calm && random() < 0.25) throw new Error("cut");
    };
    server.answer = () => (!calm && random() < 0.2 ? { status: "later", code: "busy", retry_after_s: 1 } : undefined);
    const wanted: Record<string, Record<string, number>> = {};
    for (let step = 0; step < 40; step++) {
      const id = `p${Math.floor(random() * 2)}`;
      const field = `f${Math.floor(random() * 3)}`;
      if (random() < 0.6) {
        await add(edit(id, { [field]: step }));
        wanted[id] = { ...wanted[id], [field]: step };
      } else {
        around.clock += 3000;
        await go(random() < 0.5);
      }
    }
    calm = true;
    for (let n = 0; n < 30 && outbox.states().some((state) => state !== "applied"); n++) {
      around.clock += 3_600_000;
      await go();
    }
    const there: Record<string, Record<string, number>> = {};
    for (const line of server.done) {
      const { subject, args } = JSON.parse(line);
      there[subject.id] = { ...there[subject.id], ...args.set };
    }
    expect(there, `seed ${seed}`).toEqual(wanted);
    expect(new Set(server.done.map((line) => JSON.parse(line).id)).size, `seed ${seed}`).toBe(server.done.length);
    for (const { lines } of server.requests) {
      const subjects = lines.map((line) => JSON.parse(line).subject.id);
      expect(new Set(subjects).size, `seed ${seed}: one edit of a thing in a request`).toBe(subjects.length);
    }
  }
});

import { expect, test } from "vitest";
import { send } from "#phone/outbox.ts";
import { type Carried, withPhotos } from "#phone/photos.ts";
import type { Net } from "#phone/port.ts";
import { fault, phoneAndServer } from "./ops_server.ts";

const [ONE, TWO] = ["a".repeat(64), "b".repeat(64)] as const;
const THERE: Carried = { status: 204, code: null };
const withThem = (subject: string, ...photos: string[]) => ({
  ...fault(subject),
  args: { what: "broken", text: "", photos },
});

/** A phone whose net carries photos first: `said` by what each was answered, `order` of all that went out. */
function carrying(said: (name: string, nr: number) => Carried | null | Promise<never>) {
  const { server, outbox, around, add } = phoneAndServer();
  const order: string[] = [];
  let nr = 0;
  const noted: Net = {
    page: server.page,
    ops: (body, credential, epoch) => {
      order.push("op");
      return server.ops(body, credential, epoch);
    },
  };
  const both = withPhotos(noted, {
    put: async (name, credential) => {
      order.push(`${name.slice(0, 1)} ${credential}`);
      return said(name, ++nr);
    },
  });
  return { server, around, outbox, order, add, go: () => send(outbox, both, around, { looking: true }) };
}

test("photos go before the op that names them, without a credential as it goes, and each once", async () => {
  const { outbox, order, add, go } = carrying(() => THERE);
  await add(withThem("f1", ONE, TWO));
  await add(withThem("f2", ONE));
  await add(fault("f3"));
  await go();
  expect(order).toEqual(["a none", "b none", "op", "op", "op"]);
  expect(outbox.states()).toEqual(["applied", "applied", "applied"]);
});

test("where a photo does not come through its op waits, and nothing of it has gone out", async () => {
  const { outbox, order, add, go } = carrying((_, nr) => {
    if (nr === 1) throw new Error("cut");
    return THERE;
  });
  await add(withThem("f1", ONE));
  expect((await go()).end).toBe("unreached");
  expect([outbox.states(), order]).toEqual([["waiting"], ["a none"]]);
  await go();
  expect([outbox.states(), order]).toEqual([["applied"], ["a none", "a none", "op"]]);
});

test("an address that has sent its share of photos comes again when it is told to", async () => {
  const { outbox, add, go } = carrying(() => ({ status: 429, code: "rate_limited", retry_after_s: 600 }));
  await add(withThem("f1", ONE));
  expect((await go()).end).toBe("unreached");
  const [op] = outbox.all();
  expect(op).toMatchObject({ state: "waiting", delays: 1 });
  expect(op?.not_before).toBeGreaterThan(0);
});

for (const status of [413, 415, 422])
  test(`a photo that is answered ${status} will never be taken: its op is refused, and holds up no other`, async () => {
    const { outbox, add, go } = carrying((name) => (name === ONE ? { status, code: "invalid" } : THERE));
    await add(withThem("f1", ONE));
    await add(withThem("f2", TWO));
    await go();
    expect(outbox.all().map((op) => [op.state, op.reply?.status === "refused" && op.reply.code])).toEqual([
      ["refused", "invalid"],
      ["applied", false],
    ]);
  });

test("a server that lacks a photo is sent it again, then the op", async () => {
  const { server, around, outbox, order, add, go } = carrying(() => THERE);
  let lacks = true;
  server.answer = () => (lacks ? { status: "later", code: "blob_missing" } : undefined);
  await add(withThem("f1", ONE));
  await go();
  expect(outbox.all()).toMatchObject([{ state: "waiting", reply: { code: "blob_missing" } }]);
  lacks = false;
  around.clock += 3_600_000;
  await go();
  expect([outbox.states(), order]).toEqual([["applied"], ["a none", "op", "a none", "op"]]);
});

test("a photo that lies neither here nor there does not keep its op waiting for ever", async () => {
  const { server, outbox, add, go } = carrying(() => null);
  server.answer = (op) => (op.subject.id === "f1" ? { status: "later", code: "blob_missing" } : undefined);
  await add(withThem("f1", ONE));
  await add(withThem("f2", ONE));
  await go();
  expect(outbox.all()).toMatchObject([{ state: "refused", reply: { code: "blob_missing" } }, { state: "applied" }]);
});

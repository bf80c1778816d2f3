// What an op makes of what is kept, and what differs from what the server has: pure, one case a rule.
import { expect, test } from "vitest";
import { made } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";
import type { Result } from "#phone/wire.gen.ts";
import { begun, compared, done, isSo, type Mine, noted, type Said, type Told } from "../../../pwa/src/store/mine.ts";

const TODAY = "2026-03-10";
const mine: Mine = {
  ...begun((bytes) => bytes.fill(7)),
  follows: [{ kind: "event", id: "e1", when: ["evening"], only: null, since: "2026-03-01" }],
};
const follow = (when: string[], id = "e1"): Said => ({
  verb: "follow",
  subject: { kind: "event", id },
  args: { when, only: null },
});
const told = (part: Partial<Told>): Told => ({
  follows: mine.follows,
  skips: [],
  met: [],
  vapid_key: "K",
  push: true,
  push_key: "K",
  ...part,
});
const answered = (said: Said, reply: Partial<Result> & { status: string }): KeptOp => ({
  ...made({ ...said, credential: "device" }, 1, { id: "o1", made_at: "2026-03-10T09:00:00Z" }),
  state: reply.status as KeptOp["state"],
  reply: { id: "o1", again: false, seq: {}, ...reply } as Result,
});

test("a secret is 32 bytes that fit the header", () => {
  expect(begun((bytes) => bytes.fill(255)).secret).toBe(`${"_".repeat(42)}8`);
});

test("a follow keeps its first day and its place in the list when it is changed", () => {
  const two = done(mine, follow([], "e2"), TODAY);
  expect(done(two, follow(["hour"]), TODAY).follows).toEqual([
    { kind: "event", id: "e1", when: ["hour"], only: null, since: "2026-03-01" },
    { kind: "event", id: "e2", when: [], only: null, since: TODAY },
  ]);
});

test("the order in which times were chosen makes no difference", () => {
  const both = done(mine, follow(["evening", "hour"]), TODAY);
  expect(isSo(both, follow(["hour", "evening"]))).toBe(true);
  expect(isSo(both, follow(["hour"]))).toBe(false);
});

test("the server's row is what is kept, without what the phone does not know", () => {
  const row = { kind: "event", id: "e1", when: ["hour"], only: null, since: "2025-12-31", more: 1 };
  const now = noted(mine, answered(follow(["hour"]), { status: "applied", result: { follow: row } }), TODAY);
  expect(now?.follows).toEqual([{ kind: "event", id: "e1", when: ["hour"], only: null, since: "2025-12-31" }]);
});

test("an answer of long ago, without its result, leaves what was said", () => {
  const now = noted(mine, answered(follow(["hour"]), { status: "applied" }), TODAY);
  expect(now?.follows[0]?.when).toEqual(["hour"]);
});

test("what is gone is followed no more; what was refused for another reason changes nothing", () => {
  expect(noted(mine, answered(follow(["hour"]), { status: "refused", code: "gone" }), TODAY)?.follows).toEqual([]);
  expect(noted(mine, answered(follow(["hour"]), { status: "refused", code: "too_many" }), TODAY)?.follows).toEqual(
    mine.follows,
  );
});

test("an address that is refused is not said again as if it were known", () => {
  const said: Said = { verb: "save_push", subject: { kind: "device", id: "mine" }, args: { endpoint: "https://x" } };
  const had = { ...mine, told: "x", push: true };
  const no = noted(had, answered(said, { status: "refused", code: "invalid" }), TODAY);
  expect([no?.push, no?.told, no?.no_push]).toEqual([false, null, "invalid"]);
  const yes = noted(
    { ...had, no_push: "invalid" },
    answered(said, { status: "applied", result: { push: true } }),
    TODAY,
  );
  expect([yes?.push, yes?.no_push]).toEqual([true, null]);
});

test("where phone and server agree nothing is said", () => {
  const { again, mine: now } = compared(mine, told({}), [], TODAY);
  expect([again, now.vapid_key, now.push]).toEqual([[], "K", true]);
});

test("what waits in the outbox is no difference", () => {
  const waits: Said = { verb: "unfollow", subject: { kind: "event", id: "e1" }, args: {} };
  expect(compared(mine, told({ follows: [] }), [waits], TODAY).again).toEqual([]);
  expect(compared(mine, told({ follows: [] }), [], TODAY).again).toEqual([follow(["evening"])]);
});

test("a time that is over is neither kept nor said again", () => {
  const old = { event_id: "e1", day: "2026-03-07" };
  const near = { event_id: "e1", day: "2026-03-08" };
  const had = { ...mine, skips: [old, near], met: [{ ...old, answer: null, answered_at: null }] };
  const { mine: now, again } = compared(had, told({}), [], TODAY);
  expect([now.skips, now.met]).toEqual([[near], []]);
  expect(again.map(({ verb, args }) => [verb, args.day])).toEqual([["skip", "2026-03-08"]]);
});

test("the host's answer is the server's, and stays where the server knows nothing of the phone", () => {
  const asked = { event_id: "e1", day: "2026-03-12", answer: null, answered_at: null };
  const answer = { ...asked, answer: { da: "Ved døren" }, answered_at: "2026-03-12T08:00:00Z" };
  const after = compared({ ...mine, met: [asked] }, told({ met: [answer] }), [], TODAY).mine;
  expect(after.met).toEqual([answer]);
  expect(compared(after, null, [], TODAY).mine.met).toEqual([answer]);
});

test("a phone that the server does not know is reached nowhere, and says so anew", () => {
  const { mine: now, again } = compared({ ...mine, push: true, told: "x" }, null, [], TODAY);
  expect([now.push, now.told]).toEqual([false, null]);
  expect(again).toEqual([follow(["evening"])]);
});

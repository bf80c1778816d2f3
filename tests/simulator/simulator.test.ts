// A few hundred runs of phones against the real server, where everything goes wrong that can (sync/PROTOCOL.md).
import { beforeAll, expect, test } from "vitest";
import { KINDS, type Kind } from "./kinds.ts";
import { type Several, several, told } from "./several.ts";

const SEEDS = 200;
/** What costs a start of the server, or wants a whole hour's share used up, happens less often than the rest. */
const AT_LEAST: Partial<Record<Kind, number>> = {
  copied: 10,
  whole: 10,
  killed: 10,
  limited: 10,
  within: 20,
  restored: 30,
  stolen: 20,
};
const ELSE = 20;
const LONG = 600_000;
/** A run in which no server dies in the middle of a request: when just is not for the seed to say. */
const CALM = 5;

let all: Several;

beforeAll(async () => {
  all = await several({ first: 1, last: SEEDS });
}, LONG);

test("whatever goes wrong on the way, on phones and on the server, at rest all is there, once and in order", () => {
  expect(all.wrong.map(told).join("\n\n")).toBe("");
  expect(all.counts.seeds).toBe(SEEDS);
});

test("every kind of fault has really happened, and often", () => {
  const rare = (Object.keys(KINDS) as Kind[]).filter((kind) => all.counts.of[kind] < (AT_LEAST[kind] ?? ELSE));
  expect(rare.map((kind) => `${KINDS[kind]}: ${all.counts.of[kind]}`)).toEqual([]);
  expect(all.counts.ops).toBeGreaterThan(5 * SEEDS);
  expect(all.counts.edits).toBeGreaterThan(5 * SEEDS);
});

test("the same seed is the same run, step by step", { timeout: LONG }, async () => {
  // An epoch, a time in a name, and where in a request a server dies: chance that is not ours.
  const again = async (): Promise<string> => {
    const { outcomes } = await several({ first: CALM, last: CALM, lanes: 1 });
    return (outcomes[0]?.trace ?? []).join("\n").replaceAll(/(?<=[=" ])[0-9a-f]{8}(?=[." ])|\d{8}T\d{6}Z/g, "~");
  };
  const [first, second] = [await again(), await again()];
  expect(first.length).toBeGreaterThan(1000);
  expect(second).toBe(first);
});

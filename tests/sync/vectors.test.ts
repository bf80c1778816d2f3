// The examples of tests/vectors that the phone's end can answer; tests/sync/test_vectors.py reads the same files.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { reached } from "#phone/cursor.ts";
import { hex, moved } from "#phone/digest.ts";
import { opOf } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), { encoding: "utf-8" }));

interface Step {
  kind: string;
  id: string;
  v: string | null;
  digest: string;
}

test("the digest after each step is the wire's", () => {
  const held = new Map<string, string>();
  let sum = 0;
  for (const step of vectors("digest").steps as Step[]) {
    const key = `${step.kind} ${step.id}`;
    sum = moved(sum, held.get(key) ?? null, step.v);
    if (step.v === null) held.delete(key);
    else held.set(key, step.v);
    expect(hex(sum)).toBe(step.digest);
  }
});

test("epoch and number are read off every cursor", () => {
  for (const { text, epoch, seq } of vectors("cursor").parses) expect(reached(text)).toEqual({ epoch, seq });
  for (const text of ["", "rubbish", ".5", "k3f9.", "k3f9.-1"]) expect(reached(text)).toBeNull();
});

test("an op of the wire's batch is read off its line", () => {
  const { line } = vectors("batch").first[0];
  expect(opOf({ line } as KeptOp)).toMatchObject({ verb: "report_fault", args: { what: "broken" } });
});

// The table of a simulation, for people: what happened, how often, and what it came to.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Counts, KINDS, type Kind, WRONGS, type Wrong } from "./kinds.ts";
import type { Outcome } from "./run.ts";
import { ROOT } from "./teller.ts";

const KEPT = join(ROOT, "docs/proof/simulator.md");

export function table(counts: Counts, wrong: readonly Outcome[], seconds: number): string {
  const count = (what: Wrong): number => wrong.flatMap((one) => one.wrongs).filter((one) => one.what === what).length;
  const rows: [string, number][] = [
    ["runs (seeds)", counts.seeds],
    ["phones", counts.phones],
    ["requests that the server answered", counts.requests],
    ["reports tapped", counts.ops],
    ["edits by the clerk", counts.edits],
    ...(Object.keys(KINDS) as Kind[]).map((kind): [string, number] => [KINDS[kind], counts.of[kind]]),
    ...(Object.keys(WRONGS) as Wrong[]).map((what): [string, number] => [`**${WRONGS[what]}**`, count(what)]),
  ];
  const lines = rows.map(([what, number]) => `| ${what} | ${number.toLocaleString("en-US")} |`);
  return ["| what | how often |", "| --- | ---: |", ...lines, `| seconds | ${Math.round(seconds)} |`].join("\n");
}

/** Writes the table into the document between its marks. */
export function write({
  counts,
  wrong,
  seconds,
}: {
  counts: Counts;
  wrong: readonly Outcome[];
  seconds: number;
}): void {
  const text = readFileSync(KEPT, "utf8");
  const now = text.replace(/(<!-- table -->\n)[\s\S]*(<!-- \/table -->)/, `$1${table(counts, wrong, seconds)}\n$2`);
  writeFileSync(KEPT, now);
}

// `make simulate`: runs until it is stopped, or until something is wrong. SEED=n one run with its trace, SEEDS=n so many.
import { parseArgs } from "node:util";
import { print, several } from "./several.ts";
import { write } from "./table.ts";

const { values } = parseArgs({
  options: { seed: { type: "string" }, seeds: { type: "string" }, from: { type: "string" } },
});
const first = Number(values.seed ?? values.from ?? 1);
const last = values.seed ? first : values.seeds ? first + Number(values.seeds) - 1 : Number.POSITIVE_INFINITY;
let stopped = false;
process.once("SIGINT", () => {
  stopped = true;
});
const result = await several({ first, last, lanes: last > first ? 2 : 1, stopped: () => stopped, say: console.log });
if (values.seed) for (const { trace } of result.outcomes) console.log(trace.join("\n"));
print(result, console.log);
if (process.env.WRITE === "1" && result.wrong.length === 0) write(result);
process.exit(result.wrong.length > 0 ? 1 : 0);

// near_me_3000.ts [HOW MANY]: places put in order of nearness, one's own side of the water first; prints the runs in ms.
import { readFileSync } from "node:fs";
import { nearest } from "../pwa/src/geo/near.ts";
import { shoreOf } from "../pwa/src/geo/shore.ts";

const site = JSON.parse(readFileSync(new URL("../demo/site.json", import.meta.url), "utf8"));
const shore = shoreOf(site.land);

const places = Array.from({ length: Number(process.argv[2] ?? 3000) }, (_, n) => ({
  id: n,
  point: [11.55 + ((n * 7919) % 6000) / 10_000, 54.56 + ((n * 104_729) % 4000) / 10_000] as const,
}));
const runs: number[] = [];
for (let run = 0; run < 25; run++) {
  const from = [11.8745 + run / 1000, 54.769] as const;
  const start = performance.now();
  nearest(from, places, (place) => place.point, shore);
  if (run >= 5) runs.push(performance.now() - start); // the first five warm the engine up
}
console.log(JSON.stringify(runs));

// Many runs, two at a time, each begun from the same municipality.
import { FIRST_RELEASE, TODAY } from "./ends.ts";
import { Counts } from "./kinds.ts";
import { type Outcome, Run } from "./run.ts";
import { table } from "./table.ts";
import { clean, template, Yard } from "./yard.ts";

export interface Several {
  readonly counts: Counts;
  /** Those in which something was wrong. */
  readonly wrong: readonly Outcome[];
  /** The last few of all. */
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
}

export interface Wanted {
  readonly first: number;
  readonly last: number;
  readonly lanes?: number;
  readonly stopped?: () => boolean;
  readonly say?: (line: string) => void;
  /** Begin no further run after so many seconds. */
  readonly seconds?: number;
}

const SHOWN = 120;
const EVERY = 50;

export async function several({
  first,
  last,
  lanes = 2,
  stopped = () => false,
  say,
  seconds,
}: Wanted): Promise<Several> {
  const began = Date.now();
  const made = await template();
  const counts = new Counts();
  const wrong: Outcome[] = [];
  const outcomes: Outcome[] = [];
  let next = first;
  const over = (): boolean =>
    next > last || stopped() || wrong.length > 0 || (seconds !== undefined && Date.now() - began > seconds * 1000);
  const lane = async (): Promise<void> => {
    const yard = new Yard(made);
    try {
      while (!over()) {
        const seed = next++;
        const ends = seed % 4 === 0 ? [FIRST_RELEASE, TODAY] : [TODAY];
        const outcome = await new Run(seed, yard, ends).all();
        counts.add(outcome.counts);
        outcomes.splice(0, Math.max(0, outcomes.length - 1), outcome);
        if (outcome.wrongs.length > 0) {
          wrong.push(outcome);
          say?.(told(outcome));
        }
        if (say && counts.seeds % EVERY === 0) say(table(counts, wrong, (Date.now() - began) / 1000));
      }
    } finally {
      await yard.end();
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    clean(made);
  }
  return { counts, wrong, outcomes, seconds: (Date.now() - began) / 1000 };
}

/** What went wrong in a run, what led there, and how to see it again. */
export function told({ seed, wrongs, trace }: Outcome): string {
  const words = wrongs.map(({ what, words }) => `${what}: ${words}`);
  return [
    `seed ${seed}:`,
    ...trace.slice(-SHOWN).map((line) => `  ${line}`),
    ...words,
    `again: make simulate SEED=${seed}`,
  ].join("\n");
}

export function print(result: Several, say: (line: string) => void): void {
  say(table(result.counts, result.wrong, result.seconds));
}

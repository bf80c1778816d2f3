// One run: phones, a clerk and a network for a while, whatever chance brings; then everything comes to rest and is looked at.
import { Dice } from "./dice.ts";
import type { Fate } from "./disk.ts";
import { Clerk } from "./edits.ts";
import { FIRST_RELEASE, type PhoneEnd } from "./ends.ts";
import { PhoneHabits } from "./habits.ts";
import { Counts, type Wrong } from "./kinds.ts";
import { type Message, Network } from "./net.ts";
import { Phone } from "./phone.ts";
import { Put } from "./put.ts";
import { rest } from "./rest.ts";
import { travel } from "./travel.ts";
import { MANY_AN_HOUR, type Yard } from "./yard.ts";

export interface Outcome {
  readonly seed: number;
  readonly counts: Counts;
  readonly wrongs: readonly { readonly what: Wrong; readonly words: string }[];
  readonly trace: readonly string[];
}

/** How much goes wrong: of requests and replies, and of what phones write. */
interface Weather {
  readonly net: number;
  readonly disk: number;
  readonly steps: number;
}

/** ms that go by at once. */
const PASSES = [
  1000, 1000, 5000, 5000, 20_000, 20_000, 31_000, 61_000, 61_000, 300_000, 1_300_000, 3_700_000, 86_400_000,
];

const WEATHER: readonly Weather[] = [
  { net: 0.05, disk: 0.002, steps: 90 },
  { net: 0.3, disk: 0.01, steps: 110 },
  { net: 0.6, disk: 0.03, steps: 130 },
];

export class Run {
  readonly seed: number;
  readonly yard: Yard;
  readonly dice: Dice;
  readonly counts = new Counts();
  readonly wrongs: { what: Wrong; words: string }[] = [];
  readonly trace: string[] = [];
  readonly network: Network;
  readonly phones: Phone[];
  readonly clerk: Clerk;
  readonly put: Put;
  readonly habits: PhoneHabits;
  weather: Weather;
  /** Changes in a page. */
  readonly page: number;
  an_hour: number;
  clock = Date.parse("2026-04-01T07:00:00Z");

  constructor(seed: number, yard: Yard, ends: readonly PhoneEnd[]) {
    this.seed = seed;
    this.yard = yard;
    this.dice = new Dice(seed);
    const { dice } = this;
    this.weather = dice.pick(WEATHER);
    this.page = dice.pick([1, 2, 5, 2000]);
    this.an_hour = dice.chance(0.2) ? 3 : MANY_AN_HOUR;
    this.network = new Network(
      yard,
      this.counts,
      () => this.clock,
      () => dice.chance(0.3),
    );
    const world = {
      now: () => this.clock,
      random: dice.random,
      fate: () => this.fate(),
      muddled: () => this.counts.of.whole > 0,
      forfeit: (id: string) => this.put.forfeit.has(id),
      counts: this.counts,
      wrong: (what: Wrong, words: string) => this.wrong(what, words),
      say: (words: string) => this.say(words),
    };
    const skews = [0, 0, 90_000, -7_200_000, 30 * 86_400_000, -400 * 86_400_000];
    this.phones = Array.from({ length: 2 + dice.below(3) }, (_, at) => {
      const end = ends[at % ends.length] as PhoneEnd;
      return new Phone(`p${at}`, end, world, this.network, dice.pick(skews));
    });
    this.clerk = new Clerk(yard, dice);
    this.put = new Put(this);
    this.habits = new PhoneHabits(this);
    this.counts.seeds = 1;
    this.counts.phones = this.phones.length;
  }

  async all(): Promise<Outcome> {
    const { seed, counts, wrongs, trace } = this;
    try {
      await this.yard.fresh();
      await this.start(true);
      for (const phone of this.phones) phone.openTab().go(false);
      for (let step = 0; step < this.weather.steps && wrongs.length === 0; step++) {
        await settled();
        await this.step();
      }
      if (wrongs.length === 0) await rest(this);
      counts.of.first = this.phones.filter(({ end }) => end === FIRST_RELEASE).length;
    } catch (error) {
      this.wrong("stuck", error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    for (const phone of this.phones) for (const tab of [...phone.tabs]) phone.close(tab);
    return { seed, counts, wrongs, trace };
  }

  async start(prepared = false): Promise<void> {
    await this.yard.start(this.page, this.an_hour, prepared);
    this.clerk.read(await this.yard.look());
  }

  say(words: string): void {
    this.trace.push(words);
  }

  wrong(what: Wrong, words: string): void {
    this.say(`WRONG (${what}): ${words}`);
    this.wrongs.push({ what, words });
  }

  /** Time goes by for everybody: requests end, locks are taken. */
  async pass(ms: number): Promise<void> {
    this.clock += ms;
    for (const one of this.network.timeOut()) {
      this.counts.of.timeout++;
      this.say(`#${one.nr} of ${one.from.name} has had no answer for 30 s`);
    }
    await settled();
    for (const phone of this.phones) phone.steal();
    await settled();
  }

  private fate(): Fate {
    const { dice, weather } = this;
    if (!dice.chance(weather.disk)) return "commit";
    const fate = dice.pick<Fate>(["fail", "fail", "before", "after"]);
    if (fate === "fail") this.counts.of.failed++;
    return fate;
  }

  private async step(): Promise<void> {
    const { dice, network, yard } = this;
    const awake = network.messages.filter((one) => !one.from.asleep);
    const what = dice.weighed<() => Promise<void>>([
      [6 * Math.min(awake.length, 3), () => travel(this, dice.pick(awake) as Message)],
      [network.ghosts.length > 0 ? 1 : 0, () => this.haunt()],
      [9, () => this.habits.something()],
      [2, () => this.pass(dice.pick(PASSES))],
      [2, () => this.edit()],
      [yard.up ? 0.9 : 8, () => this.put.something()],
    ]);
    await what();
  }

  private async edit(): Promise<void> {
    this.counts.edits++;
    await this.put.letGo();
    this.say(`clerk: ${await this.clerk.edit()}`);
  }

  /** A request that was given up long ago arrives. */
  private async haunt(): Promise<void> {
    const [old] = this.network.ghosts.splice(this.dice.below(this.network.ghosts.length), 1);
    if (!old || !this.yard.up) return;
    this.counts.of.late++;
    this.say(`an old request arrives: ${old.method} ${old.path} ${old.body?.trim() ?? ""}`);
    await this.network.again(old);
  }
}

/** When nothing goes on by itself any more: all wait for the network, a lock or their person. */
export function settled(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

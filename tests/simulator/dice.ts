// Chance with a seed: the same numbers, the same run.
import { chance } from "../sync/memory.ts";

export class Dice {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = chance(seed);
  }

  /** 0 … most - 1. */
  below(most: number): number {
    return Math.floor(this.random() * most);
  }

  chance(part: number): boolean {
    return this.random() < part;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** One of these, each as often as its weight says. */
  weighed<T>(from: readonly (readonly [weight: number, what: T])[]): T {
    let left = this.random() * from.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, what] of from) {
      left -= weight;
      if (left < 0) return what;
    }
    return (from.at(-1) as readonly [number, T])[1];
  }
}

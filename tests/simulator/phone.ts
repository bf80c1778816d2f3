// A phone: a disk, two tabs that share it, a clock of its own, and somebody who looks at it all the time.
import { isOpen } from "#phone/batch.ts";
import { reached } from "#phone/cursor.ts";
import { type Doing, opOf } from "#phone/op.ts";
import { KEPT_MS } from "#phone/outbox.ts";
import type { Around, KeptOp } from "#phone/port.ts";
import { laidOver, type OpShown } from "../../pwa/src/store/overlay.ts";
import { type Copy, Disk, type Fate, keyOf, onScreen } from "./disk.ts";
import type { PhoneEnd } from "./ends.ts";
import type { Counts, Kind, Wrong } from "./kinds.ts";
import type { Network } from "./net.ts";
import { Tab } from "./tab.ts";
import type { Raw } from "./yard.ts";

export interface World {
  /** The true moment, ms. */
  now(): number;
  random(): number;
  fate(): Fate;
  /** A copy put back under its own epoch has lost this op, and nobody can know. */
  forfeit(id: string): boolean;
  readonly counts: Counts;
  /** A plain copy has been put back under its own epoch. */
  muddled(): boolean;
  wrong(what: Wrong, words: string): void;
  say(words: string): void;
}

/** What became of a report as its person sees it. */
interface Report {
  readonly what: string;
  /** The server's own entry has been on screen since the report was last put there. */
  landed: boolean;
}

interface Lock {
  readonly tab: Tab;
  readonly since: number;
  readonly grant: () => void;
}

const STEAL_MS = 60_000;

export class Phone {
  readonly name: string;
  readonly end: PhoneEnd;
  readonly disk: Disk;
  readonly world: World;
  readonly network: Network;
  readonly cache = new Map<string, Raw>();
  tabs: Tab[] = [];
  /** This phone's clock minus the true one, ms. */
  skew: number;
  /** By op: ids that the person threw away, and those that left by themselves after 14 days. */
  readonly thrown = new Set<string>();
  readonly aged = new Set<string>();
  /** A copy was put back under the epoch that is on screen, and this phone does not know yet: numbers mean two things. */
  misled = false;
  private readonly reports = new Map<string, Report>();
  private readonly holders = new Map<string, Lock>();
  private queue: (Lock & { readonly name: string })[] = [];
  private opened = 0;

  constructor(name: string, end: PhoneEnd, world: World, network: Network, skew: number) {
    this.name = name;
    this.end = end;
    this.world = world;
    this.network = network;
    this.skew = skew;
    this.disk = new Disk({
      fate: () => world.fate(),
      die: () => this.die(),
      feedMoved: (before, after, by) => this.feedMoved(before, after, by as Tab),
      outboxMoved: (before, after) => this.outboxMoved(before, after),
      closed: () => world.wrong("stuck", `${name}: a transaction awaited something that is none of its own`),
    });
  }

  now(): number {
    return this.world.now() + this.skew;
  }

  openTab(): Tab {
    const tab = new Tab(this, `${this.name}${"abcdefghijklmnopqrstuvwxyz"[this.opened++ % 26]}`);
    this.tabs.push(tab);
    return tab;
  }

  close(tab: Tab): void {
    tab.gone = true;
    this.tabs = this.tabs.filter((one) => one !== tab);
    this.network.leave(tab);
    this.queue = this.queue.filter((one) => one.tab !== tab);
    for (const [name, { tab: holder }] of [...this.holders]) if (holder === tab) this.free(name);
  }

  /** The battery, or the system that wants the memory: nothing is left but what was committed. */
  die(): void {
    this.world.counts.of.died++;
    this.world.say(`${this.name} dies`);
    for (const tab of [...this.tabs]) this.close(tab);
  }

  around(tab: Tab): Around {
    return {
      lock: (name, work) => this.lock(name, tab, work),
      now: () => this.now(),
      random: () => this.world.random(),
      id: () => {
        const hex = Array.from({ length: 32 }, () => Math.floor(this.world.random() * 16).toString(16)).join("");
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
      },
    };
  }

  /** As pwa/src/store/around.ts: whoever has waited a minute takes the lock, and both work. */
  private async lock<T>(name: string, tab: Tab, work: () => Promise<T>): Promise<T> {
    const mine = await new Promise<Lock>((done) => {
      const lock = { name, tab, since: this.world.now(), grant: () => done(lock) };
      if (this.holders.has(name)) this.queue.push(lock);
      else {
        this.holders.set(name, lock);
        lock.grant();
      }
    });
    try {
      return await work();
    } finally {
      if (this.holders.get(name) === mine) this.free(name);
    }
  }

  private free(name: string): void {
    this.holders.delete(name);
    const next = this.queue.find((one) => one.name === name);
    if (next) this.give(next);
  }

  private give(lock: Lock & { readonly name: string }): void {
    this.queue = this.queue.filter((one) => one !== lock);
    this.holders.set(lock.name, lock);
    lock.grant();
  }

  /** Whoever has waited long enough by now takes its lock. */
  steal(): void {
    const { counts, say, now } = this.world;
    for (const lock of this.queue.filter((one) => now() - one.since >= STEAL_MS)) {
      counts.of.stolen++;
      say(`${lock.tab.name} takes the lock "${lock.name}"`);
      this.give(lock);
    }
  }

  /** A person taps; resolves once "gemt" is said, rejects where it can not be. */
  async tap(tab: Tab, doing: Doing): Promise<KeptOp> {
    const op = await this.end.enqueue(doing, tab.outbox, tab.around);
    this.world.counts.ops++;
    return op;
  }

  async discard(tab: Tab, id: string): Promise<void> {
    this.thrown.add(id);
    try {
      await this.end.discard(id, tab.outbox);
    } catch {
      this.thrown.delete(id);
    }
  }

  /** Subjects that are on screen and can be reported on. */
  subjects(): { kind: string; id: string }[] {
    return [...this.rows().values()]
      .filter(({ body }) => Array.isArray((body as { faults?: unknown } | null)?.faults))
      .map(({ kind, id }) => ({ kind, id }));
  }

  rows(): Copy["rows"] extends ReadonlyMap<number, infer Rows> ? Rows : never {
    const { kept, rows } = this.disk.feed;
    return rows.get(onScreen(kept)?.gen ?? 0) ?? new Map();
  }

  private feedMoved(before: Copy, after: Copy, by: Tab): void {
    const [was, is] = [onScreen(before.kept), onScreen(after.kept)];
    const epoch = is?.cursor ? reached(is.cursor)?.epoch : undefined;
    const old = was?.cursor ? reached(was.cursor)?.epoch : undefined;
    if (epoch !== undefined && epoch !== old && !by.told.has(epoch))
      this.world.wrong("swap", `${by.name} shows a copy of epoch ${epoch} of which the outbox was never told`);
    if (was?.gen !== is?.gen || epoch !== old) this.misled = false;
    this.watch();
  }

  /** Its copy did not add up: a plain copy that was put back under its own epoch does that, and nothing else. */
  reread(tab: Tab): void {
    this.world.say(`${tab.name} reads afresh: its copy did not add up`);
    if (!this.world.muddled()) this.world.wrong("reread", `${tab.name} had a copy that did not add up`);
  }

  private outboxMoved(before: ReadonlyMap<string, KeptOp>, after: ReadonlyMap<string, KeptOp>): void {
    for (const [id, op] of after) {
      const old = before.get(id);
      if (!old) {
        const { what } = opOf(op).args as { what: string };
        this.reports.set(id, { what, landed: false });
      }
      if (op.state === "applied" && old?.state !== "applied") {
        if (!this.network.said.has(`${op.epoch} ${id}`))
          this.world.wrong(
            "untrue",
            `${this.name} says that ${textOf(op)} is sent, and no server of ${op.epoch} said so`,
          );
      }
      const report = this.reports.get(id);
      if (report && isOpen(op)) report.landed = false;
    }
    for (const [id, op] of before) if (!after.has(id)) this.left(id, op);
    this.watch();
  }

  private left(id: string, op: KeptOp): void {
    if (this.thrown.has(id)) return;
    if (op.state === "refused") this.thrown.add(id);
    else if (op.state === "applied" && op.settled_at !== null && this.now() - op.settled_at > KEPT_MS)
      this.aged.add(id);
    else this.world.wrong("lost", `${this.name}: ${textOf(op)} (${op.state}) is gone from the outbox`);
  }

  /** What is drawn now: a report that its person has seen there stays there until the server's own entry has come. */
  private watch(): void {
    const { ops, feed } = this.disk;
    const cursor = this.end.wholeOf(onScreen(feed.kept));
    const rows = this.rows();
    const drawn = ops.filter((op) => this.end.inOverlay(op, { public: cursor }));
    for (const op of ops) {
      const report = this.reports.get(op.id);
      if (!report || op.state === "refused" || this.world.forfeit(op.id)) continue;
      const body = rows.get(keyOf(op.subject))?.body as { faults?: { what: string }[] } | undefined;
      if (!Array.isArray(body?.faults)) continue;
      const has = (thing: { faults?: { what: string }[] } | undefined): boolean =>
        thing?.faults?.some((one) => one.what === report.what) === true;
      const mine = drawn.filter((one) => keyOf(one.subject) === keyOf(op.subject));
      const shown = laidOver(
        new Map([[op.subject.id, body]]),
        op.subject.kind,
        mine.map((one): OpShown => opOf(one)),
      ).get(op.subject.id);
      if (op.state === "applied" && !drawn.includes(op) && has(body)) report.landed = true;
      if (!report.landed && !has(shown) && this.end.caughtUp && !this.misled)
        this.world.wrong("flicker", `${this.name}: ${textOf(op)} (${op.state}) is not on screen at ${cursor}`);
    }
  }

  count(kind: Kind): void {
    this.world.counts.of[kind]++;
  }
}

export const textOf = (op: KeptOp): string => (opOf(op).args as { text: string }).text;

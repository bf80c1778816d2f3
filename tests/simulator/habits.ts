// What people do with their phones.
import { isOpen } from "#phone/batch.ts";
import type { Phone } from "./phone.ts";
import type { Run } from "./run.ts";
import type { Tab } from "./tab.ts";

const WHATS = ["broken", "broken", "litter", "sign_gone", "other"];

export class PhoneHabits {
  private readonly run: Run;
  private texts = 0;
  /** Ops that no server of today takes: the person throws them away in the end. */
  readonly hopeless = new Set<string>();

  constructor(run: Run) {
    this.run = run;
  }

  async something(): Promise<void> {
    const { dice, phones } = this.run;
    const phone = dice.pick(phones);
    const tab = phone.tabs.length > 0 ? dice.pick(phone.tabs) : this.open(phone);
    if (tab.asleep && phone.tabs.length < 2) return void this.open(phone);
    const what = dice.weighed<() => Promise<void> | void>([
      [tab.asleep ? 0 : 5, () => this.report(phone, tab)],
      [tab.asleep ? 0 : 3, () => this.look(tab)],
      [phone.tabs.length < 2 ? 1.5 : 0, () => void this.open(phone)],
      [0.3, () => this.close(phone, tab)],
      [tab.asleep ? 3 : 0.8, () => this.sleep(phone, tab)],
      [0.4, () => this.clock(phone)],
      [tab.asleep ? 0 : 0.5, () => this.throwAway(phone, tab)],
      [tab.asleep ? 0 : 0.7, () => this.retry(phone, tab)],
    ]);
    await what();
  }

  private open(phone: Phone): Tab {
    const tab = phone.openTab();
    this.run.say(`${tab.name} opens`);
    tab.go(false);
    return tab;
  }

  private close(phone: Phone, tab: Tab): void {
    if (tab.busy) phone.count("closed");
    this.run.say(`${tab.name} closes`);
    phone.close(tab);
  }

  /** The system puts a tab that nobody looks at to sleep, with the locks that it holds; and wakes it. */
  private sleep(phone: Phone, tab: Tab): void {
    if (!tab.asleep && !tab.busy) return;
    if (!tab.asleep) phone.count("asleep");
    tab.asleep = !tab.asleep;
    this.run.say(`${tab.name} ${tab.asleep ? "falls asleep" : "wakes"}`);
  }

  /** Focus, `online`, the five minutes. */
  private look(tab: Tab): void {
    const looking = this.run.dice.chance(0.3);
    this.run.say(`${tab.name} asks${looking ? ", somebody looks at the outbox" : ""}`);
    tab.go(looking);
  }

  private async report(phone: Phone, tab: Tab): Promise<void> {
    const { dice } = this.run;
    const subjects = phone.subjects();
    if (subjects.length === 0) return;
    // The first few are where everybody goes.
    const subject = subjects[dice.below(dice.chance(0.6) ? Math.min(3, subjects.length) : subjects.length)];
    if (!subject) return;
    const text = `${phone.name} nr. ${++this.texts}`;
    const args: Record<string, unknown> = { what: dice.pick(WHATS), text, photos: [] };
    const odd = dice.random();
    if (odd < 0.04) args.photos = ["0".repeat(64)];
    else if (odd < 0.08) args.newer = true;
    else if (odd < 0.12) args.what = "nothing";
    this.run.say(
      `${tab.name} reports "${text}" (${args.what}) on ${subject.kind} ${subject.id}${odd < 0.12 ? ", oddly" : ""}`,
    );
    const doing = { verb: "report_fault", subject, args, credential: "none" } as const;
    // Where it could not be kept the person is told so; where the phone died, nothing answers.
    void phone.tap(tab, doing).then(
      (op) => {
        if (odd < 0.08) this.hopeless.add(op.id);
        tab.go(true);
      },
      () => this.run.say(`  "${text}" could not be kept`),
    );
  }

  private clock(phone: Phone): void {
    const { dice } = this.run;
    const ms = dice.pick([
      60_000,
      -60_000,
      3_600_000,
      -3_600_000,
      86_400_000,
      -86_400_000,
      20 * 86_400_000,
      -300 * 86_400_000,
    ]);
    phone.skew += ms;
    phone.count("clock");
    this.run.say(`${phone.name}'s clock jumps ${ms / 1000} s`);
  }

  private throwAway(phone: Phone, tab: Tab): void {
    const open = phone.disk.ops.filter((op) => op.state !== "applied");
    if (open.length === 0) return;
    const { id } = this.run.dice.pick(open);
    phone.count("thrown");
    this.run.say(`${tab.name} throws ${id} away`);
    // Not waited for: a phone that dies meanwhile never answers.
    void phone.discard(tab, id);
  }

  private retry(phone: Phone, tab: Tab): void {
    const waiting = phone.disk.ops.filter(isOpen);
    if (waiting.length === 0) return;
    const { id } = this.run.dice.pick(waiting);
    this.run.say(`${tab.name} tries ${id} again`);
    phone.end.retry(id, tab.outbox, tab.around).then(
      () => tab.go(true),
      () => undefined,
    );
  }
}

// What is done to the server: killed, started, copied, put back.
import { basename } from "node:path";
import type { Run } from "./run.ts";
import { MANY_AN_HOUR } from "./yard.ts";

interface Copied {
  readonly path: string;
  readonly epoch: string;
  readonly texts: ReadonlySet<string>;
}

/** So often in one run, since each costs a start. */
const PUT_BACK = 2;
const KILLED = 1;

export class Put {
  private readonly run: Run;
  private readonly backups: Copied[] = [];
  private readonly copies: Copied[] = [];
  private back = 0;
  private kills = 0;
  private held = false;
  /** Ops that a copy put back under its own epoch has lost, and nobody can know of it. */
  readonly forfeit = new Set<string>();

  constructor(run: Run) {
    this.run = run;
  }

  get mayKill(): boolean {
    return this.kills < KILLED;
  }

  async something(): Promise<void> {
    const { dice, yard, weather } = this.run;
    if (!yard.up) return this.start();
    const put = this.back < PUT_BACK ? 1 : 0;
    const what = dice.weighed<() => Promise<void>>([
      [this.backups.length < 3 ? 2 : 0, () => this.backup()],
      [this.copies.length < 3 ? 1 : 0, () => this.copy()],
      [this.backups.length > 0 ? 2 * put : 0, () => this.restore()],
      [this.copies.length > 0 ? put : 0, () => this.putBack(false)],
      [this.copies.length > 0 ? put : 0, () => this.putBack(true)],
      [this.mayKill ? 3 * weather.net : 0, () => this.kill()],
      [1, () => (this.held ? this.letGo() : this.hold())],
    ]);
    await what();
  }

  /** The server is dead; says what of what it had acknowledged must be there now. */
  async killed(how: "killed" | "within"): Promise<void> {
    this.kills++;
    this.run.counts.of[how]++;
    this.run.say(`server killed${how === "within" ? " in the middle" : ""}`);
    await this.run.yard.kill();
    await this.acknowledged();
  }

  async start(): Promise<void> {
    await this.letGo();
    await this.run.start();
    this.run.say("server starts");
  }

  async letGo(): Promise<void> {
    if (!this.held) return;
    this.held = false;
    await this.run.yard.tell("let_go");
  }

  /** Somebody writes from the command line, and goes on: whoever sends meanwhile is put off. */
  private async hold(): Promise<void> {
    this.run.say("somebody holds the database");
    this.held = true;
    await this.run.yard.tell("hold");
  }

  private async kill(): Promise<void> {
    this.run.yard.strike();
    await this.killed("killed");
    if (this.run.an_hour < MANY_AN_HOUR && this.run.dice.chance(0.5)) this.run.an_hour = MANY_AN_HOUR;
  }

  private async backup(): Promise<void> {
    await this.letGo();
    this.backups.push(await this.made("backup"));
  }

  private async copy(): Promise<void> {
    await this.letGo();
    this.copies.push(await this.made("copy"));
  }

  private async made(how: "backup" | "copy"): Promise<Copied> {
    const { yard } = this.run;
    this.run.say(`${how} made`);
    const { path } = await yard.tell<{ path: string }>(how, { to: yard.copyPath() });
    const { epoch, faults } = await yard.look();
    return { path, epoch, texts: new Set(faults.map(([text]) => text)) };
  }

  private async restore(): Promise<void> {
    const { path } = this.run.dice.pick(this.backups);
    this.run.counts.of.restored++;
    this.run.say(`restore of ${basename(path)}`);
    await this.swap("restore", { path });
  }

  private async putBack(whole: boolean): Promise<void> {
    const { counts, dice, network, phones } = this.run;
    const copied = dice.pick(this.copies);
    counts.of[whole ? "whole" : "copied"]++;
    this.run.say(`plain copy ${basename(copied.path)} put back${whole ? ", heads and all" : ""}`);
    await this.swap("put_back", { path: copied.path, whole });
    if (!whole) return;
    for (const phone of phones) {
      phone.misled = true;
      for (const op of phone.disk.ops)
        if (network.applied.get(copied.epoch)?.has(op.id) && !copied.texts.has(textIn(op.line)))
          this.forfeit.add(op.id);
    }
    // What it had acknowledged under that epoch it knows no more.
    network.forgetting(copied.epoch, this.forfeit);
  }

  private async swap(how: "restore" | "put_back", args: Record<string, unknown>): Promise<void> {
    this.back++;
    const { yard } = this.run;
    await this.letGo();
    await yard.tell("heads");
    await yard.kill();
    await yard.tell(how, args);
    await this.run.start();
  }

  /** Whatever was acknowledged in this epoch is in the database, whatever has happened to the process. */
  private async acknowledged(): Promise<void> {
    const { yard, network, phones } = this.run;
    const { epoch, faults } = await yard.look();
    const texts = new Set(faults.map(([text]) => text));
    for (const phone of phones)
      for (const op of phone.disk.ops)
        if (network.applied.get(epoch)?.has(op.id) && !texts.has(textIn(op.line)))
          this.run.wrong("lost", `"${textIn(op.line)}" was acknowledged, and is not there after the server was killed`);
  }
}

const textIn = (line: string): string => JSON.parse(line).args.text;

// What a municipality does meanwhile: places made, moved, renamed, dissolved; facilities withdrawn; a register imported; reports answered.
import type { Dice } from "./dice.ts";
import type { Look, Yard } from "./yard.ts";

const FIVE = ["where", "amenities", "ground", "purpose", "activities"];
const SITE = { kind: "settings", id: "site" };

type Line = { verb: string; subject: { kind: string; id: string }; args: Record<string, unknown> };

export class Clerk {
  private readonly yard: Yard;
  private readonly dice: Dice;
  private nr = 0;
  private readonly made: string[] = Array.from({ length: 9 }, (_, at) => uuid("8000", at));

  constructor(yard: Yard, dice: Dice) {
    this.yard = yard;
    this.dice = dice;
  }

  /** One edit; says what it was. What is refused (a step that is none) changes nothing, as at a desk. */
  async edit(): Promise<string> {
    const { dice } = this;
    const what = dice.pick([
      "new",
      "name",
      "name",
      "rest",
      "rest",
      "dissolve",
      "withdraw",
      "import",
      "import",
      "answer",
      "answer",
    ]);
    if (what === "answer") return this.answer();
    const lines = this.lines(what);
    const said = await this.yard.tell<{ replies: { status: string; code?: string }[] }>("ops", {
      lines: lines.map((line) => this.line(line)),
    });
    return `${what} ${lines[0]?.subject.id} ${said.replies.map((one) => one.code ?? one.status)}`;
  }

  private lines(what: string): Line[] {
    const { dice } = this;
    if (what === "new") {
      const subject = { kind: "place", id: uuid("8001", ++this.nr) };
      this.made.push(subject.id);
      const five = Object.fromEntries(FIVE.map((name) => [name, { da: `Her står ${name}.` }]));
      const set = { form: "spot", name: { da: `Ny bænk ${this.nr}` }, point: [11.9, 54.77 + this.nr / 1000], ...five };
      const steps = ["developing", "active"].slice(0, dice.below(3));
      return [
        { verb: "save_place", subject, args: { set } },
        ...steps.map((to) => ({ verb: "move_state", subject, args: { to } })),
      ];
    }
    if (what === "import") {
      const args = { blob: dice.pick(this.yard.made.blobs), source: "register", choices: {} };
      return [{ verb: "apply_import", subject: SITE, args }];
    }
    const subject = { kind: "place", id: dice.pick(this.made) };
    if (what === "name") {
      const set = { name: { da: `Bænk ${dice.below(1000)}` } };
      return [{ verb: "save_place", subject, args: { set } }];
    }
    if (what === "withdraw")
      return [
        { verb: "withdraw", subject: dice.chance(0.5) ? subject : this.facility(), args: { why: "Den er væk." } },
      ];
    const to = what === "dissolve" ? "dissolved" : dice.pick(["developing", "active", "resting"]);
    return [{ verb: "move_state", subject, args: { to } }];
  }

  /** Ids of the register's things are known only from what was read. */
  private facility(): { kind: string; id: string } {
    return this.known.length > 0 ? this.dice.pick(this.known) : { kind: "place", id: this.dice.pick(this.made) };
  }

  private known: { kind: string; id: string }[] = [];

  /** What stands in the feed, for edits that need an id from there. */
  read({ live }: Look): void {
    this.known = live.flatMap(([kind, id]) => (kind === "facility" ? [{ kind, id }] : []));
  }

  private async answer(): Promise<string> {
    const { dice } = this;
    const subject = dice.chance(0.5) ? this.facility() : { kind: "place", id: dice.pick(this.made) };
    const [what, state] = [dice.pick(["broken", "litter"]), dice.pick(["taken", "fixed"])];
    await this.yard.tell("answer", { ...subject, what, state });
    return `answer ${subject.kind} ${subject.id} ${what} ${state}`;
  }

  private line({ verb, subject, args }: Line): string {
    const op = { id: uuid("a000", ++this.nr), verb, at: "2026-04-01T07:00:00Z", subject, base: null, args };
    return JSON.stringify(op);
  }
}

const uuid = (part: string, nr: number): string => `019d3000-0000-7000-${part}-${String(nr).padStart(12, "0")}`;

// One tab: it sends and reads as pwa/src/store/signals.ts does, a round at a time, and one more where it was asked meanwhile.
import type { Around, FeedPort, Net, OutboxPort } from "#phone/port.ts";
import type { Asker } from "./net.ts";
import type { Phone } from "./phone.ts";
import type { Raw } from "./yard.ts";

export class Tab implements Asker {
  readonly name: string;
  readonly phone: Phone;
  readonly feed: FeedPort;
  readonly outbox: OutboxPort;
  readonly around: Around;
  readonly net: Net;
  gone = false;
  asleep = false;
  /** Epochs of which this tab has told the outbox in this round. */
  readonly told = new Set<string>();
  /** When its last round found something worth sending again (by the phone's clock). */
  next_at: number | null = null;
  /** How its last round ended. */
  end = "never";
  differs = false;
  private running: Promise<void> | null = null;
  private wanted = false;
  private looking = false;

  constructor(phone: Phone, name: string) {
    this.name = name;
    this.phone = phone;
    this.feed = phone.disk.feedPort(this);
    this.outbox = phone.disk.outboxPort(this);
    this.around = phone.around(this);
    this.net = phone.network.net(this);
  }

  get cache(): Map<string, Raw> {
    return this.phone.cache;
  }

  get busy(): boolean {
    return this.running !== null;
  }

  /** Sends what waits and reads what is new; where that goes on already, once more after it. */
  go(looking: boolean): void {
    this.looking ||= looking;
    if (this.running) {
      this.wanted = true;
      return;
    }
    this.running = this.round()
      .catch((error: Error) => {
        this.end = error.message;
      })
      .finally(() => {
        this.running = null;
        if (!this.wanted || this.gone) return;
        this.wanted = false;
        this.go(false);
      });
  }

  private async round(): Promise<void> {
    const { looking } = this;
    const { end, disk } = this.phone;
    this.looking = false;
    this.told.clear();
    this.end = "cut";
    if (disk.ops.length > 0) this.next_at = (await end.send(this.outbox, this.net, this.around, looking)).next_at;
    const unread = disk.ops.filter((op) => op.unread).map((op) => op.id);
    const pulled = await end.pull("public", this.feed, this.net, this.around, {
      epoch: async (epoch) => {
        await end.epochSeen(epoch, this.outbox, this.phone.now());
        this.told.add(epoch);
      },
    });
    if (pulled.end === "done" && unread.length > 0) await end.caughtUp?.(unread, this.outbox);
    if (pulled.reread) this.phone.reread(this);
    this.end = pulled.end;
    this.differs = pulled.differs;
  }
}

// What can go wrong in a run, by name; each is counted, so that a table can say that it really happened.

export const KINDS = {
  first: "a phone of the first release, from first to last",
  lost: "request lost",
  reply: "reply lost after the server had done it",
  repeated: "request repeated on the way",
  late: "old request that arrives later, after newer ones",
  cut: "reply cut in the middle",
  portal: "a portal's or a proxy's page in place of ours",
  refused: "nobody there to take the request",
  timeout: "no answer within 30 s",
  clock: "phone's clock jumped",
  asleep: "tab put to sleep in the middle of its work",
  stolen: "lock taken after 60 s, two tabs at once in the same work",
  closed: "tab closed in the middle",
  died: "phone killed between two transactions",
  failed: "storage transaction failed",
  killed: "server killed (-9)",
  within: "server killed (-9) during a request",
  restored: "backup restored",
  copied: "plain copy of the database put back",
  whole: "plain copy put back with heads and all: the same epoch",
  busy: "op put off: database held",
  limited: "op put off: too many for an hour",
  unknown: "op put off: server does not know it or lacks its picture",
  no: "op refused",
  thrown: "op thrown away by the person",
} as const;

export type Kind = keyof typeof KINDS;

export class Counts {
  seeds = 0;
  phones = 0;
  requests = 0;
  ops = 0;
  edits = 0;
  readonly of = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0])) as Record<Kind, number>;

  add(more: Counts): void {
    this.seeds += more.seeds;
    this.phones += more.phones;
    this.requests += more.requests;
    this.ops += more.ops;
    this.edits += more.edits;
    for (const kind of Object.keys(KINDS) as Kind[]) this.of[kind] += more.of[kind];
  }
}

/** What must never be. */
export const WRONGS = {
  diverged: "phones that do not show what is live",
  lost: "ops lost",
  twice: "ops applied twice",
  order: "ops of one subject out of order",
  flicker: "reports that vanished from the screen in between",
  untrue: "ops said to be sent that no server has",
  reread: "copies that did not add up, though nothing was put back under their epoch",
  swap: "copies of a new epoch shown before the outbox was told",
  stuck: "phones that never came to rest",
} as const;

export type Wrong = keyof typeof WRONGS;

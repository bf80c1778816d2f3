// Nothing goes wrong any more: all that is under way arrives, every phone sends and reads until it is quiet, and then all must be right.
import { isOpen } from "#phone/batch.ts";
import { hex } from "#phone/digest.ts";
import { opOf } from "#phone/op.ts";
import type { KeptOp } from "#phone/port.ts";
import { onScreen } from "./disk.ts";
import { type Phone, textOf } from "./phone.ts";
import { type Run, settled } from "./run.ts";
import { type Look, MANY_AN_HOUR } from "./yard.ts";

/** So often each phone is opened, with hours between: what is put off longest waits six. */
const ROUNDS = 40;
const HOURS = 3_600_000;

export async function rest(run: Run): Promise<void> {
  run.say("--- at rest");
  run.weather = { net: 0, disk: 0, steps: 0 };
  await run.put.letGo();
  if (!run.yard.up || run.an_hour < MANY_AN_HOUR) {
    run.an_hour = MANY_AN_HOUR;
    await run.yard.kill();
    await run.put.start();
  }
  for (const phone of run.phones) for (const tab of phone.tabs) tab.asleep = false;
  await settled();
  await arrive(run);
  for (const old of run.network.ghosts.splice(0)) await run.network.again(old);
  for (const phone of run.phones) await throwHopeless(run, phone);
  for (let round = 0; ; round++) {
    for (const phone of run.phones) {
      const tab = phone.tabs[0] ?? phone.openTab();
      tab.go(round % 2 === 0);
      await arrive(run);
    }
    const look = await run.yard.look();
    const late = run.phones.filter((phone) => !quiet(phone, look));
    if (late.length === 0) return check(run, look);
    if (round === ROUNDS) {
      for (const phone of late) run.wrong("stuck", `${phone.name}: ${JSON.stringify(told(phone))}`);
      return check(run, look);
    }
    await run.pass(round % 4 === 3 ? 7 * HOURS : 0.4 * HOURS);
    await arrive(run);
  }
}

/** Everything that is asked for is answered, until nobody asks. */
async function arrive(run: Run): Promise<void> {
  for (let requests = 0; requests < 2000; requests++) {
    await settled();
    const [message] = run.network.messages;
    if (!message) return;
    if (message.raw === null && !(await run.network.deliver(message))) message.fail("nobody there");
    else if (message.raw) message.hear(message.raw);
    run.say(`#${message.nr} ${message.from.name} ${message.method} ${message.path.slice(8)} ${message.raw?.status}`);
  }
  run.wrong("stuck", "2000 requests, and still more");
}

async function throwHopeless(run: Run, phone: Phone): Promise<void> {
  const tab = phone.tabs[0] ?? phone.openTab();
  for (const { id } of phone.disk.ops)
    if (run.habits.hopeless.has(id) || phone.disk.ops.some((op) => op.id === id && odd(op)))
      await phone.discard(tab, id);
}

/** What no server of today takes. */
function odd(op: KeptOp): boolean {
  const { photos, newer } = opOf(op).args as { photos?: unknown[]; newer?: boolean };
  return isOpen(op) && (newer === true || (photos?.length ?? 0) > 0);
}

function told(phone: Phone): Record<string, unknown> {
  const copy = onScreen(phone.disk.feed.kept);
  const open = phone.disk.ops.filter(isOpen).map((op) => ({ id: op.id, not_before: op.not_before, reply: op.reply }));
  return { end: phone.tabs[0]?.end, cursor: copy?.cursor, differs: phone.tabs[0]?.differs, now: phone.now(), open };
}

function quiet(phone: Phone, look: Look): boolean {
  const { kept } = phone.disk.feed;
  const applied = phone.disk.ops.filter((op) => op.state === "applied");
  return (
    phone.tabs.every((tab) => !tab.busy) &&
    !phone.disk.ops.some(isOpen) &&
    applied.every((op) => op.epoch === look.epoch) &&
    kept.fresh === null &&
    !kept.differs &&
    kept.shown?.cursor === `${look.epoch}.${look.head}`
  );
}

function check(run: Run, look: Look): void {
  const order = new Map(look.faults.map(([text], at) => [text, at]));
  if (order.size !== look.faults.length) {
    const twice = look.faults.filter(([text], at) => order.get(text) !== at).map(([text]) => text);
    run.wrong("twice", `taken more than once: ${twice.join(", ")}`);
  }
  for (const phone of run.phones) {
    same(run, phone, look);
    done(run, phone, order);
  }
}

function same(run: Run, phone: Phone, { live, digest }: Look): void {
  const rows = phone.rows();
  for (const [kind, id, v, body] of live) {
    const row = rows.get(`${kind} ${id}`);
    if (row?.v !== v) run.wrong("diverged", `${phone.name} has ${kind} ${id} as ${row?.v ?? "nothing"}, live is ${v}`);
    else if (JSON.stringify(row.body) !== JSON.stringify(body))
      run.wrong("diverged", `${phone.name} has ${kind} ${id} of the right v with another body`);
  }
  const ids = new Set(live.map(([kind, id]) => `${kind} ${id}`));
  for (const key of rows.keys())
    if (!ids.has(key)) run.wrong("diverged", `${phone.name} still has ${key}, which has left`);
  const theirs = hex(onScreen(phone.disk.feed.kept)?.digest ?? 0);
  if (theirs !== digest) run.wrong("diverged", `${phone.name} counts ${theirs}, the server ${digest}`);
}

function done(run: Run, phone: Phone, order: ReadonlyMap<string, number>): void {
  const last = new Map<string, { at: number; text: string }>();
  for (const op of phone.disk.ops) {
    if (op.state !== "applied" || run.put.forfeit.has(op.id)) continue;
    const text = textOf(op);
    const at = order.get(text);
    if (at === undefined) {
      run.wrong("lost", `${phone.name} holds "${text}" as sent, and the server has no such report`);
      continue;
    }
    const subject = `${op.subject.kind} ${op.subject.id}`;
    const before = last.get(subject);
    // A phone of the first release does not ask whether the server is another one before it sends on.
    if (before && before.at > at && phone.end.caughtUp)
      run.wrong("order", `${phone.name}: "${text}" was taken before "${before.text}" (${subject})`);
    if (!before || before.at < at) last.set(subject, { at, text });
  }
}

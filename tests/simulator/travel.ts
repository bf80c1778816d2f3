// What becomes of one request on its way to the server, or of a reply on its way back.
import type { Kind } from "./kinds.ts";
import { cut, type Message, portals } from "./net.ts";
import type { Run } from "./run.ts";

export async function travel(run: Run, message: Message): Promise<void> {
  const { dice, weather } = run;
  const badly = dice.chance(weather.net);
  const back = message.raw !== null;
  const name = `#${message.nr} ${message.from.name} ${message.method} ${message.path.slice(8)}`;
  run.say(`${name}${back ? " back" : ""}${message.body ? ` ${message.body.trim()}` : ""}`);
  if (back) return badly ? spoiled(run, message) : arrived(message);
  if (!badly) return there(run, message);
  const count = (kind: Kind): void => {
    run.counts.of[kind]++;
    run.say(`  ${kind}`);
  };
  const what = dice.pick(["lost", "lost", "slow", "given up", "repeated", "repeated", "portal", "struck"]);
  if (what === "lost") {
    count("lost");
    message.fail("lost");
  } else if (what === "given up") {
    // The phone thinks it lost; it is only slow, and will come after newer ones.
    run.network.ghosts.push(message);
    message.fail("given up");
  } else if (what === "repeated") {
    count("repeated");
    await run.network.again(message);
    await there(run, message);
  } else if (what === "portal") {
    count("portal");
    message.hear(dice.pick(portals()));
  } else if (what === "struck" && run.put.mayKill) await struck(run, message);
}

async function there(run: Run, message: Message): Promise<void> {
  if (run.yard.up && (await run.network.deliver(message))) {
    run.say(`  ${message.raw?.status} ${message.method === "POST" ? message.raw?.text : ""}`);
    return;
  }
  run.counts.of.refused++;
  run.say("  nobody there");
  message.fail("nobody there");
}

function arrived(message: Message): void {
  if (message.raw) message.hear(message.raw);
}

function spoiled(run: Run, message: Message): void {
  const what: Kind = run.dice.pick(["reply", "cut", "cut"]);
  run.counts.of[what]++;
  run.say(`  ${what}`);
  if (what === "cut" && message.raw) message.hear(cut(message.raw, run.dice.random()));
  else message.fail("reply lost");
}

/** `kill -9` of the server while it works on this. */
async function struck(run: Run, message: Message): Promise<void> {
  if (!run.yard.up) return there(run, message);
  const reply = run.network.deliver(message);
  await new Promise((done) => setTimeout(done, run.dice.below(4)));
  run.yard.strike();
  const came = await reply;
  await run.put.killed("within");
  if (!came) message.fail("server killed");
}

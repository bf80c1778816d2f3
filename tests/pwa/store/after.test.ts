// How it was: said once, by nobody in particular, and beside nothing that says which phone it is.
import { afterEach, beforeEach, expect, test } from "vitest";
import { DeviceTown } from "./device-town.ts";
import { Phone } from "./phone.ts";

let town: DeviceTown;
let phone: Phone;
const TIME = "e1.20260312";

beforeEach(() => {
  town = new DeviceTown();
  town.put("event", "e1", { id: "e1", slug: "kaffe", name: { da: "Kaffe" }, times: [] });
  phone = new Phone(town);
});
afterEach(() => phone.end());

async function started() {
  const signals = await phone.settled();
  const after = await import("../../../pwa/src/store/after.ts");
  const device = await import("../../../pwa/src/store/device.ts");
  device.startDevice();
  return { signals, after, device };
}

test("it goes without a secret, tells the day alone, and is asked no more, after a restart too", async () => {
  let { signals, after } = await started();
  await after.tellAfter("e1", TIME, "2026-03-12", "not_there");
  await signals.pullNow();
  const [line] = town.sent.map((one) => JSON.parse(one));
  expect(line).toMatchObject({ verb: "tell_after", args: { day: "2026-03-12", how: "not_there" } });
  expect([line.at.slice(10), line.id[14], town.cookies]).toEqual(["T00:00:00Z", "4", []]);
  ({ after } = await started());
  expect(after.afterTold(TIME)).toBe(true);
});

test("just after this phone has said who it is, it waits", async () => {
  const { signals, after, device } = await started();
  await device.follow({ kind: "event", id: "e1" }, ["hour"]);
  await signals.pullNow();
  expect(town.said.length).toBe(1);
  await after.tellAfter("e1", TIME, "2026-03-12", "good");
  await signals.pullNow();
  expect(town.sent).toEqual([]);
});

test("who does not want to be asked is not, and nothing is sent", async () => {
  const { signals, after } = await started();
  after.dropAfter(TIME);
  await signals.pullNow();
  expect([after.afterTold(TIME), town.sent]).toEqual([true, []]);
});

test("a hundred times are remembered, the oldest go", async () => {
  const { after } = await started();
  for (let n = 0; n < 101; n++) after.dropAfter(`e1.${n}`);
  expect([after.afterTold("e1.0"), after.afterTold("e1.1"), after.afterTold("e1.100")]).toEqual([false, true, true]);
});

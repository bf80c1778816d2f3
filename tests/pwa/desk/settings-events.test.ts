/** Days off, quiet hours and who shows events, as they are sent; and what the rules of transport make of three times. */
import { expect, test } from "vitest";
import type { Site } from "../../../pwa/src/api/types.gen.ts";
import { type EventsDraft, eventsDraft, examples, readEvents } from "../../../pwa/src/desk/settings/check-events.ts";

const WINTER = { from: "2027-02-13", to: "2027-02-21", name: { da: "Vinterferie", en: "Winter holidays" } };
const site = {
  ...{ events_at_once: false, school_holidays: [WINTER], holidays: ["2027-01-01"], quiet: null, transport: null },
} as unknown as Site;
const typed = (more: Partial<EventsDraft>) => readEvents({ ...eventsDraft(site), ...more }, site);

test("what nobody has touched is sent as it stands, the usual quiet hours as nobody's choice", () => {
  expect(typed({})).toMatchObject({
    sent: { events_at_once: false, school_holidays: [WINTER], holidays: ["2027-01-01"], quiet: null },
  });
  expect(typed({ quiet: { from: "22", to: "7.30" } }).sent.quiet).toEqual({ from: "22:00", to: "07:30" });
});

test("holidays are told in order, each day once, and a name in another language stays with its Danish one", () => {
  const autumn = { from: "2026-10-10", to: "2026-10-18", name: "" };
  const school = [{ from: WINTER.from, to: WINTER.to, name: "Vinterferie" }, autumn];
  expect(typed({ school }).sent.school_holidays).toEqual([{ ...autumn, name: null }, WINTER]);
  expect(typed({ holidays: ["2027-12-25", "2027-01-01", "2027-12-25"] }).sent.holidays).toEqual([
    "2027-01-01",
    "2027-12-25",
  ]);
});

test.each<[Partial<EventsDraft>, string[]]>([
  [{ school: [{ from: "", to: "", name: "" }] }, ["school/0/from", "school/0/to"]],
  [{ school: [{ from: "2027-02-21", to: "2027-02-13", name: "" }] }, ["school/0/to"]],
  [{ holidays: [""] }, ["holidays/0"]],
  [{ quiet: { from: "nat", to: "8" } }, ["quiet/from"]],
])("what can not be sent is told by its field (%j)", (more, paths) => {
  expect([...typed(more).wrongs.keys()]).toEqual(paths);
});

test("what follows from the rules: two hours ahead, and a phone that closes at 17", () => {
  const weekly = [{ days: ["mo", "tu", "we", "th", "fr"], opens: "07:00", closes: "17:00" }];
  const hours = { weekly, holidays: "closed", except: [], note: null, source: "x", seen_on: "2026-11-01" };
  const transport = { phone: "54 73 10 00", hours_ahead: 2, deadline_local: null, hours, price: null };
  const rules = { ...site, transport } as unknown as Site;
  const said = examples(rules, "2026-11-27").map(({ start, remind, orderBy }) => [start, remind, orderBy]);
  const plain = JSON.parse(JSON.stringify(said).replaceAll("\u00a0", " "));
  expect(plain).toEqual([
    ["torsdag kl. 9", "onsdag kl. 16.30", "onsdag kl. 17"],
    ["torsdag kl. 14", "torsdag kl. 11.30", "torsdag kl. 12"],
    ["torsdag kl. 19", "torsdag kl. 16.30", "torsdag kl. 17"],
  ]);
  expect(examples(site, "2026-11-27").map(({ remind }) => remind)).toEqual([null, null, null]);
});

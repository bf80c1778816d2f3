/** What is typed under Opsætning, as it is sent, and what is said of what can not be. */
import { expect, test } from "vitest";
import type { Facility, Site } from "../../../pwa/src/api/types.gen.ts";
import {
  bytes,
  goalDraft,
  type HelpDraft,
  helpDraft,
  readersDraft,
  readGoal,
  readHelp,
  readTransport,
  transportDraft,
  typesOf,
  withCode,
  withLanguage,
} from "../../../pwa/src/desk/settings/check.ts";
import { type Health, troubles } from "../../../pwa/src/desk/settings/machine.ts";

const card = (more: Partial<HelpDraft> = {}): HelpDraft => ({
  ...{ what: "municipality", name: { da: "Ring til kommunen" }, phone: "54 73 10 00", hours: null },
  ...more,
});
const wrong = (read: { wrongs: ReadonlyMap<string, string> }) => [...read.wrongs.keys()];

test("a card is sent as it stands, without spaces round its words", () => {
  const { sent, wrongs } = readHelp([card({ name: { da: " Ring til kommunen " }, phone: " 54 73 10 00 " })]);
  expect(wrongs.size).toBe(0);
  expect(sent).toEqual([
    { what: "municipality", name: { da: "Ring til kommunen" }, phone: "54 73 10 00", hours: null },
  ]);
});

test("one number is the municipality's own", () => {
  const read = readHelp([card({ what: "crisis" })]);
  expect(read.wrongs.get("help")).toContain("kommunens eget");
  expect(wrong(readHelp([]))).toEqual(["help"]);
});

test("a card without a name or a number says which", () => {
  expect(wrong(readHelp([card(), card({ name: null, phone: "" })]))).toEqual(["help/1/name/da", "help/1/phone"]);
  expect(wrong(readHelp([card({ phone: "ring bare" })]))).toEqual(["help/0/phone"]);
  expect(wrong(readHelp([card({ phone: "1".repeat(41) })]))).toEqual(["help/0/phone"]);
});

test("hours of a card are read as typed and told by their field", () => {
  const hours = {
    ...{ weekly: [{ days: ["mo"], opens: "9", closes: "15.30" }], holidays: null, except: [], note: null },
    ...{ source: "kommunen", seen_on: "2026-03-01" },
  };
  const read = readHelp([card({ hours })]);
  expect(read.sent[0]?.hours?.weekly).toEqual([{ days: ["mo"], opens: "09:00", closes: "15:30" }]);
  const no = readHelp([card({ hours: { ...hours, weekly: [{ days: [], opens: "x", closes: "15" }] } })]);
  expect(wrong(no)).toEqual(["help/0/hours/weekly/0/days", "help/0/hours/weekly/0/opens"]);
});

test("cards that were read are sent back as they were", () => {
  const help: Site["help"] = [
    { what: "municipality", name: { da: "Ring", en: "Call" }, phone: "54 73 10 00", hours: null },
    { what: "emergency", name: { da: "Fare" }, phone: "112", hours: null },
  ];
  expect(readHelp(helpDraft(help)).sent).toEqual(help);
});

test("a ride is ordered so many hours before, or before an hour of the day before, or without a limit", () => {
  const told = { phone: "70 10 20 30", hours_ahead: 2, deadline_local: null, hours: null, price: null };
  expect(readTransport(transportDraft(told)).sent).toEqual(told);
  const draft = { ...transportDraft(told), rule: "deadline" as const, deadline_local: "14.30" };
  expect(readTransport(draft).sent).toEqual({ ...told, hours_ahead: null, deadline_local: "14:30" });
  expect(readTransport({ ...draft, rule: "none" }).sent).toMatchObject({ hours_ahead: null, deadline_local: null });
});

test("no transport is null, whatever was typed before it was taken away", () => {
  expect(readTransport({ ...transportDraft(null), on: false, phone: "" })).toMatchObject({ sent: null });
  expect(wrong(readTransport({ ...transportDraft(null), on: true }))).toEqual(["transport/phone"]);
});

test.each(["", "2,5", "-1", "337", "to"])("%j is no number of hours", (hours_ahead) => {
  const draft = { ...transportDraft(null), on: true, phone: "1", rule: "hours" as const, hours_ahead };
  expect(wrong(readTransport(draft))).toEqual(["transport/hours_ahead"]);
});

const site = (more: Partial<Site> = {}): Site =>
  ({ launch: null, seen_months: null, shown_codes: null, languages: ["da"], ...more }) as Site;

test("the goal is three places and a year until somebody says otherwise", () => {
  expect(goalDraft(site())).toEqual({ needed: "3", by: "", seen_months: "12" });
  expect(readGoal(goalDraft(site())).sent).toEqual({ needed: 3, by: null, seen_months: 12 });
  expect(wrong(readGoal({ needed: "mange", by: "", seen_months: "0" }))).toEqual(["goal/needed", "goal/seen_months"]);
});

const thing = (code: number | null, type_text: string): Pick<Facility, "code" | "type_text"> => ({ code, type_text });

test("types are those that things have, by what most of them are called, the most frequent first", () => {
  const things = [thing(1, "Bænk"), thing(1, "Bænk"), thing(1, "Træbænk"), thing(2, "Toilet"), thing(null, "Andet")];
  expect(typesOf(things)).toEqual({
    types: [
      { code: 1, words: "Bænk", count: 3 },
      { code: 2, words: "Toilet", count: 1 },
    ],
    bare: 1,
  });
});

test("a type that no thing has at the moment stays chosen", () => {
  expect(withCode(readersDraft(site({ shown_codes: [9, 1] })).codes ?? [], 2, true)).toEqual([1, 2, 9]);
  expect(withCode([1, 2, 9], 2, false)).toEqual([1, 9]);
});

test("Danish is always among the languages, and they stand in one order", () => {
  expect(withLanguage(["da"], "de", true)).toEqual(["da", "de"]);
  expect(withLanguage(["da", "de"], "en", true)).toEqual(["da", "en", "de"]);
  expect(withLanguage(["da", "en"], "da", false)).toEqual(["da", "en"]);
});

test("bytes are said as people say them", () => {
  expect([bytes(7_000_000), bytes(1_450_000_000), bytes(250_300_000), bytes(900)]).toEqual([
    "7\u00a0MB",
    "1,5\u00a0GB",
    "250\u00a0MB",
    "0,9\u00a0kB",
  ]);
});

const NOW = Date.parse("2026-03-10T12:00:00Z");
const well = { phones: 12, due: 0, oldest: null, contact: true, alarms: [], closed: [] };
const health = (more: Partial<Health> = {}): Health => ({
  ...{ schema: "0010_imports", database_bytes: 7e6, free_bytes: 50e9, backup_elsewhere: true, imported_at: null },
  ...{ sources: [], backup: { name: "x", bytes: 1, made_at: "2026-03-09T03:00:00Z", why: "asked" } },
  ...{ pushes: well, stuck: [] },
  ...more,
});

test("a machine that is well says nothing; what somebody must look at is said", () => {
  expect(troubles(health(), NOW)).toEqual([]);
  expect(troubles(health({ backup: null }), NOW)[0]).toContain("ingen sikkerhedskopi");
  const old = { name: "x", bytes: 1, made_at: "2026-03-01T03:00:00Z", why: "asked" };
  expect(troubles(health({ backup: old }), NOW)[0]).toContain("over en uge");
  expect(troubles(health({ backup_elsewhere: false }), NOW)[0]).toContain("samme disk");
  expect(troubles(health({ free_bytes: 1e8 }), NOW)[0]).toContain("plads");
});

test("what the server does by the clock and can not is said, each once", () => {
  expect(troubles(health({ stuck: ["arrange", "calendars", "remind"] }), NOW)).toEqual([
    "Serveren kommer ikke videre med påmindelser og kalendere. Den, der passer serveren, skal se i dens log.",
  ]);
});

test("messages that do not reach phones are said, by whom they are not let through, and how many phones that is", () => {
  const said = (more: Partial<Health["pushes"]>) => troubles(health({ pushes: { ...well, ...more } }), NOW);
  const since = "2026-03-09T03:00:00Z";
  const alarm = { service: "web.push.apple.com", status: 403, reason: "BadJwtToken", phones: 1204, since };
  expect(said({ alarms: [alarm] })).toEqual([
    "web.push.apple.com tager ikke imod beskeder til 1.204 telefoner (svar 403). Den, der passer serveren, skal se på det.",
  ]);
  expect(said({ alarms: [{ ...alarm, phones: 1, status: 0 }] })[0]).toContain("til 1 telefon. ");
  expect(said({ contact: false })[0]).toContain("kontaktadresse");
  expect(said({ contact: false, phones: 0 })).toEqual([]);
  expect(said({ due: 3, oldest: new Date(NOW - 3_500_000).toISOString() })).toEqual([]);
  expect(said({ due: 3, oldest: new Date(NOW - 3_700_000).toISOString() })[0]).toContain("over en time");
  expect(
    said({ due: 3, oldest: new Date(NOW - 3_700_000).toISOString(), closed: ["fcm.googleapis.com"] })[0],
  ).toContain("forbindelse til fcm.googleapis.com");
});

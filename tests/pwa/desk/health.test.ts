/** What of the machine's the overview tells. */
import { expect, test } from "vitest";
import { type Job, troublesOf } from "../../../pwa/src/desk/overview-health.ts";

const NOW = Date.parse("2026-03-05T10:00:00Z");
const well = {
  ...{ schema: "0009_launch", database_bytes: 1e6, free_bytes: 9e9, backup_elsewhere: true },
  backup: { name: "a", bytes: 1, made_at: "2026-03-04T02:00:00Z", why: "asked" },
  ...{ imported_at: "2026-01-01T08:00:00Z", sources: [{ source: "GeoFA 5800", things: 573 }] },
  ...{ pushes: { phones: 0, due: 0, oldest: null, contact: true, alarms: [], closed: [] }, stuck: [] },
};
const job = (state: Job["state"], more: Partial<Job> = {}): Job => ({
  ...{ id: "j", asked: { name: "bænke.xlsx" }, at: "2026-03-04T10:00:00Z", state, refused: null, imported: false },
  ...more,
});
const titles = (...given: Parameters<typeof troublesOf>) => troublesOf(...given).map(({ title }) => title);

test("nothing is told where all is well, and where nothing could be asked", () => {
  expect(troublesOf(well, [], true, NOW)).toEqual([]);
  expect(troublesOf(null, [], true, NOW)).toEqual([]);
});

test("a file that could not be read says why, for a week", () => {
  const failed = job("failed", { refused: "Filen er ikke et regneark." });
  expect(troublesOf(well, [failed], false, NOW)).toEqual([
    {
      ...{ key: "import j", title: "bænke.xlsx kunne ikke læses", note: "Filen er ikke et regneark." },
      ...{ button: "Se den", href: "/desk/ind/j" },
    },
  ]);
  expect(titles(well, [{ ...failed, at: "2026-02-20T10:00:00Z" }], false, NOW)).toEqual([]);
});

test("a file that was read waits for somebody, one that is read does not", () => {
  expect(titles(well, [job("ready"), job("reading"), job("waiting")], false, NOW)).toEqual([
    "bænke.xlsx er klar til at hentes ind",
  ]);
});

test("administrators alone hear of the machine, everybody of old data", () => {
  const ill = { ...well, backup: null, imported_at: "2024-12-01T08:00:00Z" };
  expect(titles(ill, [], false, NOW)).toEqual(["Kommunens data er over et år gamle"]);
  expect(titles(ill, [], true, NOW)).toEqual(["Der er ingen sikkerhedskopi", "Kommunens data er over et år gamle"]);
});

test("where nothing was ever brought in nothing is old", () => {
  expect(titles({ ...well, imported_at: null, sources: [] }, [], true, NOW)).toEqual([]);
});

test("a calendar that can not be read says since when and why, and one that can says nothing", () => {
  const read = {
    ...{ id: "k", name: "Krolfklubben", url: "https://krolf.example/k.ics", organiser_id: null, place_id: null },
    ...{ checked_at: "2026-03-04T10:00:00Z", failed_since: null, failed: null, due_at: null, told: null },
  };
  const failed = { ...read, failed_since: "2026-03-05T08:00:00Z", failed: "Serveren svarede 404" };
  expect(troublesOf(null, [], false, NOW, [read])).toEqual([]);
  expect(troublesOf(null, [], false, NOW, [failed])).toEqual([
    {
      ...{ key: "calendar k", title: "Kalenderen Krolfklubben kan ikke hentes" },
      note: expect.stringMatching(/^Kunne ikke hentes siden i dag kl\.\u00a0\d{1,2}\.00: Serveren svarede 404\.$/),
      ...{ button: "Se den", href: "/desk/kalendere/k" },
    },
  ]);
});

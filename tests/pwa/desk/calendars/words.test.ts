/** What the desk says of calendars. */
import { expect, test } from "vitest";
import type { CalendarNow, CalendarTold } from "../../../../pwa/src/api/types.gen.ts";
import {
  asksWords,
  came,
  fieldsOf,
  plainUrl,
  stateOf,
  whenOf,
  wrongUrl,
} from "../../../../pwa/src/desk/calendars/words.ts";

const told: CalendarTold = {
  ...{ at: "", name: null, events: 0, new: 0, changed: 0, unchanged: 0, past: 0, older: 0, lacking: 0, waiting: 0 },
  ...{ left: [], notes: [], kept: [], gone: [], whole: true },
};
const one: CalendarNow = {
  ...{ id: "k", name: "Krolf", url: "https://x.dk/k.ics", organiser_id: null, place_id: null, due_at: null },
  ...{ checked_at: "2026-04-01T07:00:00Z", failed_since: null, failed: null, told },
};
const NOW = "2026-04-01";

test("what came of it", () => {
  expect(came({ ...told, new: 3, changed: 1, unchanged: 2 })).toBe("Tre nye, én ændret og to som før.");
  expect(came(told)).toBe("Ingen kommende begivenheder.");
});
test("how it stands: read, on its way, not yet, and since when it could not be had", () => {
  expect(stateOf(one, NOW).words).toMatch(/^Læst i dag kl\.\u00a0\d+\.00\.$/);
  expect(stateOf({ ...one, told: { ...told, waiting: 12 } }, NOW).words).toBe("Tolv er på vej ind.");
  expect(stateOf({ ...one, checked_at: null }, NOW).words).toBe("Læses om lidt.");
  const failed = { ...one, failed: "dens server svarede 500", failed_since: "2026-03-30T07:00:00Z" };
  expect(stateOf(failed, NOW)).toMatchObject({ tone: "bad" });
  expect(stateOf(failed, NOW).words).toMatch(
    /^Kunne ikke hentes siden 30\.\u00a0marts kl\..*: dens server svarede 500\.$/,
  );
});
test("what asks for a person is counted, and what was cancelled by itself is not", () => {
  const name = { da: "Krolf" };
  const gone = [
    { event_id: "a", name, cancelled: true },
    { event_id: "b", name, cancelled: false },
  ];
  expect(asksWords({ ...one, told: { ...told, gone, lacking: 1 } })).toBe("to ting at se til");
  expect(asksWords(one)).toBeNull();
});
test("fields in words", () => {
  expect(fieldsOf(["name", "schedule", "changes/2026-04-08"])).toBe("navnet, tiden og en enkelt gang");
  expect(fieldsOf(["changes/2026-04-08", "changes/2026-04-15"])).toBe("to enkelte gange");
});
test("when an event is", () => {
  const event = { line: 3, name: { da: "Krolf" }, where: null, cancelled: false };
  expect(whenOf({ ...event, date: "2026-04-08", starts: "14:00", rule: { da: "Hver onsdag kl. 14" } }, NOW)).toContain(
    "kl.\u00a014. Hver onsdag kl. 14",
  );
  expect(whenOf({ ...event, date: "2026-06-05", starts: null, rule: null }, NOW)).toContain(", hele dagen");
});
test.each(["", "forening.dk/k.ics", "http://forening.dk/k.ics", "https://forening dk/k.ics", "https://localhost"])(
  "%s is no address of a calendar",
  (url) => expect(wrongUrl(url)).toMatch(/\.$/),
);
test.each(["https://forening.dk/k.ics", "webcal://forening.dk/k.ics", " https://forening.dk/k.ics "])(
  "%s is one",
  (url) => expect(wrongUrl(url)).toBeNull(),
);

test.each([
  ["webcal://forening.dk/k.ics", "https://forening.dk/k.ics"],
  ["https://rødby-krolf.dk/k.ics?x=å", "https://xn--rdby-krolf-1cb.dk/k.ics?x=%C3%A5"],
  ["ikke en adresse", "ikke en adresse"],
])("%s is sent as %s", (url, sent) =>
  expect(plainUrl(url).replace(/xn--rdby-krolf-[a-z0-9]+/, "xn--rdby-krolf-1cb")).toBe(sent),
);

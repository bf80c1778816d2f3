import { beforeEach, expect, test } from "vitest";
import { type Desk, Office, type Sent } from "./office.ts";

let office: Office;

beforeEach(() => {
  office = new Office();
  office.place("p1", { purpose: { da: "Et sted at hvile." } });
});

const MINE = { da: "Et sted at hvile, drikke kaffe." };
const THEIRS = { da: "Et sted at hvile og se på fugle." };
const BEFORE = { da: "Et sted at hvile." };
const place = (desk: Desk, id = "p1") => desk.places.value.get(id) as unknown as Record<string, unknown>;
const draftOf = (desk: Desk, id = "p1") => desk.draft.drafts.value.get(`place/${id}`);
const clash = { field: "purpose", mine: MINE, theirs: THEIRS, by: "jens", on: "2026-03-04" };

/** The server finds that Jens has written the same. */
const met = (op: Sent) => {
  office.other("p1", { purpose: THEIRS });
  return office.goesIn(op, ["purpose"], [clash]);
};

test("what is typed is back in a window that was killed", async () => {
  const desk = await office.opens();
  desk.draft.change("place", "p1", "purpose", MINE);
  desk.draft.change("place", "p1", "where", { da: "Ved havnen" });
  await new Promise((done) => setTimeout(done)); // the write of the last key has been asked for, no more
  const again = await office.opens();
  expect(draftOf(again)?.set).toEqual({ purpose: MINE, where: { da: "Ved havnen" } });
  expect(draftOf(again)?.base).toBe(office.v("p1"));
  expect(place(again).purpose).toEqual(BEFORE);
});

test("a save without network shows at once, and goes out once there is one, in a later window too", async () => {
  const desk = await office.opens();
  desk.draft.change("place", "p1", "purpose", MINE);
  office.network = "cut";
  expect(await desk.draft.save("place", "p1")).toEqual({ is: "waiting" });
  expect(place(desk).purpose).toEqual(MINE);
  expect(draftOf(desk)).toBeUndefined();
  const offline = await office.opens();
  expect(place(offline).purpose).toEqual(MINE);
  office.network = "there";
  await offline.pullNow();
  expect(office.sent.map(({ verb, args }) => [verb, args.set])).toEqual([["save_place", { purpose: MINE }]]);
  expect(offline.unsent.value).toEqual([]);
  expect(place(offline).purpose).toEqual(MINE);
});

test("a new place is seen here before the server has it", async () => {
  const desk = await office.opens();
  office.network = "cut";
  const id = desk.newId();
  desk.draft.change("place", id, "name", { da: "Havnebænken" }, true);
  desk.draft.change("place", id, "form", "spot", true);
  await desk.draft.save("place", id);
  expect(place(desk, id)).toMatchObject({ id, name: { da: "Havnebænken" }, state: "idea", photos: [] });
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("where another wrote the same, both versions stand side by side with what was there before, and nothing is lost", async () => {
  const desk = await office.opens();
  office.answer = met;
  desk.draft.change("place", "p1", "purpose", MINE);
  desk.draft.change("place", "p1", "where", { da: "Ved havnen" });
  expect(await desk.draft.save("place", "p1")).toMatchObject({ is: "refused", code: "conflict" });
  expect(draftOf(desk)).toMatchObject({ clashes: [{ ...clash, before: BEFORE }], set: {}, base: office.v("p1") });
  expect(place(desk)).toMatchObject({ where: { da: "Ved havnen" }, purpose: THEIRS });
  const later = await office.opens();
  expect(draftOf(later)?.clashes).toHaveLength(1);
});

test("where nothing went in at all, the edit leaves the outbox and stands as a draft", async () => {
  const desk = await office.opens();
  office.answer = () => {
    office.other("p1", { purpose: THEIRS });
    return { status: "refused", code: "conflict", detail: "…", conflicts: [clash] };
  };
  desk.draft.change("place", "p1", "purpose", MINE);
  await desk.draft.save("place", "p1");
  expect(draftOf(desk)?.clashes).toEqual([{ ...clash, before: BEFORE }]);
  expect(desk.unsent.value).toEqual([]);
});

test("a save waits until each clash is chosen, and mine is then said on top of theirs", async () => {
  const desk = await office.opens();
  office.answer = met;
  desk.draft.change("place", "p1", "purpose", MINE);
  await desk.draft.save("place", "p1");
  await desk.draft.save("place", "p1");
  expect(office.sent).toHaveLength(1);
  office.answer = (op) => office.goesIn(op);
  const seen = office.v("p1");
  desk.draft.resolve("place", "p1", "purpose", MINE);
  expect(await desk.draft.save("place", "p1")).toMatchObject({ is: "applied" });
  expect(office.sent[1]).toMatchObject({ base: seen, args: { set: { purpose: MINE } } });
});

test("choosing theirs sends nothing", async () => {
  const desk = await office.opens();
  office.answer = met;
  desk.draft.change("place", "p1", "purpose", MINE);
  await desk.draft.save("place", "p1");
  desk.draft.resolve("place", "p1", "purpose", THEIRS);
  expect(await desk.draft.save("place", "p1")).toEqual({ is: "applied", result: {} });
  expect(office.sent).toHaveLength(1);
  expect(draftOf(desk)).toBeUndefined();
});

test("what the server refuses is a draft again, with the reason, under the words that were typed since", async () => {
  const desk = await office.opens();
  office.answer = () => ({
    status: "refused",
    code: "too_long",
    detail: "For langt.",
    at: "/args/set/purpose/da",
    limit: 4000,
  });
  desk.draft.change("place", "p1", "purpose", MINE);
  const saving = desk.draft.save("place", "p1");
  await saving;
  expect(draftOf(desk)).toMatchObject({
    set: { purpose: MINE },
    refused: { code: "too_long", extra: { at: "/args/set/purpose/da", limit: 4000 } },
  });
  expect(desk.unsent.value).toEqual([]);
  desk.draft.change("place", "p1", "purpose", { da: "Kort" });
  expect(draftOf(desk)?.refused).toBeNull();
});

test("one's own edit before this one is nobody else's: it is said again by itself", async () => {
  const desk = await office.opens();
  const base = office.v("p1");
  let answered = 0;
  office.answer = (op) => {
    answered++;
    if (answered === 1) {
      // While it is out, the person goes on writing on what she had seen.
      desk.draft.change("place", "p1", "purpose", THEIRS);
      return office.goesIn(op);
    }
    if (op.base === base)
      return {
        ...{ status: "refused", code: "conflict", detail: "…" },
        conflicts: [{ field: "purpose", mine: THEIRS, theirs: MINE, by: "kirsten", on: "2026-03-04" }],
      };
    return office.goesIn(op);
  };
  desk.draft.change("place", "p1", "purpose", MINE);
  await desk.draft.save("place", "p1");
  await desk.draft.save("place", "p1");
  await desk.pullNow();
  expect(draftOf(desk)).toBeUndefined();
  expect(place(desk).purpose).toEqual(THEIRS);
});

test("what one left unsent goes out under nobody else's name, and goes on when she is back", async () => {
  const desk = await office.opens("kirsten");
  office.login = "ended";
  desk.draft.change("place", "p1", "purpose", MINE);
  expect(await desk.draft.save("place", "p1")).toEqual({ is: "waiting" });
  expect(desk.reading.value.shut).toBe("login");
  office.login = "there";
  const his = await office.opens("jens");
  await his.pullNow();
  expect(office.sent).toEqual([]);
  expect(his.unsent.value).toEqual([]);
  const hers = await office.opens("kirsten");
  await hers.pullNow();
  expect(office.sent.map(({ args }) => args.set)).toEqual([{ purpose: MINE }]);
});

test("what a citizen reports from the same browser is not sent beside a name", async () => {
  const { enqueue } = await import("#phone/outbox.ts");
  const { around } = await import("../../../../pwa/src/store/around.ts");
  const desk = await office.opens();
  const doing = {
    verb: "report_fault",
    subject: { kind: "place", id: "p1" },
    args: { what: "broken" },
    credential: "none",
  } as const;
  await enqueue(doing, desk.own.outboxOnDisk, { ...around, id: () => crypto.randomUUID() });
  desk.draft.change("place", "p1", "purpose", MINE);
  await desk.draft.save("place", "p1");
  expect(office.sent.map(({ verb }) => verb)).toEqual(["save_place"]);
});

test("logging out takes what staff read off this computer", async () => {
  const desk = await office.opens();
  await desk.forgetStaff();
  office.network = "cut";
  const later = await office.opens();
  expect(later.places.value.size).toBe(0);
});

/** Whoever makes events and is no staff: reads its own, writes them as staff do, and leaves nothing for the next who sits here. */
import { beforeEach, expect, test } from "vitest";
import { type Desk, Office } from "./office.ts";

let office: Office;

beforeEach(() => {
  office = new Office();
  office.place("p1");
  const staff = { schedule: null, changes: [], missing: [], notes: null, decided: null, calendar_id: null };
  for (const [id, organiser_id] of [
    ["e1", "krolf"],
    ["e2", "koret"],
  ])
    office.staff.put("event", id ?? "", { id, name: { da: id }, organiser_id, state: "draft", times: [], staff });
});

const names = (desk: Desk) => [...desk.events.value.values()].map(({ name }) => name.da);
const v = () => office.staff.rows.get("event\ne1")?.v;

test("it reads its own events and never staff's list, and has them without network too", async () => {
  const desk = await office.opens("ole", "organiser");
  expect(names(desk)).toEqual(["e1"]);
  expect(desk.reading.value).toMatchObject({ phase: "ready", shut: null });
  expect(office.asked).not.toContain("/api/v1/sync/staff");
  expect([...desk.places.value.keys()]).toEqual([]);
  office.network = "cut";
  expect(names(await office.opens("ole", "organiser"))).toEqual(["e1"]);
});

test("an edit is based on the v that it read, shows at once, and gives way to what the server has made of it", async () => {
  const desk = await office.opens("ole", "organiser");
  const base = v();
  desk.draft.change("event", "e1", "name", { da: "Krolf" });
  office.network = "cut";
  expect(await desk.draft.save("event", "e1")).toEqual({ is: "waiting" });
  expect(names(desk)).toEqual(["Krolf"]);
  office.network = "there";
  office.answer = (op) => {
    const reply = office.goesIn(op);
    office.staff.put("event", "e1", { ...office.staff.rows.get("event\ne1")?.body, name: { da: "Krolf, rettet" } });
    return reply;
  };
  await desk.pullNow();
  expect(office.sent[0]?.base).toBe(base);
  await desk.pullNow();
  expect(names(desk)).toEqual(["Krolf, rettet"]);
  expect(desk.baseOf("event", "e1")).toBe(v());
});

test("what staff read here before is gone before an organiser sees anything, and the other way round", async () => {
  const staff = await office.opens("mette");
  expect([...staff.places.value.keys()]).toEqual(["p1"]);
  office.network = "cut";
  const ole = await office.opens("ole", "organiser");
  expect([...ole.places.value.keys(), ...names(ole)]).toEqual([]);
  office.network = "there";
  await ole.pullNow();
  expect(names(ole)).toEqual(["e1"]);
  const back = await office.opens("mette");
  expect([[...back.places.value.keys()], names(back)]).toEqual([["p1"], ["e1", "e2"]]);
});

test("another organiser's person sees nothing of the one before, without network too", async () => {
  await office.opens("ole", "organiser");
  office.network = "cut";
  expect(names(await office.opens("lis", "organiser"))).toEqual([]);
});

test("a login that has ended is told, and what was read stays", async () => {
  const desk = await office.opens("ole", "organiser");
  office.login = "ended";
  await desk.pullNow();
  expect(desk.reading.value.shut).toBe("login");
  expect(names(desk)).toEqual(["e1"]);
});

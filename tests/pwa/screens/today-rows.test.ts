import { beforeAll, expect, test, vi } from "vitest";
import { showToday, todayRows, watchToday } from "../../../pwa/src/screens/today-rows.ts";
import { onToday, whatOf } from "../../../pwa/src/screens/words/place.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { event, happen, time } from "./happening.ts";
import { fact, fill, noAccess, place, route } from "./town.ts";

const TODAY = "2026-03-05";
beforeAll(() => {
  add(later);
  vi.useFakeTimers({ now: new Date("2026-03-05T12:00:00Z") });
});

test("a place's row says what is on there today: the first that is held and not over", () => {
  const shut = { from: TODAY, to: TODAY, why: { da: "Ferie." }, stretch_ids: null };
  const house = place({ id: "house", access: { ...noAccess, step_free: fact(true) } });
  fill({
    places: [
      house,
      place({ id: "closed", closures: [shut] }),
      place({ id: "walk", form: "route", route_id: "way" }),
      place({ id: "quiet" }),
    ],
    routes: [route({ id: "way" })],
  });
  const at = (id: string, place_id: string, starts: string, over: object = {}) =>
    event({ id, name: { da: id }, place_id, times: [time(id, TODAY, starts, null, over)] });
  happen([
    at("Sent", "house", "19:00"),
    at("Kaffe", "house", "14:00"),
    at("Aflyst", "house", "13:30", { state: "cancelled" }),
    at("Tidligt", "house", "08:00"),
    at("Lukket", "closed", "14:00"),
    event({ id: "Tur", name: { da: "Tur" }, route_id: "way", times: [time("Tur", TODAY, "15:00", null)] }),
  ]);
  const said = (id: string) =>
    todayRows()
      .get(id)
      ?.map(({ words }) => words.replaceAll("\u00a0", " "));
  expect(said("house")).toEqual(["I dag kl. 14", "Kaffe", "uden trin"]);
  expect(said("walk")).toEqual(["I dag kl. 15", "Tur"]);
  expect([said("closed"), said("quiet")]).toEqual([undefined, undefined]);
  // While the list is read nothing is put into it.
  watchToday();
  expect(whatOf(house).map(({ words }) => words)[0]).toBe("Bænk og bord");
  showToday();
  expect(whatOf(house).map(({ words }) => words)[1]).toBe("Kaffe");
  // What is over is no longer said, whatever screen stands.
  happen([]);
  expect(onToday.value.size).toBe(0);
  expect(whatOf(house).map(({ words }) => words)[0]).toBe("Bænk og bord");
});

import { describe, expect, test } from "vitest";
import { doubt, measure } from "../../../pwa/src/desk/parts/access.tsx";
import { sentHours } from "../../../pwa/src/desk/parts/check-hours.ts";
import type { HoursDraft } from "../../../pwa/src/desk/parts/hours.tsx";
import { centimetres, clock, coordinates, inFigures } from "../../../pwa/src/desk/parts/loose.ts";
import { withWords } from "../../../pwa/src/desk/parts/text.tsx";

describe("what people type", () => {
  test("coordinates are read with comma or point, in either order, and nowhere else than in Denmark", () => {
    const there = { point: [11.872, 54.765] };
    for (const typed of ["54,765, 11,872", "54.765, 11.872", "54.765,11.872", "54,765 11,872", "N 54,765° Ø 11,872°"])
      expect(coordinates(typed), typed).toEqual(there);
    expect(coordinates("11,872, 54,765")).toEqual(there);
    expect(coordinates("48,85, 2,35")).toMatchObject({ wrong: expect.stringContaining("uden for Danmark") });
    for (const typed of ["", "Norvej 14", "54,765", "1 2 3"]) expect(coordinates(typed), typed).toHaveProperty("wrong");
    expect(inFigures([11.872, 54.765])).toBe("54,765, 11,872");
  });
  test("a clock is read as it is said", () => {
    expect(["9", "kl. 9.30", "0930", "17:00", "23.59"].map((typed) => clock(typed))).toEqual([
      "09:00",
      "09:30",
      "09:30",
      "17:00",
      "23:59",
    ]);
    expect([clock("24"), clock("24", true), clock("25"), clock("9.75"), clock("ni")]).toEqual([
      null,
      "24:00",
      null,
      null,
      null,
    ]);
  });
  test("a width is rounded down and a step up", () => {
    expect([centimetres("90,7", false), centimetres("2,1 cm", true), centimetres("1,1 m", false)]).toEqual([
      90, 3, 110,
    ]);
    expect(centimetres("bred", false)).toBeNull();
  });
  test("a number that can hardly be meant is asked about, with what was perhaps meant", () => {
    expect(doubt("width_cm", 11)).toEqual({ words: "11\u00a0cm er for smalt. Mente du 110\u00a0cm?", instead: 110 });
    expect(doubt("gate_cm", 900)).toBeNull();
    expect(doubt("door_cm", 9000)?.instead).toBe(900);
    expect(doubt("kerb_cm", 80)?.instead).toBe(8);
    expect(measure("slope_pct", "4,5 %")).toEqual({ value: 4.5 });
    expect(measure("width_cm", "smal")).toHaveProperty("wrong");
  });
  test("a text that is emptied in all languages is nothing, and a translation without Danish is kept", () => {
    expect(withWords({ da: "Hus" }, "da", "")).toBeNull();
    expect(withWords({ da: "Hus" }, "en", "House")).toEqual({ da: "Hus", en: "House" });
    expect(withWords({ da: "Hus", en: "House" }, "en", "")).toEqual({ da: "Hus" });
    expect(withWords({ da: "Hus", en: "House" }, "da", "")).toEqual({ da: "", en: "House" });
  });
});

describe("opening hours as typed", () => {
  const hours: HoursDraft = {
    weekly: [{ days: ["mo", "fr"], opens: "20", closes: "2" }],
    holidays: null,
    except: [{ date: "2026-12-24", opens: null, closes: null }],
    note: null,
    source: "kommunen",
    seen_on: "2026-03-03",
  };
  const read = (draft: HoursDraft) => {
    const wrong = new Map<string, string>();
    return { sent: sentHours(draft, "hours", (path, words) => wrong.set(path, words)), wrong };
  };
  test("run over midnight where they close before they open", () => {
    const { sent, wrong } = read(hours);
    expect(wrong.size).toBe(0);
    expect(sent.weekly?.[0]).toEqual({ days: ["mo", "fr"], opens: "20:00", closes: "02:00" });
  });
  test("say in which row what is wrong", () => {
    const { wrong } = read({ ...hours, source: " ", weekly: [{ days: [], opens: "x", closes: "" }] });
    expect([...wrong.keys()].sort()).toEqual([
      "hours/source",
      "hours/weekly/0/closes",
      "hours/weekly/0/days",
      "hours/weekly/0/opens",
    ]);
    expect(
      read({ ...hours, weekly: [{ days: ["mo"], opens: "9", closes: "9" }] }).wrong.has("hours/weekly/0/closes"),
    ).toBe(true);
  });
});

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { fixed, length, longDate, percent, size, yearDate } from "../../../pwa/src/text/amounts.ts";
import { later } from "../../../pwa/src/text/da-later.ts";
import {
  atClock,
  clock,
  dayShort,
  distance,
  phoneNumber,
  seasonDay,
  telephone,
  when,
} from "../../../pwa/src/text/format.ts";
import { add, t, use } from "../../../pwa/src/text/t.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
beforeAll(() => add(later));
afterEach(() => use("da"));

describe("as people say it", () => {
  test.each([
    [4, "10 m"],
    [346, "350 m"],
    [994, "990 m"],
    [996, "1 km"],
    [2440, "2,4 km"],
    [18_020, "18 km"],
  ])("%i m is told as %s", (m, words) => {
    expect(plain(distance(m))).toBe(words);
  });
  test("a short length keeps its metres", () => {
    expect(plain(length(46))).toBe("46 m");
  });
  test.each([
    [600, "1 kB"],
    [1_040_000, "1 MB"],
    [7_800_000, "7,8 MB"],
    [2_100_000_000, "2,1 GB"],
    [0, "0 kB"],
  ])("%i bytes are told as %s", (bytes, words) => {
    expect(plain(size(bytes))).toBe(words);
  });
  test("the clock has a full stop, and no minutes where there are none", () => {
    expect(clock(14 * 60 + 30)).toBe("14.30");
    expect(clock(17 * 60)).toBe("17");
    expect(plain(atClock(9 * 60 + 12))).toBe("kl. 9.12");
  });
  test("a date has its day in words, and Tuesday is never 'ti.'", () => {
    expect(plain(longDate("2026-03-03", 1))).toBe("tirsdag den 3. marts");
    expect(dayShort(1)).toBe("tirs.");
    expect(plain(yearDate("2026-03-03"))).toBe("3. marts 2026");
    expect(plain(seasonDay("04-01"))).toBe("1. april");
  });
  test("a moment is told from today", () => {
    const at = (date: string) => plain(when({ date, minute: 552 }, "2026-03-05", "2026-03-04"));
    expect(at("2026-03-05")).toBe("i dag kl. 9.12");
    expect(at("2026-03-04")).toBe("i går kl. 9.12");
    expect(at("2026-02-01")).toBe("1. februar kl. 9.12");
  });
  test("numbers have a decimal comma", () => {
    expect(plain(percent(6.5, 1))).toBe("6,5 %");
    expect(fixed(54.7412, 4)).toBe("54,7412");
  });
});

test("in English the same things are said the English way", async () => {
  await use("en");
  expect(plain(distance(2440))).toBe("2.4 km");
  expect(clock(17 * 60)).toBe("17:00");
  expect(plain(longDate("2026-03-03", 1))).toBe("Tuesday 3 March");
});

test("one and many", () => {
  expect(t("list.count", { n: 1 })).toBe("1 sted");
  expect(t("list.count", { n: 14 })).toBe("14 steder");
  expect(t("list.count", { n: 0 })).toBe("0 steder");
});

test.each([
  ["54731000", "54 73 10 00"],
  ["+45 54731000", "54 73 10 00"],
  ["112", "112"],
  ["+49 30 1234", "+49 30 1234"],
])("the number %s is read as %s", (phone, words) => {
  expect(plain(phoneNumber(phone))).toBe(words);
});

test("a number can be rung from anywhere", () => {
  expect(telephone("54 73 10 00")).toBe("tel:+4554731000");
  expect(telephone("112")).toBe("tel:112");
  expect(telephone("00 00 00 01", "sms")).toBe("sms:+4500000001");
});

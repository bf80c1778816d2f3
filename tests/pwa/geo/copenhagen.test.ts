import { expect, test } from "vitest";
import { local } from "../../../pwa/src/geo/copenhagen.ts";

test("the clock of every day at every hour is the one that Intl tells, from 1996 on", () => {
  const told = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Copenhagen",
    dateStyle: "short",
    timeStyle: "short",
  });
  for (let at = Date.UTC(1996, 0, 1); at < Date.UTC(2045, 0, 1); at += 5 * 3_600_000) {
    const { date, minute } = local(at);
    const clock = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    expect(`${date} ${clock}`).toBe(told.format(at));
  }
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Site } from "../../../pwa/src/api/types.gen.ts";
import { due, type What } from "../../../pwa/src/geo/remind.ts";

interface Said {
  readonly at: string;
  readonly useful_until: string;
  readonly order_by: string | null;
}

interface Case extends Pick<Site, "transport" | "quiet" | "holidays"> {
  readonly case: string;
  readonly start: string;
  readonly date: string;
  readonly all_day: boolean;
  readonly due: Readonly<Record<What, Said | null>>;
}

const { cases } = JSON.parse(readFileSync("tests/vectors/remind.json", "utf8")) as { cases: readonly Case[] };
const ms = (said: string | null) => (said === null ? null : Date.parse(said));

describe("the phone says the same moments as the server", () => {
  test("there are vectors over both changes of the clock", () => {
    expect(cases.some(({ date }) => date === "2026-03-29")).toBe(true);
    expect(cases.some(({ date }) => date === "2026-10-25")).toBe(true);
  });
  test.each(cases.map((one) => [one.case, one] as const))("%s", (_, one) => {
    for (const what of ["evening", "transport", "hour"] as const) {
      const found = due(what, { start: one.start, date: one.date, all_day: one.all_day }, one);
      const said = one.due[what];
      expect(found && { at: found.at, usefulUntil: found.usefulUntil, orderBy: found.orderBy }).toEqual(
        said && { at: ms(said.at), usefulUntil: ms(said.useful_until), orderBy: ms(said.order_by) },
      );
    }
  });
});

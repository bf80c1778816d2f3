import { afterEach, describe, expect, test } from "vitest";
import { me } from "../../../pwa/src/desk/me.ts";
import { of } from "../../../pwa/src/desk/parts/names.ts";
import { together, versionsBy } from "../../../pwa/src/desk/place/together.ts";

const JENS = "018f0000-0000-7000-8000-00000000000a";
afterEach(() => {
  me.value = undefined;
});
const asJens = () => {
  me.value = { id: JENS, name: "Jens Krogh" } as NonNullable<typeof me.value>;
};

describe("two who have written the same", () => {
  test("are named once each, with how many fields", () => {
    asJens();
    const clash = { by: JENS, on: "2026-03-03" };
    expect(together([clash, clash])).toEqual({
      who: "Du og Jens Krogh har rettet stedet på samme tid.",
      what: "To felter er forskellige. Resten er samlet.",
    });
    expect(together([{ by: null, on: null }], "tingen")).toEqual({
      who: "Du og en anden har rettet tingen på samme tid.",
      what: "Ét felt er forskelligt. Resten er samlet.",
    });
  });
  test("stand over their versions with the hour where it is known, else with the day", () => {
    asJens();
    const step = {
      v: "aaaaaaaa",
      at: new Date(2026, 2, 2, 15, 40).toISOString(),
      by: { id: JENS, name: "Jens Krogh" },
      fields: [],
    };
    expect(versionsBy({ by: JENS, on: "2026-03-02" }, null, step).theirsBy).toMatch(/^Jens, .*kl\.\u00a0\d+\.40$/);
    expect(versionsBy({ by: JENS, on: "2020-03-02" }, null, null).theirsBy).toBe("Jens, 2.\u00a0marts 2020");
    expect(versionsBy({ by: null, on: null }, null, null)).toEqual({ mineBy: "Din", theirsBy: "Den anden" });
    expect(versionsBy({ by: null, on: null }, new Date(2020, 2, 2, 12).getTime(), null).mineBy).toMatch(
      /^Din, 2\.\u00a0marts 2020 kl/,
    );
  });
  test("what is somebody's is written as Danish writes it", () => {
    expect([of("Mette"), of("Jens"), of("Max")]).toEqual(["Mettes", "Jens'", "Max'"]);
  });
});

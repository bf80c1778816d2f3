import { expect, test } from "vitest";
import { laidOver, overlay } from "../../../pwa/src/store/overlay.ts";
import type { FaultNote } from "../../../pwa/src/store/things.ts";

const op = (what: string, id = "b1", at = "2026-03-03T23:30:00Z") => ({
  verb: "report_fault",
  subject: { kind: "facility", id },
  at,
  args: { what, text: "", photos: [] },
});
const bench = (faults: FaultNote[]) => ({ id: "b1", faults });

test("a reported fault is shown as waiting, from the local day it was seen", () => {
  const shown = overlay.report_fault?.(bench([]), op("broken"));
  expect(shown).toEqual(bench([{ what: "broken", since: "2026-03-04", state: "waiting" }]));
});

test("a fault that others have reported already is not shown twice", () => {
  const there = bench([{ what: "broken", since: "2026-02-01", state: "taken" }]);
  expect(overlay.report_fault?.(there, op("broken"))).toBe(there);
});

test("a mended fault that breaks again waits in the mended one's place", () => {
  const mended = bench([
    { what: "litter", since: "2026-02-01", state: "reported" },
    { what: "broken", since: "2026-02-01", state: "fixed" },
  ]);
  expect(overlay.report_fault?.(mended, op("broken"))).toEqual(
    bench([
      { what: "litter", since: "2026-02-01", state: "reported" },
      { what: "broken", since: "2026-03-04", state: "waiting" },
    ]),
  );
});

test("the things themselves are not touched, and nothing is copied where no op is about them", () => {
  const things = new Map([["b1", bench([])]]);
  expect(laidOver(things, "facility", [op("broken", "other")])).toBe(things);
  expect(laidOver(things, "place", [op("broken")])).toBe(things);
  expect(laidOver(things, "facility", [op("broken"), op("litter")]).get("b1")?.faults).toHaveLength(2);
  expect(things.get("b1")?.faults).toEqual([]);
});

test("a dissolved place has no faults to lay over", () => {
  const things = new Map([["b1", { id: "b1", state: "dissolved" }]]);
  expect(laidOver(things, "facility", [op("broken")])).toBe(things);
});

test("a verb that screens do not draw changes nothing", () => {
  const things = new Map([["b1", bench([])]]);
  expect(laidOver(things, "facility", [{ ...op("broken"), verb: "forget_device" }])).toBe(things);
});

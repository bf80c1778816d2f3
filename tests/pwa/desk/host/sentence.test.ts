import { expect, test } from "vitest";
import { sentence } from "../../../../pwa/src/desk/host/sentence.ts";
import { event, time } from "./events.ts";

const said = (where: string | null, clock = "14:00", meeting: string | null = null) =>
  sentence(
    event({ newcomers: where === null ? null : { ...NEW, where: { da: where } } }),
    time("2026-03-12", { clock, meeting: meeting === null ? null : { da: meeting } }),
  ).replaceAll("\u00a0", " ");
const NEW = {
  who_meets_you: { da: "Kirsten" },
  where: { da: "" },
  how_many: { da: "Otte" },
  first_minutes: { da: "Kaffe" },
  leaving: { da: "Gå, når du vil" },
};

test("who, where and a quarter of an hour before it begins are written beforehand", () => {
  expect(said("Ved den røde dør")).toBe("Kirsten står ved den røde dør kl. 13.45");
  expect(said("ved den røde dør.")).toBe("Kirsten står ved den røde dør kl. 13.45");
  expect(said("På trappen mod gården, ", "10:15")).toBe("Kirsten står på trappen mod gården kl. 10");
  expect(said("Uden for Medborgerhuset")).toBe("Kirsten står uden for Medborgerhuset kl. 13.45");
});

test("what this time alone says of where goes before what the event says", () => {
  expect(said("Ved den røde dør", "14:00", "Ved kirken i dag")).toBe("Kirsten står ved kirken i dag kl. 13.45");
});

test("where that is no place to stand at, or several sentences, it is left as it was written", () => {
  expect(said("Medborgerhusets gård")).toBe("Kirsten står klar kl. 13.45. Medborgerhusets gård");
  expect(said("Ved døren. Ring på, hvis den er låst")).toBe(
    "Kirsten står klar kl. 13.45. Ved døren. Ring på, hvis den er låst",
  );
});

test("nothing said of where is the door, and a whole day has no hour", () => {
  expect(said(null)).toBe("Kirsten står ved døren kl. 13.45");
  expect(sentence(event({}), time("2026-03-12", { allDay: true }))).toBe("Kirsten står ved døren");
});

test("the quarter before is right on the day on which the clock goes forward", () => {
  expect(said(null, "03:00")).toBe("Kirsten står ved døren kl. 2.45");
  expect(sentence(event({}), time("2026-03-29", { clock: "03:00" })).replaceAll("\u00a0", " ")).toBe(
    "Kirsten står ved døren kl. 1.45",
  );
});

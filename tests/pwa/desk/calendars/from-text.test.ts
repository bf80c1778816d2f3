/** Drafts of events from what people write to one another. */
import { describe, expect, test } from "vitest";
import { dayIn, firstOf, hoursIn, plus, seriesIn } from "../../../../pwa/src/desk/calendars/days.ts";
import { fromText } from "../../../../pwa/src/desk/calendars/from-text.ts";

/** A Friday. */
const TODAY = "2026-11-27";
const PLACES = [
  { id: "p1", name: "Medborgerhuset" },
  { id: "p2", name: "Bænken på havnen" },
  { id: "p3", name: "Skovpavillonen, Nykøbing" },
  { id: "p4", name: "Havnen" },
];
const read = (text: string) => fromText(text, PLACES, TODAY);

describe("a day", () => {
  test.each([
    ["torsdag den 3. december", "2026-12-03"],
    ["3. dec.", "2026-12-03"],
    ["den 3/12", "2026-12-03"],
    ["d. 3/12-2026", "2026-12-03"],
    ["3.12.2026", "2026-12-03"],
    ["03-12-2026", "2026-12-03"],
    ["2026-12-03", "2026-12-03"],
    ["3. december 2027", "2027-12-03"],
    ["tors. d. 3. dec", "2026-12-03"],
    ["Lørdag 12/12", "2026-12-12"],
    ["den 2. januar", "2027-01-02"],
    ["27. november", "2026-11-27"],
    ["den 29. februar", "2028-02-29"],
    ["3/12-27", "2027-12-03"],
    ["TORSDAG DEN 3. DECEMBER", "2026-12-03"],
  ])("%s", (text, day) => {
    expect(dayIn(`Kaffe ${text} kl. 14`, TODAY)).toMatchObject({ value: day, unsure: false });
  });
  test.each([
    ["onsdag den 3. december", "2026-12-03", "another weekday than that date is"],
    ["i morgen", "2026-11-28", "the text may be older"],
    ["på torsdag", "2026-12-03", "which Thursday"],
    ["fredag", "2026-12-04", "today is a Friday"],
    ["3. december 2025", "2025-12-03", "it is over"],
    ["lørdag-søndag den 5.-6. december", "2026-12-05", "it is of several days"],
    ["5. og 6. december", "2026-12-05", "there are two"],
  ])("%s is not sure: %s", (text, day) => {
    expect(dayIn(text, TODAY)).toMatchObject({ value: day, unsure: true });
  });
  test.each(["kl. 17.30", "Ring 12 34 56 78", "31. november", "den 45/12", "uge 48", "50 kr."])(
    "%s is none",
    (text) => {
      expect(dayIn(text, TODAY)).toBeNull();
    },
  );
  test("the weekday chooses the year that fits", () => {
    // 6 January is a Wednesday in 2027 and a Thursday in 2028.
    expect(dayIn("torsdag den 6. januar", TODAY)).toMatchObject({ value: "2028-01-06", unsure: true });
  });
  test("days are counted over the end of a year", () => expect(plus("2026-12-31", 1)).toBe("2027-01-01"));
});

describe("hours", () => {
  test.each([
    ["kl. 17.30-20", "17:30", "20:00"],
    ["kl 17:30 – 20:00", "17:30", "20:00"],
    ["klokken 9", "09:00", null],
    ["kl. 14 til 16", "14:00", "16:00"],
    ["fra kl. 14 til kl. 16.15", "14:00", "16:15"],
    ["fra 14 til 16", "14:00", "16:00"],
    ["17.30-20.00", "17:30", "20:00"],
    ["kl.19", "19:00", null],
    ["Kl. 10-12", "10:00", "12:00"],
    ["kl. 22-24", "22:00", "00:00"],
  ])("%s", (text, starts, ends) => {
    expect(hoursIn(`Kaffe ${text}, alle er velkomne`)?.value).toEqual({ starts, ends });
  });
  test.each(["50 kr.", "12 34 56 78", "2 km", "uge 48"])("%s is none", (text) => expect(hoursIn(text)).toBeNull());
});

describe("a series", () => {
  test.each([
    ["hver torsdag", "FREQ=WEEKLY;BYDAY=TH", "2026-12-03"],
    ["hver anden tirsdag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-01"],
    ["Hver 2. mandag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-30"],
    ["alle onsdage", "FREQ=WEEKLY;BYDAY=WE", "2026-12-02"],
    ["den første mandag i måneden", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07"],
    ["sidste fredag i måneden", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27"],
  ])("%s", (text, rrule, first) => {
    const found = seriesIn(`Kaffe ${text} kl. 14`);
    expect(found?.value.rrule).toBe(rrule);
    expect(found && firstOf(found.value, TODAY)).toBe(first);
  });
  test("one Thursday is none", () => expect(seriesIn("torsdag den 3. december")).toBeNull());
});

describe("a whole text", () => {
  test("a line of a poster", () => {
    const { set, unsure } = read(
      "Fællesspisning i Medborgerhuset torsdag den 3. december kl. 17.30-20, 50 kr., tilmelding til Kirsten 12 34 56 78",
    );
    expect(set).toEqual({
      name: { da: "Fællesspisning" },
      place_id: "p1",
      price: { da: "50 kr." },
      host: { name: "Kirsten", phone: "12 34 56 78" },
      schedule: {
        ...{
          date: "2026-12-03",
          starts: "17:30",
          ends: "20:00",
          days: 1,
          rrule: null,
          skips: [],
          left_out: [],
          also: [],
        },
        sure: true,
      },
    });
    expect(unsure).toEqual([]);
  });
  test("a mail, with its head and greeting left out and its words kept", () => {
    const { set, unsure } = read(
      "Fra: Per Hansen <per@forening.dk>\nTil: alle\nEmne: SV: Julehygge for alle\n\nHej alle sammen\n\n" +
        "Vi holder julehygge i Skovpavillonen lørdag d. 12/12 kl. 14-16.\nDer er gløgg og æbleskiver. Det er gratis.\n" +
        "Tag gerne naboen med!\n\nMvh Per Hansen, tlf. 23456789",
    );
    expect(set.name?.da).toBe("Julehygge for alle");
    expect(set.schedule).toMatchObject({ date: "2026-12-12", starts: "14:00", ends: "16:00" });
    expect([set.place_id, set.free, set.price]).toEqual(["p3", true, undefined]);
    expect(set.host).toEqual({ name: "Per Hansen", phone: "23 45 67 89" });
    expect(set.about?.da).toContain("Der er gløgg og æbleskiver.");
    expect(set.about?.da).toContain("Tag gerne naboen med!");
    expect(JSON.stringify(set)).not.toContain("per@forening.dk");
    expect(unsure).toContain("place_id");
  });
  test("fields that are named", () => {
    const { set } = read(
      "Hvad: Krolf for begyndere\nHvornår: Mandag den 7. december 2026 kl. 10.00-11.30\nHvor: Parken ved søen\n" +
        "Pris: 20 kr. inkl. kaffe\nKontakt: Anna Bech, mobil +45 20 30 40 50",
    );
    expect(set.name?.da).toBe("Krolf for begyndere");
    expect(set.where?.da).toBe("Parken ved søen");
    expect(set.price?.da).toBe("20 kr.");
    expect(set.host).toEqual({ name: "Anna Bech", phone: "20 30 40 50" });
    expect(set.schedule).toMatchObject({ date: "2026-12-07", starts: "10:00", ends: "11:30" });
  });
  test("a post that begins with its day", () => {
    const { set, unsure } = read("Torsdag den 3. december: Fællesspisning. Voksne 60 kr., børn 30 kr.");
    expect(set.name?.da).toBe("Fællesspisning");
    expect(set.price?.da).toBe("Voksne 60 kr., børn 30 kr.");
    expect(unsure).toEqual(expect.arrayContaining(["price", "schedule"]));
  });
  test("a series is looked at again", () => {
    const { set, unsure } = read("Strikkecafé hver anden tirsdag kl. 19-21 på Havnen");
    expect(set.schedule).toMatchObject({
      date: "2026-12-01",
      rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
      starts: "19:00",
    });
    expect([set.name?.da, set.place_id]).toEqual(["Strikkecafé", "p4"]);
    expect(unsure).toContain("schedule");
  });
  test("the longest name of a place counts, and half a word is none", () => {
    expect(read("Kaffe ved bænken på havnen 3/12 kl. 10").set.place_id).toBe("p2");
    expect(read("Kaffe ved havnens kontor 3/12").set.place_id).toBe("p4");
    expect(read("Kaffe i havnebyen 3/12").set.place_id).toBeUndefined();
  });
  test("two places of one name are not sure", () => {
    const twice = [...PLACES, { id: "p9", name: "Medborgerhuset" }];
    expect(fromText("Kaffe i Medborgerhuset 3/12", twice, TODAY).unsure).toContain("place_id");
  });
  test("both a price and free is not sure", () => {
    expect(read("Koncert 3/12 kl. 19. Gratis for børn, voksne 50 kr.").unsure).toContain("price");
  });
  test("an address on the net is kept without what ends the sentence", () => {
    expect(read("Se mere på https://forening.dk/jul?a=1. Kaffe 3/12").set.url).toBe("https://forening.dk/jul?a=1");
  });
  test.each(["", "   \n\n", "😀", "hej", "<script>alert(1)</script>", "1".repeat(30_000), "a b ".repeat(9_000)])(
    "whatever is pasted, it gives an answer",
    (text) => {
      const { set } = read(text);
      expect(JSON.stringify(set)).not.toMatch(/[<>]/);
      expect(set.name?.da.length ?? 0).toBeLessThanOrEqual(80);
      expect(set.about?.da.length ?? 0).toBeLessThanOrEqual(4000);
    },
  );
  test.each([
    "Fællesspisning. Tilmelding senest den 1. december. Vi spiser torsdag den 3. december kl. 18-20.",
    "Fællesspisning. Tilmelding senest tirsdag d. 1/12. Vi spiser torsdag den 3. december kl. 18-20.",
    "Fællesspisning. Frist: 1.12.2026. Vi spiser torsdag den 3. december kl. 18-20.",
  ])("the last day to sign up is not the day: %s", (text) => {
    const { set, unsure } = read(text);
    expect(set.schedule).toMatchObject({ date: "2026-12-03", starts: "18:00", ends: "20:00" });
    expect(unsure).not.toContain("schedule");
  });
  test("the name of a place ends with its line", () => {
    const { set } = read("Fællesspisning i Forsamlingshuset\nTorsdag den 3. december kl. 18-20.");
    expect(set.where).toEqual({ da: "Forsamlingshuset" });
  });
  test("text without a day has no time", () => expect(read("Vi mangler en ny kasserer").set.schedule).toBeUndefined());
});

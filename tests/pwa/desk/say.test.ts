import { describe, expect, test } from "vitest";
import { did, type Step, stepOf } from "../../../pwa/src/desk/parts/history.tsx";
import { headOf, LONGEST, refusalOf } from "../../../pwa/src/desk/parts/picture.ts";
import { apart, fieldWords, say } from "../../../pwa/src/desk/parts/say.ts";
import { smaller } from "../../../pwa/src/ui/shrink.ts";

const fact = (value: unknown) => ({ value, source: "vejregistret", seen_on: "2026-03-03" });
const words = (field: string, value: unknown) => say(field, value).words;

describe("a value in words", () => {
  test("has its source under it, and nothing known is ved ikke", () => {
    expect(say("surface", fact("firm"))).toEqual({ words: "fast", note: "Kilde: vejregistret, 3.\u00a0marts 2026" });
    expect([words("surface", null), words("hours", null), words("access", {}), words("purpose", null)]).toEqual([
      "ved ikke",
      "ved ikke",
      "ved ikke",
      "ikke skrevet",
    ]);
  });
  test("hours are read as they are said", () => {
    const hours = {
      weekly: [
        { days: ["mo", "tu", "we", "th", "fr"], opens: "10:00", closes: "16:30" },
        { days: ["sa"], opens: "00:00", closes: "24:00", from: "04-01", through: "09-30" },
      ],
      holidays: "closed",
      except: [{ date: "2026-12-24", opens: null, closes: null }],
      note: null,
      source: "kommunen",
      seen_on: "2026-03-03",
    };
    expect(words("hours", hours)).toBe(
      "man.–fre. 10–16.30; lør. hele døgnet (1.\u00a0april til 30.\u00a0september); 24.\u00a0december 2026: lukket; helligdage: lukket",
    );
    expect(words("hours", { ...hours, weekly: null, except: [], holidays: null })).toBe("ved ikke");
  });
  test("lists, persons, points and what goes by an id have words too", () => {
    expect(words("facility_ids", ["a", "b"])).toBe("a; b");
    expect(say("facility_ids", ["a"], () => "Bænk").words).toBe("Bænk");
    expect(words("photos", [])).toBe("ingen");
    expect(words("point", [11.872, 54.765])).toBe("54,765, 11,872");
    expect(words("contact", { name: "Kirsten", phone: "54 73", role: { da: "vært" } })).toBe("Kirsten, 54 73, vært");
    expect(words("closures", [{ from: "2026-03-02", to: null, why: { da: "Jagt" }, stretch_ids: null }])).toBe(
      "2.\u00a0marts 2026 og indtil videre: Jagt",
    );
    expect([words("guests_welcome", false), words("last_seen_on", "2026-03-03"), words("form", "spot")]).toEqual([
      "nej",
      "3.\u00a0marts 2026",
      "Bænk, plads eller shelter",
    ]);
    expect([fieldWords("way_in"), fieldWords("stretches/x/surface"), fieldWords("brand_new")]).toEqual([
      "Vejen hen",
      "Stræk",
      "brand_new",
    ]);
  });
  test("of two versions only what differs is shown, and what stood there before beside it", () => {
    const [mine, theirs, before] = apart(
      "purpose",
      { da: "Kaffe", en: "Coffee" },
      { da: "Te", en: "Coffee" },
      { da: "Vand", en: "Coffee" },
    );
    expect([mine, theirs, before].map((one) => words("purpose", one))).toEqual(["Kaffe", "Te", "Vand"]);
    const access = apart("access", { gate_cm: fact(90), door_cm: null }, { gate_cm: fact(80), door_cm: null }, null);
    expect(access.map((one) => words("access", one))[0]).toContain("90\u00a0cm");
    expect(apart("hours", fact(1), fact(2), null)).toEqual([fact(1), fact(2), null]);
    // A translation that one of them alone has written is not hidden.
    expect(words("purpose", apart("purpose", { da: "A", en: "E" }, { da: "A" }, null)[0])).toBe("På engelsk: E");
  });
});

describe("what has happened", () => {
  const step = (fields: string[], name: string | null = "Mette Holm"): Step => ({
    v: "aaaaaaaa",
    at: "2026-03-03T12:00:00Z",
    by: name ? { id: "x", name } : null,
    fields: fields.map((field) => ({ field, before: null, after: { da: field } })),
  });
  test("is one sentence, whoever did it", () => {
    expect(did(step(["ground", "purpose"]))).toBe("Mette Holm rettede underlag i ord og formål");
    expect(did(step(["where", "name", "url", "hours"]))).toBe(
      "Mette Holm rettede sted, navn, adresse på nettet og mere",
    );
    const state = (after: string) => ({ ...step([]), fields: [{ field: "state", before: "idea", after }] });
    expect(did(state("active"))).toBe("Mette Holm tog det i brug");
    expect(did(state("dissolved"))).toBe("Mette Holm nedlagde det");
    expect(did(step(["hours"], null))).toBe("Uden navn, rettet: åbningstid");
  });
  test("tells when a value came to stand there", () => {
    const steps = [step(["where"]), step(["purpose"])];
    expect(stepOf(steps, "purpose", { da: "purpose" })).toBe(steps[1]);
    expect(stepOf(steps, "purpose", { da: "other" })).toBeNull();
    expect(stepOf("unreached", "purpose", null)).toBeNull();
  });
});

describe("a file that somebody chose", () => {
  const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
  const png = (w: string, h: string) => bytes(`89504e470d0a1a0a0000000d49484452${w}${h}0806000000`);
  const svg = new TextEncoder().encode('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
  test("is what its bytes say, whatever it is called", () => {
    expect(headOf(svg).is).toBe("svg");
    expect(headOf(png("00000bb8", "000007d0"))).toEqual({ is: "png", size: [3000, 2000] });
    expect(headOf(bytes("ffd8ffe000044a46ffc0001108043807800300"))).toEqual({ is: "jpeg", size: [1920, 1080] });
    expect(headOf(bytes("ffd8ffe0")).size).toBeNull();
    expect(headOf(new Uint8Array(0))).toEqual({ is: "other", size: null });
  });
  test("is refused in words where it is a drawing, too large, or says that it is", () => {
    expect(refusalOf(2000, headOf(svg))).toContain("SVG");
    expect(refusalOf(70_000_000, { is: "jpeg", size: [4000, 3000] })).toContain("70 MB");
    expect(refusalOf(2000, headOf(png("0000c350", "0000c350")))).toContain("50.000 × 50.000");
    expect(refusalOf(2000, { is: "other", size: null })).toContain("ikke et billede");
    expect(refusalOf(2_000_000, { is: "heic", size: null })).toBeNull();
  });
  test("is sent with its longest side at most 2,560", () => {
    expect([smaller(4000, 3000, LONGEST), smaller(800, 600, LONGEST)]).toEqual([
      { w: 2560, h: 1920 },
      { w: 800, h: 600 },
    ]);
  });
});

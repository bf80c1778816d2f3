/** Numbers, lengths, dates and clocks as people say them: "2,4 km", "3. marts", "kl. 14.30". amounts.ts has what the first screen does without. */
import { lang, t } from "./t.ts";

/** No-break space. */
export const NB = "\u00a0";

/** For the head of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** At most `digits` decimals; "2,4" in Danish and German, "2.4" in English. By hand: making an Intl formatter costs a cold phone 20 ms. */
export function number(value: number, digits = 0): string {
  const [whole = "", part = ""] = value.toFixed(digits).split(".");
  const [mark, group] = lang() === "en" ? [".", ","] : [",", "."];
  const decimals = part.replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (decimals && mark + decimals);
}

/** To 10 m under 1 km, one decimal over: "350 m", "2,4 km". */
export function distance(metres: number): string {
  const tens = Math.max(10, Math.round(metres / 10) * 10);
  return tens < 1000 ? `${tens}${NB}m` : `${number(metres / 1000, 1)}${NB}km`;
}

/** The words of a key that holds several. */
export function list(key: "days" | "days.short" | "months"): string[] {
  return t(key).split(" ");
}

/** "tirs.": never "ti.", which is read aloud as ten. */
export function dayShort(weekday: number): string {
  return list("days.short")[weekday] ?? "";
}

/** YYYY-MM-DD as day, month in words, year. */
export function parts(date: string): { n: number; month: string; year: string } {
  const [year = "", month = "1", day = "1"] = date.split("-");
  return { n: Number(day), month: list("months")[Number(month) - 1] ?? "", year };
}

/** "3. marts" */
export function shortDate(date: string): string {
  const { n, month } = parts(date);
  return t("date.short", { n, month });
}

/** MM-DD of a season: "1. april". */
export function seasonDay(day: string): string {
  return shortDate(`2024-${day}`);
}

/** The clock without words: "14.30", "17". Minutes since midnight; 1440 is 24. */
export function clock(minute: number): string {
  const h = minute === 1440 ? 24 : Math.floor((minute % 1440) / 60);
  const m = minute % 60;
  return m === 0 ? t("clock.whole", { h }) : t("clock.parts", { h, m: String(m).padStart(2, "0") });
}

/** "kl. 14.30" */
export function atClock(minute: number): string {
  return t("clock.at", { clock: clock(minute) });
}

/** A moment as local date and minute, said from today: "i dag kl. 9.12", "i går kl. 18", "3. marts kl. 9.12". */
export function when(at: { date: string; minute: number }, today: string, yesterday: string): string {
  const time = atClock(at.minute);
  if (at.date === today) return t("when.today", { time });
  if (at.date === yesterday) return t("when.yesterday", { time });
  return t("when.date", { date: shortDate(at.date), time });
}

/** A Danish number in pairs, as it is printed on a letter: "54 73 10 00". Others stay as they are written. */
export function phoneNumber(phone: string): string {
  const bare = phone.replace(/[\s-]/g, "").replace(/^(\+|00)45/, "");
  return /^\d{8}$/.test(bare) ? bare.replace(/(\d\d)(?=\d)/g, `$1${NB}`) : phone;
}

/** The address for a phone to ring: "tel:+4554731000", "tel:112". */
export function telephone(phone: string, scheme: "tel" | "sms" = "tel"): string {
  const bare = phone.replace(/[^\d+]/g, "");
  return `${scheme}:${/^\d{8}$/.test(bare) ? `+45${bare}` : bare}`;
}
